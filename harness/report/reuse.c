/* Why this file: a speed-up tells of one hand-over; whoever keeps a result asks what each look at it
 * costs. */
#include "report/reuse.h"

#include "report/text.h"
#include "report/units.h"
#include "stats/location.h"
#include "stats/ratio.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CONFIDENCE 0.95
#define NAME_COLUMNS 80

/* The four times of a cell's launches, ln ns, NAN where missing. Borrow one array. */
typedef struct launch_times {
    double *copy_dropped, *view_dropped, *copy_read, *view_read;
} launch_times;

static const zcb_cell *cell_of(const zcb_analysis *analysis, size_t result)
{
    return zcb_cells_at(analysis->recorded->cells, analysis->results[result].cell);
}

/* The result whose cell is that of `result` but read; result_count: none. */
static size_t find_read(const zcb_analysis *analysis, size_t result)
{
    zcb_cell wanted = *cell_of(analysis, result);
    wanted.consumer = ZCB_CONSUMER_READ;
    int64_t cell = zcb_cells_find(analysis->recorded->cells, &wanted);
    for (size_t i = 0; cell >= 0 && i < analysis->result_count; i++) {
        if (analysis->results[i].cell == (uint32_t)cell) {
            return i;
        }
    }
    return analysis->result_count;
}

/* Puts x and y of every launch that has all four times behind each other over the times themselves;
 * how many. */
static size_t settle(launch_times *t, size_t launches)
{
    size_t count = 0;
    for (size_t i = 0; i < launches; i++) {
        double copy = exp(t->copy_dropped[i]), view = exp(t->view_dropped[i]);
        double extra = exp(t->view_read[i]) - view - (exp(t->copy_read[i]) - copy);
        if (isfinite(copy + view + extra)) {
            t->copy_dropped[count] = (copy - view) / copy;
            t->view_dropped[count++] = extra / copy;
        }
    }
    return count;
}

/* What x and y say: see zcb_reuse_row. */
static void judge(const double *x, const double *y, size_t count, zcb_reuse_row *row)
{
    int is_one_sided;
    zcb_interval gain = zcb_primary_interval(x, count, CONFIDENCE);
    zcb_interval extra = zcb_primary_interval(y, count, CONFIDENCE);
    row->reads = zcb_interval_none();
    if (!isfinite(gain.lo) || !isfinite(extra.lo)) {
        row->answer = ZCB_REUSE_UNCLEAR;
    } else if (gain.hi < 0) {
        row->answer = ZCB_REUSE_COPY;
    } else if (extra.hi <= 0 && gain.lo > 0) {
        row->answer = ZCB_REUSE_NEVER;
    } else {
        row->reads = zcb_fieller(x, y, count, CONFIDENCE, &is_one_sided);
        row->answer = is_one_sided              ? ZCB_REUSE_NOT_BEFORE
                      : isfinite(row->reads.lo) ? ZCB_REUSE_FROM
                                                : ZCB_REUSE_UNCLEAR;
    }
}

/* One row, where both cells have the arm. 0 or -1 (memory). */
static int add_row(zcb_analysis *analysis, size_t dropped, size_t read, const char *arm,
                   const zcb_launch_logs *logs)
{
    size_t launches = zcb_launch_logs_last(logs, dropped);
    double *all = calloc(4 * launches + 1, sizeof *all);
    if (all == NULL) {
        return -1;
    }
    launch_times t = {all, all + launches, all + 2 * launches, all + 3 * launches};
    zcb_launch_logs_of(logs, dropped, ZCB_ARM_COPY, t.copy_dropped, launches);
    zcb_launch_logs_of(logs, dropped, arm, t.view_dropped, launches);
    zcb_launch_logs_of(logs, read, ZCB_ARM_COPY, t.copy_read, launches);
    zcb_launch_logs_of(logs, read, arm, t.view_read, launches);
    size_t count = settle(&t, launches);
    if (count > 0) {
        zcb_reuse_row *row = &analysis->reuse[analysis->reuse_count++];
        *row = (zcb_reuse_row){.cell = analysis->results[dropped].cell, .arm = arm};
        judge(t.copy_dropped, t.view_dropped, count, row);
    }
    free(all);
    return 0;
}

