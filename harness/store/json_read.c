/* The reading half of json_members.h. */
#include "store/json_members.h"

#include "base/number.h"
#include "base/words.h"
#include "store/utf8.h"

#include <string.h>

/* What a type's value has to be, for messages. */
static const char *expectation(zcb_json_type type)
{
    switch (type) {
    case ZCB_JSON_TEXT:
        return "a string or null";
    case ZCB_JSON_NAME:
        return "a name of 1 to 63 bytes without control characters";
    case ZCB_JSON_U32:
    case ZCB_JSON_U64:
        return "a whole number in range";
    case ZCB_JSON_U64_KNOWN:
        return "a whole number or null";
    case ZCB_JSON_U64_TEXT:
        return "a whole number as a string";
    case ZCB_JSON_REAL_KNOWN:
        return "a number or null";
    case ZCB_JSON_YES_NO:
        return "true or false";
    case ZCB_JSON_TRISTATE:
        return "true, false or null";
    default:
        return "one of its words";
    }
}

int zcb_json_as_whole(const json_t *value, uint64_t max, uint64_t *out)
{
    if (!json_is_integer(value) || json_integer_value(value) < 0 ||
        (uint64_t)json_integer_value(value) > max) {
        return -1;
    }
    *out = (uint64_t)json_integer_value(value);
    return 0;
}

static int read_text(const json_t *value, char **out, zcb_error *error)
{
    if (json_is_null(value)) {
        return 0;
    }
    if (!json_is_string(value)) {
        return -1;
    }
    *out = strdup(json_string_value(value));
    return *out != NULL ? 0 : zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory reading texts");
}

static int read_flag(const json_t *value, int may_be_unknown, int *out)
{
    if (json_is_null(value) && may_be_unknown) {
        *out = -1;
        return 0;
    }
    if (!json_is_boolean(value)) {
        return -1;
    }
    *out = json_is_true(value);
    return 0;
}

static int read_real_known(const json_t *value, double *out)
{
    *out = json_number_value(value);
    return json_is_number(value) || json_is_null(value) ? 0 : -1;
}

static int read_word(zcb_json_type type, const char *text, void *at)
{
    if (text == NULL) {
        return -1;
    }
    switch (type) {
    case ZCB_JSON_KIND:
        return zcb_kind_parse(text, at);
    case ZCB_JSON_LANE:
        return zcb_lane_parse(text, at);
    case ZCB_JSON_HEAP:
        return zcb_heap_parse(text, at);
    case ZCB_JSON_CACHE:
        return zcb_cache_parse(text, at);
    default:
        return zcb_consumer_parse(text, at);
    }
}

static int read_name(const json_t *value, char **out, zcb_error *error)
{
    const char *text = json_string_value(value);
    return text == NULL || !zcb_name_is_valid(text) ? -1 : read_text(value, out, error);
}

static int read_u32(const json_t *value, uint32_t *out)
{
    uint64_t number = 0;
    int status = zcb_json_as_whole(value, UINT32_MAX, &number);
    *out = (uint32_t)number;
    return status;
}

/* Reads a member that is there: 0 or -1. `error` is filled only when memory is short. */
static int read_value(zcb_json_type type, const json_t *value, void *at, zcb_error *error)
{
    switch (type) {
    case ZCB_JSON_TEXT:
        return read_text(value, at, error);
    case ZCB_JSON_NAME:
        return read_name(value, at, error);
    case ZCB_JSON_U32:
        return read_u32(value, at);
    case ZCB_JSON_U64_KNOWN:
        return json_is_null(value) ? 0 : zcb_json_as_whole(value, UINT64_MAX, at);
    case ZCB_JSON_U64:
        return zcb_json_as_whole(value, UINT64_MAX, at);
    case ZCB_JSON_U64_TEXT:
        return !json_is_string(value) ? -1 : zcb_number_u64(json_string_value(value), at);
    case ZCB_JSON_REAL_KNOWN:
        return read_real_known(value, at);
    case ZCB_JSON_YES_NO:
        return read_flag(value, 0, at);
    case ZCB_JSON_TRISTATE:
        return read_flag(value, 1, at);
    default:
        return read_word(type, json_string_value(value), at);
    }
}

/* What a member that is missing means: 0, or -1 where it must be there. */
static int read_missing(zcb_json_type type, void *at)
{
    if (type == ZCB_JSON_TRISTATE) {
        *(int *)at = -1;
    }
    return type == ZCB_JSON_NAME || type >= ZCB_JSON_KIND ? -1 : 0;
}

int zcb_json_read(const json_t *object, void *record, const zcb_json_member *members,
                  size_t count, const char *where, zcb_error *error)
{
    if (!json_is_object(object)) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "%s is not an object",
                        where == NULL ? "it" : where);
    }
    for (size_t i = 0; i < count; i++) {
        const zcb_json_member *member = &members[i];
        const json_t *value = json_object_get(object, member->name);
        void *at = (char *)record + member->offset;
        zcb_error trouble = {.exit_code = ZCB_EXIT_OK};
        int status = value == NULL ? read_missing(member->type, at)
                                   : read_value(member->type, value, at, &trouble);
        if (status < 0 && trouble.exit_code != ZCB_EXIT_OK) {
            return zcb_fail(error, trouble.exit_code, "%s", trouble.text);
        }
        if (status < 0) {
            return zcb_fail(error, ZCB_EXIT_USAGE, "%s%s%s is not %s",
                            where == NULL ? "" : where, where == NULL ? "" : ".", member->name,
                            expectation(member->type));
        }
    }
    return 0;
}
