/* How time grows with size: fitted exponents, per regime, because caches and allocators put
 * kinks into every curve. */
#ifndef ZCB_STATS_SCALING_H
#define ZCB_STATS_SCALING_H

#include "stats/interval.h"

#include <stddef.h>

/* Least-squares slope of y on x with Student's interval from the residuals (df = count - 2):
 * estimate from two points on, ends from three on. All NAN when all x are equal. */
zcb_interval zcb_slope_interval(const double *x, const double *y, size_t count,
                                double confidence);

/* The exponent of time in size over one regime. */
typedef struct zcb_regime {
    double lo_bytes, hi_bytes; /* smallest and largest size in it; NAN when it holds none */
    size_t sizes;              /* sizes in it */
    zcb_interval exponent;     /* slope of ln(time) on ln(size) */
} zcb_regime;

/* Fits `count` points (sizes ascending, times above 0) in break_count + 1 regimes: regime k
 * holds the sizes with breaks[k - 1] <= size < breaks[k], breaks ascending. Fills
 * regimes[break_count + 1]. 0, or -1 (memory). */
int zcb_scaling_fit(const double *sizes_bytes, const double *times_ns, size_t count,
                    const double *breaks_bytes, size_t break_count, double confidence,
                    zcb_regime *regimes);

#endif
