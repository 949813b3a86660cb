/* Structs to JSON objects and back by one table per struct, so that what is written and what is
 * read can't drift apart. */
#ifndef ZCB_STORE_JSON_MEMBERS_H
#define ZCB_STORE_JSON_MEMBERS_H

#include "base/error.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

/* How a struct member of some C type stands in JSON. Read back, a missing member is unknown. */
typedef enum zcb_json_type {
    ZCB_JSON_TEXT,       /* char *: string; NULL is null */
    ZCB_JSON_NAME,       /* char *: string that zcb_name_is_valid; must be there */
    ZCB_JSON_U32,        /* uint32_t: number */
    ZCB_JSON_U64,        /* uint64_t below 2^63: number */
    ZCB_JSON_U64_KNOWN,  /* the same; 0 is null */
    ZCB_JSON_U64_TEXT,   /* uint64_t: decimal string */
    ZCB_JSON_REAL_KNOWN, /* double: number; 0 and what is not finite are null */
    ZCB_JSON_YES_NO,     /* int: true or false */
    ZCB_JSON_TRISTATE,   /* int: true, false; -1 is null */
    ZCB_JSON_KIND,       /* the words of base/words.h: strings; must be there */
    ZCB_JSON_LANE,
    ZCB_JSON_HEAP,
    ZCB_JSON_CACHE,
    ZCB_JSON_CONSUMER
} zcb_json_type;

typedef struct zcb_json_member {
    const char *name;
    zcb_json_type type;
    size_t offset; /* of the member in its struct */
} zcb_json_member;

/* Adds members[count] of `record` to `object` in table order, texts repaired to UTF-8. 0, or -1
 * when memory is short or a number has no JSON form. */
int zcb_json_write(json_t *object, const void *record, const zcb_json_member *members,
                   size_t count);

/* Sets members[count] of `record` (zeroed by the caller; texts become the caller's, also on
 * failure). 0, or -1 with the message "`where`.member is not …"; `where` is NULL for the
 * document itself. */
int zcb_json_read(const json_t *object, void *record, const zcb_json_member *members,
                  size_t count, const char *where, zcb_error *error);

/* `text` as a JSON string repaired to UTF-8, null for NULL. New reference, or NULL without
 * memory. */
json_t *zcb_json_text(const char *text);

/* A whole number, or NULL when memory is short or it is 2^63 or more. */
json_t *zcb_json_whole(uint64_t number);

/* Adds `value` under `name`, stealing the reference: 0, or -1 also where `value` is NULL. */
int zcb_json_put(json_t *object, const char *name, json_t *value);

/* Appends `value` to `array`, stealing the reference: 0, or -1 also where `value` is NULL. */
int zcb_json_append(json_t *array, json_t *value);

/* Reads whole numbers up to `max`: 0 and *out set, or -1 for any other value, NULL included. */
int zcb_json_as_whole(const json_t *value, uint64_t max, uint64_t *out);

#endif
