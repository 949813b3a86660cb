/* See clustered.h. */
#include "stats/clustered.h"

#include "stats/distributions.h"

/* Σ (hits - share × trials)² over the clusters. */
static double spread_of(const zcb_cluster_count *clusters, size_t count, double share)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        double off = (double)clusters[i].hits - share * (double)clusters[i].trials;
        sum += off * off;
    }
    return sum;
}

/* Clopper and Pearson's ends for a number of trials that need not be whole. */
static zcb_interval exact_ends(double share, double trials, double confidence)
{
    double hits = share * trials, misses = trials - hits, tail = 0.5 * (1.0 - confidence);
    zcb_interval out = {share, 0.0, 1.0};
    if (hits > 0.0) {
        out.lo = zcb_beta_quantile(tail, hits, misses + 1.0);
    }
    if (misses > 0.0) {
        out.hi = zcb_beta_quantile(1.0 - tail, hits + 1.0, misses);
    }
    return out;
}

zcb_interval zcb_clustered_share(const zcb_cluster_count *clusters, size_t count,
                                 double confidence)
{
    double hits = 0.0, trials = 0.0, used = 0.0;
    for (size_t i = 0; i < count; i++) {
        hits += (double)clusters[i].hits;
        trials += (double)clusters[i].trials;
        used += clusters[i].trials > 0;
    }
    if (!(trials > 0.0)) {
        return zcb_interval_none();
    }
    double share = hits / trials;
    if (used < 2.0) {
        return (zcb_interval){share, NAN, NAN};
    }
    double effective = trials;
    if (share > 0.0 && share < 1.0) {
        double spread = spread_of(clusters, count, share);
        double variance = used / (used - 1.0) * spread / (trials * trials);
        effective = variance > 0.0 ? share * (1.0 - share) / variance : trials;
    }
    double scale =
        zcb_t_factor(confidence, trials - 1.0) / zcb_t_factor(confidence, used - 1.0);
    effective = fmin(effective * scale * scale, trials);
    return exact_ends(share, effective, confidence);
}
