/* See verdict.h. */
#include "stats/verdict.h"

#include "stats/distributions.h"
#include "stats/location.h"
#include "stats/order.h"

#include <stdlib.h>
#include <string.h>

const char *zcb_verdict_name(zcb_verdict verdict)
{
    static const char *const names[] = {"", "same", "faster", "slower", "unclear"};
    return names[verdict];
}

static int is_same(zcb_interval ratio, double margin)
{
    return ratio.lo >= 1.0 / (1.0 + margin) && ratio.hi <= 1.0 + margin;
}

zcb_verdict zcb_verdict_of(zcb_interval ratio, double margin)
{
    if (isnan(ratio.lo) && isnan(ratio.hi)) {
        return ZCB_VERDICT_NONE;
    }
    if (is_same(ratio, margin)) {
        return ZCB_VERDICT_SAME;
    }
    if (ratio.lo > 1.0) {
        return ZCB_VERDICT_FASTER;
    }
    return ratio.hi < 1.0 ? ZCB_VERDICT_SLOWER : ZCB_VERDICT_UNCLEAR;
}

zcb_verdict zcb_verdict_adjusted(zcb_interval ratio, double margin, double adjusted_p,
                                 double alpha)
{
    if (!zcb_interval_is_whole(ratio) || isnan(adjusted_p)) {
        return ZCB_VERDICT_NONE;
    }
    if (is_same(ratio, margin)) {
        return ZCB_VERDICT_SAME;
    }
    if (adjusted_p > alpha) {
        return ZCB_VERDICT_UNCLEAR;
    }
    return ratio.estimate > 1.0 ? ZCB_VERDICT_FASTER : ZCB_VERDICT_SLOWER;
}

double zcb_interval_p(zcb_interval interval, double confidence, double df, double hypothesis)
{
    if (!zcb_interval_is_whole(interval)) {
        return NAN;
    }
    double distance = interval.estimate - hypothesis, width = interval.hi - interval.lo;
    if (!(width > 0.0)) {
        return distance == 0.0 ? 1.0 : 0.0;
    }
    return zcb_t_two_sided(2.0 * distance / width * zcb_t_factor(confidence, df), df);
}

typedef struct ranked {
    double p;
    size_t index;
} ranked;

static int by_p(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->p != y->p) {
        return x->p < y->p ? -1 : 1;
    }
    return (x->index > y->index) - (x->index < y->index);
}

int zcb_holm(const double *p, size_t count, double *adjusted)
{
    ranked *tests = malloc((count + 1) * sizeof *tests);
    if (tests == NULL) {
        return -1;
    }
    size_t held = 0;
    for (size_t i = 0; i < count; i++) {
        adjusted[i] = p[i];
        if (!isnan(p[i])) {
            tests[held++] = (ranked){p[i], i};
        }
    }
    qsort(tests, held, sizeof *tests, by_p);
    double least = 0.0;
    for (size_t i = 0; i < held; i++) {
        least = fmax(least, fmin(1.0, tests[i].p * (double)(held - i)));
        adjusted[tests[i].index] = least;
    }
    free(tests);
    return 0;
}

static zcb_check check_of(const double *effects, size_t launches, double confidence)
{
    zcb_interval effect = zcb_primary_interval(effects, launches, confidence);
    return (zcb_check){
        effect, zcb_interval_p(effect, confidence, zcb_primary_df(launches), 0.0), launches};
}

static const zcb_check no_check = {{NAN, NAN, NAN}, NAN, 0};

int zcb_drift_check(const zcb_clusters *log_ratios, double confidence, zcb_check *out)
{
    *out = no_check;
    size_t total = log_ratios->count > 0 ? log_ratios->starts[log_ratios->count] : 0;
    double *scratch = malloc((total + log_ratios->count + 1) * sizeof *scratch);
    if (scratch == NULL) {
        return -1;
    }
    double *effects = scratch + total;
    size_t used = 0;
    for (size_t i = 0; i < log_ratios->count; i++) {
        size_t start = log_ratios->starts[i], size = log_ratios->starts[i + 1] - start;
        if (size < 3) {
            continue;
        }
        memcpy(scratch, log_ratios->values + start, size * sizeof *scratch);
        double first = zcb_median(scratch, size / 3);
        double last = zcb_median(scratch + size - size / 3, size / 3);
        effects[used++] = last - first;
    }
    *out = check_of(effects, used, confidence);
    free(scratch);
    return 0;
}

