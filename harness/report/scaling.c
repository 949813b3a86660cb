/* Why this file: that a view costs nothing per byte is what a pair claims; here it is looked
 * at. */
#include "report/scaling.h"

#include "base/words.h"
#include "report/figures.h"
#include "report/plan.h"
#include "stats/scaling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The rules of scaling.h. */
static const double CONSTANT_FACTOR = 5.0;
static const double TOLERANCE_FLAT = 0.10, TOLERANCE_PER_EXPONENT = 0.15;
enum { STEPS_MAX = 8 };

/* The places where this machine's curves may have steps; returns how many. */
static size_t find_steps(const zcb_machine *machine, zcb_step steps[STEPS_MAX])
{
    static const double cuts[] = {512.0, 131072.0, 4194304.0, 33554432.0};
    const uint64_t caches[] = {machine->l1d_bytes, machine->l2_bytes, machine->l3_bytes};
    size_t count = 0;
    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
        steps[count++] = (zcb_step){cuts[i] - 1.0, cuts[i], 0};
    }
    for (size_t i = 0; i < sizeof caches / sizeof caches[0]; i++) {
        if (caches[i] > 0) {
            steps[count++] = (zcb_step){(double)caches[i] / 4.0, (double)caches[i], 0};
        }
    }
    return count;
}

/* The exponent that the kind of the pair promises; NAN for a pair that the plan does not know.
 */
static double promised(const zcb_planned_pair *pair, const zcb_cell *cell, const char *arm)
{
    if (strcmp(arm, ZCB_ARM_LIMIT) == 0) {
        return 1.0;
    }
    if (pair == NULL) {
        return (double)NAN;
    }
    if (strcmp(arm, ZCB_ARM_COPY) == 0) {
        return pair->kind == ZCB_KIND_Q ? 2.0 : 1.0;
    }
    /* lazy pairs touch their bytes in the statement: what was put off is in the time */
    return pair->kind == ZCB_KIND_Z && cell->consumer == ZCB_CONSUMER_DROP ? 0.0 : 1.0;
}

/* 1 when lower orders than the promised one have ceased to matter at that size. */
static int is_past_constant(const zcb_size_table *table, size_t size, double promise)
{
    double growth = log(table->sizes_bytes[size] / table->sizes_bytes[0]);
    double lower = zcb_size_table_mean(table, 0) + (promise - 1.0) * growth;
    return zcb_size_table_mean(table, size) >= lower + log(CONSTANT_FACTOR);
}

/* Adds the place where lower orders cease to matter to the steps; returns how many there are
 * then.
 */
static size_t add_constant_end(const zcb_size_table *table, double promise, zcb_step *steps,
                               size_t step_count)
{
    size_t size = 1;
    while (size < table->size_count && !is_past_constant(table, size, promise)) {
        size++;
    }
    if (promise >= 1.0 && size < table->size_count) {
        double bytes = table->sizes_bytes[size];
        steps[step_count++] = (zcb_step){bytes - 1.0, bytes, 1};
    }
    return step_count;
}

/* What is expected of a regime: the promise, where an exponent can be seen. */
static double expected_of(const zcb_size_table *table, const zcb_regime *regime, double promise)
{
    size_t first = 0;
    while (table->sizes_bytes[first] < regime->lo_bytes) {
        first++;
    }
    return !(promise >= 1.0) || is_past_constant(table, first, promise) ? promise : (double)NAN;
}

/* 1 when the interval of a row lies outside what is allowed; see scaling.h. 0 without one. */
static int is_finding(const zcb_scaling_row *row, double limit_exponent)
{
    double lo = row->expected, hi = row->expected;
    if (strcmp(row->arm, ZCB_ARM_LIMIT) == 0) {
        return 0;
    }
    double tolerance = lo > 0.0 ? TOLERANCE_PER_EXPONENT * lo : TOLERANCE_FLAT;
    if (row->expected > 0.0 && !isnan(limit_exponent)) {
        lo += fmin(limit_exponent - 1.0, 0.0);
        hi += fmax(limit_exponent - 1.0, 0.0);
    }
    return row->ci_lo > hi + tolerance || row->ci_hi < lo - tolerance;
}

