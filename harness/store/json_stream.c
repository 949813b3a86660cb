/* See json_stream.h. */
#include "store/json_stream.h"

#include <assert.h>

#define FLAGS                                                                                  \
    (JSON_ENCODE_ANY | JSON_ENSURE_ASCII | JSON_PRESERVE_ORDER | JSON_REAL_PRECISION(9))

/* -1 only for short memory: what the stream could not take it knows itself. */
static int dump(FILE *stream, const json_t *value)
{
    return json_dumpf(value, stream, FLAGS) < 0 && !ferror(stream) ? -1 : 0;
}

/* What stands before an item: a comma after another one, its name in an object. */
static int begin_item(zcb_json_stream *json, const char *name)
{
    if (json->depth == 0) {
        return 0;
    }
    fputs(json->has_items[json->depth - 1] ? ",\n" : "\n", json->stream);
    json->has_items[json->depth - 1] = 1;
    if (name == NULL) {
        return 0;
    }
    json_t *text = json_string(name);
    int result = text == NULL ? -1 : dump(json->stream, text);
    json_decref(text);
    fputs(": ", json->stream);
    return result;
}

int zcb_json_stream_open(zcb_json_stream *json, const char *name, char bracket)
{
    assert(json->depth < ZCB_JSON_STREAM_DEPTH);
    int result = begin_item(json, name);
    putc(bracket, json->stream);
    json->closers[json->depth] = bracket == '{' ? '}' : ']';
    json->has_items[json->depth++] = 0;
    return result;
}

int zcb_json_stream_write(zcb_json_stream *json, const char *name, const json_t *value)
{
    return begin_item(json, name) < 0 ? -1 : dump(json->stream, value);
}

int zcb_json_stream_put(zcb_json_stream *json, const char *name, json_t *value)
{
    int result = value == NULL ? -1 : zcb_json_stream_write(json, name, value);
    json_decref(value);
    return result;
}

void zcb_json_stream_close(zcb_json_stream *json)
{
    assert(json->depth > 0);
    json->depth--;
    fprintf(json->stream, json->has_items[json->depth] ? "\n%c" : "%c",
            json->closers[json->depth]);
    if (json->depth == 0) {
        putc('\n', json->stream);
    }
}
