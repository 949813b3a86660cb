/* How far two samples that have nothing to do with each other lie apart. */
#ifndef ZCB_STATS_DIFFERENCE_H
#define ZCB_STATS_DIFFERENCE_H

#include "stats/interval.h"

/* Interval of the difference of two independent locations, right − left, from the interval and
 * the degrees of freedom of each (zcb_primary_interval and zcb_primary_df, or any pair of
 * Student intervals, both at `confidence`). Standard errors are read back from the half-widths;
 * degrees of freedom by Satterthwaite: Welch (Biometrika 34, 1947), with trimmed means Yuen
 * (Biometrika 61, 1974). *df is set. Ends NAN, and *df too, where one of the intervals has
 * none; two intervals of width 0 give one of width 0. */
zcb_interval zcb_difference_interval(zcb_interval left, double left_df, zcb_interval right,
                                     double right_df, double confidence, double *df);

#endif
