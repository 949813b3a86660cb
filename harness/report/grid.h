/* A table of texts on the terminal: labels at the left, columns side by side as far as they
 * fit, the rest below. */
#ifndef ZCB_REPORT_GRID_H
#define ZCB_REPORT_GRID_H

#include "base/error.h"

#include <stddef.h>
#include <stdio.h>

#define ZCB_GRID_TEXT_MAX 160 /* bytes of a text, NUL included; longer ones are cut */

/* Zero value: no columns. Owns its rows. */
typedef struct zcb_grid {
    size_t column_count;
    struct zcb_grid_row *rows;
    size_t row_count, capacity;
    size_t label_width, *widths; /* on the terminal, of what was set so far */
} zcb_grid;

/* Adds a row of empty columns, `label` made visible: 0, or -1 with `error` filled (memory).
 * column_count is set before and doesn't change. An empty row parts what is above from what is
 * below. */
int zcb_grid_add(zcb_grid *grid, const char *label, zcb_error *error);

/* Sets one text of the row that was added last, made visible. */
void zcb_grid_set(zcb_grid *grid, size_t column, const char *text);

/* Prints the grid, no line wider than `width` columns unless one column beside the labels is.
 */
void zcb_grid_print(const zcb_grid *grid, size_t width, FILE *stream);

void zcb_grid_clear(zcb_grid *grid);

#endif
