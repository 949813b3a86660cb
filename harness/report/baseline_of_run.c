/* See baseline_of_run.h. */
#include "report/baseline_of_run.h"

#include "report/builds.h"
#include "report/figures.h"
#include "report/plan.h"
#include "stats/location.h"
#include "stats/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double LIMIT_TIMES_MOST = 2.0; /* … memcpy's time: bytes are most of the work */
static const uint64_t VISIT_LEAST_NS = 22000; /* below, the clock is part of what is read */
enum { LAUNCHES_MIN = 2 };

static int no_memory(zcb_error *error)
{
    return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
}

/* A copy of `text`, "" for NULL; NULL when memory is short. */
static char *copy_of(const char *text)
{
    return strdup(text != NULL ? text : "");
}

static int take_variants(const zcb_run *run, zcb_baseline *out, zcb_error *error)
{
    out->variants = calloc(run->variant_count + 1, sizeof *out->variants);
    if (out->variants == NULL) {
        return no_memory(error);
    }
    for (size_t i = 0; i < run->variant_count; i++) {
        zcb_fingerprint print;
        zcb_baseline_variant *v = &out->variants[out->variant_count++];
        zcb_fingerprint_make(run, &run->variants[i], &print);
        char **const parts[ZCB_FINGERPRINT_PARTS] = {&v->cpu_model, &v->kernel, &v->libc,
                                                     &v->compiler, &v->python_build};
        v->name = copy_of(run->variants[i].name);
        v->numpy = copy_of(run->variants[i].numpy);
        int is_short = v->name == NULL || v->numpy == NULL;
        for (size_t part = 0; part < ZCB_FINGERPRINT_PARTS; part++) {
            *parts[part] = copy_of(print.parts[part]);
            is_short |= *parts[part] == NULL;
        }
        if (is_short) {
            return no_memory(error);
        }
    }
    return 0;
}

/* 1 when the arm of the cell moves as many bytes as it hands over. */
static int moves_bytes(const zcb_run *run, const zcb_cell *cell, const char *arm)
{
    const zcb_planned_pair *pair = zcb_plan_pair(run, cell);
    return strcmp(arm, ZCB_ARM_COPY) == 0 || (pair != NULL && pair->kind != ZCB_KIND_Z);
}

/* 1 where null's visits are too short to divide by: it has the count of a slow arm. */
static int null_is_short(const zcb_run *run, uint32_t cell)
{
    for (size_t i = 0; i < run->calibration_count; i++) {
        const zcb_calibration *c = &run->calibrations[i];
        for (size_t arm = 0; c->cell == cell && arm < c->arm_count; arm++) {
            if (strcmp(c->arms[arm], ZCB_ARM_NULL) == 0) {
                return c->visit_ns[arm] > 0 && c->visit_ns[arm] < VISIT_LEAST_NS;
            }
        }
    }
    return 0;
}

/* What the arm's time is held against: NULL where there is nothing. */
static const zcb_launch_figure *choose(const zcb_analysis *analysis,
                                       const zcb_launch_figures *figures,
                                       const zcb_launch_figure *over_null)
{
    const zcb_cell *cell = zcb_cells_at(analysis->recorded->cells, over_null->cell);
    const zcb_launch_figure *over_limit = zcb_launch_figures_find(
        figures, over_null->cell, over_null->arm, ZCB_FIGURE_OVER_LIMIT);
    if (over_limit == NULL || over_limit->count < LAUNCHES_MIN) {
        return over_null;
    }
    if (null_is_short(&analysis->recorded->run, over_null->cell)) {
        return over_limit;
    }
    if (!moves_bytes(&analysis->recorded->run, cell, over_null->arm)) {
        return over_null;
    }
    double times = exp(zcb_mean(figures->logs + over_limit->first, over_limit->count));
    return times <= LIMIT_TIMES_MOST ? over_limit : over_null;
}

static int add_figure(const zcb_analysis *analysis, const zcb_launch_figures *figures,
                      const zcb_launch_figure *row, zcb_baseline *out)
{
    const char *divisor = row->figure == ZCB_FIGURE_OVER_LIMIT ? ZCB_ARM_LIMIT : ZCB_ARM_NULL;
    int64_t cell =
        zcb_cells_add(out->cells, zcb_cells_at(analysis->recorded->cells, row->cell));
    zcb_interval ratio = zcb_interval_exp(
        zcb_primary_interval(figures->logs + row->first, row->count, ZCB_CONFIDENCE));
    zcb_baseline_figure *f = &out->figures[out->figure_count++];
    *f = (zcb_baseline_figure){(uint32_t)cell,
                               zcb_cells_intern(out->cells, row->arm),
                               zcb_cells_intern(out->cells, divisor),
                               ratio.estimate,
                               ratio.lo,
                               ratio.hi,
                               (uint32_t)row->count};
    return cell < 0 || f->arm == NULL || f->divisor == NULL ? -1 : 0;
}

