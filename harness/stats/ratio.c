/* Raw ratios, times and their geometric mean over cells. See ratio.h. */
#include "stats/ratio.h"

#include "stats/location.h"
#include "stats/order.h"

#include <stdlib.h>

static const zcb_ratio no_ratio = {{NAN, NAN, NAN}, {NAN, NAN, NAN}, 0, 0, 0};

/* The primary interval over the launch medians of block values. */
static int over_launches(const zcb_clusters *clusters, double confidence, zcb_interval *out)
{
    double *medians = malloc((clusters->count + 1) * sizeof *medians);
    int result = -1;
    *out = zcb_interval_none();
    if (medians != NULL && zcb_cluster_medians(clusters, medians) == 0) {
        *out = zcb_primary_interval(medians, clusters->count, confidence);
        result = 0;
    }
    free(medians);
    return result;
}

int zcb_ratio_of_blocks(const zcb_clusters *log_ratios, double confidence, zcb_ratio *out)
{
    *out = no_ratio;
    zcb_interval log;
    if (over_launches(log_ratios, confidence, &log) != 0) {
        return -1;
    }
    out->log = log;
    out->ratio = zcb_interval_exp(log);
    out->launches = log_ratios->count;
    out->blocks = log_ratios->count > 0 ? log_ratios->starts[log_ratios->count] : 0;
    out->skipped = log_ratios->skipped;
    return 0;
}

int zcb_ratio_of_visits(zcb_visits top, zcb_visits bottom, double confidence, zcb_ratio *out)
{
    *out = no_ratio;
    zcb_clusters blocks;
    if (zcb_block_log_ratios(top, bottom, &blocks) != 0) {
        return -1;
    }
    int result = zcb_ratio_of_blocks(&blocks, confidence, out);
    zcb_clusters_clear(&blocks);
    return result;
}

/* The moments and quantiles of all visits together. */
static int describe_visits(zcb_visits arm, zcb_time *out)
{
    double *times = malloc(arm.count * sizeof *times);
    if (times == NULL) {
        return -1;
    }
    for (size_t i = 0; i < arm.count; i++) {
        times[i] = arm.rows[i].ns_per_op;
    }
    out->visits = arm.count;
    out->mean_ns = zcb_mean(times, arm.count);
    out->sd_ns = zcb_sd(times, arm.count);
    out->min_ns = zcb_quantile(times, arm.count, 0.0);
    out->p99_ns = zcb_quantile(times, arm.count, 0.99);
    free(times);
    return 0;
}

int zcb_time_of_visits(zcb_visits arm, double confidence, zcb_time *out)
{
    const zcb_time nothing = {{NAN, NAN, NAN}, NAN, NAN, NAN, NAN, 0, 0};
    *out = nothing;
    if (arm.count == 0) {
        return 0;
    }
    zcb_clusters blocks = {0};
    zcb_interval log;
    int result = -1;
    if (describe_visits(arm, out) != 0 || zcb_block_log_times(arm, &blocks) != 0 ||
        over_launches(&blocks, confidence, &log) != 0) {
        *out = nothing;
        goto done;
    }
    out->median_ns = zcb_interval_exp(log);
    out->launches = blocks.count;
    result = 0;
done:
    zcb_clusters_clear(&blocks);
    return result;
}

/* Mean of a launch's cells, NAN when one is missing. */
static double mean_of_cells(const double *logs, size_t cells)
{
    double mean = cells > 0 ? 0.0 : NAN;
    for (size_t i = 0; i < cells; i++) {
        mean += (logs[i] - mean) / (double)(i + 1);
    }
    return mean;
}

int zcb_geomean_interval(const double *logs, size_t launches, size_t cells, double confidence,
                         zcb_interval *out, size_t *launches_used)
{
    *out = zcb_interval_none();
    double *means = malloc((launches + 1) * sizeof *means);
    if (means == NULL) {
        return -1;
    }
    size_t used = 0;
    for (size_t i = 0; i < launches; i++) {
        double mean = mean_of_cells(logs + i * cells, cells);
        if (!isnan(mean)) {
            means[used++] = mean;
        }
    }
    *out = zcb_interval_exp(zcb_primary_interval(means, used, confidence));
    if (launches_used != NULL) {
        *launches_used = used;
    }
    free(means);
    return 0;
}
