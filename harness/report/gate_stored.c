/* Against a baseline: dimensionless figures and break-evens that were stored on another day. */
#include "report/gate_private.h"

#include "report/builds.h"
#include "report/figures.h"
#include "report/plan.h"
#include "stats/difference.h"
#include "stats/location.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The values of one figure of one arm within some launches. */
static zcb_launch_series series_of(const zcb_gate_work *work, uint32_t cell, const char *arm,
                                   zcb_figure figure, zcb_gate_launches launches)
{
    const zcb_launch_figure *row = zcb_launch_figures_find(work->figures, cell, arm, figure);
    if (row == NULL) {
        return (zcb_launch_series){NULL, NULL, 0};
    }
    const uint32_t *numbers = work->figures->launches + row->first;
    size_t first = 0, end = row->count;
    while (first < end && numbers[first] < launches.first) {
        first++;
    }
    while (end > first && numbers[end - 1] >= launches.end) {
        end--;
    }
    return (zcb_launch_series){numbers + first, work->figures->logs + row->first + first,
                               end - first};
}

static zcb_interval log_of(zcb_interval ratio)
{
    return (zcb_interval){log(ratio.estimate), log(ratio.lo), log(ratio.hi)};
}

/* Head's figure and how it changed. */
static zcb_change change_of_figure(const zcb_gate_work *work, const zcb_gate_figure *figure,
                                   zcb_gate_launches launches, zcb_interval *head)
{
    const zcb_baseline_figure *stored = &work->made.request.baseline->figures[figure->row];
    zcb_launch_series now = series_of(work, figure->cell, figure->arm,
                                      figure->scale == ZCB_GATE_LIMIT ? ZCB_FIGURE_OVER_LIMIT
                                                                      : ZCB_FIGURE_OVER_NULL,
                                      launches);
    zcb_interval log = zcb_primary_interval(now.values, now.count, ZCB_CONFIDENCE);
    zcb_change change = {.launches =
                             now.count < stored->launches ? now.count : stored->launches};
    change.log =
        zcb_difference_interval(log_of(figure->base), zcb_primary_df(stored->launches), log,
                                zcb_primary_df(now.count), ZCB_CONFIDENCE, &change.df);
    *head = zcb_interval_exp(log);
    return change;
}

/* Whether sharing still pays at the tested size. */
static zcb_change change_of_breakeven(const zcb_gate_work *work, const zcb_gate_figure *figure,
                                      zcb_gate_launches launches)
{
    const zcb_cells *cells = work->analysis->recorded->cells;
    zcb_launch_series lo =
        series_of(work, figure->cell, figure->arm, ZCB_FIGURE_SPEEDUP, launches);
    zcb_launch_series hi =
        series_of(work, figure->next_cell, figure->arm, ZCB_FIGURE_SPEEDUP, launches);
    double from = log((double)zcb_cells_at(cells, figure->cell)->size_bytes);
    double to = log((double)zcb_cells_at(cells, figure->next_cell)->size_bytes);
    double weight = to > from ? (log(figure->tested_bytes) - from) / (to - from) : 0.0;
    double *values = calloc(lo.count + 1, sizeof *values);
    zcb_change change = {zcb_interval_none(), (double)NAN, 0};
    if (values != NULL) {
        change = zcb_change_of_pairs(
            values, zcb_launches_join(lo, 1.0 - weight, hi, weight, values), ZCB_CONFIDENCE);
    }
    free(values);
    change.log = (zcb_interval){-change.log.estimate, -change.log.hi, -change.log.lo};
    return change;
}

static int no_memory(zcb_error *error)
{
    return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
}

