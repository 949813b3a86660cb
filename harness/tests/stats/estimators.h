/* The candidates for an interval over launches, in one list, so that made-up and real launches
 * are asked about the same ones. */
#ifndef ZCB_TESTS_STATS_ESTIMATORS_H
#define ZCB_TESTS_STATS_ESTIMATORS_H

#include "stats/blocks.h"
#include "stats/interval.h"

#include <stddef.h>
#include <stdint.h>

typedef enum zcb_estimator {
    ZCB_ESTIMATOR_STUDENT,
    ZCB_ESTIMATOR_MEDIAN,
    ZCB_ESTIMATOR_TRIMMED_TENTH,
    ZCB_ESTIMATOR_TRIMMED_FIFTH,
    ZCB_ESTIMATOR_WALSH,
    ZCB_ESTIMATOR_SIGN,
    ZCB_ESTIMATOR_BOOTSTRAP,
    ZCB_ESTIMATORS
} zcb_estimator;

const char *zcb_estimator_name(zcb_estimator which);

/* The 95 % interval of `which` from launches: their medians, and for the bootstrap their blocks
 * (`resamples` times). Ends the program when memory is short. */
zcb_interval zcb_estimator_interval(zcb_estimator which, const double *medians,
                                    const zcb_clusters *clusters, size_t resamples,
                                    uint64_t seed);

/* Ends the program with a message unless `status` is 0: nothing sensible is left without
 * memory.
 */
void zcb_need(int status);

#endif
