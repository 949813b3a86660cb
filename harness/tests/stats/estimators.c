/* See estimators.h. */
#include "estimators.h"

#include "stats/location.h"

#include <stdio.h>
#include <stdlib.h>

static const double level = 0.95;

void zcb_need(int status)
{
    if (status != 0) {
        fputs("out of memory\n", stderr);
        exit(1);
    }
}

const char *zcb_estimator_name(zcb_estimator which)
{
    static const char *const names[] = {"mean/t",       "median",         "trimmed 10 %",
                                        "trimmed 20 %", "Hodges-Lehmann", "sign",
                                        "bootstrap"};
    return names[which];
}

zcb_interval zcb_estimator_interval(zcb_estimator which, const double *medians,
                                    const zcb_clusters *clusters, size_t resamples,
                                    uint64_t seed)
{
    zcb_interval out = zcb_interval_none();
    size_t count = clusters->count;
    switch (which) {
    case ZCB_ESTIMATOR_STUDENT:
        return zcb_t_interval(medians, count, level);
    case ZCB_ESTIMATOR_MEDIAN:
        zcb_need(zcb_median_interval(medians, count, level, &out));
        break;
    case ZCB_ESTIMATOR_TRIMMED_TENTH:
        zcb_need(zcb_trimmed_interval(medians, count, 0.1, level, &out));
        break;
    case ZCB_ESTIMATOR_TRIMMED_FIFTH:
        zcb_need(zcb_trimmed_interval(medians, count, 0.2, level, &out));
        break;
    case ZCB_ESTIMATOR_WALSH:
        zcb_need(zcb_hodges_lehmann_interval(medians, count, level, &out));
        break;
    case ZCB_ESTIMATOR_SIGN:
        zcb_need(zcb_sign_interval(medians, count, level, &out));
        break;
    default:
        zcb_need(zcb_bootstrap_interval(clusters, level, resamples, seed, &out));
    }
    return out;
}
