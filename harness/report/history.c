/* See history.h. */
#include "report/history.h"

#include "report/answers.h"
#include "report/grid.h"
#include "report/plan.h"
#include "report/units.h"
#include "store/columns.h"
#include "store/csv_fields.h"
#include "store/files.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *intern(zcb_history *history, const char *text)
{
    return zcb_cells_intern(history->cells, text == NULL ? "" : text);
}

static const zcb_cell *cell_of(const zcb_analysis *analysis, const zcb_series *series)
{
    return zcb_cells_at(analysis->recorded->cells,
                        analysis->results[series->result_first].cell);
}

/* Fills a row from one series. 0 or -1 (memory). */
static int fill_row(zcb_history *history, const zcb_analysis *analysis,
                    const zcb_series *series, zcb_history_row *row)
{
    const zcb_run *run = &analysis->recorded->run;
    const zcb_cell *cell = cell_of(analysis, series);
    size_t v = zcb_plan_variant(run, cell->python);
    const zcb_variant *variant = v < run->variant_count ? &run->variants[v] : NULL;
    const zcb_source *source = variant == NULL ? NULL : zcb_run_source(run, variant);
    const zcb_speedup_row *speedup =
        zcb_analysis_speedup_at(analysis, series, ZCB_REFERENCE_BYTES);
    *row = (zcb_history_row){
        .cell = *cell,
        .arm = intern(history, series->arm),
        .version = intern(history, variant ? variant->version : ""),
        .commit = intern(history, source != NULL ? source->tool_commit : run->tool_commit),
        .status = "",
        .speedup = zcb_interval_none(),
        .bytes = zcb_interval_none()};
    row->cell.python = intern(history, cell->python);
    row->cell.pair = intern(history, cell->pair);
    row->cell.size_bytes = 0;
    if (speedup != NULL) {
        row->speedup = (zcb_interval){speedup->gross, speedup->gross_lo, speedup->gross_hi};
        row->cell.size_bytes =
            zcb_cells_at(analysis->recorded->cells, speedup->cell)->size_bytes;
    }
    if (series->breakeven_count > 0) {
        const zcb_breakeven_row *at = &analysis->breakeven[series->breakeven_first];
        row->status = at->status;
        row->bytes = (zcb_interval){at->bytes, at->ci_lo, at->ci_hi};
    }
    zcb_answer_text(analysis, series, row->answer, sizeof row->answer);
    return row->arm == NULL || row->version == NULL || row->commit == NULL ||
                   row->cell.python == NULL || row->cell.pair == NULL
               ? -1
               : 0;
}

/* Room for one more run and for its rows. */
static int reserve(zcb_history *history, size_t rows)
{
    if (history->cells == NULL) {
        history->cells = zcb_cells_new();
    }
    zcb_history_run *runs =
        realloc(history->runs, (history->run_count + 1) * sizeof *history->runs);
    if (runs != NULL) {
        history->runs = runs;
    }
    zcb_history_row *grown =
        realloc(history->rows, (history->row_count + rows + 1) * sizeof *history->rows);
    if (grown != NULL) {
        history->rows = grown;
    }
    return history->cells == NULL || runs == NULL || grown == NULL ? -1 : 0;
}

int zcb_history_add(zcb_history *history, const zcb_analysis *analysis, zcb_error *error)
{
    const zcb_run *run = &analysis->recorded->run;
    if (reserve(history, analysis->series_count) != 0) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    zcb_history_run *added = &history->runs[history->run_count++];
    *added = (zcb_history_run){.run_id = strdup(run->run_id != NULL ? run->run_id : ""),
                               .started_utc =
                                   strdup(run->started_utc != NULL ? run->started_utc : ""),
                               .first = history->row_count,
                               .count = analysis->series_count};
    int result = added->run_id == NULL || added->started_utc == NULL ? -1 : 0;
    for (size_t s = 0; result == 0 && s < analysis->series_count; s++) {
        result = fill_row(history, analysis, &analysis->series[s],
                          &history->rows[history->row_count++]);
    }
    return result == 0 ? 0 : zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
}

/* Times of one form compare as texts. */
static int compare_runs(const void *left, const void *right)
{
    const zcb_history_run *a = left, *b = right;
    int order = strcmp(a->started_utc, b->started_utc);
    return order != 0 ? order : strcmp(a->run_id, b->run_id);
}

void zcb_history_sort(zcb_history *history)
{
    if (history->run_count > 1) {
        qsort(history->runs, history->run_count, sizeof *history->runs, compare_runs);
    }
}

void zcb_history_clear(zcb_history *history)
{
    for (size_t i = 0; i < history->run_count; i++) {
        free(history->runs[i].run_id);
        free(history->runs[i].started_utc);
    }
    free(history->runs);
    free(history->rows);
    zcb_cells_free(history->cells);
    *history = (zcb_history){0};
}

int zcb_history_is_same(const zcb_history_row *one, const zcb_history_row *other)
{
    return zcb_plan_same_series(&one->cell, &other->cell) && strcmp(one->arm, other->arm) == 0;
}

