/* Intervals of counts and of spreads: what the instrument says about its own alarm rates. */
#ifndef ZCB_STATS_PROPORTION_H
#define ZCB_STATS_PROPORTION_H

#include "stats/interval.h"

#include <stdint.h>

/* Share k / trials with Wilson's score interval (J. Amer. Statist. Assoc. 22, 1927). trials 0:
 * all NAN. k <= trials. */
zcb_interval zcb_wilson_interval(uint64_t k, uint64_t trials, double confidence);

/* The same with the exact interval of Clopper and Pearson (Biometrika 26, 1934). */
zcb_interval zcb_clopper_pearson_interval(uint64_t k, uint64_t trials, double confidence);

/* variance1 / variance2 with the F interval of two normal samples with df1 and df2 degrees of
 * freedom. All NAN unless df1, df2 >= 1 and variance2 > 0. For a ratio of standard deviations
 * take roots. */
zcb_interval zcb_variance_ratio_interval(double variance1, double df1, double variance2,
                                         double df2, double confidence);

#endif
