/* Location by moments: the t interval, its test, the trimmed mean. See location.h. */
#include "stats/location.h"

#include "stats/distributions.h"
#include "stats/order.h"

static zcb_interval around(double estimate, double standard_error, double df, double confidence)
{
    double half = standard_error > 0.0 ? standard_error * zcb_t_factor(confidence, df) : 0.0;
    return (zcb_interval){estimate, estimate - half, estimate + half};
}

zcb_interval zcb_t_interval(const double *values, size_t count, double confidence)
{
    if (count < 2) {
        return (zcb_interval){zcb_mean(values, count), NAN, NAN};
    }
    double n = (double)count;
    return around(zcb_mean(values, count), zcb_sd(values, count) / sqrt(n), n - 1.0,
                  confidence);
}

double zcb_t_test(const double *values, size_t count, double hypothesis)
{
    if (count < 2) {
        return NAN;
    }
    double n = (double)count;
    double distance = zcb_mean(values, count) - hypothesis;
    double standard_error = zcb_sd(values, count) / sqrt(n);
    if (!(standard_error > 0.0)) {
        return distance == 0.0 ? 1.0 : 0.0;
    }
    return zcb_t_two_sided(distance / standard_error, n - 1.0);
}

/* The value that exactly `cut` values lie before, counting ties, from below (direction 1) or
 * from above (-1). cut < count. */
static double edge(const double *values, size_t count, size_t cut, double direction)
{
    double found = -INFINITY;
    for (size_t passed = 0; passed <= cut;) {
        double next = INFINITY;
        size_t ties = 0;
        for (size_t i = 0; i < count; i++) {
            double value = direction * values[i];
            if (value > found && value <= next) {
                ties = value < next ? 1 : ties + 1;
                next = value;
            }
        }
        found = next;
        passed += ties;
    }
    return direction * found;
}

/* The trimmed mean without sorting: pulling the `cut` values at each end to the nearest kept
 * one gives the winsorised sum of squares, and its mean the trimmed one. No cut: Student's
 * interval. */
static zcb_interval trimmed(const double *values, size_t count, size_t cut, double confidence)
{
    double kept = (double)(count - 2 * cut), mean = 0.0, squares = 0.0;
    double low = edge(values, count, cut, 1.0), high = edge(values, count, cut, -1.0);
    int exponent; /* squares of huge values must not overflow */
    (void)frexp(fmax(fabs(low), fabs(high)), &exponent);
    low = ldexp(low, -exponent);
    high = ldexp(high, -exponent);
    for (size_t i = 0; i < count; i++) {
        double value = fmin(fmax(ldexp(values[i], -exponent), low), high),
               distance = value - mean;
        mean += distance / (double)(i + 1);
        squares += distance * (value - mean);
    }
    double estimate =
        ldexp(mean + (double)cut * ((mean - low) + (mean - high)) / kept, exponent);
    if (kept < 2.0) {
        return (zcb_interval){estimate, NAN, NAN};
    }
    double standard_error = ldexp(sqrt(squares / kept / (kept - 1.0)), exponent);
    return around(estimate, standard_error, kept - 1.0, confidence);
}

static size_t cut_of(size_t count, double share)
{
    return (size_t)(share * (double)count);
}

static const double primary_share = 0.1;

zcb_interval zcb_primary_interval(const double *values, size_t count, double confidence)
{
    return count > 0 ? trimmed(values, count, cut_of(count, primary_share), confidence)
                     : zcb_interval_none();
}

double zcb_primary_df(size_t count)
{
    return (double)(count - 2 * cut_of(count, primary_share)) - 1.0;
}

int zcb_trimmed_interval(const double *values, size_t count, double share, double confidence,
                         zcb_interval *out)
{
    *out = zcb_interval_none();
    if (count > 0 && share >= 0.0 && share < 0.5) {
        *out = trimmed(values, count, cut_of(count, share), confidence);
    }
    return 0;
}