/* Sums of least squares within one launch, over arms. */
typedef struct slope_sums {
    double xx, xy;
} slope_sums;

/* End of the run of rows of one launch that begins at `from`. */
static size_t launch_end(zcb_visits arm, size_t from)
{
    size_t end = from;
    while (end < arm.count && arm.rows[end].launch == arm.rows[from].launch) {
        end++;
    }
    return end;
}

static void add_arm(const zcb_visit *rows, size_t count, slope_sums *sums)
{
    double x_mean = 0.0, y_mean = 0.0, n = 0.0;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].ns_per_op > 0.0) {
            n += 1.0;
            double dx = rows[i].order - x_mean, dy = log(rows[i].ns_per_op) - y_mean;
            x_mean += dx / n;
            y_mean += dy / n;
            sums->xx += dx * (rows[i].order - x_mean);
            sums->xy += dx * (log(rows[i].ns_per_op) - y_mean);
        }
    }
}

/* The arms' visits of the lowest launch that any cursor stands on, cursors moved behind it: 1,
 * or 0 when all arms are used up. */
static int next_launch(const zcb_visits *arms, size_t arm_count, size_t *cursors,
                       slope_sums *sums)
{
    uint32_t launch = UINT32_MAX;
    int is_found = 0;
    for (size_t arm = 0; arm < arm_count; arm++) {
        if (cursors[arm] < arms[arm].count) {
            uint32_t own = arms[arm].rows[cursors[arm]].launch;
            launch = own < launch ? own : launch;
            is_found = 1;
        }
    }
    *sums = (slope_sums){0.0, 0.0};
    for (size_t arm = 0; arm < arm_count; arm++) {
        size_t from = cursors[arm];
        if (from < arms[arm].count && arms[arm].rows[from].launch == launch) {
            cursors[arm] = launch_end(arms[arm], from);
            add_arm(arms[arm].rows + from, cursors[arm] - from, sums);
        }
    }
    return is_found;
}

int zcb_order_check(const zcb_visits *arms, size_t arm_count, double confidence, zcb_check *out)
{
    *out = no_check;
    size_t total = 0;
    for (size_t arm = 0; arm < arm_count; arm++) {
        total += arms[arm].count;
    }
    double *slopes = malloc((total + 1) * sizeof *slopes);
    size_t *cursors = calloc(arm_count + 1, sizeof *cursors);
    int result = -1;
    if (slopes != NULL && cursors != NULL) {
        size_t used = 0;
        slope_sums sums;
        while (next_launch(arms, arm_count, cursors, &sums)) {
            if (sums.xx > 0.0) {
                slopes[used++] = sums.xy / sums.xx;
            }
        }
        *out = check_of(slopes, used, confidence);
        result = 0;
    }
    free(cursors);
    free(slopes);
    return result;
}

int zcb_twin_check(zcb_visits twin, zcb_visits copy, double confidence, zcb_check *out)
{
    *out = no_check;
    zcb_clusters blocks;
    if (zcb_block_log_ratios(twin, copy, &blocks) != 0) {
        return -1;
    }
    double *medians = malloc((blocks.count + 1) * sizeof *medians);
    int result = -1;
    if (medians != NULL && zcb_cluster_medians(&blocks, medians) == 0) {
        *out = check_of(medians, blocks.count, confidence);
        result = 0;
    }
    free(medians);
    zcb_clusters_clear(&blocks);
    return result;
}

int zcb_check_flags(const zcb_check *check, double alpha, double margin)
{
    return check->p <= alpha && fabs(check->effect.estimate) > margin;
}
