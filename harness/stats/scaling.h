/* How time grows with size: an exponent per regime, because caches and allocators put steps
 * into every curve. The machine says where steps may be, the times say which of them are. */
#ifndef ZCB_STATS_SCALING_H
#define ZCB_STATS_SCALING_H

#include "stats/interval.h"

#include <stddef.h>

/* Least-squares slope of y on x. NAN when all x are equal or there are none. */
double zcb_slope(const double *x, const double *y, size_t count);

/* Times of one arm by size and launch, borrowed. */
typedef struct zcb_size_times {
    const double *sizes_bytes; /* above 0, strictly ascending */
    size_t size_count;
    const double *ln_ns; /* ln(time), ln_ns[size * launch_count + launch]; NAN where missing */
    size_t launch_count;
} zcb_size_times;

/* A place where a curve may have a step: sizes up to lo lie below it, sizes from hi on above
 * it, sizes between them in the transition. 0 < lo < hi. */
typedef struct zcb_step {
    double lo_bytes, hi_bytes;
    int is_certain; /* 1: regimes end here whether it shows or not; nobody's neighbour */
} zcb_step;

/* A step shows when the slope across it differs by more than this from the slope beside it. */
#define ZCB_STEP_SLOPE 0.25

/* 1 when the step shows in the times. Per launch: the slope of ln(time) on ln(size) between the
 * last size below and the first size above, minus the slope beside it, which is the mean of the
 * slope between the last two sizes below and that between the first two above, as far as these
 * have no other of the `step_count` steps between or around them; then the median over
 * launches, for a yes or no should not hang on one launch. 0 too where sizes are missing to
 * tell. -1: memory. */
int zcb_step_shows(const zcb_size_times *times, const zcb_step *steps, size_t step_count,
                   size_t step);

/* The exponent of time in size over one regime. */
typedef struct zcb_regime {
    double lo_bytes, hi_bytes; /* its smallest and its largest size */
    size_t sizes;              /* sizes in it: ZCB_REGIME_SIZES_MIN or more */
    size_t launches;           /* launches that have all of them */
    zcb_interval exponent;     /* slope of ln(time) on ln(size), over launches */
} zcb_regime;

#define ZCB_REGIME_SIZES_MIN 3

/* The exponent over the sizes from lo to hi, fitted in every launch that has all of them,
 * zcb_primary_interval over those launches, whose number is *launches (may be NULL). A launch
 * that is slower as a whole is not seen, and what differs between launches (layout, faults) is
 * in the interval, which residuals of one fit through all launches would hide. 0, or -1
 * (memory) with *out all NAN. */
int zcb_exponent(const zcb_size_times *times, double lo_bytes, double hi_bytes,
                 double confidence, zcb_interval *out, size_t *launches);

/* Finds the regimes, ascending: sizes in a row with no step between them that shows or is
 * certain, those in the transition of such a step left out, and their exponents. Runs of fewer
 * sizes than ZCB_REGIME_SIZES_MIN give no regime. regimes has room for step_count + 1; *count
 * is set. 0, or -1 (memory) with *count 0. */
int zcb_regimes_find(const zcb_size_times *times, const zcb_step *steps, size_t step_count,
                     double confidence, zcb_regime *regimes, size_t *count);

#endif