static int take_figures(const zcb_analysis *analysis, const zcb_launch_figures *figures,
                        zcb_baseline *out, size_t *left_out, zcb_error *error)
{
    out->figures = calloc(figures->count + 1, sizeof *out->figures);
    if (out->figures == NULL) {
        return no_memory(error);
    }
    for (size_t i = 0; i < analysis->result_count; i++) {
        const zcb_cell_result *result = &analysis->results[i];
        const zcb_launch_figure *row = zcb_launch_figures_first(figures, result->cell);
        if (result->status != ZCB_STATUS_OK) {
            (*left_out)++;
            continue;
        }
        const zcb_launch_figure *end = figures->rows + figures->count;
        for (; row != NULL && row < end && row->cell == result->cell; row++) {
            if (row->figure == ZCB_FIGURE_OVER_NULL && row->count >= LAUNCHES_MIN &&
                add_figure(analysis, figures, choose(analysis, figures, row), out) < 0) {
                return no_memory(error);
            }
        }
    }
    return 0;
}

/* The smallest size of the series that gave a speed-up, or NULL. */
static const zcb_cell *smallest(const zcb_analysis *analysis, const zcb_series *series)
{
    for (size_t i = 0; i < series->result_count; i++) {
        const zcb_cell_result *result = &analysis->results[series->result_first + i];
        if (zcb_analysis_speedup(analysis, result, series->arm) != NULL) {
            return zcb_cells_at(analysis->recorded->cells, result->cell);
        }
    }
    return NULL;
}

static int take_breakevens(const zcb_analysis *analysis, zcb_baseline *out, zcb_error *error)
{
    out->breakevens = calloc(analysis->series_count + 1, sizeof *out->breakevens);
    if (out->breakevens == NULL) {
        return no_memory(error);
    }
    for (size_t i = 0; i < analysis->series_count; i++) {
        const zcb_series *series = &analysis->series[i];
        const zcb_cell *cell = smallest(analysis, series);
        if (cell == NULL || series->breakeven_count == 0) {
            continue;
        }
        const zcb_breakeven_row *row = &analysis->breakeven[series->breakeven_first];
        int is_crossed = strcmp(row->status, "crossed") == 0;
        if (is_crossed && !(isfinite(row->ci_lo) && isfinite(row->ci_hi))) {
            continue;
        }
        int64_t index = zcb_cells_add(out->cells, cell);
        zcb_baseline_breakeven *b = &out->breakevens[out->breakeven_count++];
        *b = (zcb_baseline_breakeven){(uint32_t)index,
                                      zcb_cells_intern(out->cells, series->arm),
                                      zcb_cells_intern(out->cells, row->status),
                                      is_crossed ? row->bytes : (double)NAN,
                                      is_crossed ? row->ci_lo : (double)NAN,
                                      is_crossed ? row->ci_hi : (double)NAN};
        if (index < 0 || b->arm == NULL || b->status == NULL) {
            return no_memory(error);
        }
    }
    return 0;
}

static int take_head(const zcb_run *run, zcb_baseline *out, zcb_error *error)
{
    out->run_id = copy_of(run->run_id);
    out->ended_utc = copy_of(run->ended_utc);
    out->commit = copy_of(run->tool_commit);
    out->cells = zcb_cells_new();
    return out->run_id == NULL || out->ended_utc == NULL || out->commit == NULL ||
                   out->cells == NULL
               ? no_memory(error)
               : 0;
}

int zcb_baseline_of_run(const zcb_analysis *analysis, const zcb_launch_figures *figures,
                        zcb_baseline *out, size_t *left_out, zcb_error *error)
{
    const zcb_run *run = &analysis->recorded->run;
    zcb_baseline made = {0};
    *out = (zcb_baseline){0};
    *left_out = 0;
    if (take_head(run, &made, error) < 0 || take_variants(run, &made, error) < 0 ||
        take_figures(analysis, figures, &made, left_out, error) < 0 ||
        take_breakevens(analysis, &made, error) < 0) {
        zcb_baseline_clear(&made);
        return -1;
    }
    if (made.figure_count == 0) {
        zcb_baseline_clear(&made);
        return zcb_fail(error, ZCB_EXIT_NOTHING,
                        "the run '%s' has no cell that is ok and has two launches",
                        run->run_id);
    }
    zcb_baseline_sort(&made);
    *out = made;
    return 0;
}
