/* A JSON document out of a file, whole or not at all: every reader of one says the same about
 * what is missing, cut short, too long or no JSON. */
#ifndef ZCB_STORE_JSON_FILE_H
#define ZCB_STORE_JSON_FILE_H

#include "base/error.h"

#include <jansson.h>
#include <stddef.h>

/* The document in `path` (gzip by its name), keys that stand twice refused. New reference, or
 * NULL with a message that names file and line; exit code 2, also for more than `max_bytes`. */
json_t *zcb_json_load(const char *path, size_t max_bytes, zcb_error *error);

#endif