int zcb_reuse_make(zcb_analysis *analysis, const zcb_launch_logs *logs, zcb_error *error)
{
    size_t most = 0;
    for (size_t i = 0; i < analysis->series_count; i++) {
        most += analysis->series[i].result_count;
    }
    analysis->reuse = calloc(most + 1, sizeof *analysis->reuse);
    if (analysis->reuse == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    for (size_t i = 0; i < analysis->series_count; i++) {
        const zcb_series *series = &analysis->series[i];
        for (size_t k = 0; k < series->result_count; k++) {
            size_t dropped = series->result_first + k;
            size_t read = cell_of(analysis, dropped)->consumer == ZCB_CONSUMER_DROP
                              ? find_read(analysis, dropped)
                              : analysis->result_count;
            if (read < analysis->result_count &&
                add_row(analysis, dropped, read, series->arm, logs) != 0) {
                return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
            }
        }
    }
    return 0;
}

/* The row to tell of: the largest size up to 1 MiB, else the smallest. */
static const zcb_reuse_row *choose(const zcb_analysis *analysis, const zcb_series *series)
{
    const zcb_reuse_row *found = NULL;
    for (size_t k = 0; k < series->result_count; k++) {
        const zcb_cell_result *result = &analysis->results[series->result_first + k];
        for (size_t i = 0; i < analysis->reuse_count; i++) {
            const zcb_reuse_row *row = &analysis->reuse[i];
            uint64_t size = zcb_cells_at(analysis->recorded->cells, row->cell)->size_bytes;
            if (row->cell == result->cell && strcmp(row->arm, series->arm) == 0 &&
                (found == NULL || size <= ZCB_REFERENCE_BYTES)) {
                found = row;
            }
        }
    }
    return found;
}

static void format_reads(double reads, char *out, size_t size)
{
    snprintf(out, size, "%.*f", reads < 10 ? 1 : 0, reads);
}

char *zcb_reuse_text(const zcb_analysis *analysis, const zcb_series *series, char *out,
                     size_t size)
{
    char where[ZCB_UNIT_TEXT_MAX], middle[32], lo[32], hi[32];
    const zcb_reuse_row *row = choose(analysis, series);
    out[0] = '\0';
    if (row == NULL) {
        return out;
    }
    uint64_t bytes = zcb_cells_at(analysis->recorded->cells, row->cell)->size_bytes;
    zcb_unit_size((double)bytes, where, sizeof where);
    format_reads(row->reads.estimate, middle, sizeof middle);
    format_reads(row->reads.lo, lo, sizeof lo);
    format_reads(row->reads.hi, hi, sizeof hi);
    switch (row->answer) {
    case ZCB_REUSE_FROM:
        snprintf(out, size,
                 row->reads.hi <= 1
                     ? "at %s the copy is the cheaper one from the first read on "
                       "(%s, %s–%s)"
                     : "at %s the copy is the cheaper one from %s reads on "
                       "(%s–%s)",
                 where, middle, lo, hi);
        break;
    case ZCB_REUSE_NOT_BEFORE:
        snprintf(out, size, "at %s the copy is not the cheaper one before %s reads", where, lo);
        break;
    case ZCB_REUSE_NEVER:
        snprintf(out, size,
                 "at %s no number of reads makes the copy the cheaper one: reading the view "
                 "takes no longer",
                 where);
        break;
    case ZCB_REUSE_COPY:
        snprintf(out, size, "at %s the copy is the cheaper one without being read", where);
        break;
    default:
        snprintf(out, size, "at %s the data do not say", where);
    }
    return out;
}

void zcb_reuse_md(const zcb_analysis *analysis, FILE *stream)
{
    size_t told = 0;
    for (size_t i = 0; i < analysis->series_count; i++) {
        const zcb_series *series = &analysis->series[i];
        char text[ZCB_REUSE_TEXT_MAX];
        if (zcb_reuse_text(analysis, series, text, sizeof text)[0] == '\0') {
            continue;
        }
        const zcb_cell *cell = cell_of(analysis, series->result_first);
        fputs(told++ == 0 ? "\n## How often must it be read until a copy pays?\n\n" : "",
              stream);
        fputs("- ", stream);
        zcb_text_markdown(stream, cell->python, NAME_COLUMNS);
        fputs(", ", stream);
        zcb_text_markdown(stream, cell->pair, NAME_COLUMNS);
        fprintf(stream, " %s, ", zcb_lane_name(cell->lane));
        zcb_text_markdown(stream, series->arm, NAME_COLUMNS);
        fprintf(stream, ": %s.\n", text);
    }
}
