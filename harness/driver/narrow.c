/* See narrow.h. */
#include "driver/narrow.h"

#include "stats/distributions.h"

#include <math.h>

#define CONFIDENCE 0.95
#define NEEDED_MAX 1000000u

double zcb_half_width(zcb_interval log_ratio)
{
    return zcb_interval_is_whole(log_ratio) ? expm1((log_ratio.hi - log_ratio.lo) / 2)
                                            : INFINITY;
}

static int is_narrow(double sd, double count, double target)
{
    return expm1(zcb_t_factor(CONFIDENCE, count - 1) * sd / sqrt(count)) <= target;
}

uint32_t zcb_launches_needed(double sd, size_t count, double target)
{
    uint32_t lo = (uint32_t)count, hi = NEEDED_MAX;
    if (count < 2 || !isfinite(sd) || !is_narrow(sd, hi, target)) {
        return UINT32_MAX;
    }
    if (is_narrow(sd, lo, target)) {
        return 0;
    }
    while (hi - lo > 1) { /* lo launches are too few, hi are enough */
        uint32_t middle = lo + (hi - lo) / 2;
        *(is_narrow(sd, middle, target) ? &hi : &lo) = middle;
    }
    return hi - (uint32_t)count;
}

/* The widest above target that is not looked at yet and costs at most left_s; count: none. */
static size_t find_widest(const double *widths, const double *costs_s, size_t count,
                          double target, double left_s, const unsigned char *chosen)
{
    size_t widest = count;
    for (size_t i = 0; i < count; i++) {
        if (!chosen[i] && widths[i] > target && costs_s[i] <= left_s &&
            (widest == count || widths[i] > widths[widest])) {
            widest = i;
        }
    }
    return widest;
}

size_t zcb_narrow_choose(const double *widths, const double *costs_s, size_t count,
                         double target, double slice_s, double left_s, unsigned char *chosen)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        chosen[i] = 0;
    }
    for (;;) {
        double most_s = found == 0 ? left_s : fmin(slice_s, left_s);
        size_t widest = find_widest(widths, costs_s, count, target, most_s, chosen);
        if (widest == count) {
            return found;
        }
        chosen[widest] = 1;
        slice_s -= costs_s[widest];
        left_s -= costs_s[widest];
        found++;
    }
}
