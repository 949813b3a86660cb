/* Why this file: cairo writes the time into every PDF. Up to 1.16 it stands as text and is
 * blanked where it is; since 1.18 it is packed with others into an object stream (PDF 1.7,
 * 7.5.7), whose length changes with it, so that this stream and the table of offsets behind it
 * (7.5.8) are written anew. */
#include "report/pdf_undated.h"

#include "store/bytes.h"

#include <ctype.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define DATE "/CreationDate ("

enum { UNPACKED_MAX = 1 << 20, OBJECTS_MAX = 1 << 16, FIELDS = 3 };

/* A stream of the file: borrowed. */
typedef struct stream {
    const char *head; /* its dictionary, up to the word `stream` */
    const char *data;
    const char *end; /* of the file */
} stream;

/* One row of the table of offsets: kind (0 free, 1 at an offset, 2 in a stream), then what the
 * kind says. */
typedef struct row {
    uint64_t field[FIELDS];
} row;

/* memmem, which C11 doesn't have; NULL when there is none. */
static const char *find(const char *at, const char *end, const char *word)
{
    size_t length = strlen(word);
    while (at != NULL && (size_t)(end - at) >= length) {
        if (memcmp(at, word, length) == 0) {
            return at;
        }
        at = memchr(at + 1, word[0], (size_t)(end - at) - 1);
    }
    return NULL;
}

static const char *find_last(const char *text, const char *end, const char *word)
{
    const char *last = NULL;
    for (const char *at = text; (at = find(at, end, word)) != NULL; at++) {
        last = at;
    }
    return last;
}

/* Puts spaces over the date in text … end: 1, or 0 when there is none. */
static int blank(char *text, const char *end)
{
    char *at = (char *)find(text, end, DATE);
    const char *close = at != NULL ? memchr(at, ')', (size_t)(end - at)) : NULL;
    if (close == NULL) {
        return 0;
    }
    memset(at, ' ', (size_t)(close + 1 - at));
    return 1;
}

/* The number behind `key` in a dictionary; -1 when there is none. */
static long number_of(const char *from, const char *to, const char *key)
{
    const char *at = find(from, to, key);
    return at != NULL ? strtol(at + strlen(key), NULL, 10) : -1;
}

/* Reads the stream object `number` at `at`: 1, or 0 when it is none. */
static int read_stream(const char *at, const char *end, long number, const char *type,
                       stream *out)
{
    char *rest;
    const char *word = find(at, end, "stream\n");
    if (word == NULL || strtol(at, &rest, 10) != number || strncmp(rest, " 0 obj", 6) != 0 ||
        find(at, word, type) == NULL || find(at, word, "/FlateDecode") == NULL) {
        return 0;
    }
    *out = (stream){at, word + strlen("stream\n"), end};
    return 1;
}

/* What the stream holds: owned, *length bytes and a NUL; NULL when it can't be unpacked. */
static char *unpack(const stream *packed, size_t *length)
{
    char *text = malloc(UNPACKED_MAX);
    z_stream state = {.next_in = (Bytef *)(uintptr_t)packed->data,
                      .avail_in = (uInt)(packed->end - packed->data),
                      .next_out = (Bytef *)text,
                      .avail_out = UNPACKED_MAX - 1};
    if (text == NULL || inflateInit(&state) != Z_OK) {
        free(text);
        return NULL;
    }
    int result = inflate(&state, Z_FINISH);
    *length = state.total_out;
    inflateEnd(&state);
    if (result != Z_STREAM_END) {
        free(text);
        return NULL;
    }
    text[*length] = '\0';
    return text;
}

