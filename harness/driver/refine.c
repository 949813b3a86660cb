/* See refine.h. */
#include "driver/refine.h"

#include <math.h>

#define STEEPEST 2.5 /* no pair's saving grows faster than n² */
#define BREAK 4.0    /* a law's slope at most doubles from octave to octave */
#define CLEARLY 2.0
#define LN2 0.69314718055994530942
#define NEAR_ENOUGH_ASKED (LN2 / 4 * 1.1) /* a tenth for rounding to multiples */
#define NEAR_ENOUGH (LN2 / 2 * 1.1)

/* The place of a measured size in points; `count` of one that is not there. */
static size_t place_of(const zcb_size_point *points, size_t count, double size_bytes)
{
    size_t i = 0;
    while (i < count && points[i].size_bytes != size_bytes) {
        i++;
    }
    return i;
}

/* |d ln ratio / d ln n| between two places; 0 where one does not exist. */
static double slope_between(const zcb_size_point *points, size_t count, size_t a, size_t b)
{
    if (a >= count || b >= count) {
        return 0;
    }
    return fabs((points[b].log_ratio.estimate - points[a].log_ratio.estimate) /
                log(points[b].size_bytes / points[a].size_bytes));
}

/* 1 where something jumps between the neighbouring places a and b: steeper than any law, or
 * much steeper than on both sides and by more than noise. */
static int is_step(const zcb_size_point *points, size_t count, size_t a, size_t b)
{
    double slope = slope_between(points, count, a, b);
    zcb_interval below = points[a].log_ratio, above = points[b].log_ratio;
    double jump = fabs(above.estimate - below.estimate);
    double noise = (below.hi - below.lo + above.hi - above.lo) / 2;
    double beside = fmax(a > 0 ? slope_between(points, count, a - 1, a) : 0,
                         slope_between(points, count, b, b + 1));
    return slope > STEEPEST || (slope > BREAK * beside && jump > CLEARLY * noise);
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
    size_t below = place_of(points, count, lo), above = place_of(points, count, hi);
    if (below < count && above < count && is_step(points, count, below, above)) {
        return quarter(lo, hi, out);
    }
    if (gap <= (crossing->is_asked ? NEAR_ENOUGH_ASKED : NEAR_ENOUGH)) {
        return 0;
    }
    out[0] = round_between(sqrt(lo * hi), lo, hi);
    return 1;
}
