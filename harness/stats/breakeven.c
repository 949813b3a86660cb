/* See breakeven.h. Works on points turned so that every crossing looks like a rise from loss to
 * win: `sign` is 1 where the view starts to win and -1 where it stops. */
#include "stats/breakeven.h"

#include "base/random.h"
#include "stats/order.h"

#include <math.h>
#include <stdlib.h>

const char *zcb_breakeven_status_name(zcb_breakeven_status status)
{
    static const char *const names[] = {"crossed", "multiple",      "always",
                                        "never",   "none_in_range", "inconclusive"};
    return names[status];
}

typedef enum stand { STAND_MISSING, STAND_WIN, STAND_LOSS, STAND_TIE, STAND_OPEN } stand;

static stand stand_of(const zcb_size_point *point, double margin)
{
    zcb_interval log = point->log_ratio;
    if (!zcb_interval_is_whole(log) || isnan(log.estimate)) {
        return STAND_MISSING;
    }
    if (log.lo > 0.0) {
        return STAND_WIN;
    }
    if (log.hi < 0.0) {
        return STAND_LOSS;
    }
    return log.lo >= -log1p(margin) && log.hi <= log1p(margin) ? STAND_TIE : STAND_OPEN;
}

static zcb_interval turned(const zcb_size_point *point, int sign)
{
    zcb_interval log = point->log_ratio;
    return sign > 0 ? log : (zcb_interval){-log.estimate, -log.hi, -log.lo};
}

/* The next measured point behind k; the caller knows that there is one. */
static size_t next_point(const zcb_size_point *points, size_t k)
{
    do {
        k++;
    } while (stand_of(&points[k], 0.0) == STAND_MISSING);
    return k;
}

/* Size where the line from (a, value_a) to (b, value_b) over ln n meets 0; the values differ in
 * sign. */
static double zero_between(double a, double value_a, double b, double value_b)
{
    double share = value_a / (value_a - value_b);
    double ln_a = log(a), ln_b = log(b);
    return fmin(fmax(exp(ln_a + share * (ln_b - ln_a)), a), b);
}

/* A place between neighbouring measured points. */
typedef struct place {
    size_t before, after;
    double bytes;
} place;

/* Places between points i and j at which the interpolated estimates pass 0 (0 itself counts as
 * below). Fills *at with number `wanted` of them, from 0, if there is one. Returns how many
 * there are. */
static size_t passages(const zcb_size_point *points, size_t i, size_t j, int sign,
                       size_t wanted, place *at)
{
    size_t seen = 0;
    for (size_t k = i; k < j;) {
        size_t next = next_point(points, k);
        double here = turned(&points[k], sign).estimate;
        double there = turned(&points[next], sign).estimate;
        if ((here > 0.0) != (there > 0.0)) {
            if (seen++ == wanted) {
                double a = points[k].size_bytes, b = points[next].size_bytes;
                *at = (place){k, next, zero_between(a, here, b, there)};
            }
        }
        k = next;
    }
    return seen;
}

/* The middle one of the passages between a loss i and a win j: their number is odd. */
static place middle_zero(const zcb_size_point *points, size_t i, size_t j, int sign)
{
    place at = {i, j, sqrt(points[i].size_bytes) * sqrt(points[j].size_bytes)};
    size_t count = passages(points, i, j, sign, SIZE_MAX, &at);
    passages(points, i, j, sign, count / 2, &at);
    return at;
}

/* First size at which the band's upper edge reaches 0, last size at which its lower edge leaves
 * it. */
static void band_ends(const zcb_size_point *points, size_t i, size_t j, int sign,
                      zcb_interval *out)
{
    int is_reached = 0;
    for (size_t k = i; k < j;) {
        size_t next = next_point(points, k);
        double a = points[k].size_bytes, b = points[next].size_bytes;
        zcb_interval here = turned(&points[k], sign), there = turned(&points[next], sign);
        if (!is_reached && there.hi >= 0.0) {
            out->lo = zero_between(a, here.hi, b, there.hi);
            is_reached = 1;
        }
        if (here.lo <= 0.0 && there.lo > 0.0) {
            out->hi = zero_between(a, here.lo, b, there.lo);
        }
        k = next;
    }
}

/* The measured point before i, or i when there is none. */
static size_t point_before(const zcb_size_point *points, size_t i)
{
    for (size_t k = i; k-- > 0;) {
        if (stand_of(&points[k], 0.0) != STAND_MISSING) {
            return k;
        }
    }
    return i;
}

