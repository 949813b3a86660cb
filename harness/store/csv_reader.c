/* See csv_reader.h. */
#include "store/csv_reader.h"

#include "store/bytes.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_BYTES ((size_t)256 * 1024)

/* Invariant: buffer[start, end) is read but not yet handed out; `offset` counts what was. */
struct zcb_csv_reader {
    zcb_bytes *bytes;
    char *path;
    zcb_csv_ending ending;
    size_t column_count;
    size_t start, end;
    int is_at_end; /* nothing more to read behind the buffer */
    int is_torn;
    uint64_t line;      /* number of the record's first line */
    uint64_t next_line; /* of the next one */
    uint64_t offset;
    char buffer[CHUNK_BYTES];
};

int zcb_csv_malformed(const zcb_csv_reader *reader, zcb_error *error, const char *what, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, what);
    vsnprintf(text, sizeof text, what, arguments);
    va_end(arguments);
    return zcb_fail(error, ZCB_EXIT_USAGE, "'%s' line %" PRIu64 ": %s", reader->path,
                    reader->line, text);
}

/* Moves what is left to the buffer's start and reads behind it. */
static int refill(zcb_csv_reader *reader, zcb_error *error)
{
    size_t left = reader->end - reader->start;
    memmove(reader->buffer, reader->buffer + reader->start, left);
    reader->start = 0;
    reader->end = left;
    size_t got = 0;
    if (zcb_bytes_read(reader->bytes, reader->buffer + left, CHUNK_BYTES - left, &got, error) <
        0) {
        return -1;
    }
    reader->end += got;
    reader->is_at_end = got == 0;
    return 0;
}

/* Length with its newline of the record at the buffer's start, 0 when the buffer ends before it
 * does. In a whole file a newline between quotes belongs to its field. */
static size_t record_length(const zcb_csv_reader *reader)
{
    const char *start = reader->buffer + reader->start;
    const char *end = reader->buffer + reader->end;
    if (reader->ending == ZCB_CSV_APPEND_ONLY) {
        const char *newline = memchr(start, '\n', (size_t)(end - start));
        return newline == NULL ? 0 : (size_t)(newline - start) + 1;
    }
    int in_quotes = 0;
    for (const char *c = start; c < end; c++) {
        if (*c == '"') {
            in_quotes = !in_quotes;
        } else if (*c == '\n' && !in_quotes) {
            return (size_t)(c - start) + 1;
        }
    }
    return 0;
}

/* 1 when an append-only table ends in zeroes from the unfinished record on: the file's length
 * reached the disk before its data. Leaves the reader at the end then. */
static int ends_in_zeroes(zcb_csv_reader *reader, zcb_error *error)
{
    const char *first =
        reader->ending == ZCB_CSV_APPEND_ONLY
            ? memchr(reader->buffer + reader->start, '\0', reader->end - reader->start)
            : NULL;
    while (first != NULL) {
        const char *end = reader->buffer + reader->end;
        while (first < end && *first == '\0') {
            first++;
        }
        if (first < end) {
            return 0;
        }
        reader->start = reader->end = 0;
        if (refill(reader, error) < 0) {
            return -1;
        }
        if (reader->is_at_end) {
            reader->is_torn = 1;
            return 1;
        }
        first = reader->buffer;
    }
    return 0;
}

/* The next record's text, NUL in place of its newline: 1, 0 at the end, -1. */
static int next_text(zcb_csv_reader *reader, char **text, size_t *length, zcb_error *error)
{
    size_t whole;
    reader->line = reader->next_line;
    while ((whole = record_length(reader)) == 0) {
        size_t left = reader->end - reader->start;
        if (left >= ZCB_CSV_RECORD_MAX) {
            int is_torn = ends_in_zeroes(reader, error);
            if (is_torn != 0) {
                return is_torn < 0 ? -1 : 0;
            }
            return zcb_csv_malformed(reader, error, "longer than %d bytes", ZCB_CSV_RECORD_MAX);
        }
        if (reader->is_at_end) {
            reader->is_torn = left > 0;
            return 0;
        }
        if (refill(reader, error) < 0) {
            return -1;
        }
    }
    if (whole > ZCB_CSV_RECORD_MAX) {
        return zcb_csv_malformed(reader, error, "longer than %d bytes", ZCB_CSV_RECORD_MAX);
    }
    *text = reader->buffer + reader->start;
    *length = whole - 1;
    (*text)[whole - 1] = '\0';
    reader->start += whole;
    reader->offset += whole;
    reader->next_line++;
    return 1;
}

/* Takes the field at *from off the record, unquoted in place; *from then points behind its
 * comma, or is NULL after the last one. NULL when the quotes are wrong. */
