/* The writing half of json_members.h. */
#include "store/json_members.h"

#include "base/words.h"
#include "store/utf8.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

json_t *zcb_json_text(const char *text)
{
    if (text == NULL) {
        return json_null();
    }
    char *repaired = zcb_utf8_repaired(text);
    json_t *value = repaired == NULL ? NULL : json_string(repaired);
    free(repaired);
    return value;
}

json_t *zcb_json_whole(uint64_t number)
{
    return number > INT64_MAX ? NULL : json_integer((json_int_t)number);
}

int zcb_json_put(json_t *object, const char *name, json_t *value)
{
    return value == NULL ? -1 : json_object_set_new(object, name, value);
}

int zcb_json_append(json_t *array, json_t *value)
{
    return value == NULL ? -1 : json_array_append_new(array, value);
}

static json_t *u64_text(uint64_t number)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRIu64, number);
    return json_string(text);
}

static json_t *tristate(int value)
{
    return value < 0 ? json_null() : json_boolean(value);
}

static json_t *real_known(double number)
{
    return number == 0 || !isfinite(number) ? json_null() : json_real(number);
}

/* NULL for what could not be read back. */
static json_t *name_value(const char *name)
{
    return name == NULL || !zcb_name_is_valid(name) ? NULL : json_string(name);
}

/* The JSON form of one member. New reference or NULL. */
static json_t *member_value(zcb_json_type type, const void *at)
{
    switch (type) {
    case ZCB_JSON_TEXT:
        return zcb_json_text(*(char *const *)at);
    case ZCB_JSON_NAME:
        return name_value(*(char *const *)at);
    case ZCB_JSON_U32:
        return zcb_json_whole(*(const uint32_t *)at);
    case ZCB_JSON_U64:
        return zcb_json_whole(*(const uint64_t *)at);
    case ZCB_JSON_U64_KNOWN:
        return *(const uint64_t *)at == 0 ? json_null() : zcb_json_whole(*(const uint64_t *)at);
    case ZCB_JSON_U64_TEXT:
        return u64_text(*(const uint64_t *)at);
    case ZCB_JSON_REAL_KNOWN:
        return real_known(*(const double *)at);
    case ZCB_JSON_YES_NO:
        return json_boolean(*(const int *)at);
    case ZCB_JSON_TRISTATE:
        return tristate(*(const int *)at);
    case ZCB_JSON_KIND:
        return json_string(zcb_kind_name(*(const zcb_kind *)at));
    case ZCB_JSON_LANE:
        return json_string(zcb_lane_name(*(const zcb_lane *)at));
    case ZCB_JSON_HEAP:
        return json_string(zcb_heap_name(*(const zcb_heap *)at));
    case ZCB_JSON_CACHE:
        return json_string(zcb_cache_name(*(const zcb_cache *)at));
    case ZCB_JSON_CONSUMER:
        return json_string(zcb_consumer_name(*(const zcb_consumer *)at));
    }
    return NULL;
}

int zcb_json_write(json_t *object, const void *record, const zcb_json_member *members,
                   size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const void *at = (const char *)record + members[i].offset;
        if (zcb_json_put(object, members[i].name, member_value(members[i].type, at)) < 0) {
            return -1;
        }
    }
    return 0;
}