/* Reads the table of offsets: owned, *count rows; NULL when it isn't as cairo writes it. */
static row *read_table(const stream *table, size_t *count)
{
    long size = number_of(table->head, table->data, "/Size ");
    const char *widths = find(table->head, table->data, "/W [");
    unsigned width[FIELDS];
    size_t length;
    if (size <= 0 || size > OBJECTS_MAX || widths == NULL ||
        sscanf(widths, "/W [%u %u %u]", &width[0], &width[1], &width[2]) != FIELDS ||
        width[0] > 8 || width[1] > 8 || width[2] > 8) {
        return NULL;
    }
    char *bytes = unpack(table, &length);
    row *rows = calloc((size_t)size, sizeof *rows);
    if (bytes == NULL || rows == NULL ||
        length != (size_t)size * (width[0] + width[1] + width[2])) {
        free(bytes);
        free(rows);
        return NULL;
    }
    const unsigned char *at = (const unsigned char *)bytes;
    for (size_t i = 0; i < (size_t)size; i++) {
        for (size_t f = 0; f < FIELDS; f++) {
            for (unsigned b = 0; b < width[f]; b++) {
                rows[i].field[f] = rows[i].field[f] << 8 | *at++;
            }
        }
    }
    free(bytes);
    *count = (size_t)size;
    return rows;
}

/* Writes the table, object `number`, at the stream's present place. */
static void write_table(FILE *to, row *rows, size_t count, long number, const char *references)
{
    static const unsigned width[FIELDS] = {1, 4, 2};
    long place = ftell(to);
    rows[number] = (row){{1, (uint64_t)place, 0}};
    fprintf(
        to,
        "%ld 0 obj\n<< /Type /XRef\n   /Length %zu\n   /Size %zu\n   /W [1 4 2]\n   %s\n>>\n"
        "stream\n",
        number, count * 7, count, references);
    for (size_t i = 0; i < count; i++) {
        for (size_t f = 0; f < FIELDS; f++) {
            for (unsigned b = width[f]; b-- > 0;) {
                fputc((int)(rows[i].field[f] >> 8 * b & 0xff), to);
            }
        }
    }
    fprintf(to, "\nendstream\nendobj\nstartxref\n%ld\n%%%%EOF\n", place);
}

/* Where the file's last parts stand, and what they hold. Owns rows and packed. */
typedef struct tail {
    row *rows;
    size_t count;
    long table, holder, length_object; /* numbers of objects */
    size_t from;                       /* offset of the stream that holds the date */
    char *packed;
    size_t packed_length;
    long first, objects; /* of that stream */
    char references[64];
} tail;

/* Reads the table of offsets, and who is who in it: 1, or 0. */
static int read_tail_table(const char *text, size_t length, tail *out)
{
    const char *end = text + length, *start = find_last(text, end, "startxref\n");
    long place = start != NULL ? strtol(start + strlen("startxref\n"), NULL, 10) : -1;
    stream table;
    if (place <= 0 || (size_t)place >= length || !isdigit((unsigned char)text[place])) {
        return 0;
    }
    out->table = strtol(text + place, NULL, 10);
    if (!read_stream(text + place, start, out->table, "/XRef", &table)) {
        return 0;
    }
    long root = number_of(table.head, table.data, "/Root ");
    long info = number_of(table.head, table.data, "/Info ");
    snprintf(out->references, sizeof out->references, "/Root %ld 0 R\n   /Info %ld 0 R", root,
             info);
    out->rows = read_table(&table, &out->count);
    if (out->rows == NULL || root < 0 || info < 0 || (size_t)info >= out->count ||
        out->table <= 0 || (size_t)out->table >= out->count || out->rows[info].field[0] != 2) {
        return 0;
    }
    out->holder = (long)out->rows[info].field[1];
    return 1;
}

/* Reads the stream that holds the date, which only its length and the table may follow: 1, or
 * 0. */
