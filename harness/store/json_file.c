/* See json_file.h. */
#include "store/json_file.h"

#include "store/bytes.h"

/* What jansson reads through: chunks of the file up to the limit. */
typedef struct source {
    zcb_bytes *bytes;
    size_t total, max;
    zcb_error error; /* exit_code is ZCB_EXIT_OK so far */
} source;

static size_t read_chunk(void *buffer, size_t size, void *data)
{
    source *from = data;
    size_t got = 0;
    if (zcb_bytes_read(from->bytes, buffer, size, &got, &from->error) < 0) {
        return (size_t)-1;
    }
    from->total += got;
    if (from->total > from->max) {
        zcb_fail(&from->error, ZCB_EXIT_USAGE, "longer than %zu bytes", from->max);
        return (size_t)-1;
    }
    return got;
}

json_t *zcb_json_load(const char *path, size_t max_bytes, zcb_error *error)
{
    source from = {.bytes = zcb_bytes_open(path, error), .max = max_bytes};
    if (from.bytes == NULL) {
        return NULL;
    }
    json_error_t trouble;
    json_t *root = json_load_callback(read_chunk, &from, JSON_REJECT_DUPLICATES, &trouble);
    zcb_bytes_close(from.bytes);
    if (root == NULL && from.error.exit_code != ZCB_EXIT_OK) {
        zcb_fail(error, from.error.exit_code, "'%s': %s", path, from.error.text);
    } else if (root == NULL) {
        zcb_fail(error, ZCB_EXIT_USAGE, "'%s' line %d: %s", path, trouble.line, trouble.text);
    }
    return root;
}