/* Adds the row of one regime. `limit` is memcpy's table. 0 or -1 (memory). */
static int add_row(zcb_analysis *analysis, uint32_t cell, const char *arm,
                   const zcb_regime *regime, double expected, const zcb_size_table *limit)
{
    zcb_interval beside;
    zcb_size_times times = zcb_size_table_times(limit);
    if (zcb_exponent(&times, regime->lo_bytes, regime->hi_bytes, ZCB_CONFIDENCE, &beside,
                     NULL) != 0) {
        return -1;
    }
    zcb_scaling_row *row = &analysis->scaling[analysis->scaling_count++];
    *row = (zcb_scaling_row){
        .cell = cell,
        .arm = arm,
        .regime_lo_bytes = (uint64_t)regime->lo_bytes,
        .regime_hi_bytes = (uint64_t)regime->hi_bytes,
        .exponent = regime->exponent.estimate,
        .ci_lo = regime->exponent.lo,
        .ci_hi = regime->exponent.hi,
        .expected = expected,
    };
    row->is_finding = is_finding(row, beside.estimate);
    return 0;
}

/* Adds the rows of one arm of a series of cells. 0 or -1 (memory). */
static int scale_arm(zcb_analysis *analysis, const zcb_series *series, const char *arm,
                     const zcb_launch_logs *logs, const zcb_size_table *limit)
{
    uint32_t index = analysis->results[series->result_first].cell;
    const zcb_cell *cell = zcb_cells_at(analysis->recorded->cells, index);
    const zcb_run *run = &analysis->recorded->run;
    zcb_step steps[STEPS_MAX];
    zcb_regime regimes[STEPS_MAX + 1];
    size_t count = 0, step_count = find_steps(&run->machine, steps);
    double promise = promised(zcb_plan_pair(run, cell), cell, arm);
    zcb_size_table table;
    int result = zcb_size_table_make(analysis, series, arm, logs, &table);
    if (result == 0) {
        zcb_size_times times = zcb_size_table_times(&table);
        step_count = add_constant_end(&table, promise, steps, step_count);
        result = zcb_regimes_find(&times, steps, step_count, ZCB_CONFIDENCE, regimes, &count);
    }
    for (size_t i = 0; i < count && result == 0; i++) {
        if (regimes[i].launches > 0) {
            result = add_row(analysis, index, arm, &regimes[i],
                             expected_of(&table, &regimes[i], promise), limit);
        }
    }
    zcb_size_table_clear(&table);
    return result;
}

/* Copy, the `count` alternatives, limit of the same cells. 0 or -1 (memory). */
static int scale_cells(zcb_analysis *analysis, const zcb_series *series, size_t count,
                       const zcb_launch_logs *logs)
{
    zcb_size_table limit;
    int result = zcb_size_table_make(analysis, series, ZCB_ARM_LIMIT, logs, &limit);
    if (result == 0) {
        result = scale_arm(analysis, series, ZCB_ARM_COPY, logs, &limit);
    }
    for (size_t i = 0; i < count && result == 0; i++) {
        result = scale_arm(analysis, series, series[i].arm, logs, &limit);
    }
    if (result == 0) {
        result = scale_arm(analysis, series, ZCB_ARM_LIMIT, logs, &limit);
    }
    zcb_size_table_clear(&limit);
    return result;
}

int zcb_scaling_make(zcb_analysis *analysis, const zcb_launch_logs *logs, zcb_error *error)
{
    size_t room = 3 * analysis->series_count * (STEPS_MAX + 1);
    analysis->scaling = calloc(room + 1, sizeof *analysis->scaling);
    int result = analysis->scaling != NULL ? 0 : -1;
    for (size_t first = 0, end; first < analysis->series_count && result == 0; first = end) {
        const zcb_series *series = &analysis->series[first];
        end = first + 1;
        while (end < analysis->series_count &&
               analysis->series[end].result_first == series->result_first) {
            end++;
        }
        result = scale_cells(analysis, series, end - first, logs);
    }
    return result == 0 ? 0 : zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
}