static void write_interval(FILE *stream, zcb_interval interval)
{
    const double numbers[] = {interval.estimate, interval.lo, interval.hi};
    for (size_t i = 0; i < 3; i++) {
        putc(',', stream);
        zcb_csv_number(stream, numbers[i]);
    }
}

int zcb_history_write(const zcb_history *history, const char *path, zcb_error *error)
{
    zcb_file *file = zcb_file_begin(path, error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    fprintf(stream, "%s\n", ZCB_HISTORY_COLUMNS);
    for (size_t r = 0; r < history->run_count; r++) {
        const zcb_history_run *run = &history->runs[r];
        for (size_t i = run->first; i < run->first + run->count; i++) {
            const zcb_history_row *row = &history->rows[i];
            zcb_csv_text(stream, run->run_id);
            putc(',', stream);
            zcb_csv_text(stream, run->started_utc);
            putc(',', stream);
            zcb_csv_text(stream, row->commit);
            putc(',', stream);
            zcb_csv_series(stream, &row->cell);
            putc(',', stream);
            zcb_csv_text(stream, row->arm);
            putc(',', stream);
            zcb_csv_text(stream, row->version);
            if (row->cell.size_bytes > 0) {
                fprintf(stream, ",%" PRIu64, row->cell.size_bytes);
            } else {
                putc(',', stream);
            }
            write_interval(stream, row->speedup);
            fprintf(stream, ",%s", row->status);
            write_interval(stream, row->bytes);
            putc('\n', stream);
        }
    }
    return zcb_file_commit(file, error);
}

/* A line of a block: when, from which commit, and what was found. */
static int add_line(zcb_grid *grid, const zcb_history_run *run, const zcb_history_row *row,
                    zcb_error *error)
{
    char label[ZCB_GRID_TEXT_MAX], ratio[ZCB_UNIT_TEXT_MAX], size[ZCB_UNIT_TEXT_MAX],
        text[ZCB_GRID_TEXT_MAX + 2 * ZCB_UNIT_TEXT_MAX];
    int has_minute = strlen(run->started_utc) >= 16; /* 2026-11-22T12:00 */
    snprintf(label, sizeof label, "  %.10s %.5s %.20s", run->started_utc,
             has_minute ? run->started_utc + 11 : "", row->commit);
    if (zcb_grid_add(grid, label, error) != 0) {
        return -1;
    }
    snprintf(text, sizeof text, "%s", row->answer);
    if (row->cell.size_bytes > 0) {
        snprintf(text, sizeof text, "%s at %s · %s",
                 zcb_unit_ratio_interval(row->speedup.estimate, row->speedup.lo,
                                         row->speedup.hi, ratio, sizeof ratio),
                 zcb_unit_size((double)row->cell.size_bytes, size, sizeof size), row->answer);
    }
    zcb_grid_set(grid, 0, text);
    return 0;
}

/* 1 when an earlier run, or an earlier row of this one, has the question. */
static int is_told(const zcb_history *history, size_t r, size_t i)
{
    for (size_t earlier = 0; earlier < r; earlier++) {
        const zcb_history_run *run = &history->runs[earlier];
        for (size_t k = run->first; k < run->first + run->count; k++) {
            if (zcb_history_is_same(&history->rows[k], &history->rows[i])) {
                return 1;
            }
        }
    }
    return 0;
}

/* The block of the question of row i, which run r has first. */
static int add_block(const zcb_history *history, zcb_grid *grid, size_t r, size_t i,
                     zcb_error *error)
{
    const zcb_history_row *first = &history->rows[i];
    char label[ZCB_ANSWER_TEXT_MAX], question[ZCB_ANSWER_TEXT_MAX];
    zcb_answer_label(&first->cell, first->arm, question, sizeof question);
    snprintf(label, sizeof label, "%.200s, %.63s", question, first->cell.python);
    if (zcb_grid_add(grid, label, error) != 0) {
        return -1;
    }
    for (; r < history->run_count; r++) {
        const zcb_history_run *run = &history->runs[r];
        for (size_t k = run->first; k < run->first + run->count; k++) {
            if (zcb_history_is_same(&history->rows[k], first) &&
                add_line(grid, run, &history->rows[k], error) != 0) {
                return -1;
            }
        }
    }
    return 0;
}

int zcb_history_print(const zcb_history *history, unsigned width, FILE *stream,
                      zcb_error *error)
{
    zcb_grid grid = {.column_count = 1};
    int result = 0;
    for (size_t r = 0; result == 0 && r < history->run_count; r++) {
        const zcb_history_run *run = &history->runs[r];
        for (size_t i = run->first; result == 0 && i < run->first + run->count; i++) {
            if (!is_told(history, r, i)) {
                result = add_block(history, &grid, r, i, error);
            }
        }
    }
    if (result == 0) {
        zcb_grid_print(&grid, width > 0 ? width : 80, stream);
    }
    zcb_grid_clear(&grid);
    return result;
}
