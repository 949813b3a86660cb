/* The tables behind words.h. */
#include "base/words.h"

#include <stddef.h>
#include <string.h>

static const char *const lanes[ZCB_LANE_COUNT] = {"python", "capi"};
static const char *const heaps[ZCB_HEAP_COUNT] = {"default", "warm", "fresh"};
static const char *const caches[ZCB_CACHE_COUNT] = {"hot", "cold"};
static const char *const consumers[ZCB_CONSUMER_COUNT] = {"drop", "read"};
static const char *const kinds[ZCB_KIND_COUNT] = {"Z", "R", "K", "L", "Q"};
static const char *const statuses[ZCB_STATUS_COUNT] = {"ok",     "noisy",       "refused",
                                                       "failed", "unavailable", "skipped"};

/* Index of `text` in `names`, or -1. */
static int find(const char *const *names, int count, const char *text)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(names[i], text) == 0) {
            return i;
        }
    }
    return -1;
}

const char *zcb_lane_name(zcb_lane lane)
{
    return lanes[lane];
}

const char *zcb_heap_name(zcb_heap heap)
{
    return heaps[heap];
}

const char *zcb_cache_name(zcb_cache cache)
{
    return caches[cache];
}

const char *zcb_consumer_name(zcb_consumer consumer)
{
    return consumers[consumer];
}

const char *zcb_kind_name(zcb_kind kind)
{
    return kinds[kind];
}

const char *zcb_status_name(zcb_status status)
{
    return statuses[status];
}

int zcb_lane_parse(const char *text, zcb_lane *out)
{
    int i = find(lanes, ZCB_LANE_COUNT, text);
    return i < 0 ? -1 : (*out = (zcb_lane)i, 0);
}

int zcb_heap_parse(const char *text, zcb_heap *out)
{
    int i = find(heaps, ZCB_HEAP_COUNT, text);
    return i < 0 ? -1 : (*out = (zcb_heap)i, 0);
}

int zcb_cache_parse(const char *text, zcb_cache *out)
{
    int i = find(caches, ZCB_CACHE_COUNT, text);
    return i < 0 ? -1 : (*out = (zcb_cache)i, 0);
}

int zcb_consumer_parse(const char *text, zcb_consumer *out)
{
    int i = find(consumers, ZCB_CONSUMER_COUNT, text);
    return i < 0 ? -1 : (*out = (zcb_consumer)i, 0);
}

int zcb_kind_parse(const char *text, zcb_kind *out)
{
    int i = find(kinds, ZCB_KIND_COUNT, text);
    return i < 0 ? -1 : (*out = (zcb_kind)i, 0);
}

int zcb_status_parse(const char *text, zcb_status *out)
{
    int i = find(statuses, ZCB_STATUS_COUNT, text);
    return i < 0 ? -1 : (*out = (zcb_status)i, 0);
}

int zcb_arm_is_alternative(const char *arm)
{
    size_t length = strlen(ZCB_ARM_VIEW);
    return strncmp(arm, ZCB_ARM_VIEW, length) == 0 &&
           (arm[length] == '\0' || arm[length] == ':');
}