/* The measured point behind j, or j when there is none. */
static size_t point_behind(const zcb_size_point *points, size_t count, size_t j)
{
    for (size_t k = j + 1; k < count; k++) {
        if (stand_of(&points[k], 0.0) != STAND_MISSING) {
            return k;
        }
    }
    return j;
}

/* Where the line through the estimates at a and b, continued, meets 0 within at: one of its
 * ends when it meets 0 outside; `flat` when it does not rise. a == b: nothing is known, NAN. */
static double continued(const zcb_size_point *points, size_t a, size_t b, int sign,
                        const place *at, double flat)
{
    double lo = points[at->before].size_bytes, hi = points[at->after].size_bytes;
    if (a == b) {
        return NAN;
    }
    double value_a = turned(&points[a], sign).estimate;
    double value_b = turned(&points[b], sign).estimate;
    double ln_a = log(points[a].size_bytes), ln_b = log(points[b].size_bytes);
    if (!(value_b > value_a)) {
        return flat;
    }
    return fmin(fmax(exp(ln_a - value_a * (ln_b - ln_a) / (value_b - value_a)), lo), hi);
}

/* The line between two sizes is a guess. What bends one way crosses 0 between that line's zero
 * and those of the two neighbouring lines, continued: both stand on one side of it, and the
 * nearer one is bound enough. At a step both neighbours are flat, and all that is known is that
 * the crossing lies between the two sizes. */
static void allow_for_curvature(const zcb_size_point *points, size_t count, const place *at,
                                int sign, zcb_interval *bytes)
{
    double lo = points[at->before].size_bytes, hi = points[at->after].size_bytes;
    size_t before = point_before(points, at->before);
    size_t behind = point_behind(points, count, at->after);
    double left = continued(points, before, at->before, sign, at, hi);
    double right = continued(points, at->after, behind, sign, at, lo);
    if (isnan(left) && isnan(right)) {
        left = lo;
        right = hi;
    }
    double least = fmin(left, right), most = fmax(left, right); /* NAN is passed over */
    if (least > at->bytes) {
        most = least;
    } else if (most < at->bytes) {
        least = most;
    }
    bytes->lo = fmin(bytes->lo, least);
    bytes->hi = fmax(bytes->hi, most);
}

static zcb_crossing crossing_between(const zcb_size_point *points, size_t count, size_t i,
                                     size_t j, int sign)
{
    zcb_crossing out = {.view_starts = sign > 0,
                        .below_bytes = points[i].size_bytes,
                        .above_bytes = points[j].size_bytes};
    place zero = middle_zero(points, i, j, sign);
    out.near_below_bytes = points[zero.before].size_bytes;
    out.near_above_bytes = points[zero.after].size_bytes;
    band_ends(points, i, j, sign, &out.bytes);
    out.bytes.estimate = zero.bytes;
    allow_for_curvature(points, count, &zero, sign, &out.bytes);
    /* exp(log()) may move the ends by a unit in the last place past the estimate. */
    out.bytes.lo = fmin(out.bytes.lo, zero.bytes);
    out.bytes.hi = fmax(out.bytes.hi, zero.bytes);
    double rise = turned(&points[j], sign).estimate - turned(&points[i], sign).estimate;
    out.slope = rise / log(out.above_bytes / out.below_bytes);
    out.is_asked = out.slope >= 0.25;
    out.is_precise = out.bytes.lo >= zero.bytes / 1.1 && out.bytes.hi <= zero.bytes * 1.1;
    return out;
}

/* What the statuses without a crossing are decided by. */
typedef struct tally {
    size_t wins, open;
    stand smallest, largest; /* STAND_MISSING: no size */
} tally;

static void count_stand(tally *seen, stand here)
{
    if (seen->smallest == STAND_MISSING) {
        seen->smallest = here;
    }
    seen->largest = here;
    seen->wins += here == STAND_WIN;
    seen->open += here == STAND_OPEN;
}

static zcb_breakeven_status status_of(size_t crossings, const tally *seen)
{
    if (crossings > 0) {
        return crossings == 1 ? ZCB_BREAKEVEN_CROSSED : ZCB_BREAKEVEN_MULTIPLE;
    }
    if (seen->smallest == STAND_WIN) {
        return ZCB_BREAKEVEN_ALWAYS;
    }
    if (seen->wins == 0 && seen->largest == STAND_LOSS && seen->smallest != STAND_OPEN) {
        return ZCB_BREAKEVEN_NEVER;
    }
    if (seen->smallest != STAND_MISSING && seen->open == 0) {
        return ZCB_BREAKEVEN_NONE_IN_RANGE;
    }
    return ZCB_BREAKEVEN_INCONCLUSIVE;
}

