/* The vocabulary shared by all rooms: the words of a cell, as enums and as the text that stands
 * in files and on the command line. One list of each; nothing else spells them. */
#ifndef ZCB_BASE_WORDS_H
#define ZCB_BASE_WORDS_H

#define ZCB_VERSION "0.1.0"

typedef enum zcb_lane { ZCB_LANE_PYTHON, ZCB_LANE_CAPI, ZCB_LANE_COUNT } zcb_lane;
typedef enum zcb_heap {
    ZCB_HEAP_DEFAULT,
    ZCB_HEAP_WARM,
    ZCB_HEAP_FRESH,
    ZCB_HEAP_COUNT
} zcb_heap;
typedef enum zcb_cache { ZCB_CACHE_HOT, ZCB_CACHE_COLD, ZCB_CACHE_COUNT } zcb_cache;
typedef enum zcb_consumer {
    ZCB_CONSUMER_DROP,
    ZCB_CONSUMER_READ,
    ZCB_CONSUMER_COUNT
} zcb_consumer;

/* The saving a pair offers: Z Θ(n) copy against Θ(1) view; R both Θ(n), one copy or allocation
 * fewer; K the kernel's copy; L lazy, the cost moves to first touch; Q quadratic against linear. */
typedef enum zcb_kind {
    ZCB_KIND_Z,
    ZCB_KIND_R,
    ZCB_KIND_K,
    ZCB_KIND_L,
    ZCB_KIND_Q,
    ZCB_KIND_COUNT
} zcb_kind;

/* How a cell ended (cells.csv). */
typedef enum zcb_status {
    ZCB_STATUS_OK,
    ZCB_STATUS_NOISY,
    ZCB_STATUS_REFUSED,
    ZCB_STATUS_FAILED,
    ZCB_STATUS_UNAVAILABLE,
    ZCB_STATUS_SKIPPED,
    ZCB_STATUS_COUNT
} zcb_status;

/* Text of a value; static storage. */
const char *zcb_lane_name(zcb_lane lane);
const char *zcb_heap_name(zcb_heap heap);
const char *zcb_cache_name(zcb_cache cache);
const char *zcb_consumer_name(zcb_consumer consumer);
const char *zcb_kind_name(zcb_kind kind);
const char *zcb_status_name(zcb_status status);

/* Value of a text: 0 and *out set, or -1 and *out untouched. Case matters. */
int zcb_lane_parse(const char *text, zcb_lane *out);
int zcb_heap_parse(const char *text, zcb_heap *out);
int zcb_cache_parse(const char *text, zcb_cache *out);
int zcb_consumer_parse(const char *text, zcb_consumer *out);
int zcb_kind_parse(const char *text, zcb_kind *out);
int zcb_status_parse(const char *text, zcb_status *out);

/* The arms' names. Alternatives are "view" or "view:<name>". */
#define ZCB_ARM_COPY "copy"
#define ZCB_ARM_VIEW "view"
#define ZCB_ARM_NULL "null"
#define ZCB_ARM_TWIN "twin"
#define ZCB_ARM_LIMIT "limit"

/* 1 when `arm` is an alternative compared with copy ("view" or "view:…"). */
int zcb_arm_is_alternative(const char *arm);

/* The limits every room agrees on; larger input is refused, not cut. */
#define ZCB_NAME_MAX 63        /* bytes of a pair's, arm's or variant's name */
#define ZCB_ALTERNATIVES_MAX 4 /* alternatives of one pair */
#define ZCB_ARMS_MAX (4 + ZCB_ALTERNATIVES_MAX)

#endif
