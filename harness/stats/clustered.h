/* A share of trials that come in clusters: comparisons that share process launches, and so
 * their memory layout, are not independent, and an interval that takes them for it is too
 * narrow. */
#ifndef ZCB_STATS_CLUSTERED_H
#define ZCB_STATS_CLUSTERED_H

#include "stats/interval.h"

#include <stddef.h>
#include <stdint.h>

/* Hits among the trials of one cluster. Invariant: hits <= trials. */
typedef struct zcb_cluster_count {
    uint32_t hits, trials;
} zcb_cluster_count;

/* Share of hits over all clusters with the interval of Korn and Graubard (Survey Methodology
 * 24, 1998): Clopper and Pearson's with an effective number of trials, that is p (1 - p) over
 * the variance of p between clusters, scaled for the clusters' degrees of freedom, and never
 * above the number of trials. Without a hit, or with nothing else, clusters show no variance:
 * the number of trials, scaled, serves. Clusters without trials do not count. No trial: all
 * NAN; one cluster: ends NAN. */
zcb_interval zcb_clustered_share(const zcb_cluster_count *clusters, size_t count,
                                 double confidence);

#endif
