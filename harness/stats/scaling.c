/* See scaling.h. */
#include "stats/scaling.h"

#include "stats/distributions.h"
#include "stats/order.h"

#include <stdlib.h>

zcb_interval zcb_slope_interval(const double *x, const double *y, size_t count,
                                double confidence)
{
    double x_mean = zcb_mean(x, count), y_mean = zcb_mean(y, count);
    double sxx = 0.0, sxy = 0.0;
    for (size_t i = 0; i < count; i++) {
        sxx += (x[i] - x_mean) * (x[i] - x_mean);
        sxy += (x[i] - x_mean) * (y[i] - y_mean);
    }
    if (!(sxx > 0.0)) {
        return zcb_interval_none();
    }
    zcb_interval out = {sxy / sxx, NAN, NAN};
    if (count < 3) {
        return out;
    }
    double rest = 0.0, df = (double)(count - 2);
    for (size_t i = 0; i < count; i++) {
        double residual = (y[i] - y_mean) - out.estimate * (x[i] - x_mean);
        rest += residual * residual;
    }
    double half = zcb_t_factor(confidence, df) * sqrt(rest / df / sxx);
    out.lo = out.estimate - half;
    out.hi = out.estimate + half;
    return out;
}

static size_t first_not_below(const double *sizes, size_t from, size_t count, double limit)
{
    while (from < count && sizes[from] < limit) {
        from++;
    }
    return from;
}

int zcb_scaling_fit(const double *sizes_bytes, const double *times_ns, size_t count,
                    const double *breaks_bytes, size_t break_count, double confidence,
                    zcb_regime *regimes)
{
    double *ln_sizes = malloc((2 * count + 1) * sizeof *ln_sizes);
    if (ln_sizes == NULL) {
        return -1;
    }
    double *ln_times = ln_sizes + count;
    for (size_t i = 0; i < count; i++) {
        ln_sizes[i] = log(sizes_bytes[i]);
        ln_times[i] = log(times_ns[i]);
    }
    size_t from = 0;
    for (size_t k = 0; k <= break_count; k++) {
        size_t end = k == break_count
                         ? count
                         : first_not_below(sizes_bytes, from, count, breaks_bytes[k]);
        size_t held = end - from;
        regimes[k] = (zcb_regime){
            .lo_bytes = held > 0 ? sizes_bytes[from] : NAN,
            .hi_bytes = held > 0 ? sizes_bytes[end - 1] : NAN,
            .sizes = held,
            .exponent = zcb_slope_interval(ln_sizes + from, ln_times + from, held, confidence),
        };
        from = end;
    }
    free(ln_sizes);
    return 0;
}
