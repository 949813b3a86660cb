/* From intervals to words, and the checks that put a flag on a cell. */
#ifndef ZCB_STATS_VERDICT_H
#define ZCB_STATS_VERDICT_H

#include "stats/blocks.h"
#include "stats/interval.h"

#include <stddef.h>

#define ZCB_MARGIN_DEFAULT 0.02

typedef enum zcb_verdict {
    ZCB_VERDICT_NONE, /* there is no interval */
    ZCB_VERDICT_SAME,
    ZCB_VERDICT_FASTER,
    ZCB_VERDICT_SLOWER,
    ZCB_VERDICT_UNCLEAR
} zcb_verdict;

/* "", "same", "faster", "slower", "unclear"; static storage. */
const char *zcb_verdict_name(zcb_verdict verdict);

/* How the bottom of `ratio` (old time ÷ new time, copy ÷ view) stands to its top, in this
 * order: same when the interval lies inside 1/(1 + margin) … 1 + margin; faster when it lies
 * above 1, slower when below; else unclear. A one-sided interval can only be faster or unclear.
 */
zcb_verdict zcb_verdict_of(zcb_interval ratio, double margin);

/* The same for one figure among many: `adjusted_p` (from zcb_holm) decides instead of the
 * interval whether 1 is excluded, at level `alpha`. */
zcb_verdict zcb_verdict_adjusted(zcb_interval ratio, double margin, double adjusted_p,
                                 double alpha);

/* Two-sided p of "the true value is `hypothesis`" read back from a Student interval (on the
 * scale it was made on: logarithms for ratios) with `df` degrees of freedom. NAN without an
 * interval; width 0: 1 when equal to the hypothesis, else 0. */
double zcb_interval_p(zcb_interval interval, double confidence, double df, double hypothesis);

/* Holm's step-down adjustment (Scandinavian Journal of Statistics 6, 1979): adjusted[i] <=
 * alpha rejects hypothesis i with family-wise error alpha. NAN stays NAN and does not count as
 * a test. p and adjusted may be the same array. 0, or -1 (memory). */
int zcb_holm(const double *p, size_t count, double *adjusted);

/* Outcome of a check over launches. */
typedef struct zcb_check {
    zcb_interval effect; /* on the log scale: 0.01 is 1 % */
    double p;            /* two-sided, of no effect; NAN below two launches */
    size_t launches;     /* launches that could be judged */
} zcb_check;

/* Does the ratio move during a launch? Effect: median of the last third of a launch's block
 * log-ratios minus median of the first third, over launches with at least 3 blocks. 0, or -1.
 */
int zcb_drift_check(const zcb_clusters *log_ratios, double confidence, zcb_check *out);

/* Does a visit's time depend on its place in the block? Effect: within each launch the
 * least-squares slope of ln(time) on the place (per place), pooled over the `arm_count` arms,
 * each around its own means; over launches in which places vary. 0, or -1. */
int zcb_order_check(const zcb_visits *arms, size_t arm_count, double confidence,
                    zcb_check *out);

/* Do two visits of the same code differ? Effect: ln(twin / copy). 0, or -1. */
int zcb_twin_check(zcb_visits twin, zcb_visits copy, double confidence, zcb_check *out);

/* 1 when an effect is shown (p <= alpha) and matters (|estimate| > margin). */
int zcb_check_flags(const zcb_check *check, double alpha, double margin);

#endif
