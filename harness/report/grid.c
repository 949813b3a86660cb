/* See grid.h. */
#include "report/grid.h"

#include "base/room.h"
#include "report/text.h"

#include <stdlib.h>
#include <string.h>

enum { GAP = 2 };

/* Invariant: texts holds column_count texts. */
typedef struct zcb_grid_row {
    char label[ZCB_GRID_TEXT_MAX];
    char (*texts)[ZCB_GRID_TEXT_MAX];
} grid_row;

static size_t wider(size_t width, const char *text)
{
    size_t own = zcb_text_width(text);
    return own > width ? own : width;
}

int zcb_grid_add(zcb_grid *grid, const char *label, zcb_error *error)
{
    grid_row *rows =
        zcb_with_room(grid->rows, &grid->capacity, grid->row_count + 1, sizeof *rows);
    if (rows == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    grid->rows = rows;
    if (grid->widths == NULL) {
        grid->widths = calloc(grid->column_count + 1, sizeof *grid->widths);
    }
    grid_row *row = &rows[grid->row_count];
    row->texts = calloc(grid->column_count + 1, sizeof *row->texts);
    if (row->texts == NULL || grid->widths == NULL) {
        free(row->texts);
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    zcb_text_visible(label, row->label, sizeof row->label);
    grid->label_width = wider(grid->label_width, row->label);
    grid->row_count++;
    return 0;
}

void zcb_grid_set(zcb_grid *grid, size_t column, const char *text)
{
    char *cell = grid->rows[grid->row_count - 1].texts[column];
    zcb_text_visible(text, cell, ZCB_GRID_TEXT_MAX);
    grid->widths[column] = wider(grid->widths[column], cell);
}

/* Writes `text` after `*owed` blanks; those to its right are owed, so that no line ends in
 * blanks.
 */
static void write_padded(FILE *stream, const char *text, size_t width, size_t *owed)
{
    size_t taken = zcb_text_width(text);
    if (taken > 0) {
        fprintf(stream, "%*s%s", (int)*owed, "", text);
        *owed = 0;
    }
    *owed += width - taken;
}

/* Prints all rows with the columns first … end − 1. */
static void print_columns(const zcb_grid *grid, size_t first, size_t end, FILE *stream)
{
    for (size_t r = 0; r < grid->row_count; r++) {
        size_t owed = 0;
        write_padded(stream, grid->rows[r].label, grid->label_width, &owed);
        for (size_t c = first; c < end; c++) {
            owed += GAP;
            write_padded(stream, grid->rows[r].texts[c], grid->widths[c], &owed);
        }
        fputc('\n', stream);
    }
}

void zcb_grid_print(const zcb_grid *grid, size_t width, FILE *stream)
{
    for (size_t first = 0, end; first < grid->column_count; first = end) {
        size_t taken = grid->label_width + GAP + grid->widths[first];
        end = first + 1;
        while (end < grid->column_count && taken + GAP + grid->widths[end] <= width) {
            taken += GAP + grid->widths[end++];
        }
        if (first > 0) {
            fputc('\n', stream);
        }
        print_columns(grid, first, end, stream);
    }
}

void zcb_grid_clear(zcb_grid *grid)
{
    for (size_t r = 0; r < grid->row_count; r++) {
        free(grid->rows[r].texts);
    }
    free(grid->rows);
    free(grid->widths);
    *grid = (zcb_grid){0};
}
