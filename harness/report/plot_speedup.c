/* Why this file: one picture per variant and condition tells how all pairs compare; a panel per
 * pair and alternative keeps two dozen curves apart. */
#include "report/plot_parts.h"

#include "report/answers.h"
#include "report/plan.h"
#include "store/files.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PANEL_COLUMNS = 26, TITLE_COLUMNS = 60 };

/* One picture. Invariant: panel[s] is the panel (from 1) of analysis->series[s], 0 when it
 * isn't in this picture; the array is owned by the caller. */
typedef struct picture {
    const zcb_analysis *analysis;
    size_t *panel;
    size_t panel_count;
    int has_lane[ZCB_LANE_COUNT];
    zcb_plot_range sizes, ratios;
} picture;

static const zcb_cell *cell_of(const zcb_analysis *analysis, size_t series)
{
    uint32_t cell = analysis->results[analysis->series[series].result_first].cell;
    return zcb_cells_at(analysis->recorded->cells, cell);
}

/* The speed-up of the series' i-th cell if it can be drawn, else NULL. */
static const zcb_speedup_row *row_at(const zcb_analysis *analysis, size_t series, size_t i)
{
    const zcb_series *owner = &analysis->series[series];
    const zcb_speedup_row *row =
        zcb_analysis_speedup(analysis, &analysis->results[owner->result_first + i], owner->arm);
    return row != NULL && isfinite(row->gross) && row->gross > 0.0 ? row : NULL;
}

static int has_rows(const zcb_analysis *analysis, size_t series)
{
    for (size_t i = 0; i < analysis->series[series].result_count; i++) {
        if (row_at(analysis, series, i) != NULL) {
            return 1;
        }
    }
    return 0;
}

static int same_picture(const zcb_cell *left, const zcb_cell *right)
{
    return strcmp(left->python, right->python) == 0 && left->heap == right->heap &&
           left->cache == right->cache && left->consumer == right->consumer;
}

/* Gives each series of the picture that begins with series `first` its panel: lanes of the same
 * pair and alternative share one. */
static void assign_panels(picture *picture, size_t first)
{
    const zcb_analysis *analysis = picture->analysis;
    for (size_t s = first; s < analysis->series_count; s++) {
        const zcb_cell *cell = cell_of(analysis, s);
        if (!same_picture(cell_of(analysis, first), cell) || !has_rows(analysis, s)) {
            continue;
        }
        for (size_t known = first; known < s && picture->panel[s] == 0; known++) {
            if (picture->panel[known] != 0 &&
                strcmp(cell_of(analysis, known)->pair, cell->pair) == 0 &&
                strcmp(analysis->series[known].arm, analysis->series[s].arm) == 0) {
                picture->panel[s] = picture->panel[known];
            }
        }
        if (picture->panel[s] == 0) {
            picture->panel[s] = ++picture->panel_count;
        }
        picture->has_lane[cell->lane] = 1;
    }
}

static void write_rows(picture *picture, FILE *stream, size_t series)
{
    const zcb_analysis *analysis = picture->analysis;
    for (size_t i = 0; i < analysis->series[series].result_count; i++) {
        const zcb_speedup_row *row = row_at(analysis, series, i);
        if (row == NULL) {
            continue;
        }
        const zcb_cell *cell = zcb_cells_at(analysis->recorded->cells, row->cell);
        const double figures[] = {row->gross, row->gross_lo, row->gross_hi};
        fprintf(stream, "%zu,%d,", picture->panel[series], (int)cell->lane + 1);
        zcb_csv_text(stream, cell->pair);
        fprintf(stream, ",%s,", zcb_lane_name(cell->lane));
        zcb_csv_text(stream, row->arm);
        fprintf(stream, ",%llu", (unsigned long long)cell->size_bytes);
        for (size_t f = 0; f < 3; f++) {
            fputc(',', stream);
            zcb_csv_number(stream, figures[f]);
            zcb_plot_range_add(&picture->ratios, figures[f]);
        }
        fputc('\n', stream);
        zcb_plot_range_add(&picture->sizes, (double)cell->size_bytes);
    }
}

/* Writes every row of the picture's series through `write_one`. */
static int write_table(picture *picture, const char *folder, const char *name,
                       const char *ending, const char *header,
                       void (*write_one)(struct picture *, FILE *, size_t), zcb_error *error)
{
    zcb_file *file = zcb_plot_begin(folder, name, ending, error);
    if (file == NULL) {
        return -1;
    }
    fputs(header, zcb_file_stream(file));
    for (size_t s = 0; s < picture->analysis->series_count; s++) {
        if (picture->panel[s] != 0) {
            write_one(picture, zcb_file_stream(file), s);
        }
    }
    return zcb_file_commit(file, error);
}

static void write_breakevens(picture *picture, FILE *stream, size_t series)
{
    const zcb_series *owner = &picture->analysis->series[series];
    for (size_t i = 0; i < owner->breakeven_count; i++) {
        const zcb_breakeven_row *row =
            &picture->analysis->breakeven[owner->breakeven_first + i];
        if (!isfinite(row->bytes)) {
            continue;
        }
        const double figures[] = {row->bytes, row->ci_lo, row->ci_hi};
        fprintf(stream, "%zu,%d", picture->panel[series],
                (int)cell_of(picture->analysis, series)->lane + 1);
        for (size_t f = 0; f < 3; f++) {
            fputc(',', stream);
            zcb_csv_number(stream, figures[f]);
        }
        fputc('\n', stream);
    }
}