static char *take_quoted_field(char **from, size_t *length)
{
    char *field = *from;
    char *read_at = field + 1;
    char *write_at = field;
    for (;; read_at++) {
        if (*read_at == '\0') {
            return NULL;
        }
        if (*read_at == '"' && *++read_at != '"') {
            break;
        }
        *write_at++ = *read_at;
    }
    if (*read_at != ',' && *read_at != '\0') {
        return NULL;
    }
    *from = *read_at == ',' ? read_at + 1 : NULL;
    *write_at = '\0';
    *length = (size_t)(write_at - field);
    return field;
}

static char *take_plain_field(char **from, size_t *length)
{
    char *field = *from;
    char *c = field;
    while (*c != ',' && *c != '\0') {
        if (*c++ == '"') {
            return NULL;
        }
    }
    *from = *c == ',' ? c + 1 : NULL;
    *c = '\0';
    *length = (size_t)(c - field);
    return field;
}

/* Takes a record's NUL-terminated text apart. */
static int split(zcb_csv_reader *reader, char *text, zcb_csv_record *out, zcb_error *error)
{
    out->count = 0;
    out->is_quoted = 0;
    while (text != NULL) {
        if (out->count == reader->column_count) {
            return zcb_csv_malformed(reader, error, "more than %zu fields",
                                     reader->column_count);
        }
        size_t i = out->count++;
        if (*text == '"') {
            out->is_quoted = 1;
            out->fields[i] = take_quoted_field(&text, &out->lengths[i]);
        } else {
            out->fields[i] = take_plain_field(&text, &out->lengths[i]);
        }
        if (out->fields[i] == NULL) {
            return zcb_csv_malformed(reader, error, "a quotation mark is out of place");
        }
    }
    if (out->count < reader->column_count) {
        return zcb_csv_malformed(reader, error, "%zu fields instead of %zu", out->count,
                                 reader->column_count);
    }
    return 0;
}

int zcb_csv_next(zcb_csv_reader *reader, zcb_csv_record *out, zcb_error *error)
{
    char *text = NULL;
    size_t length = 0;
    int got = next_text(reader, &text, &length, error);
    if (got < 0) {
        return -1;
    }
    if (got == 0) {
        if (reader->is_torn && reader->ending == ZCB_CSV_WHOLE) {
            return zcb_csv_malformed(reader, error, "ends in the middle of a record");
        }
        return 0;
    }
    if (strlen(text) != length) {
        return zcb_csv_malformed(reader, error, "holds a NUL byte");
    }
    if (reader->ending ==
        ZCB_CSV_WHOLE) { /* lines inside quotes count for the next record's number */
        for (const char *c = text; (c = strchr(c, '\n')) != NULL; c++) {
            reader->next_line++;
        }
    }
    return split(reader, text, out, error) < 0 ? -1 : 1;
}

/* Checks the first line. A torn one must at least be the beginning of the header. */
static int read_header(zcb_csv_reader *reader, const char *columns, zcb_error *error)
{
    char *text = NULL;
    size_t length = 0;
    int got = next_text(reader, &text, &length, error);
    if (got < 0) {
        return -1;
    }
    if (got == 1 && length == strlen(columns) && memcmp(text, columns, length) == 0) {
        return 0;
    }
    size_t left = reader->end - reader->start;
    while (left > 0 && reader->buffer[reader->start + left - 1] == '\0') {
        left--; /* a torn end, too */
    }
    if (got == 0 && reader->ending == ZCB_CSV_APPEND_ONLY && left <= strlen(columns) &&
        memcmp(reader->buffer + reader->start, columns, left) == 0) {
        return 0;
    }
    return zcb_csv_malformed(reader, error, "the header should be %s", columns);
}

zcb_csv_reader *zcb_csv_open(const char *path, const char *columns, zcb_csv_ending ending,
                             zcb_error *error)
{
    zcb_csv_reader *reader = malloc(sizeof *reader);
    if (reader == NULL) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory reading '%s'", path);
        return NULL;
    }
    memset(reader, 0, offsetof(zcb_csv_reader, buffer));
    reader->ending = ending;
    reader->next_line = 1;
    reader->column_count = 1;
    for (const char *c = columns; (c = strchr(c, ',')) != NULL; c++) {
        reader->column_count++;
    }
    reader->path = strdup(path);
    if (reader->path == NULL) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory reading '%s'", path);
    } else {
        reader->bytes = zcb_bytes_open(path, error);
    }
    if (reader->bytes == NULL || read_header(reader, columns, error) < 0) {
        zcb_csv_close(reader);
        return NULL;
    }
    return reader;
}

int zcb_csv_is_torn(const zcb_csv_reader *reader)
{
    return reader->is_torn;
}

uint64_t zcb_csv_offset(const zcb_csv_reader *reader)
{
    return reader->offset;
}

void zcb_csv_close(zcb_csv_reader *reader)
{
    if (reader == NULL) {
        return;
    }
    zcb_bytes_close(reader->bytes);
    free(reader->path);
    free(reader);
}
