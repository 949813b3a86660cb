/* Location by ranks: sign, median, Hodges-Lehmann. See location.h. */
#include "stats/location.h"

#include "stats/distributions.h"
#include "stats/order.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static double *sorted_copy(const double *values, size_t count)
{
    double *sorted = malloc((count + 1) * sizeof *sorted);
    if (sorted != NULL && count > 0) {
        memcpy(sorted, values, count * sizeof *sorted);
        zcb_sort(sorted, count);
    }
    return sorted;
}

/* Largest depth d (from 1) with 2 P(B <= d - 1) <= 1 - confidence, B binomial(count, 1/2): the
 * d-th value from each end bounds the median. 0: none. */
static size_t sign_depth(size_t count, double confidence)
{
    size_t depth = 0;
    while (2 * (depth + 1) <= count &&
           2.0 * zcb_binomial_cdf(depth, count, 0.5) <= 1.0 - confidence) {
        depth++;
    }
    return depth;
}

int zcb_sign_interval(const double *values, size_t count, double confidence, zcb_interval *out)
{
    *out = zcb_interval_none();
    double *sorted = sorted_copy(values, count);
    if (sorted == NULL) {
        return -1;
    }
    out->estimate = zcb_quantile_sorted(sorted, count, 0.5);
    size_t depth = sign_depth(count, confidence);
    if (depth > 0) {
        out->lo = sorted[depth - 1];
        out->hi = sorted[count - depth];
    }
    free(sorted);
    return 0;
}

/* How far (0 … 1) the end may move from depth d to d + 1: Hettmansperger and Sheather's
 * nonlinear interpolation between the confidences at both depths. */
static double depth_share(size_t count, size_t depth, double confidence)
{
    double n = (double)count, d = (double)depth;
    double wide = 1.0 - 2.0 * zcb_binomial_cdf(depth - 1, count, 0.5);
    double narrow = 1.0 - 2.0 * zcb_binomial_cdf(depth, count, 0.5);
    double surplus = (wide - confidence) / (wide - narrow);
    return (n - d) * surplus / (d + (n - 2.0 * d) * surplus);
}

int zcb_median_interval(const double *values, size_t count, double confidence,
                        zcb_interval *out)
{
    *out = zcb_interval_none();
    double *sorted = sorted_copy(values, count);
    if (sorted == NULL) {
        return -1;
    }
    out->estimate = zcb_quantile_sorted(sorted, count, 0.5);
    size_t d = sign_depth(count, confidence);
    if (d > 0) {
        double share = depth_share(count, d, confidence);
        out->lo = sorted[d - 1] + share * (sorted[d] - sorted[d - 1]);
        out->hi = sorted[count - d] - share * (sorted[count - d] - sorted[count - d - 1]);
    }
    free(sorted);
    return 0;
}

#define EXACT_MAX 50

/* Largest depth d (from 1) with 2 P(T <= d - 1) <= 1 - confidence, T the signed-rank statistic:
 * counts of subsets of 1 … count by their sum. */
static uint64_t exact_rank_depth(size_t count, double confidence)
{
    double ways[EXACT_MAX * (EXACT_MAX + 1) / 2 + 1] = {1.0};
    size_t most = 0;
    for (size_t rank = 1; rank <= count; rank++) {
        most += rank;
        for (size_t sum = most; sum >= rank; sum--) {
            ways[sum] += ways[sum - rank];
        }
    }
    double limit = ldexp(0.5 * (1.0 - confidence), (int)count), reached = ways[0];
    uint64_t depth = 0;
    while (2 * (depth + 1) <= most + 1 && reached <= limit) {
        reached += ways[++depth];
    }
    return depth;
}

static uint64_t signed_rank_depth(size_t count, double confidence)
{
    if (count <= EXACT_MAX) {
        return exact_rank_depth(count, confidence);
    }
    double n = (double)count, z = zcb_normal_quantile(0.5 + 0.5 * confidence);
    double depth = n * (n + 1.0) / 4.0 - z * sqrt(n * (n + 1.0) * (2.0 * n + 1.0) / 24.0);
    return depth >= 1.0 ? (uint64_t)depth : 0;
}

/* Pairs i <= j whose average is not above `limit`. */
static uint64_t averages_up_to(const double *sorted, size_t count, double limit)
{
    uint64_t found = 0;
    size_t end = count; /* partners of i are those before end */
    for (size_t i = 0; i < count; i++) {
        while (end > i && 0.5 * sorted[i] + 0.5 * sorted[end - 1] > limit) {
            end--;
        }
        if (end <= i) {
            break;
        }
        found += end - i;
    }
    return found;
}

/* Doubles as whole numbers in the same order, and back: halving an interval of them visits
 * every representable value within 64 steps. */
static int64_t to_step(double value)
{
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits >= 0 ? bits : INT64_MIN - bits;
}

static double from_step(int64_t step)
{
    int64_t bits = step >= 0 ? step : INT64_MIN - step;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The average of rank `rank` (from 1) without forming all count^2 / 2 of them. */
static double walsh_average(const double *sorted, size_t count, uint64_t rank)
{
    int64_t lo = to_step(sorted[0]), hi = to_step(sorted[count - 1]);
    while (lo < hi) {
        int64_t middle = (int64_t)((uint64_t)lo + ((uint64_t)hi - (uint64_t)lo) / 2);
        if (averages_up_to(sorted, count, from_step(middle)) >= rank) {
            hi = middle;
        } else {
            lo = middle + 1;
        }
    }
    return from_step(lo);
}

int zcb_hodges_lehmann_interval(const double *values, size_t count, double confidence,
                                zcb_interval *out)
{
    *out = zcb_interval_none();
    if (count == 0) {
        return 0;
    }
    double *sorted = sorted_copy(values, count);
    if (sorted == NULL) {
        return -1;
    }
    uint64_t pairs = (uint64_t)count * (count + 1) / 2;
    double below = walsh_average(sorted, count, (pairs + 1) / 2);
    double above = walsh_average(sorted, count, pairs / 2 + 1);
    out->estimate = 0.5 * below + 0.5 * above;
    uint64_t depth = signed_rank_depth(count, confidence);
    if (depth > 0) {
        out->lo = walsh_average(sorted, count, depth);
        out->hi = walsh_average(sorted, count, pairs + 1 - depth);
    }
    free(sorted);
    return 0;
}
