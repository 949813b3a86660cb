/* Members of JSON objects that other programs print: taken with their type checked, never
 * trusted. */
#ifndef ZCB_DRIVER_JSON_FIELDS_H
#define ZCB_DRIVER_JSON_FIELDS_H

#include <jansson.h>
#include <stdint.h>

/* The text of member `key`, "" when it is missing or no text. Borrowed from `object`. */
const char *zcb_field_text(const json_t *object, const char *key);

/* The whole number ≥ 0 of member `key`, or `otherwise`. */
uint64_t zcb_field_u64(const json_t *object, const char *key, uint64_t otherwise);

/* true or a number above 0: 1; false or 0: 0; all else -1 (unknown). */
int zcb_field_flag(const json_t *object, const char *key);

#endif
