/* A small table read whole: one row of a fixed size per record. */
#ifndef ZCB_STORE_TABLE_ROWS_H
#define ZCB_STORE_TABLE_ROWS_H

#include "store/csv_reader.h"

/* Fills the zeroed row at `row` from a record: 0, or -1 with `error` filled. */
typedef int (*zcb_row_reader)(const zcb_csv_reader *reader, const zcb_csv_record *record,
                              zcb_cells *cells, void *row, zcb_error *error);

/* Reads all rows of the table at `path`, whose header is `columns`: 0 and *rows (owned by the
 * caller, NULL when empty) and *count set, or -1 with both untouched. Any malformed line is an
 * error. */
int zcb_table_rows_read(const char *path, const char *columns, zcb_row_reader read_row,
                        size_t row_size, zcb_cells *cells, void **rows, size_t *count,
                        zcb_error *error);

#endif
