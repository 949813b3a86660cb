/* See refine.h. */
#include "driver/refine.h"

#include <math.h>

#define STEP_SLOPE 2.5 /* no pair's saving grows faster than n² */
#define LN2 0.69314718055994530942
#define NEAR_ENOUGH_ASKED (LN2 / 4 * 1.1) /* a tenth for rounding to multiples */
#define NEAR_ENOUGH (LN2 / 2 * 1.1)

/* The estimate at a measured size; NAN at another. */
static double log_ratio_at(const zcb_size_point *points, size_t count, double size_bytes)
{
    for (size_t i = 0; i < count; i++) {
        if (points[i].size_bytes == size_bytes) {
            return points[i].log_ratio.estimate;
        }
    }
    return NAN;
}

/* The multiple of 64, 8 or 1 next to `size` that lies between lo and hi; they are more than 1
 * apart. */
static uint64_t round_between(double size, double lo, double hi)
{
    double grain = hi - lo >= 256 ? 64 : hi - lo >= 32 ? 8 : 1;
    double rounded = round(size / grain) * grain;
    if (rounded <= lo || rounded >= hi) {
        rounded = floor((lo + hi) / 2);
    }
    return (uint64_t)rounded;
}

/* Quarters of lo…hi that are whole and distinct. */
static size_t quarter(double lo, double hi, uint64_t out[ZCB_REFINE_SIZES_MAX])
{
    size_t count = 0;
    for (int i = 1; i <= 3; i++) {
        uint64_t size = round_between(lo + (hi - lo) * i / 4, lo, hi);
        if (count == 0 || out[count - 1] < size) {
            out[count++] = size;
        }
    }
    return count;
}

size_t zcb_refine_sizes(const zcb_size_point *points, size_t count,
                        const zcb_crossing *crossing, uint64_t out[ZCB_REFINE_SIZES_MAX])
{
    double lo = crossing->near_below_bytes, hi = crossing->near_above_bytes;
    if (!(hi - lo > 1)) {
        return 0;
    }
    double gap = log(hi / lo);
    double slope =
        fabs(log_ratio_at(points, count, hi) - log_ratio_at(points, count, lo)) / gap;
    if (slope > STEP_SLOPE) {
        return quarter(lo, hi, out);
    }
    if (gap <= (crossing->is_asked ? NEAR_ENOUGH_ASKED : NEAR_ENOUGH)) {
        return 0;
    }
    out[0] = round_between(sqrt(lo * hi), lo, hi);
    return 1;
}
