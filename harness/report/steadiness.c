/* Why this file: whether a run can be believed is seen from its controls in the order in which
 * it happened. */
#include "report/steadiness.h"

#include "base/room.h"
#include "stats/order.h"

#include <math.h>
#include <stdlib.h>

/* One launch's value of one cell. */
typedef struct zcb_steadiness_value {
    size_t variant;
    uint32_t launch;
    int is_null; /* else the twin's */
    double log;
} steadiness_value;

static int add(zcb_steadiness_values *values, steadiness_value value)
{
    steadiness_value *rows =
        zcb_with_room(values->rows, &values->capacity, values->count + 1, sizeof *rows);
    if (rows == NULL) {
        return -1;
    }
    values->rows = rows;
    rows[values->count++] = value;
    return 0;
}

/* The launch medians of `logs`, null's around their mean. */
static int add_medians(zcb_steadiness_values *values, size_t variant, int is_null,
                       const zcb_clusters *logs)
{
    double *medians = calloc(logs->count + 1, sizeof *medians);
    int result = medians != NULL ? zcb_cluster_medians(logs, medians) : -1;
    double mean = result == 0 && is_null ? zcb_mean(medians, logs->count) : 0.0;
    for (size_t i = 0; result == 0 && i < logs->count; i++) {
        result = add(
            values, (steadiness_value){variant, logs->launches[i], is_null, medians[i] - mean});
    }
    free(medians);
    return result;
}

int zcb_steadiness_add(zcb_steadiness_values *values, size_t variant,
                       const zcb_clusters *twin_logs, zcb_visits null, zcb_error *error)
{
    zcb_clusters null_logs = {0};
    int result = zcb_block_log_times(null, &null_logs);
    if (result == 0 && twin_logs->count > 0) {
        result = add_medians(values, variant, 0, twin_logs);
    }
    if (result == 0 && null_logs.count > 0) {
        result = add_medians(values, variant, 1, &null_logs);
    }
    zcb_clusters_clear(&null_logs);
    return result == 0 ? 0 : zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
}

static int compare_values(const void *left, const void *right)
{
    const steadiness_value *a = left, *b = right;
    if (a->variant != b->variant) {
        return a->variant < b->variant ? -1 : 1;
    }
    if (a->launch != b->launch) {
        return a->launch < b->launch ? -1 : 1;
    }
    if (a->is_null != b->is_null) {
        return a->is_null < b->is_null ? -1 : 1;
    }
    return a->log < b->log ? -1 : a->log > b->log;
}

/* Median and quartiles of count sorted values. */
static void quartiles(const steadiness_value *rows, size_t count, double *scratch,
                      double *middle, double *lo, double *hi)
{
    for (size_t i = 0; i < count; i++) {
        scratch[i] = exp(rows[i].log);
    }
    *middle = zcb_quantile_sorted(scratch, count, 0.5);
    *lo = zcb_quantile_sorted(scratch, count, 0.25);
    *hi = zcb_quantile_sorted(scratch, count, 0.75);
}

/* The launch that begins at row `first`; returns the row after it. */
static size_t sum_up(const zcb_steadiness_values *values, size_t first, double *scratch,
                     zcb_launch_steadiness *out)
{
    const steadiness_value *rows = values->rows;
    size_t twins = 0, nulls = 0, at = first;
    while (at < values->count && rows[at].variant == rows[first].variant &&
           rows[at].launch == rows[first].launch) {
        nulls += rows[at].is_null ? 1 : 0;
        twins += rows[at].is_null ? 0 : 1;
        at++;
    }
    *out = (zcb_launch_steadiness){.variant = rows[first].variant,
                                   .launch = rows[first].launch,
                                   .cells = twins > nulls ? twins : nulls};
    quartiles(rows + first, twins, scratch, &out->twin, &out->twin_lo, &out->twin_hi);
    quartiles(rows + first + twins, nulls, scratch, &out->null, &out->null_lo, &out->null_hi);
    return at;
}

int zcb_steadiness_make(zcb_steadiness_values *values, zcb_launch_steadiness **out,
                        size_t *count, zcb_error *error)
{
    *out = NULL;
    *count = 0;
    if (values->count == 0) {
        return 0;
    }
    double *scratch = calloc(values->count, sizeof *scratch);
    zcb_launch_steadiness *rows = calloc(values->count, sizeof *rows);
    if (scratch == NULL || rows == NULL) {
        free(scratch);
        free(rows);
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    qsort(values->rows, values->count, sizeof *values->rows, compare_values);
    for (size_t first = 0; first < values->count;) {
        first = sum_up(values, first, scratch, &rows[(*count)++]);
    }
    free(scratch);
    *out = rows;
    return 0;
}

void zcb_steadiness_values_clear(zcb_steadiness_values *values)
{
    free(values->rows);
    *values = (zcb_steadiness_values){0};
}
