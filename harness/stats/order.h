/* Summaries of plain arrays. None allocates; those that need an order rearrange their argument,
 * so that the caller decides whether a copy is worth its memory. Values must not be NAN. An
 * empty array gives NAN. */
#ifndef ZCB_STATS_ORDER_H
#define ZCB_STATS_ORDER_H

#include <stddef.h>

/* Arithmetic mean; exact for constant data, does not overflow in between. */
double zcb_mean(const double *values, size_t count);

/* Standard deviation with divisor count - 1; NAN below two values, exactly 0 for constant data.
 */
double zcb_sd(const double *values, size_t count);

/* Ascending, in place. */
void zcb_sort(double *values, size_t count);

/* Mean of the middle one or two. Linear time. Rearranges `values`. */
double zcb_median(double *values, size_t count);

/* Quantile at `p` in [0, 1], linear between order statistics (type 7 of Hyndman and Fan, The
 * American Statistician 50, 1996; numpy's default). Linear time. Rearranges `values`. */
double zcb_quantile(double *values, size_t count, double p);

/* The same of ascending values, which stay as they are. */
double zcb_quantile_sorted(const double *sorted, size_t count, double p);

/* Mean after floor(share * count) values are cut off at each end, 0 <= share < 0.5 (else NAN).
 * Rearranges `values`. */
double zcb_trimmed_mean(double *values, size_t count, double share);

/* Median of the distances from the median, unscaled. Overwrites `values`. */
double zcb_mad(double *values, size_t count);

#endif
