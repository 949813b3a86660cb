/* The figures of a cell from its visits: raw and net speed-up, controls, times. */
#ifndef ZCB_STATS_RATIO_H
#define ZCB_STATS_RATIO_H

#include "stats/blocks.h"
#include "stats/interval.h"

#include <stddef.h>

/* A ratio of two arms' times. */
typedef struct zcb_ratio {
    zcb_interval log;   /* of ln(top / bottom), over launch medians */
    zcb_interval ratio; /* exp of it */
    size_t launches;    /* launches that count */
    size_t blocks;      /* blocks that count */
    size_t skipped;     /* blocks with an unusable time */
} zcb_ratio;

/* Ratio from block log-ratios: launch medians, then zcb_primary_interval over launches. 0, or
 * -1 (memory) with *out empty (intervals NAN, counts 0). */
int zcb_ratio_of_blocks(const zcb_clusters *log_ratios, double confidence, zcb_ratio *out);

/* top ÷ bottom over the blocks that have both. Gross speed-up: copy ÷ view. Twin: twin ÷ copy.
 * Limit: copy ÷ limit. Same outcome as zcb_ratio_of_blocks. */
int zcb_ratio_of_visits(zcb_visits top, zcb_visits bottom, double confidence, zcb_ratio *out);

/* Net speed-up (copy - null) / (view - null). */
typedef struct zcb_net {
    zcb_interval ratio;   /* two-sided; or one-sided: estimate and hi NAN, lo set; or all NAN */
    int is_one_sided;     /* 1: say "at least lo" */
    zcb_interval copy_ns; /* copy - null, ns per operation */
    zcb_interval view_ns; /* view - null, ns per operation */
    size_t launches;
} zcb_net;

/* Net speed-up over the blocks that have all three arms; see zcb_net_of_launches. 0, or -1
 * (memory) with *out empty. */
int zcb_net_of_visits(zcb_visits copy, zcb_visits view, zcb_visits null, double confidence,
                      zcb_net *out);

/* Net speed-up from one time per launch and arm (ns per operation, above 0), `count` launches;
 * the arms' values of one launch stand at the same index. Fieller's set (J. R. Statist. Soc. B
 * 16, 1954) for the ratio of the means of x = copy / null - 1 and y = view / null - 1: null's
 * own noise enters x and y of its launch alike, so its uncertainty and its covariance are in
 * the set; dividing by null takes out a launch that was slower as a whole. Why this one
 * (simulate_estimators): it covers like Fieller's set on plain nanoseconds and is a little
 * narrower; the t interval on each launch's ln(x / y) does not exist for a third or more of the
 * cells whose view is close to null. When the interval of y touches 0 the ratio has no upper
 * end: one-sided, lo being the lower end of Fieller's set. When x is not clearly positive as
 * well, or y is clearly negative, nothing is known: all NAN. Nothing is ever clamped. 0, or -1
 * (memory). */
int zcb_net_of_launches(const double *copy_ns, const double *view_ns, const double *null_ns,
                        size_t count, double confidence, zcb_net *out);

/* Fieller's set for mean(x) / mean(y) of pairs, as described above. */
zcb_interval zcb_fieller(const double *x, const double *y, size_t count, double confidence,
                         int *is_one_sided);

/* An arm's time per operation in ns (one row of summary.csv). */
typedef struct zcb_time {
    zcb_interval median_ns; /* geometric mean over launches of the launch medians */
    double mean_ns, sd_ns, min_ns, p99_ns; /* of all visits */
    size_t launches, visits;
} zcb_time;

/* 0, or -1 (memory). No visits: all NAN, counts 0. */
int zcb_time_of_visits(zcb_visits arm, double confidence, zcb_time *out);

/* Geometric mean over cells of a ratio: formed within each launch, then over launches, because
 * cells of one launch are not independent. `logs` is ln(ratio), logs[launch * cells + cell],
 * NAN where missing; launches in which a cell is missing do not count. *launches_used (may be
 * NULL) is their number. 0, or -1 (memory); *out is an interval of the ratio. */
int zcb_geomean_interval(const double *logs, size_t launches, size_t cells, double confidence,
                         zcb_interval *out, size_t *launches_used);

#endif
