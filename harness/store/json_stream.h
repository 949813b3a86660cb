/* A JSON document too long for a tree: its brackets are written as they come, every value
 * between them by jansson. (A million rows as one tree take more than a gigabyte.) */
#ifndef ZCB_STORE_JSON_STREAM_H
#define ZCB_STORE_JSON_STREAM_H

#include <jansson.h>
#include <stddef.h>
#include <stdio.h>

#define ZCB_JSON_STREAM_DEPTH 8

/* Invariant: `depth` brackets are open, closers[depth - 1] ends the innermost, which holds
 * something already where has_items says so. Text outside ASCII is written as \uNNNN, so that a
 * reader's locale does not matter. */
typedef struct zcb_json_stream {
    FILE *stream; /* borrowed */
    size_t depth;
    char closers[ZCB_JSON_STREAM_DEPTH];
    int has_items[ZCB_JSON_STREAM_DEPTH];
} zcb_json_stream;

/* Opens an object ('{') or an array ('['): the document itself or a member of the innermost
 * bracket, called `name` in an object and NULL in an array. 0, or -1 (memory). A write that
 * fails is kept by the stream. */
int zcb_json_stream_open(zcb_json_stream *json, const char *name, char bracket);

/* Writes one whole value on a line of its own. The reference stays the caller's. 0, or -1
 * (memory). */
int zcb_json_stream_write(zcb_json_stream *json, const char *name, const json_t *value);

/* The same, stealing the reference; NULL fails as short memory. */
int zcb_json_stream_put(zcb_json_stream *json, const char *name, json_t *value);

/* Ends the innermost bracket. */
void zcb_json_stream_close(zcb_json_stream *json);

#endif
