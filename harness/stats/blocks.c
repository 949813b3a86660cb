/* See blocks.h. */
#include "stats/blocks.h"

#include "stats/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_place(uint32_t launch_a, uint32_t block_a, uint32_t launch_b, uint32_t block_b)
{
    if (launch_a != launch_b) {
        return launch_a < launch_b ? -1 : 1;
    }
    return (block_a > block_b) - (block_a < block_b);
}

static int ascending(const void *a, const void *b)
{
    const zcb_visit *x = a, *y = b;
    return by_place(x->launch, x->block, y->launch, y->block);
}

void zcb_visits_sort(zcb_visit *rows, size_t count)
{
    if (count > 1) {
        qsort(rows, count, sizeof *rows, ascending);
    }
}

void zcb_clusters_clear(zcb_clusters *clusters)
{
    free(clusters->values);
    free(clusters->starts);
    free(clusters->launches);
    *clusters = (zcb_clusters){0};
}

/* Room for `capacity` values in as many groups. */
static int clusters_init(zcb_clusters *clusters, size_t capacity)
{
    *clusters = (zcb_clusters){0};
    clusters->values = malloc((capacity + 1) * sizeof *clusters->values);
    clusters->starts = malloc((capacity + 1) * sizeof *clusters->starts);
    clusters->launches = malloc((capacity + 1) * sizeof *clusters->launches);
    if (clusters->values == NULL || clusters->starts == NULL || clusters->launches == NULL) {
        zcb_clusters_clear(clusters);
        return -1;
    }
    clusters->starts[0] = 0;
    return 0;
}

/* Adds a block's value to the last group, or to a new one when the launch changes. */
static void clusters_push(zcb_clusters *clusters, uint32_t launch, double value)
{
    if (!isfinite(value)) {
        clusters->skipped++;
        return;
    }
    size_t last = clusters->count;
    if (last == 0 || clusters->launches[last - 1] != launch) {
        clusters->launches[last] = launch;
        clusters->starts[last + 1] = clusters->starts[last];
        clusters->count = ++last;
    }
    clusters->values[clusters->starts[last]++] = value;
}

/* ln(top / bottom), taken apart so that the quotient cannot overflow; not finite for times that
 * are not above 0 and finite. */
static double log_ratio(double top, double bottom)
{
    return top > 0.0 && bottom > 0.0 ? log(top) - log(bottom) : NAN;
}

int zcb_block_log_ratios(zcb_visits top, zcb_visits bottom, zcb_clusters *out)
{
    if (clusters_init(out, top.count < bottom.count ? top.count : bottom.count) != 0) {
        return -1;
    }
    size_t i = 0, j = 0;
    while (i < top.count && j < bottom.count) {
        int order = ascending(&top.rows[i], &bottom.rows[j]);
        if (order == 0) {
            clusters_push(out, top.rows[i].launch,
                          log_ratio(top.rows[i].ns_per_op, bottom.rows[j].ns_per_op));
        }
        i += order <= 0;
        j += order >= 0;
    }
    return 0;
}

int zcb_block_log_times(zcb_visits arm, zcb_clusters *out)
{
    if (clusters_init(out, arm.count) != 0) {
        return -1;
    }
    for (size_t i = 0; i < arm.count; i++) {
        clusters_push(out, arm.rows[i].launch, log_ratio(arm.rows[i].ns_per_op, 1.0));
    }
    return 0;
}

int zcb_cluster_medians(const zcb_clusters *clusters, double *medians)
{
    if (clusters->count == 0) {
        return 0;
    }
    size_t total = clusters->starts[clusters->count];
    double *scratch = malloc(total * sizeof *scratch);
    if (scratch == NULL) {
        return -1;
    }
    memcpy(scratch, clusters->values, total * sizeof *scratch);
    for (size_t i = 0; i < clusters->count; i++) {
        size_t start = clusters->starts[i];
        medians[i] = zcb_median(scratch + start, clusters->starts[i + 1] - start);
    }
    free(scratch);
    return 0;
}

