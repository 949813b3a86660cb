/* Why this file: it is where the estimators of the statistics room meet the words of a cell. */
#include "report/figures.h"

#include "base/words.h"
#include "report/units.h"
#include "stats/order.h"
#include "stats/ratio.h"
#include "stats/verdict.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The rules of analysis.h. */
static const double WIDE_HALF_WIDTH = 0.10, WIDE_HALF_WIDTH_FAR = 0.25, FAR_RATIO = 10.0;
static const double FLAG_ALPHA = 0.01;
static const double TWIN_MARGIN = 0.01, DRIFT_MARGIN = 0.02, ORDER_MARGIN = 0.005;
enum { LAUNCHES_MIN = 3 };

static const zcb_visits NO_VISITS = {NULL, 0};

static zcb_visits visits_of(const zcb_cell_visits *visits, const char *arm)
{
    const zcb_arm_visits *found = zcb_cell_visits_find(visits, arm);
    return found == NULL ? NO_VISITS : found->visits;
}

/* Where an arm stands in every table. */
static size_t arm_rank(const char *arm, const char *const *alternatives, size_t count)
{
    static const char *const last[] = {ZCB_ARM_NULL, ZCB_ARM_TWIN, ZCB_ARM_LIMIT};
    if (strcmp(arm, ZCB_ARM_COPY) == 0) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(arm, alternatives[i]) == 0) {
            return 1 + i;
        }
    }
    for (size_t i = 0; i < sizeof last / sizeof last[0]; i++) {
        if (strcmp(arm, last[i]) == 0) {
            return count + 2 + i;
        }
    }
    return count + 1; /* an alternative that the plan does not know */
}

/* Pointers to the cell's arms in the order of the tables. */
static void order_arms(const zcb_cell_visits *visits, const char *const *alternatives,
                       size_t alternative_count, const zcb_arm_visits *ordered[ZCB_ARMS_MAX])
{
    for (size_t i = 0; i < visits->arm_count; i++) {
        const zcb_arm_visits *arm = &visits->arms[i];
        size_t rank = arm_rank(arm->arm, alternatives, alternative_count), place = i;
        while (place > 0) {
            const char *before = ordered[place - 1]->arm;
            size_t other = arm_rank(before, alternatives, alternative_count);
            if (other < rank || (other == rank && strcmp(before, arm->arm) < 0)) {
                break;
            }
            ordered[place] = ordered[place - 1];
            place--;
        }
        ordered[place] = arm;
    }
}

static int make_summary(const zcb_arm_visits *arm, zcb_summary_row *row, zcb_error *error)
{
    zcb_time time;
    if (zcb_time_of_visits(arm->visits, ZCB_CONFIDENCE, &time) != 0) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    *row = (zcb_summary_row){
        .arm = arm->arm,
        .launches = time.launches,
        .samples = time.visits,
        .median_ns = time.median_ns.estimate,
        .ci_lo_ns = time.median_ns.lo,
        .ci_hi_ns = time.median_ns.hi,
        .mean_ns = time.mean_ns,
        .sd_ns = time.sd_ns,
        .min_ns = time.min_ns,
        .p99_ns = time.p99_ns,
        .faults_per_op = arm->iterations > 0
                             ? (double)arm->minor_faults / (double)arm->iterations
                             : (double)NAN,
    };
    return 0;
}

/* Judges one speed-up's width; keeps the first reason. */
static void judge_width(const zcb_speedup_row *row, zcb_judgement *judgement)
{
    char ratio[ZCB_UNIT_TEXT_MAX];
    double half_width = sqrt(row->gross_hi / row->gross_lo) - 1.0;
    int is_far = row->gross >= FAR_RATIO || row->gross <= 1.0 / FAR_RATIO;
    double limit = is_far ? WIDE_HALF_WIDTH_FAR : WIDE_HALF_WIDTH;
    if (!(half_width > limit) || judgement->is_wide) {
        return; /* also without an interval: few_launches says that */
    }
    judgement->is_wide = 1;
    zcb_unit_ratio_interval(row->gross, row->gross_lo, row->gross_hi, ratio, sizeof ratio);
    snprintf(judgement->reason, sizeof judgement->reason,
             "speed-up of %s known to ±%.0f %% only: %s", row->arm, 100.0 * half_width, ratio);
}

/* Standard deviation of the launch medians. 0 or -1 (memory). */
static int launch_spread(const zcb_clusters *logs, double *out)
{
    double *medians = calloc(logs->count + 1, sizeof *medians);
    int result = medians != NULL ? zcb_cluster_medians(logs, medians) : -1;
    *out = result == 0 ? zcb_sd(medians, logs->count) : (double)NAN;
    free(medians);
    return result;
}