static int list_figures(zcb_gate_work *work, zcb_error *error)
{
    const zcb_run *run = &work->analysis->recorded->run;
    const zcb_baseline *baseline = work->made.request.baseline;
    for (size_t i = 0; i < baseline->figure_count; i++) {
        const zcb_baseline_figure *stored = &baseline->figures[i];
        const zcb_cell *cell = zcb_cells_at(baseline->cells, stored->cell);
        if (zcb_plan_variant(run, cell->python) == run->variant_count) {
            continue;
        }
        const zcb_cell_result *result = zcb_gate_result(work->analysis, cell);
        if (result == NULL || result->speedup_count == 0) {
            work->made.not_measured++;
            if (result != NULL && zcb_gate_add_lost(work, result) < 0) {
                return no_memory(error);
            }
            continue;
        }
        zcb_gate_figure *figure = zcb_gate_add(
            work, result->cell, stored->arm,
            strcmp(stored->divisor, ZCB_ARM_LIMIT) == 0 ? ZCB_GATE_LIMIT : ZCB_GATE_NULL);
        if (figure == NULL) {
            return no_memory(error);
        }
        figure->row = i;
        figure->base = (zcb_interval){stored->ratio, stored->lo, stored->hi};
        figure->first.change = change_of_figure(work, figure, work->phase[0], &figure->head);
    }
    return 0;
}

/* Sets cell and next_cell to the measured sizes around tested_bytes: 0 when every measured size
 * is smaller. */
static int find_sizes(const zcb_gate_work *work, const zcb_cell *of, const char *arm,
                      double tested_bytes, uint32_t *cell, uint32_t *next)
{
    const zcb_analysis *analysis = work->analysis;
    int has_below = 0;
    for (size_t i = 0; i < analysis->result_count; i++) {
        const zcb_cell_result *result = &analysis->results[i];
        const zcb_cell *here = zcb_cells_at(analysis->recorded->cells, result->cell);
        if (!zcb_plan_same_series(of, here) ||
            zcb_analysis_speedup(analysis, result, arm) == NULL) {
            continue;
        }
        if ((double)here->size_bytes < tested_bytes) {
            *cell = result->cell;
            has_below = 1;
            continue;
        }
        *next = result->cell;
        int is_exact = (double)here->size_bytes <= tested_bytes;
        *cell = is_exact || !has_below ? result->cell : *cell;
        return 1;
    }
    return 0;
}

/* Head's break-even, all NAN where it has none. */
static zcb_interval breakeven_of(const zcb_analysis *analysis, const zcb_cell *of,
                                 const char *arm)
{
    for (size_t i = 0; i < analysis->series_count; i++) {
        const zcb_series *series = &analysis->series[i];
        const zcb_cell *cell = zcb_cells_at(analysis->recorded->cells,
                                            analysis->results[series->result_first].cell);
        if (strcmp(series->arm, arm) == 0 && zcb_plan_same_series(of, cell) &&
            series->breakeven_count == 1) {
            const zcb_breakeven_row *row = &analysis->breakeven[series->breakeven_first];
            return (zcb_interval){row->bytes, row->ci_lo, row->ci_hi};
        }
    }
    return zcb_interval_none();
}

/* The size at which sharing must still pay; NAN: the baseline says nothing of it. */
static double tested_bytes(const zcb_baseline_breakeven *stored, const zcb_cell *cell)
{
    if (strcmp(stored->status, "crossed") == 0) {
        return ZCB_GATE_BREAKEVEN_TIMES * stored->hi;
    }
    return strcmp(stored->status, "always") == 0
               ? ZCB_GATE_BREAKEVEN_TIMES * (double)cell->size_bytes
               : (double)NAN;
}

static int list_breakevens(zcb_gate_work *work, zcb_error *error)
{
    const zcb_run *run = &work->analysis->recorded->run;
    const zcb_baseline *baseline = work->made.request.baseline;
    for (size_t i = 0; i < baseline->breakeven_count; i++) {
        const zcb_baseline_breakeven *stored = &baseline->breakevens[i];
        const zcb_cell *cell = zcb_cells_at(baseline->cells, stored->cell);
        double bytes = tested_bytes(stored, cell);
        uint32_t lo = 0, hi = 0;
        if (zcb_plan_variant(run, cell->python) == run->variant_count || isnan(bytes)) {
            continue;
        }
        if (!find_sizes(work, cell, stored->arm, bytes, &lo, &hi)) {
            work->made.not_measured++;
            continue;
        }
        zcb_gate_figure *figure = zcb_gate_add(work, lo, stored->arm, ZCB_GATE_BREAKEVEN);
        if (figure == NULL) {
            return no_memory(error);
        }
        const zcb_cells *cells = work->analysis->recorded->cells;
        figure->row = i;
        figure->next_cell = hi;
        figure->tested_bytes = fmax(bytes, (double)zcb_cells_at(cells, lo)->size_bytes);
        figure->base = (zcb_interval){stored->bytes, stored->lo, stored->hi};
        figure->head = breakeven_of(work->analysis, cell, stored->arm);
        figure->first.change = change_of_breakeven(work, figure, work->phase[0]);
    }
    return 0;
}