static int read_tail(const char *text, size_t length, tail *out)
{
    stream holder;
    if (!read_tail_table(text, length, out) || (size_t)out->holder >= out->count) {
        return 0;
    }
    const row *at = &out->rows[out->holder];
    out->from = (size_t)at->field[1];
    if (at->field[0] != 1 || out->from >= length ||
        !read_stream(text + out->from, text + length, out->holder, "/ObjStm", &holder)) {
        return 0;
    }
    out->objects = number_of(holder.head, holder.data, "/N ");
    out->first = number_of(holder.head, holder.data, "/First ");
    out->length_object = number_of(holder.head, holder.data, "/Length ");
    for (size_t i = 0; i < out->count; i++) {
        if (out->rows[i].field[0] == 1 && out->rows[i].field[1] > out->from &&
            (long)i != out->length_object && (long)i != out->table) {
            return 0;
        }
    }
    out->packed = unpack(&holder, &out->packed_length);
    return out->packed != NULL && out->objects > 0 && out->first > 0 &&
           out->length_object > 0 && (size_t)out->length_object < out->count &&
           blank(out->packed, out->packed + out->packed_length);
}

/* Writes the file with its last parts anew. */
static void write_undated(FILE *to, const char *text, tail *tail)
{
    fwrite(text, 1, tail->from, to);
    fprintf(to,
            "%ld 0 obj\n<< /Type /ObjStm\n   /Length %ld 0 R\n   /N %ld\n   /First %ld\n>>\n"
            "stream\n",
            tail->holder, tail->length_object, tail->objects, tail->first);
    fwrite(tail->packed, 1, tail->packed_length, to);
    fputs("\nendstream\nendobj\n", to);
    tail->rows[tail->length_object] = (row){{1, (uint64_t)ftell(to), 0}};
    fprintf(to, "%ld 0 obj\n   %zu\nendobj\n", tail->length_object, tail->packed_length);
    write_table(to, tail->rows, tail->count, tail->table, tail->references);
}

int zcb_pdf_undate(char **text, size_t *length, zcb_error *error)
{
    char *undated = NULL, *end = *text + *length;
    size_t undated_length = 0;
    tail tail = {0};
    int result = 0;
    const char *packed = find_last(*text, end, "endstream");
    if (blank(packed != NULL ? (char *)packed : *text, end) ||
        !read_tail(*text, *length, &tail)) {
        goto done; /* blanked, or nothing to blank */
    }
    FILE *to = open_memstream(&undated, &undated_length);
    if (to != NULL) {
        write_undated(to, *text, &tail);
    }
    if (to == NULL || fclose(to) != 0) {
        free(undated);
        result = zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
        goto done;
    }
    free(*text);
    *text = undated;
    *length = undated_length;
done:
    free(tail.rows);
    free(tail.packed);
    return result;
}

/* The whole file: owned, *length bytes; NULL when it can't be read. */
static char *read_file(const char *path, size_t *length, zcb_error *error)
{
    char *text = NULL, part[4096];
    size_t got = 0;
    int result = -1;
    zcb_bytes *bytes = zcb_bytes_open(path, error);
    FILE *to = bytes != NULL ? open_memstream(&text, length) : NULL;
    while (to != NULL &&
           (result = zcb_bytes_read(bytes, part, sizeof part, &got, error)) == 0 && got > 0) {
        fwrite(part, 1, got, to);
    }
    zcb_bytes_close(bytes);
    if ((to != NULL && fclose(to) != 0) || result != 0) {
        free(text);
        return NULL;
    }
    return text;
}

int zcb_pdf_undate_file(const char *path, zcb_error *error)
{
    size_t length = 0;
    char *text = read_file(path, &length, error);
    if (text == NULL || zcb_pdf_undate(&text, &length, error) != 0) {
        free(text);
        return -1;
    }
    FILE *to = fopen(path, "wb");
    int is_whole = to != NULL && fwrite(text, 1, length, to) == length;
    is_whole = to != NULL && fclose(to) == 0 && is_whole;
    free(text);
    return is_whole ? 0
                    : zcb_fail(error, ZCB_EXIT_INTERNAL, "can't write %s: %s", path,
                               strerror(errno));
}
