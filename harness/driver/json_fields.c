/* See json_fields.h. */
#include "driver/json_fields.h"

const char *zcb_field_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

uint64_t zcb_field_u64(const json_t *object, const char *key, uint64_t otherwise)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_integer(value) || json_integer_value(value) < 0) {
        return otherwise;
    }
    return (uint64_t)json_integer_value(value);
}

int zcb_field_flag(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_boolean(value)) {
        return json_is_true(value);
    }
    if (!json_is_integer(value) || json_integer_value(value) < 0) {
        return -1;
    }
    return json_integer_value(value) > 0;
}
