/* See order.h. */
#include "stats/order.h"

#include <math.h>
#include <stdlib.h>

/* Welford's recurrences on values scaled by a power of two: neither sums nor squares overflow,
 * and constant data have exactly their own mean and no spread. */
typedef struct moments {
    double mean, squares;
    int exponent; /* both are of values * 2^-exponent */
} moments;

static moments moments_of(const double *values, size_t count)
{
    double largest = 0.0;
    for (size_t i = 0; i < count; i++) {
        largest = fmax(largest, fabs(values[i]));
    }
    moments m = {0.0, 0.0, 0};
    frexp(largest, &m.exponent);
    double scale = ldexp(1.0, -m.exponent / 2);
    double rest = ldexp(1.0, -(m.exponent - m.exponent / 2));
    for (size_t i = 0; i < count; i++) {
        double x = values[i] * scale * rest;
        double distance = x - m.mean;
        m.mean += distance / (double)(i + 1);
        m.squares += distance * (x - m.mean);
    }
    return m;
}

double zcb_mean(const double *values, size_t count)
{
    if (count == 0) {
        return NAN;
    }
    moments m = moments_of(values, count);
    return ldexp(m.mean, m.exponent);
}

double zcb_sd(const double *values, size_t count)
{
    if (count < 2) {
        return NAN;
    }
    moments m = moments_of(values, count);
    return ldexp(sqrt(m.squares / (double)(count - 1)), m.exponent);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void zcb_sort(double *values, size_t count)
{
    if (count > 1) {
        qsort(values, count, sizeof *values, ascending);
    }
}

static void swap(double *a, double *b)
{
    double kept = *a;
    *a = *b;
    *b = kept;
}

/* Hoare's partition of values[lo] … values[hi] around the median of three: afterwards no value
 * up to the returned place is above any value behind it. lo <= result < hi. */
static size_t partition(double *values, size_t lo, size_t hi)
{
    size_t middle = lo + (hi - lo) / 2;
    if (values[middle] < values[lo]) {
        swap(&values[middle], &values[lo]);
    }
    if (values[hi] < values[lo]) {
        swap(&values[hi], &values[lo]);
    }
    if (values[hi] < values[middle]) {
        swap(&values[hi], &values[middle]);
    }
    double pivot = values[middle];
    size_t left = lo, right = hi;
    for (;;) {
        while (values[left] < pivot) {
            left++;
        }
        while (values[right] > pivot) {
            right--;
        }
        if (left >= right) {
            return right;
        }
        swap(&values[left++], &values[right--]);
    }
}

/* The value of rank `rank` (from 0), put in its place: smaller ones before it, greater ones
 * behind. Hoare's FIND (Commun. ACM 4, 1961); a run of bad pivots ends in a sort. */
static double select_rank(double *values, size_t count, size_t rank)
{
    size_t lo = 0, hi = count - 1;
    for (int rounds = 0; lo < hi; rounds++) {
        if (rounds == 100) {
            zcb_sort(values + lo, hi - lo + 1);
            break;
        }
        size_t edge = partition(values, lo, hi);
        if (rank <= edge) {
            hi = edge;
        } else {
            lo = edge + 1;
        }
    }
    return values[rank];
}

static double least(const double *values, size_t count)
{
    double smallest = values[0];
    for (size_t i = 1; i < count; i++) {
        smallest = fmin(smallest, values[i]);
    }
    return smallest;
}

/* Between two neighbours; exact at both ends and for equal ones, without overflow. */
static double blend(double below, double above, double share)
{
    return below == above ? below : below * (1.0 - share) + above * share;
}

double zcb_median(double *values, size_t count)
{
    return zcb_quantile(values, count, 0.5);
}

double zcb_quantile(double *values, size_t count, double p)
{
    if (count == 0 || !(p >= 0.0 && p <= 1.0)) {
        return NAN;
    }
    double place = p * (double)(count - 1);
    size_t rank = (size_t)place;
    double below = select_rank(values, count, rank);
    double share = place - (double)rank;
    if (share == 0.0) {
        return below;
    }
    return blend(below, least(values + rank + 1, count - rank - 1), share);
}

double zcb_quantile_sorted(const double *sorted, size_t count, double p)
{
    if (count == 0 || !(p >= 0.0 && p <= 1.0)) {
        return NAN;
    }
    double place = p * (double)(count - 1);
    size_t rank = (size_t)place;
    double share = place - (double)rank;
    return share == 0.0 ? sorted[rank] : blend(sorted[rank], sorted[rank + 1], share);
}

double zcb_trimmed_mean(double *values, size_t count, double share)
{
    if (count == 0 || !(share >= 0.0 && share < 0.5)) {
        return NAN;
    }
    size_t cut = (size_t)(share * (double)count);
    zcb_sort(values, count);
    return zcb_mean(values + cut, count - 2 * cut);
}

double zcb_mad(double *values, size_t count)
{
    double median = zcb_median(values, count);
    for (size_t i = 0; i < count; i++) {
        values[i] = fabs(values[i] - median);
    }
    return zcb_median(values, count);
}
