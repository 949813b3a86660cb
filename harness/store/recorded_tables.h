/* Readers of the small recorded tables, for the reader of a whole folder. */
#ifndef ZCB_STORE_RECORDED_TABLES_H
#define ZCB_STORE_RECORDED_TABLES_H

#include "store/recorded.h"

/* Read a whole table: 0 and *rows (owned by the caller, NULL when empty) and *count set, or -1
 * with both untouched; `cells` gains names and cells either way. Any malformed line is an
 * error. */
int zcb_launches_read(const char *path, zcb_cells *cells, zcb_launch_row **rows, size_t *count,
                      zcb_error *error);
int zcb_cell_rows_read(const char *path, zcb_cells *cells, zcb_cell_row **rows, size_t *count,
                       zcb_error *error);

#endif