/* Holds the fingerprints of a variant against each other. */
static int check_variant(const zcb_gate_work *work, const zcb_baseline_variant *stored,
                         const zcb_variant *variant, zcb_error *error)
{
    char what[2 * ZCB_FINGERPRINT_TEXT + 64];
    const char *const parts[ZCB_FINGERPRINT_PARTS] = {stored->cpu_model, stored->kernel,
                                                      stored->libc, stored->compiler,
                                                      stored->python_build};
    zcb_fingerprint base = {{{0}}}, head;
    zcb_fingerprint_make(&work->analysis->recorded->run, variant, &head);
    for (size_t i = 0; i < ZCB_FINGERPRINT_PARTS; i++) {
        snprintf(base.parts[i], sizeof base.parts[i], "%s", parts[i] != NULL ? parts[i] : "");
        if ((work->made.request.ignored >> i & 1u) != 0) {
            memcpy(base.parts[i], head.parts[i], sizeof base.parts[i]);
        }
    }
    if (zcb_fingerprint_matches(&base, &head, what, sizeof what)) {
        return 0;
    }
    return zcb_fail(error, ZCB_EXIT_NOTHING,
                    "the baseline of %s can't be compared with this run: %s", variant->name,
                    what);
}

/* At least one variant is in both, and each that is has the same fingerprint. */
static int check_variants(const zcb_gate_work *work, zcb_error *error)
{
    const zcb_run *run = &work->analysis->recorded->run;
    const zcb_baseline *baseline = work->made.request.baseline;
    size_t common = 0;
    for (size_t i = 0; i < run->variant_count; i++) {
        const zcb_baseline_variant *stored = zcb_baseline_find(baseline, run->variants[i].name);
        if (stored == NULL) {
            continue;
        }
        common++;
        if (check_variant(work, stored, &run->variants[i], error) < 0) {
            return -1;
        }
    }
    if (common > 0) {
        return 0;
    }
    return zcb_fail(error, ZCB_EXIT_NOTHING,
                    "the baseline has no variant of this run: it has %s%s, the run %s%s",
                    baseline->variant_count > 0 ? baseline->variants[0].name : "none",
                    baseline->variant_count > 1 ? " and more" : "",
                    run->variant_count > 0 ? run->variants[0].name : "none",
                    run->variant_count > 1 ? " and more" : "");
}

/* Cells with figures that the baseline lacks. */
static size_t count_not_stored(const zcb_gate_work *work)
{
    const zcb_analysis *analysis = work->analysis;
    const zcb_baseline *baseline = work->made.request.baseline;
    size_t count = 0;
    for (size_t i = 0; i < analysis->result_count; i++) {
        const zcb_cell_result *result = &analysis->results[i];
        const zcb_cell *cell = zcb_cells_at(analysis->recorded->cells, result->cell);
        count += result->speedup_count > 0 &&
                 zcb_baseline_find(baseline, cell->python) != NULL &&
                 zcb_cells_find(baseline->cells, cell) < 0;
    }
    return count;
}

int zcb_gate_list_stored(zcb_gate_work *work, zcb_error *error)
{
    if (check_variants(work, error) < 0 || list_figures(work, error) < 0 ||
        list_breakevens(work, error) < 0) {
        return -1;
    }
    work->made.not_stored = count_not_stored(work);
    return 0;
}

int zcb_gate_confirm_stored(zcb_gate_work *work, zcb_error *error)
{
    (void)error;
    for (size_t i = 0; i < work->made.figure_count; i++) {
        zcb_gate_figure *figure = &work->made.figures[i];
        zcb_interval head;
        figure->confirm.change = figure->scale == ZCB_GATE_BREAKEVEN
                                     ? change_of_breakeven(work, figure, work->phase[1])
                                     : change_of_figure(work, figure, work->phase[1], &head);
    }
    return 0;
}
