/* See table_rows.h. */
#include "store/table_rows.h"

#include "base/room.h"

#include <stdlib.h>
#include <string.h>

/* Rows of one size in a growing array. */
typedef struct row_array {
    char *rows; /* owned */
    size_t row_size, count, capacity;
} row_array;

/* A new zeroed row at the end, or NULL. */
static void *new_row(row_array *array, zcb_error *error)
{
    char *rows =
        zcb_with_room(array->rows, &array->capacity, array->count + 1, array->row_size);
    if (rows == NULL) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory after %zu rows", array->count);
        return NULL;
    }
    array->rows = rows;
    return memset(rows + array->row_size * array->count++, 0, array->row_size);
}

int zcb_table_rows_read(const char *path, const char *columns, zcb_row_reader read_row,
                        size_t row_size, zcb_cells *cells, void **rows, size_t *count,
                        zcb_error *error)
{
    row_array array = {.row_size = row_size};
    zcb_csv_reader *reader = zcb_csv_open(path, columns, ZCB_CSV_WHOLE, error);
    if (reader == NULL) {
        return -1;
    }
    zcb_csv_record record;
    int got;
    while ((got = zcb_csv_next(reader, &record, error)) == 1) {
        void *row = new_row(&array, error);
        if (row == NULL || read_row(reader, &record, cells, row, error) < 0) {
            got = -1;
            break;
        }
    }
    zcb_csv_close(reader);
    if (got < 0) {
        free(array.rows);
        return -1;
    }
    *rows = array.rows;
    *count = array.count;
    return 0;
}
