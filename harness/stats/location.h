/* Where launches stand, with an interval: one value per launch goes in. Several estimators,
 * because the choice among them is made by coverage (simulate_estimators), not by taste. Common
 * to all: `confidence` in (0, 1), values finite. No value: all NAN. Too few values for an
 * interval: estimate set, ends NAN. Constant data: an interval of width 0 where an interval
 * exists. Those that return int give 0, or -1 (memory) with *out all NAN. */
#ifndef ZCB_STATS_LOCATION_H
#define ZCB_STATS_LOCATION_H

#include "stats/blocks.h"
#include "stats/interval.h"

#include <stddef.h>
#include <stdint.h>

/* Mean with Student's interval; ends from two values on. */
zcb_interval zcb_t_interval(const double *values, size_t count, double confidence);

/* Two-sided p of "the mean is `hypothesis`"; NAN below two values. Constant data: 1 when equal
 * to the hypothesis, else 0. */
double zcb_t_test(const double *values, size_t count, double hypothesis);

/* The estimator all headline figures use: the mean trimmed by a tenth at each end
 * (zcb_trimmed_interval), which below 10 launches is the mean with Student's interval. Chosen
 * on launches that really happened (docs/estimators.md): a launch in which the machine was
 * taken away is far off, and where such launches are about, the interval of the plain mean
 * holds what it aims at in 84 to 93 of 100 cases and is up to 1.7 times as wide. */
zcb_interval zcb_primary_interval(const double *values, size_t count, double confidence);

/* Degrees of freedom behind it, for a p read back from it (zcb_interval_p). */
double zcb_primary_df(size_t count);

/* Median with the exact interval of the sign test between order statistics: at least the
 * confidence asked for; at 95 % none exists below 6 values. */
int zcb_sign_interval(const double *values, size_t count, double confidence, zcb_interval *out);

/* Median with the interpolated order-statistic interval of Hettmansperger and Sheather,
 * Statistics & Probability Letters 4 (1986): close to the confidence asked for; exists where
 * the sign interval does. */
int zcb_median_interval(const double *values, size_t count, double confidence,
                        zcb_interval *out);

/* Hodges-Lehmann estimate (median of the Walsh averages) with the interval of the signed-rank
 * test: exact up to 50 values, normal approximation above (Hollander, Wolfe, "Nonparametric
 * Statistical Methods", 3.3). At 95 % none exists below 6 values. */
int zcb_hodges_lehmann_interval(const double *values, size_t count, double confidence,
                                zcb_interval *out);

/* Mean trimmed by `share` at each end with the interval of Tukey and McLaughlin (1963):
 * standard error sqrt(SSD_w / (h (h - 1))), SSD_w the winsorised sum of squares, h the values
 * kept, t with h - 1 degrees of freedom. 0 <= share < 0.5. */
int zcb_trimmed_interval(const double *values, size_t count, double share, double confidence,
                         zcb_interval *out);

/* Mean over launches of the launch medians with the percentile interval of the two-stage
 * cluster bootstrap (Davison, Hinkley, "Bootstrap Methods", 3.8): launches drawn with
 * replacement, within each drawn launch its blocks drawn with replacement. Same seed, same
 * answer. Ends from two launches and resamples > 0 on. */
int zcb_bootstrap_interval(const zcb_clusters *clusters, double confidence, size_t resamples,
                           uint64_t seed, zcb_interval *out);

#endif
