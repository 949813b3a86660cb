/* The two-stage cluster bootstrap. See location.h. */
#include "stats/location.h"

#include "base/random.h"
#include "stats/order.h"

#include <stdlib.h>

static size_t largest_group(const zcb_clusters *clusters)
{
    size_t largest = 0;
    for (size_t i = 0; i < clusters->count; i++) {
        size_t size = clusters->starts[i + 1] - clusters->starts[i];
        largest = size > largest ? size : largest;
    }
    return largest;
}

/* Mean over drawn launches of the median of their drawn blocks; `blocks` has room for any
 * group. */
static double resampled_mean(const zcb_clusters *clusters, zcb_random *random, double *blocks)
{
    double mean = 0.0;
    for (size_t i = 0; i < clusters->count; i++) {
        size_t group = (size_t)zcb_random_below(random, clusters->count);
        const double *values = clusters->values + clusters->starts[group];
        size_t size = clusters->starts[group + 1] - clusters->starts[group];
        for (size_t k = 0; k < size; k++) {
            blocks[k] = values[zcb_random_below(random, size)];
        }
        mean += (zcb_median(blocks, size) - mean) / (double)(i + 1);
    }
    return mean;
}

int zcb_bootstrap_interval(const zcb_clusters *clusters, double confidence, size_t resamples,
                           uint64_t seed, zcb_interval *out)
{
    *out = zcb_interval_none();
    if (clusters->count == 0) {
        return 0;
    }
    size_t room = clusters->count > resamples ? clusters->count : resamples;
    double *means = malloc(room * sizeof *means);
    double *blocks = malloc((largest_group(clusters) + 1) * sizeof *blocks);
    int result = -1;
    if (means == NULL || blocks == NULL || zcb_cluster_medians(clusters, means) != 0) {
        goto done;
    }
    out->estimate = zcb_mean(means, clusters->count);
    if (clusters->count >= 2 && resamples > 0) {
        zcb_random random = {seed};
        for (size_t i = 0; i < resamples; i++) {
            means[i] = resampled_mean(clusters, &random, blocks);
        }
        zcb_sort(means, resamples);
        out->lo = zcb_quantile_sorted(means, resamples, 0.5 - 0.5 * confidence);
        out->hi = zcb_quantile_sorted(means, resamples, 0.5 + 0.5 * confidence);
    }
    result = 0;
done:
    free(blocks);
    free(means);
    return result;
}