/* The names of panels and lanes, and how the panels stand. */
static void write_layout(const picture *picture, FILE *stream)
{
    size_t panels = picture->panel_count, lanes = 0, named = 0;
    size_t columns = panels == 1 ? 1 : panels <= 4 ? 2 : panels <= 30 ? 3 : 4;
    zcb_plot_number(stream, "panels", (double)panels);
    zcb_plot_number(stream, "columns", (double)columns);
    zcb_plot_number(stream, "rows", (double)((panels + columns - 1) / columns));
    for (size_t s = 0; named < panels; s++) {
        const char *arm = picture->analysis->series[s].arm;
        char key[32], text[ZCB_ANSWER_TEXT_MAX];
        if (picture->panel[s] == named + 1) {
            int is_plain = strcmp(arm, ZCB_ARM_VIEW) == 0;
            snprintf(text, sizeof text, "%s%s%s", cell_of(picture->analysis, s)->pair,
                     is_plain ? "" : " ", is_plain ? "" : arm + strlen("view:"));
            snprintf(key, sizeof key, "panel_%zu", ++named);
            zcb_plot_text(stream, key, text, PANEL_COLUMNS);
        }
    }
    fputs("lane_numbers = '", stream);
    for (int lane = 0; lane < ZCB_LANE_COUNT; lane++) {
        if (picture->has_lane[lane]) {
            fprintf(stream, "%s%d", lanes++ > 0 ? " " : "", lane + 1);
        }
    }
    fputs("'\n", stream);
    for (int lane = 0; lane < ZCB_LANE_COUNT; lane++) {
        fprintf(stream, "lane_%d = '%s'\n", lane + 1, zcb_lane_name((zcb_lane)lane));
    }
}

static int write_script(const picture *picture, const zcb_cell *cell, const char *folder,
                        const char *name, zcb_error *error)
{
    char title[ZCB_ANSWER_TEXT_MAX], conditions[64];
    zcb_plot_range ratios = picture->ratios;
    zcb_file *file = zcb_plot_begin(folder, name, ".gp", error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    snprintf(title, sizeof title, "Speed-up: copy time ÷ view time · %s%s", cell->python,
             zcb_plot_conditions(cell, " ", conditions, sizeof conditions));
    zcb_plot_range_add(&ratios, 1.0);
    double decades = log10(ratios.hi / ratios.lo);
    zcb_plot_head(stream, name);
    zcb_plot_text(stream, "title_text", title, TITLE_COLUMNS);
    write_layout(picture, stream);
    zcb_plot_size_axis(stream, picture->sizes, picture->panel_count == 1 ? 5 : 3);
    zcb_plot_number(stream, "y_min", ratios.lo / (decades < 1.0 ? 1.1 : 1.3));
    zcb_plot_number(stream, "y_max", ratios.hi * (decades < 1.0 ? 1.1 : 1.3));
    zcb_plot_number(stream, "y_step",
                    decades <= (picture->panel_count <= 4 ? 5.0 : 2.5) ? 10.0
                    : decades <= 8.0                                   ? 100.0
                                                                       : 1000.0);
    fprintf(stream, "y_digits = '%s'\n", decades < 1.0 ? "1 1.5 2 3 5 8" : "1");
    fputs("load 'speedup.gp'\n", stream);
    return zcb_file_commit(file, error);
}

static int write_picture(picture *picture, size_t first, const char *folder,
                         zcb_pictures *pictures, zcb_error *error)
{
    const zcb_cell *cell = cell_of(picture->analysis, first);
    char text[ZCB_ANSWER_TEXT_MAX], conditions[64];
    snprintf(text, sizeof text, "speedup-%s%s", cell->python,
             zcb_plot_conditions(cell, "-", conditions, sizeof conditions));
    const char *name = zcb_pictures_add(pictures, text);
    if (name == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    if (write_table(picture, folder, name, ".csv",
                    "panel,lane,pair,lane_name,arm,size_bytes,gross,gross_lo,gross_hi\n",
                    write_rows, error) != 0 ||
        write_table(picture, folder, name, "-breakeven.csv", "panel,lane,bytes,lo,hi\n",
                    write_breakevens, error) != 0) {
        return -1;
    }
    return write_script(picture, cell, folder, name, error);
}

/* 1 when an earlier series already opened the picture that series `s` belongs to. */
static int is_known(const zcb_analysis *analysis, size_t s)
{
    for (size_t earlier = 0; earlier < s; earlier++) {
        if (same_picture(cell_of(analysis, earlier), cell_of(analysis, s))) {
            return 1;
        }
    }
    return 0;
}

int zcb_plot_speedups(const zcb_analysis *analysis, const char *folder, zcb_pictures *pictures,
                      zcb_error *error)
{
    size_t *panel = calloc(analysis->series_count + 1, sizeof *panel);
    int result = panel == NULL ? zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory") : 0;
    for (size_t s = 0; result == 0 && s < analysis->series_count; s++) {
        if (is_known(analysis, s)) {
            continue;
        }
        picture picture = {.analysis = analysis, .panel = panel};
        memset(panel, 0, analysis->series_count * sizeof *panel);
        assign_panels(&picture, s);
        if (picture.panel_count > 0) {
            result = write_picture(&picture, s, folder, pictures, error);
        }
    }
    free(panel);
    return result;
}