void zcb_breakeven_find(const zcb_size_point *points, size_t count, double margin,
                        zcb_breakeven *out)
{
    *out = (zcb_breakeven){.status = ZCB_BREAKEVEN_INCONCLUSIVE};
    tally seen = {0, 0, STAND_MISSING, STAND_MISSING};
    stand last = STAND_MISSING; /* the last win or loss, at last_index */
    size_t last_index = 0;
    for (size_t k = 0; k < count; k++) {
        stand here = stand_of(&points[k], margin);
        if (here == STAND_MISSING) {
            continue;
        }
        count_stand(&seen, here);
        if (here != STAND_WIN && here != STAND_LOSS) {
            continue;
        }
        if (last != STAND_MISSING && last != here) {
            if (out->count < ZCB_CROSSINGS_MAX) {
                int sign = here == STAND_WIN ? 1 : -1;
                out->crossings[out->count++] =
                    crossing_between(points, count, last_index, k, sign);
            } else {
                out->dropped++;
            }
        }
        last = here;
        last_index = k;
    }
    out->status = status_of(out->count, &seen);
}

/* Mean over the drawn launches of one size; NAN when none of them has it. */
static double drawn_mean(const double *logs, const size_t *drawn, size_t launches)
{
    double mean = 0.0, n = 0.0;
    for (size_t i = 0; i < launches; i++) {
        double value = logs[drawn[i]];
        if (!isnan(value)) {
            n += 1.0;
            mean += (value - mean) / n;
        }
    }
    return n > 0.0 ? mean : NAN;
}

/* Zero of the means in points[0 … count - 1], or the end towards which it lies: below when all
 * are wins (turned), above when all are losses. */
static double resampled_zero(const zcb_size_point *points, size_t count,
                             const zcb_crossing *crossing)
{
    int sign = crossing->view_starts ? 1 : -1;
    if (count == 0) {
        return crossing->bytes.estimate;
    }
    if (turned(&points[0], sign).estimate > 0.0) {
        return crossing->below_bytes;
    }
    if (turned(&points[count - 1], sign).estimate <= 0.0) {
        return crossing->above_bytes;
    }
    return middle_zero(points, 0, count - 1, sign).bytes;
}

/* One resample: the same drawn launches at every size between below and above. */
static double resample(const double *sizes, size_t size_count, const double *logs,
                       size_t launches, const zcb_crossing *crossing, const size_t *drawn,
                       zcb_size_point *points)
{
    size_t held = 0;
    for (size_t s = 0; s < size_count; s++) {
        if (sizes[s] < crossing->below_bytes || sizes[s] > crossing->above_bytes) {
            continue;
        }
        double mean = drawn_mean(logs + s * launches, drawn, launches);
        if (!isnan(mean)) {
            points[held++] = (zcb_size_point){sizes[s], {mean, mean, mean}};
        }
    }
    return resampled_zero(points, held, crossing);
}

int zcb_breakeven_bootstrap(const double *sizes, size_t size_count, const double *logs,
                            size_t launches, const zcb_crossing *crossing, double confidence,
                            size_t resamples, uint64_t seed, zcb_interval *out)
{
    *out = zcb_interval_none();
    double *zeros = malloc((resamples + 1) * sizeof *zeros);
    size_t *drawn = malloc((launches + 1) * sizeof *drawn);
    zcb_size_point *points = malloc((size_count + 1) * sizeof *points);
    int result = -1;
    if (zeros == NULL || drawn == NULL || points == NULL) {
        goto done;
    }
    out->estimate = crossing->bytes.estimate;
    if (launches >= 2 && resamples > 0) {
        zcb_random random = {seed};
        for (size_t i = 0; i < resamples; i++) {
            for (size_t k = 0; k < launches; k++) {
                drawn[k] = (size_t)zcb_random_below(&random, launches);
            }
            zeros[i] = resample(sizes, size_count, logs, launches, crossing, drawn, points);
        }
        zcb_sort(zeros, resamples);
        out->lo = zcb_quantile_sorted(zeros, resamples, 0.5 - 0.5 * confidence);
        out->hi = zcb_quantile_sorted(zeros, resamples, 0.5 + 0.5 * confidence);
    }
    result = 0;
done:
    free(points);
    free(drawn);
    free(zeros);
    return result;
}
