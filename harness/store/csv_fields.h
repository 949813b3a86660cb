/* From a field's text to a value, and from a cell to its fields: the one place where the words
 * and numbers of tables are read. Every reader here returns 0 and sets *out, or -1 and fills
 * `error` with file, line and column name. */
#ifndef ZCB_STORE_CSV_FIELDS_H
#define ZCB_STORE_CSV_FIELDS_H

#include "store/csv_reader.h"

#include <stdio.h>

/* A whole decimal number without sign, at most `max`. */
int zcb_csv_read_whole(const zcb_csv_reader *reader, const zcb_csv_record *record,
                       size_t column, uint64_t max, const char *name, uint64_t *out,
                       zcb_error *error);

/* A finite decimal number with `.` whatever the locale; an empty field is NAN. */
int zcb_csv_read_number(const zcb_csv_reader *reader, const zcb_csv_record *record,
                        size_t column, const char *name, double *out, zcb_error *error);

/* A name (zcb_name_is_valid), interned in `cells`. */
int zcb_csv_read_name(const zcb_csv_reader *reader, const zcb_csv_record *record, size_t column,
                      const char *name, zcb_cells *cells, const char **out, zcb_error *error);

/* A text of less than `size` bytes, copied into out[size]. */
int zcb_csv_read_text(const zcb_csv_reader *reader, const zcb_csv_record *record, size_t column,
                      const char *name, char *out, size_t size, zcb_error *error);

/* The cell in the first seven columns, added to `cells`; *out is its index. */
int zcb_csv_read_cell(const zcb_csv_reader *reader, const zcb_csv_record *record,
                      zcb_cells *cells, uint32_t *out, zcb_error *error);

/* Writes what a cell asks, without its variant and its size: pair, lane, heap, cache, consumer,
 * commas between, none at the end. */
void zcb_csv_question(FILE *stream, const zcb_cell *cell);

/* Writes the fields of a cell without its size, commas between, none at the end. */
void zcb_csv_series(FILE *stream, const zcb_cell *cell);

/* The same and its size. */
void zcb_csv_cell(FILE *stream, const zcb_cell *cell);

#endif