static int make_speedup(const zcb_cell_visits *visits, const char *arm, const zcb_ratio *twin,
                        const zcb_ratio *limit, zcb_figures *figures, zcb_error *error)
{
    zcb_visits copy = visits_of(visits, ZCB_ARM_COPY), view = visits_of(visits, arm);
    zcb_clusters logs = {0};
    zcb_ratio gross;
    zcb_net net;
    zcb_check drift;
    int result = -1;
    if (zcb_block_log_ratios(copy, view, &logs) != 0 ||
        zcb_ratio_of_blocks(&logs, ZCB_CONFIDENCE, &gross) != 0 ||
        zcb_drift_check(&logs, ZCB_CONFIDENCE, &drift) != 0 ||
        zcb_net_of_visits(copy, view, visits_of(visits, ZCB_ARM_NULL), ZCB_CONFIDENCE, &net) !=
            0) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
        goto done;
    }
    zcb_speedup_row *row = &figures->speedup[figures->speedup_count++];
    *row = (zcb_speedup_row){
        .arm = arm,
        .gross = gross.ratio.estimate,
        .gross_lo = gross.ratio.lo,
        .gross_hi = gross.ratio.hi,
        .net = net.ratio.estimate,
        .net_lo = net.ratio.lo,
        .net_hi = net.ratio.hi,
        .twin = twin->ratio.estimate,
        .twin_lo = twin->ratio.lo,
        .twin_hi = twin->ratio.hi,
        .limit_ratio = 1.0 / limit->ratio.estimate,
        .verdict = zcb_verdict_name(zcb_verdict_of(gross.ratio, ZCB_MARGIN_DEFAULT)),
        .drift = exp(drift.effect.estimate),
        .drift_lo = exp(drift.effect.lo),
        .drift_hi = exp(drift.effect.hi),
        .is_drifting = zcb_check_flags(&drift, FLAG_ALPHA, DRIFT_MARGIN),
    };
    if (launch_spread(&logs, &row->launch_sd) != 0) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
        goto done;
    }
    judge_width(row, &figures->judgement);
    figures->judgement.is_drift |= row->is_drifting;
    figures->judgement.is_few_launches |= gross.launches < LAUNCHES_MIN;
    result = 0;
done:
    zcb_clusters_clear(&logs);
    return result;
}

int zcb_figures_twin_flags(zcb_visits twin, zcb_visits copy, int *is_flagged)
{
    zcb_check check;
    *is_flagged = 0;
    if (zcb_twin_check(twin, copy, ZCB_CONFIDENCE, &check) != 0) {
        return -1;
    }
    *is_flagged = zcb_check_flags(&check, FLAG_ALPHA, TWIN_MARGIN);
    return 0;
}

/* Judges what concerns the cell as a whole: its control and the places in the blocks. */
static int judge_controls(const zcb_cell_visits *visits, zcb_judgement *judgement,
                          zcb_error *error)
{
    zcb_check twin, order;
    zcb_visits arms[ZCB_ARMS_MAX];
    for (size_t a = 0; a < visits->arm_count; a++) {
        arms[a] = visits->arms[a].visits;
    }
    if (zcb_twin_check(visits_of(visits, ZCB_ARM_TWIN), visits_of(visits, ZCB_ARM_COPY),
                       ZCB_CONFIDENCE, &twin) != 0 ||
        zcb_order_check(arms, visits->arm_count, ZCB_CONFIDENCE, &order) != 0) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    judgement->is_order = zcb_check_flags(&order, FLAG_ALPHA, ORDER_MARGIN);
    judgement->is_twin = zcb_check_flags(&twin, FLAG_ALPHA, TWIN_MARGIN);
    if (judgement->is_twin && !judgement->is_wide) {
        char factor[ZCB_UNIT_TEXT_MAX];
        zcb_interval ratio = zcb_interval_exp(twin.effect);
        zcb_unit_factor_interval(ratio.estimate, ratio.lo, ratio.hi, factor, sizeof factor);
        snprintf(judgement->reason, sizeof judgement->reason,
                 "the same copy visited twice differs: twin/copy %s", factor);
    }
    return 0;
}

/* Fills *out with ln(arm ÷ copy) per block and *ratio with what follows. */
static int control_ratio(const zcb_cell_visits *visits, const char *arm, zcb_clusters *out,
                         zcb_ratio *ratio, zcb_error *error)
{
    if (zcb_block_log_ratios(visits_of(visits, arm), visits_of(visits, ZCB_ARM_COPY), out) !=
            0 ||
        zcb_ratio_of_blocks(out, ZCB_CONFIDENCE, ratio) != 0) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    return 0;
}

int zcb_figures_make(const zcb_cell_visits *visits, const char *const *alternatives,
                     size_t alternative_count, zcb_figures *out, zcb_error *error)
{
    const zcb_arm_visits *ordered[ZCB_ARMS_MAX] = {NULL};
    zcb_figures figures = {0};
    zcb_ratio twin, limit;
    order_arms(visits, alternatives, alternative_count, ordered);
    if (control_ratio(visits, ZCB_ARM_TWIN, &figures.twin_logs, &twin, error) != 0 ||
        control_ratio(visits, ZCB_ARM_LIMIT, &figures.limit_logs, &limit, error) != 0) {
        goto failed;
    }
    for (size_t a = 0; a < visits->arm_count; a++) {
        if (make_summary(ordered[a], &figures.summary[figures.summary_count++], error) != 0) {
            goto failed;
        }
        int is_compared = zcb_arm_is_alternative(ordered[a]->arm) &&
                          zcb_cell_visits_find(visits, ZCB_ARM_COPY) != NULL;
        if (is_compared &&
            make_speedup(visits, ordered[a]->arm, &twin, &limit, &figures, error) != 0) {
            goto failed;
        }
    }
    if (judge_controls(visits, &figures.judgement, error) != 0) {
        goto failed;
    }
    *out = figures;
    return 0;
failed:
    zcb_figures_clear(&figures);
    return -1;
}

void zcb_figures_clear(zcb_figures *figures)
{
    zcb_clusters_clear(&figures->twin_logs);
    zcb_clusters_clear(&figures->limit_logs);
    *figures = (zcb_figures){0};
}
