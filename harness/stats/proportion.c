/* See proportion.h. */
#include "stats/proportion.h"

#include "stats/distributions.h"

zcb_interval zcb_wilson_interval(uint64_t k, uint64_t trials, double confidence)
{
    if (trials == 0 || k > trials) {
        return zcb_interval_none();
    }
    double n = (double)trials, share = (double)k / n;
    double z = zcb_normal_quantile(0.5 + 0.5 * confidence);
    double centre = share + z * z / (2.0 * n);
    double half = z * sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n));
    double scale = 1.0 / (1.0 + z * z / n);
    /* At the borders rounding would leave a speck instead of the exact end. */
    return (zcb_interval){share, k == 0 ? 0.0 : (centre - half) * scale,
                          k == trials ? 1.0 : (centre + half) * scale};
}

zcb_interval zcb_clopper_pearson_interval(uint64_t k, uint64_t trials, double confidence)
{
    if (trials == 0 || k > trials) {
        return zcb_interval_none();
    }
    double hits = (double)k, misses = (double)(trials - k);
    double tail = 0.5 * (1.0 - confidence);
    zcb_interval out = {hits / (double)trials, 0.0, 1.0};
    if (k > 0) {
        out.lo = zcb_beta_quantile(tail, hits, misses + 1.0);
    }
    if (k < trials) {
        out.hi = zcb_beta_quantile(1.0 - tail, hits + 1.0, misses);
    }
    return out;
}

zcb_interval zcb_variance_ratio_interval(double variance1, double df1, double variance2,
                                         double df2, double confidence)
{
    if (!(df1 >= 1.0 && df2 >= 1.0 && variance1 >= 0.0 && variance2 > 0.0)) {
        return zcb_interval_none();
    }
    double ratio = variance1 / variance2, p = 0.5 + 0.5 * confidence;
    return (zcb_interval){ratio, ratio / zcb_f_quantile(p, df1, df2),
                          ratio * zcb_f_quantile(p, df2, df1)};
}
