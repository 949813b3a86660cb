/* Net speed-up with the null's own uncertainty. See ratio.h. */
#include "stats/ratio.h"

#include "stats/distributions.h"
#include "stats/location.h"
#include "stats/order.h"

#include <stdlib.h>

/* t^2 times the estimated covariance of the two means; the variance where both are the same
 * array. */
static double scaled_covariance(const double *x, const double *y, double x_mean, double y_mean,
                                size_t count, double t)
{
    double n = (double)count, sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        sum += (x[i] - x_mean) * (y[i] - y_mean);
    }
    return t * t * sum / (n - 1.0) / n;
}

/* The set of R with a R^2 - 2 b R + c <= 0. The numerator is positive beyond doubt where c > 0
 * and its mean is; the denominator where a > 0 and its mean is. */
static zcb_interval fieller_set(double x_mean, double y_mean, double a, double b, double c,
                                int *is_one_sided)
{
    if (a > 0.0 && y_mean > 0.0) {
        /* Positive in exact arithmetic; the branches avoid the difference of near equals. */
        double root = sqrt(fmax(b * b - a * c, 0.0));
        double lo = b > 0.0 ? c / (b + root) : (b - root) / a;
        double hi = b > 0.0 ? (b + root) / a : (root > b ? c / (b - root) : 0.0);
        return (zcb_interval){x_mean / y_mean, lo, hi};
    }
    if (a <= 0.0 && c > 0.0 && x_mean > 0.0) {
        double lo = c / (b + sqrt(b * b - a * c));
        if (isfinite(lo) && lo > 0.0) {
            *is_one_sided = 1;
            return (zcb_interval){NAN, lo, NAN};
        }
    }
    return zcb_interval_none();
}

zcb_interval zcb_fieller(const double *x, const double *y, size_t count, double confidence,
                         int *is_one_sided)
{
    *is_one_sided = 0;
    double x_mean = zcb_mean(x, count), y_mean = zcb_mean(y, count);
    if (count < 2) {
        return (zcb_interval){y_mean > 0.0 ? x_mean / y_mean : NAN, NAN, NAN};
    }
    double t = zcb_t_factor(confidence, (double)(count - 1));
    double a = y_mean * y_mean - scaled_covariance(y, y, y_mean, y_mean, count, t);
    double b = x_mean * y_mean - scaled_covariance(x, y, x_mean, y_mean, count, t);
    double c = x_mean * x_mean - scaled_covariance(x, x, x_mean, x_mean, count, t);
    return fieller_set(x_mean, y_mean, a, b, c, is_one_sided);
}

static zcb_interval difference_interval(const double *arm_ns, const double *null_ns,
                                        size_t count, double confidence, double *scratch)
{
    for (size_t i = 0; i < count; i++) {
        scratch[i] = arm_ns[i] - null_ns[i];
    }
    return zcb_primary_interval(scratch, count, confidence);
}

static zcb_net no_net(void)
{
    return (zcb_net){zcb_interval_none(), 0, zcb_interval_none(), zcb_interval_none(), 0};
}

int zcb_net_of_launches(const double *copy_ns, const double *view_ns, const double *null_ns,
                        size_t count, double confidence, zcb_net *out)
{
    *out = no_net();
    double *x = calloc(2 * count + 1, sizeof *x);
    if (x == NULL) {
        return -1;
    }
    double *y = x + count;
    out->launches = count;
    out->copy_ns = difference_interval(copy_ns, null_ns, count, confidence, x);
    out->view_ns = difference_interval(view_ns, null_ns, count, confidence, x);
    for (size_t i = 0; i < count; i++) {
        x[i] = copy_ns[i] / null_ns[i] - 1.0;
        y[i] = view_ns[i] / null_ns[i] - 1.0;
    }
    out->ratio = zcb_fieller(x, y, count, confidence, &out->is_one_sided);
    free(x);
    return 0;
}

int zcb_net_of_visits(zcb_visits copy, zcb_visits view, zcb_visits null, double confidence,
                      zcb_net *out)
{
    *out = no_net();
    const zcb_visits arms[3] = {copy, view, null};
    zcb_launch_times times;
    if (zcb_launch_times_join(arms, 3, &times) != 0) {
        return -1;
    }
    int result = zcb_net_of_launches(times.medians[0], times.medians[1], times.medians[2],
                                     times.count, confidence, out);
    zcb_launch_times_clear(&times);
    return result;
}
