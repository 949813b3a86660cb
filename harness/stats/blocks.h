/* From visits to launches. Within a launch only visits of the same block are compared (that
 * cancels drift); over launches each launch counts once (it is the unit of replication). Arms
 * that join some blocks only (twin and limit of large cells) are compared on the blocks they
 * share. */
#ifndef ZCB_STATS_BLOCKS_H
#define ZCB_STATS_BLOCKS_H

#include <stddef.h>
#include <stdint.h>

/* One visit of one arm, its time per operation. */
typedef struct zcb_visit {
    uint32_t launch, block;
    uint32_t order; /* place in the block, from 0 */
    double ns_per_op;
} zcb_visit;

/* The visits of one arm of one cell, borrowed. Everything below asks for them ascending by
 * launch, then block, at most one per block. */
typedef struct zcb_visits {
    const zcb_visit *rows;
    size_t count;
} zcb_visits;

/* Brings rows into the order asked for. */
void zcb_visits_sort(zcb_visit *rows, size_t count);

/* Numbers grouped by launch. Invariant: group i is values[starts[i]] … values[starts[i + 1] -
 * 1], in block order and never empty; launches[i] ascends; all values are finite. Zero value:
 * empty. Owns its arrays. */
typedef struct zcb_clusters {
    double *values;
    size_t *starts;     /* count + 1 entries; NULL when empty */
    uint32_t *launches; /* which launch the group is */
    size_t count;       /* groups */
    size_t skipped;     /* blocks left out because a time was not above 0 and finite */
} zcb_clusters;

void zcb_clusters_clear(zcb_clusters *clusters);

/* ln(top / bottom) of every block that has both. 0, or -1 (memory) with *out empty. The caller
 * clears *out. */
int zcb_block_log_ratios(zcb_visits top, zcb_visits bottom, zcb_clusters *out);

/* ln(time) of every visit, as above. */
int zcb_block_log_times(zcb_visits arm, zcb_clusters *out);

/* The median of each group into medians[clusters->count]. 0, or -1 (memory). */
int zcb_cluster_medians(const zcb_clusters *clusters, double *medians);

/* The least value of each group into least[clusters->count]. */
void zcb_cluster_least(const zcb_clusters *clusters, double *least);

#define ZCB_JOINED_ARMS_MAX 4

/* Launch medians of several arms' times per operation, over the blocks in which all of them
 * were visited. Invariant: medians[arm][i] belongs to launches[i]. Zero value: empty. Owns its
 * arrays. */
typedef struct zcb_launch_times {
    double *medians[ZCB_JOINED_ARMS_MAX]; /* ns */
    uint32_t *launches;
    size_t count; /* launches */
} zcb_launch_times;

void zcb_launch_times_clear(zcb_launch_times *times);

/* Joins 1 <= arm_count <= ZCB_JOINED_ARMS_MAX arms. 0, or -1 (memory) with *out empty. The
 * caller clears *out. */
int zcb_launch_times_join(const zcb_visits *arms, size_t arm_count, zcb_launch_times *out);

#endif