void zcb_cluster_least(const zcb_clusters *clusters, double *least)
{
    for (size_t i = 0; i < clusters->count; i++) {
        const double *values = clusters->values + clusters->starts[i];
        size_t size = clusters->starts[i + 1] - clusters->starts[i];
        least[i] = values[0];
        for (size_t v = 1; v < size; v++) {
            least[i] = values[v] < least[i] ? values[v] : least[i];
        }
    }
}

void zcb_launch_times_clear(zcb_launch_times *times)
{
    for (size_t arm = 0; arm < ZCB_JOINED_ARMS_MAX; arm++) {
        free(times->medians[arm]);
    }
    free(times->launches);
    *times = (zcb_launch_times){0};
}

/* Moves every cursor to the next block that all arms have with a usable time: 1 and the cursors
 * on it, or 0 when there is none left. */
static int next_common(const zcb_visits *arms, size_t arm_count, size_t *cursors)
{
    for (;;) {
        size_t furthest = 0, agreeing = 0;
        for (size_t arm = 0; arm < arm_count; arm++) {
            if (cursors[arm] == arms[arm].count) {
                return 0;
            }
            if (ascending(&arms[arm].rows[cursors[arm]],
                          &arms[furthest].rows[cursors[furthest]]) > 0) {
                furthest = arm;
            }
        }
        zcb_visit target = arms[furthest].rows[cursors[furthest]];
        for (size_t arm = 0; arm < arm_count; arm++) {
            const zcb_visit *row = &arms[arm].rows[cursors[arm]];
            int is_usable = row->ns_per_op > 0.0 && isfinite(row->ns_per_op);
            int order = ascending(row, &target);
            agreeing += order == 0 && is_usable;
            cursors[arm] += order < 0 || (order == 0 && !is_usable);
        }
        if (agreeing == arm_count) {
            return 1;
        }
    }
}

static int launch_times_init(const zcb_visits *arms, size_t arm_count, zcb_launch_times *times)
{
    size_t capacity = arms[0].count;
    for (size_t arm = 1; arm < arm_count; arm++) {
        capacity = arms[arm].count < capacity ? arms[arm].count : capacity;
    }
    *times = (zcb_launch_times){0};
    times->launches = malloc((capacity + 1) * sizeof *times->launches);
    int is_short = times->launches == NULL;
    for (size_t arm = 0; arm < arm_count; arm++) {
        times->medians[arm] = malloc((capacity + 1) * sizeof(double));
        is_short |= times->medians[arm] == NULL;
    }
    if (is_short) {
        zcb_launch_times_clear(times);
        return -1;
    }
    return 0;
}

/* Each arm's array holds the finished launches' medians in front and the times of the launch at
 * work behind them, from `start` on; closing a launch folds those into one. */
static void close_launch(zcb_launch_times *times, size_t arm_count, size_t blocks)
{
    for (size_t arm = 0; arm < arm_count; arm++) {
        double *from = times->medians[arm] + times->count;
        *from = zcb_median(from, blocks);
    }
    times->count++;
}

int zcb_launch_times_join(const zcb_visits *arms, size_t arm_count, zcb_launch_times *out)
{
    if (launch_times_init(arms, arm_count, out) != 0) {
        return -1;
    }
    size_t cursors[ZCB_JOINED_ARMS_MAX] = {0}, blocks = 0;
    while (next_common(arms, arm_count, cursors)) {
        uint32_t launch = arms[0].rows[cursors[0]].launch;
        if (blocks > 0 && out->launches[out->count] != launch) {
            close_launch(out, arm_count, blocks);
            blocks = 0;
        }
        out->launches[out->count] = launch;
        for (size_t arm = 0; arm < arm_count; arm++) {
            out->medians[arm][out->count + blocks] = arms[arm].rows[cursors[arm]++].ns_per_op;
        }
        blocks++;
    }
    if (blocks > 0) {
        close_launch(out, arm_count, blocks);
    }
    return 0;
}
