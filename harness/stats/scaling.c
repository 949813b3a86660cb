/* See scaling.h. */
#include "stats/scaling.h"

#include "stats/location.h"
#include "stats/order.h"

#include <stdlib.h>

double zcb_slope(const double *x, const double *y, size_t count)
{
    double x_mean = zcb_mean(x, count), y_mean = zcb_mean(y, count);
    double sxx = 0.0, sxy = 0.0;
    for (size_t i = 0; i < count; i++) {
        sxx += (x[i] - x_mean) * (x[i] - x_mean);
        sxy += (x[i] - x_mean) * (y[i] - y_mean);
    }
    return sxx > 0.0 ? sxy / sxx : (double)NAN;
}

/* Slope of one launch over the sizes first … last; NAN when one of them is missing. Work has
 * room for 2 numbers per size. */
static double launch_slope(const zcb_size_times *times, size_t first, size_t last,
                           size_t launch, double *work)
{
    size_t count = last - first + 1;
    for (size_t i = 0; i < count; i++) {
        work[i] = log(times->sizes_bytes[first + i]);
        work[count + i] = times->ln_ns[(first + i) * times->launch_count + launch];
        if (isnan(work[count + i])) {
            return NAN;
        }
    }
    return zcb_slope(work, work + count, count);
}

/* Where a step lies among the sizes. Invariant: below, the last size below it, and above, the
 * first one above it, exist when is_inside. */
typedef struct place {
    size_t below, above;
    int is_inside;
} place;

static place place_of(const zcb_size_times *times, zcb_step step)
{
    size_t under = 0, above = 0;
    while (under < times->size_count && times->sizes_bytes[under] <= step.lo_bytes) {
        under++;
    }
    while (above < times->size_count && times->sizes_bytes[above] < step.hi_bytes) {
        above++;
    }
    return (place){under > 0 ? under - 1 : 0, above, under > 0 && above < times->size_count};
}

/* 1 when no step but `own` lies between or around the sizes i and i + 1. */
static int is_plain(const zcb_size_times *times, const zcb_step *steps, size_t step_count,
                    size_t own, size_t i)
{
    for (size_t k = 0; k < step_count; k++) {
        if (k != own && !steps[k].is_certain && times->sizes_bytes[i] < steps[k].hi_bytes &&
            times->sizes_bytes[i + 1] > steps[k].lo_bytes) {
            return 0;
        }
    }
    return 1;
}

/* The slope across minus the slope beside, in one launch; NAN when either is missing. */
static double step_effect(const zcb_size_times *times, place at, int has_below, int has_above,
                          size_t launch)
{
    double work[4], beside = 0.0;
    if (has_below) {
        beside += launch_slope(times, at.below - 1, at.below, launch, work);
    }
    if (has_above) {
        beside += launch_slope(times, at.above, at.above + 1, launch, work);
    }
    double rise = times->ln_ns[at.above * times->launch_count + launch] -
                  times->ln_ns[at.below * times->launch_count + launch];
    double run = log(times->sizes_bytes[at.above] / times->sizes_bytes[at.below]);
    return rise / run - beside / (double)(has_below + has_above);
}

int zcb_step_shows(const zcb_size_times *times, const zcb_step *steps, size_t step_count,
                   size_t step)
{
    place at = place_of(times, steps[step]);
    if (!at.is_inside) {
        return 0;
    }
    int has_below = at.below > 0 && is_plain(times, steps, step_count, step, at.below - 1);
    int has_above =
        at.above + 1 < times->size_count && is_plain(times, steps, step_count, step, at.above);
    if (!has_below && !has_above) {
        return 0;
    }
    double *effects = malloc((times->launch_count + 1) * sizeof *effects);
    if (effects == NULL) {
        return -1;
    }
    size_t used = 0;
    for (size_t launch = 0; launch < times->launch_count; launch++) {
        double effect = step_effect(times, at, has_below, has_above, launch);
        if (!isnan(effect)) {
            effects[used++] = effect;
        }
    }
    int shows = fabs(zcb_median(effects, used)) > ZCB_STEP_SLOPE;
    free(effects);
    return shows;
}

int zcb_exponent(const zcb_size_times *times, double lo_bytes, double hi_bytes,
                 double confidence, zcb_interval *out, size_t *launches)
{
    size_t first = 0, end = times->size_count, used = 0;
    double *work = malloc((2 * times->size_count + times->launch_count + 1) * sizeof *work);
    *out = zcb_interval_none();
    if (work == NULL) {
        return -1;
    }
    while (first < end && times->sizes_bytes[first] < lo_bytes) {
        first++;
    }
    while (end > first && times->sizes_bytes[end - 1] > hi_bytes) {
        end--;
    }
    double *slopes = work + 2 * times->size_count;
    for (size_t launch = 0; end > first && launch < times->launch_count; launch++) {
        double slope = launch_slope(times, first, end - 1, launch, work);
        if (!isnan(slope)) {
            slopes[used++] = slope;
        }
    }
    *out = zcb_primary_interval(slopes, used, confidence);
    if (launches != NULL) {
        *launches = used;
    }
    free(work);
    return 0;
}

/* Marks what the steps that show do to the sizes: cut[i] is 1 when one lies between size i − 1
 * and size i, or when size i is in its transition; out[i] is 1 in the latter case. */
static int mark_cuts(const zcb_size_times *times, const zcb_step *steps, size_t step_count,
                     char *cut, char *out)
{
    for (size_t k = 0; k < step_count; k++) {
        place at = place_of(times, steps[k]);
        int shows = at.is_inside;
        if (!steps[k].is_certain) {
            shows = zcb_step_shows(times, steps, step_count, k);
        }
        if (shows < 0) {
            return -1;
        }
        for (size_t i = at.below + 1; shows && i <= at.above; i++) {
            cut[i] = 1;
            out[i] = out[i] || i < at.above;
        }
    }
    return 0;
}

int zcb_regimes_find(const zcb_size_times *times, const zcb_step *steps, size_t step_count,
                     double confidence, zcb_regime *regimes, size_t *count)
{
    size_t sizes = times->size_count, found = 0;
    char *cut = calloc(sizes + 1, 1), *out = calloc(sizes + 1, 1);
    int result =
        cut != NULL && out != NULL ? mark_cuts(times, steps, step_count, cut, out) : -1;
    for (size_t first = 0, end; first < sizes && result == 0; first = end) {
        end = first + 1;
        while (end < sizes && !cut[end]) {
            end++;
        }
        if (out[first] || end - first < ZCB_REGIME_SIZES_MIN) {
            continue;
        }
        zcb_regime *regime = &regimes[found++];
        regime->lo_bytes = times->sizes_bytes[first];
        regime->hi_bytes = times->sizes_bytes[end - 1];
        regime->sizes = end - first;
        result = zcb_exponent(times, regime->lo_bytes, regime->hi_bytes, confidence,
                              &regime->exponent, &regime->launches);
    }
    *count = result == 0 ? found : 0;
    free(out);
    free(cut);
    return result;
}
