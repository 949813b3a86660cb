/* See csv_fields.h. */
#include "store/csv_fields.h"

#include "base/number.h"
#include "store/files.h"
#include "store/utf8.h"

#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Shown in messages: enough to recognise a field by, whatever its length. */
#define SHOWN_BYTES 40

int zcb_csv_read_whole(const zcb_csv_reader *reader, const zcb_csv_record *record,
                       size_t column, uint64_t max, const char *name, uint64_t *out,
                       zcb_error *error)
{
    const char *text = record->fields[column];
    uint64_t number;
    if (zcb_number_u64(text, &number) < 0 || number > max) {
        return zcb_csv_malformed(reader, error,
                                 "%s is '%.*s' instead of a whole number up to %" PRIu64, name,
                                 SHOWN_BYTES, text, max);
    }
    *out = number;
    return 0;
}

static const char *skip_digits(const char *text)
{
    return text + strspn(text, "0123456789");
}

/* 1 for an optional minus, digits, and optionally a point with digits and an exponent with
 * digits: no hexadecimal, no "inf", no "nan", no spaces. */
static int is_decimal(const char *text)
{
    const char *c = text + (*text == '-');
    const char *end = skip_digits(c);
    if (end == c) {
        return 0;
    }
    if (*end == '.') {
        c = end + 1;
        end = skip_digits(c);
        if (end == c) {
            return 0;
        }
    }
    if (*end == 'e' || *end == 'E') {
        c = end + 1;
        c += *c == '-' || *c == '+';
        end = skip_digits(c);
        if (end == c) {
            return 0;
        }
    }
    return *end == '\0';
}

int zcb_csv_read_number(const zcb_csv_reader *reader, const zcb_csv_record *record,
                        size_t column, const char *name, double *out, zcb_error *error)
{
    const char *text = record->fields[column];
    if (*text == '\0') {
        *out = NAN;
        return 0;
    }
    locale_t plain = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
    if (plain == (locale_t)0) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory reading a number");
    }
    double number = is_decimal(text) ? strtod_l(text, NULL, plain) : NAN;
    freelocale(plain);
    if (!isfinite(number)) {
        return zcb_csv_malformed(reader, error, "%s is '%.*s' instead of a number", name,
                                 SHOWN_BYTES, text);
    }
    *out = number;
    return 0;
}

int zcb_csv_read_name(const zcb_csv_reader *reader, const zcb_csv_record *record, size_t column,
                      const char *name, zcb_cells *cells, const char **out, zcb_error *error)
{
    const char *text = record->fields[column];
    if (!zcb_name_is_valid(text)) {
        return zcb_csv_malformed(
            reader, error,
            "%s is '%.*s', not 1 to %d bytes of UTF-8 without control characters", name,
            SHOWN_BYTES, text, ZCB_NAME_MAX);
    }
    const char *interned = zcb_cells_intern(cells, text);
    if (interned == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory reading names");
    }
    *out = interned;
    return 0;
}

int zcb_csv_read_text(const zcb_csv_reader *reader, const zcb_csv_record *record, size_t column,
                      const char *name, char *out, size_t size, zcb_error *error)
{
    if (record->lengths[column] >= size) {
        return zcb_csv_malformed(reader, error, "%s is longer than %zu bytes", name, size - 1);
    }
    memcpy(out, record->fields[column], record->lengths[column] + 1);
    return 0;
}

static int unknown_word(const zcb_csv_reader *reader, const zcb_csv_record *record,
                        size_t column, const char *name, zcb_error *error)
{
    return zcb_csv_malformed(reader, error, "unknown %s '%.*s'", name, SHOWN_BYTES,
                             record->fields[column]);
}

int zcb_csv_read_cell(const zcb_csv_reader *reader, const zcb_csv_record *record,
                      zcb_cells *cells, uint32_t *out, zcb_error *error)
{
    zcb_cell cell = {0};
    char *const *fields = record->fields;
    if (zcb_csv_read_name(reader, record, 0, "python", cells, &cell.python, error) < 0 ||
        zcb_csv_read_name(reader, record, 1, "pair", cells, &cell.pair, error) < 0) {
        return -1;
    }
    if (zcb_lane_parse(fields[2], &cell.lane) < 0) {
        return unknown_word(reader, record, 2, "lane", error);
    }
    if (zcb_heap_parse(fields[3], &cell.heap) < 0) {
        return unknown_word(reader, record, 3, "heap", error);
    }
    if (zcb_cache_parse(fields[4], &cell.cache) < 0) {
        return unknown_word(reader, record, 4, "cache", error);
    }
    if (zcb_consumer_parse(fields[5], &cell.consumer) < 0) {
        return unknown_word(reader, record, 5, "consumer", error);
    }
    if (zcb_csv_read_whole(reader, record, 6, UINT64_MAX, "size_bytes", &cell.size_bytes,
                           error) < 0) {
        return -1;
    }
    int64_t index = zcb_cells_add(cells, &cell);
    if (index < 0) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory reading cells");
    }
    *out = (uint32_t)index;
    return 0;
}

void zcb_csv_question(FILE *stream, const zcb_cell *cell)
{
    zcb_csv_text(stream, cell->pair);
    fprintf(stream, ",%s,%s,%s,%s", zcb_lane_name(cell->lane), zcb_heap_name(cell->heap),
            zcb_cache_name(cell->cache), zcb_consumer_name(cell->consumer));
}

void zcb_csv_series(FILE *stream, const zcb_cell *cell)
{
    zcb_csv_text(stream, cell->python);
    putc(',', stream);
    zcb_csv_question(stream, cell);
}

void zcb_csv_cell(FILE *stream, const zcb_cell *cell)
{
    zcb_csv_series(stream, cell);
    fprintf(stream, ",%" PRIu64, cell->size_bytes);
}
