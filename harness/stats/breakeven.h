/* The size from which a view pays: crossings of ln(copy / view) through 0 over sizes. */
#ifndef ZCB_STATS_BREAKEVEN_H
#define ZCB_STATS_BREAKEVEN_H

#include "stats/interval.h"

#include <stddef.h>
#include <stdint.h>

/* One measured size: the interval of ln(copy / view), above 0 where the view wins. A point
 * without a whole interval is treated as not measured. */
typedef struct zcb_size_point {
    double size_bytes; /* above 0, strictly ascending over the series */
    zcb_interval log_ratio;
} zcb_size_point;

/* A size is a win when its interval lies above 0, a loss when below, a tie when inside ±ln(1 +
 * margin), else open. A crossing is a neighbouring pair win/loss or loss/win, ties and open
 * sizes between them being its band. The status is the first of these that holds: */
typedef enum zcb_breakeven_status {
    ZCB_BREAKEVEN_CROSSED,  /* exactly one crossing */
    ZCB_BREAKEVEN_MULTIPLE, /* two crossings or more */
    ZCB_BREAKEVEN_ALWAYS,   /* the smallest size is a win (and so no size is a loss) */
    ZCB_BREAKEVEN_NEVER,    /* no win; the largest size is a loss, the smallest a loss or tie */
    ZCB_BREAKEVEN_NONE_IN_RANGE, /* no size is open: ties, then wins or losses, but no crossing
                                  */
    ZCB_BREAKEVEN_INCONCLUSIVE /* some size is open, so a crossing may hide there; or no size */
} zcb_breakeven_status;

/* "crossed", …; static storage. */
const char *zcb_breakeven_status_name(zcb_breakeven_status status);

/* One crossing. Invariant: below <= lo <= bytes <= hi <= above. */
typedef struct zcb_crossing {
    zcb_interval bytes; /* estimate: the estimates interpolated linearly in ln n cross 0 (the
                           middle place, where they do so several times); lo, hi: the first and
                           the last size at which the interpolated band of intervals holds 0, or
                           the lines before and behind, continued, meet it */
    int view_starts;    /* 1: the view starts to win there; 0: it stops winning */
    double below_bytes, above_bytes;           /* the win and the loss on both sides */
    double near_below_bytes, near_above_bytes; /* the measured sizes next to the estimate:
                                                  bisect between them to refine */
    double slope;   /* |d ln ratio / d ln n| between below and above */
    int is_asked;   /* 1: slope >= 0.25, so ±10 % is asked for */
    int is_precise; /* 1: lo >= estimate / 1.1 and hi <= estimate * 1.1 */
} zcb_crossing;

/* Simulated coverage of `bytes` at 95 % (simulate_estimators, sizes half an octave apart): 0.94
 * to 0.98 where a launch shifts all sizes alike, 0.99 where each size has noise of its own,
 * which cancels in part between two sizes. Curvature is allowed for: copy = a + b n lies
 * between the zeros of the line between two sizes and of its neighbours, and something that
 * jumps between two sizes between these. The estimate itself is too small there by up to h^2 /
 * 8 in ln n for sizes h apart in ln n: 24 % for two octaves, 6 % for one, 0.4 % for a quarter.
 */
#define ZCB_CROSSINGS_MAX 16

/* Crossings in ascending order. Invariant: count is 0 unless crossed or multiple. */
typedef struct zcb_breakeven {
    zcb_breakeven_status status;
    size_t count;
    zcb_crossing crossings[ZCB_CROSSINGS_MAX];
    size_t dropped; /* crossings beyond the maximum, not listed */
} zcb_breakeven;

/* Finds all crossings of `count` points. margin: of a tie, ZCB_MARGIN_DEFAULT in verdict.h.
 * Never fails. */
void zcb_breakeven_find(const zcb_size_point *points, size_t count, double margin,
                        zcb_breakeven *out);

/* Percentile bootstrap interval of one crossing, stored as a check of `bytes` (it is known to
 * be too narrow with few launches): launches are drawn with replacement, the same ones at every
 * size, and the means over launches interpolated. `logs` is ln(copy / view), logs[size *
 * launches + launch], NAN where missing; sizes[size_count] as in the points the crossing was
 * found in. A resample without a crossing between below and above counts as the end towards
 * which it lies. Same seed, same answer. Ends NAN below two launches. 0, or -1 (memory) with
 * *out all NAN. */
int zcb_breakeven_bootstrap(const double *sizes, size_t size_count, const double *logs,
                            size_t launches, const zcb_crossing *crossing, double confidence,
                            size_t resamples, uint64_t seed, zcb_interval *out);

#endif
