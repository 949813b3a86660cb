/* Location by moments: the t interval, its test, the trimmed mean. See location.h. */
#include "stats/location.h"

#include "stats/distributions.h"
#include "stats/order.h"

#include <stdlib.h>
#include <string.h>

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

zcb_interval zcb_primary_interval(const double *values, size_t count, double confidence)
{
    return zcb_t_interval(values, count, confidence);
}

/* Standard deviation of sorted values once `cut` of them at each end are pulled to the nearest kept
 * one. */
static double winsorised_sd(double *sorted, size_t count, size_t cut)
{
    for (size_t i = 0; i < cut; i++) {
        sorted[i] = sorted[cut];
        sorted[count - 1 - i] = sorted[count - 1 - cut];
    }
    return zcb_sd(sorted, count);
}

int zcb_trimmed_interval(const double *values, size_t count, double share, double confidence,
                         zcb_interval *out)
{
    *out = zcb_interval_none();
    if (count == 0 || !(share >= 0.0 && share < 0.5)) {
        return 0;
    }
    double *sorted = malloc(count * sizeof *sorted);
    if (sorted == NULL) {
        return -1;
    }
    memcpy(sorted, values, count * sizeof *sorted);
    out->estimate = zcb_trimmed_mean(sorted, count, share); /* sorts */
    size_t cut = (size_t)(share * (double)count);
    double kept = (double)(count - 2 * cut);
    if (kept >= 2.0) {
        double scale = sqrt((double)(count - 1) / kept / (kept - 1.0));
        double standard_error = winsorised_sd(sorted, count, cut) * scale;
        *out = around(out->estimate, standard_error, kept - 1.0, confidence);
    }
    free(sorted);
    return 0;
}
