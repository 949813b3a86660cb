/* Why this file: a break-even belongs to a series of sizes, not to a cell. */
#include "report/series.h"

#include "report/plan.h"
#include "stats/breakeven.h"
#include "stats/verdict.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The alternatives asked in one series. */
typedef struct arms {
    const char *names[ZCB_ARMS_MAX];
    size_t count;
} arms;

static const zcb_cell *cell_at(const zcb_analysis *analysis, size_t result)
{
    return zcb_cells_at(analysis->recorded->cells, analysis->results[result].cell);
}

static void add_arm(arms *arms, const char *name)
{
    for (size_t i = 0; i < arms->count; i++) {
        if (strcmp(arms->names[i], name) == 0) {
            return;
        }
    }
    if (arms->count < ZCB_ARMS_MAX) {
        arms->names[arms->count++] = name;
    }
}

/* The planned alternatives, then others that were measured; "view" when neither is known. */
static arms arms_of(const zcb_analysis *analysis, size_t first, size_t count)
{
    arms found = {.count = 0};
    const zcb_planned_pair *plan =
        zcb_plan_pair(&analysis->recorded->run, cell_at(analysis, first));
    for (size_t i = 0; plan != NULL && i < plan->alternative_count; i++) {
        add_arm(&found, plan->alternatives[i]);
    }
    for (size_t r = first; r < first + count; r++) {
        const zcb_cell_result *result = &analysis->results[r];
        for (size_t i = 0; i < result->speedup_count; i++) {
            add_arm(&found, analysis->speedup[result->speedup_first + i].arm);
        }
    }
    if (found.count == 0) {
        add_arm(&found, ZCB_ARM_VIEW);
    }
    return found;
}

/* Adds the rows of one series: one per crossing, or one that says why there is none. */
static void add_breakeven(zcb_analysis *analysis, zcb_series *series,
                          const zcb_breakeven *found)
{
    uint32_t cell = analysis->results[series->result_first].cell;
    size_t rows = found->count > 0 ? found->count : 1;
    series->breakeven_first = analysis->breakeven_count;
    series->breakeven_count = rows;
    for (size_t i = 0; i < rows; i++) {
        zcb_interval bytes = found->count > 0 ? found->crossings[i].bytes : zcb_interval_none();
        analysis->breakeven[analysis->breakeven_count++] = (zcb_breakeven_row){
            cell,           series->arm, zcb_breakeven_status_name(found->status),
            bytes.estimate, bytes.lo,    bytes.hi,
        };
    }
}

/* Finds the break-even of one series; points has room for all its cells. */
static void find_breakeven(zcb_analysis *analysis, zcb_series *series, zcb_size_point *points)
{
    size_t count = 0;
    zcb_breakeven found;
    for (size_t i = 0; i < series->result_count; i++) {
        size_t result = series->result_first + i;
        const zcb_speedup_row *row =
            zcb_analysis_speedup(analysis, &analysis->results[result], series->arm);
        if (row != NULL) {
            points[count++] = (zcb_size_point){
                (double)cell_at(analysis, result)->size_bytes,
                {log(row->gross), log(row->gross_lo), log(row->gross_hi)},
            };
        }
    }
    if (count > 0) {
        zcb_breakeven_find(points, count, ZCB_MARGIN_DEFAULT, &found);
        add_breakeven(analysis, series, &found);
    }
}

static size_t series_end(const zcb_analysis *analysis, size_t first)
{
    size_t end = first + 1;
    while (end < analysis->result_count &&
           zcb_plan_same_series(cell_at(analysis, first), cell_at(analysis, end))) {
        end++;
    }
    return end;
}

/* Counts the series: one per alternative. */
static size_t count_series(const zcb_analysis *analysis)
{
    size_t count = 0;
    for (size_t first = 0; first < analysis->result_count;) {
        size_t end = series_end(analysis, first);
        count += arms_of(analysis, first, end - first).count;
        first = end;
    }
    return count;
}

int zcb_series_make(zcb_analysis *analysis, zcb_error *error)
{
    size_t count = count_series(analysis);
    zcb_size_point *points = calloc(analysis->result_count + 1, sizeof *points);
    analysis->series = calloc(count + 1, sizeof *analysis->series);
    analysis->breakeven = calloc(count * ZCB_CROSSINGS_MAX + 1, sizeof *analysis->breakeven);
    if (points == NULL || analysis->series == NULL || analysis->breakeven == NULL) {
        free(points);
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    for (size_t first = 0; first < analysis->result_count;) {
        size_t end = series_end(analysis, first);
        arms arms = arms_of(analysis, first, end - first);
        for (size_t i = 0; i < arms.count; i++) {
            zcb_series *series = &analysis->series[analysis->series_count++];
            *series = (zcb_series){
                .arm = arms.names[i], .result_first = first, .result_count = end - first};
            find_breakeven(analysis, series, points);
        }
        first = end;
    }
    free(points);
    return 0;
}
