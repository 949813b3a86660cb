/* See selftest_findings.h: here trials are counted; figures pooled over all launches are in
 * selftest_pooled.c. */
#include "driver/selftest_findings.h"

#include "base/random.h"
#include "driver/selftest_private.h"
#include "driver/texts.h"
#include "stats/clustered.h"
#include "stats/location.h"
#include "stats/proportion.h"
#include "stats/ratio.h"

#include <stdlib.h>
#include <string.h>

#define CONFIDENCE ZCB_SELFTEST_CONFIDENCE
#define STREAM_HALVES 0x68616c76u /* keeps the halves' draws apart */

/* The counts of one share, by set. */
typedef struct tally {
    zcb_cluster_count *sets; /* owned */
} tally;

/* Everything that is counted while cells pass by. */
typedef struct counts {
    size_t sets;
    uint64_t seed;
    tally alarms, ratios, nets, halves;
    zcb_share *detected; /* borrowed: [work × shares + share], hits and trials only */
} counts;

static void count_trial(tally *tally, size_t set, int is_hit)
{
    tally->sets[set].trials++;
    tally->sets[set].hits += is_hit != 0;
}

/* Index of the first visit of launch `launch` or later. */
static size_t first_of(zcb_visits visits, uint32_t launch)
{
    size_t lo = 0, hi = visits.count;
    while (lo < hi) {
        size_t middle = lo + (hi - lo) / 2;
        if (visits.rows[middle].launch < launch) {
            lo = middle + 1;
        } else {
            hi = middle;
        }
    }
    return lo;
}

/* The visits of launches first … first + count - 1. */
static zcb_visits launches_of(zcb_visits visits, uint32_t first, uint32_t count)
{
    size_t begin = first_of(visits, first);
    return (zcb_visits){visits.rows + begin, first_of(visits, first + count) - begin};
}

/* The visits of `arm` in a set; none when the cell has no such arm. */
static zcb_visits in_set(const zcb_cell_visits *cell, const char *arm, size_t set)
{
    const zcb_arm_visits *found = zcb_cell_visits_find(cell, arm);
    return found == NULL ? (zcb_visits){NULL, 0}
                         : launches_of(found->visits, (uint32_t)set * ZCB_SELFTEST_LAUNCHES + 1,
                                       ZCB_SELFTEST_LAUNCHES);
}

/* Ratio of two arms over a set: 1 when it is a whole trial, 0 when not, -1 (memory). */
static int ratio_of_set(const zcb_cell_visits *cell, const char *top, const char *bottom,
                        size_t set, zcb_interval *out)
{
    zcb_ratio ratio;
    if (zcb_ratio_of_visits(in_set(cell, top, set), in_set(cell, bottom, set), CONFIDENCE,
                            &ratio) < 0) {
        return -1;
    }
    *out = ratio.ratio;
    return ratio.launches == ZCB_SELFTEST_LAUNCHES && zcb_interval_is_whole(ratio.ratio);
}

static int count_alarms(const zcb_cell_visits *cell, counts *counts)
{
    for (size_t set = 0; set < counts->sets; set++) {
        zcb_interval twin;
        int is_trial = ratio_of_set(cell, ZCB_ARM_TWIN, ZCB_ARM_COPY, set, &twin);
        if (is_trial < 0) {
            return -1;
        }
        if (is_trial) {
            count_trial(&counts->alarms, set, zcb_interval_excludes(twin, 1.0));
        }
    }
    return 0;
}

/* A slow-down is detected where the interval of copy ÷ alternative lies below 1: the right way.
 */
static int count_detected(const zcb_cell_visits *cell, const char *arm, size_t sets,
                          zcb_share *share)
{
    for (size_t set = 0; set < sets; set++) {
        zcb_interval ratio;
        int is_trial = ratio_of_set(cell, ZCB_ARM_COPY, arm, set, &ratio);
        if (is_trial < 0) {
            return -1;
        }
        share->trials += is_trial != 0;
        share->hits += is_trial && ratio.hi < 1.0;
    }
    return 0;
}

static int count_ratios(const zcb_cell_visits *cell, const char *arm, double truth,
                        counts *counts)
{
    for (size_t set = 0; set < counts->sets; set++) {
        zcb_interval ratio;
        int is_trial = ratio_of_set(cell, ZCB_ARM_COPY, arm, set, &ratio);
        if (is_trial < 0) {
            return -1;
        }
        if (is_trial) {
            count_trial(&counts->ratios, set, !zcb_interval_excludes(ratio, truth));
        }
    }
    return 0;
}

static int count_nets(const zcb_cell_visits *cell, counts *counts)
{
    for (size_t set = 0; set < counts->sets; set++) {
        zcb_net net;
        if (zcb_net_of_visits(in_set(cell, ZCB_ARM_COPY, set), in_set(cell, ZCB_ARM_VIEW, set),
                              in_set(cell, ZCB_ARM_NULL, set), CONFIDENCE, &net) < 0) {
            return -1;
        }
        if (net.launches == ZCB_SELFTEST_LAUNCHES && !isnan(net.ratio.lo)) {
            count_trial(&counts->nets, set,
                        !zcb_interval_excludes(net.ratio, ZCB_SELFTEST_LINEAR_NET));
        }
    }
    return 0;
}

/* Differences of ln(copy / arm) between launches of two random halves of the launches of two
 * sets, launch against launch as runs are compared. Returns how many, -1 (memory). */
static int halves_of(const zcb_cell_visits *cell, const char *arm, size_t set, uint64_t seed,
                     double differences[ZCB_SELFTEST_LAUNCHES])
{
    enum { ALL = 2 * ZCB_SELFTEST_LAUNCHES };
    const zcb_arm_visits *copy = zcb_cell_visits_find(cell, ZCB_ARM_COPY);
    const zcb_arm_visits *view = zcb_cell_visits_find(cell, arm);
    uint32_t first = (uint32_t)set * ZCB_SELFTEST_LAUNCHES + 1;
    double medians[ALL];
    zcb_clusters blocks;
    if (copy == NULL || view == NULL) {
        return 0;
    }
    if (zcb_block_log_ratios(launches_of(copy->visits, first, ALL),
                             launches_of(view->visits, first, ALL), &blocks) < 0) {
        return -1;
    }
    int is_whole = blocks.count == ALL;
    int result = is_whole ? zcb_cluster_medians(&blocks, medians) : 0;
    zcb_clusters_clear(&blocks);
    if (result < 0 || !is_whole) {
        return result;
    }
    zcb_random random = {seed};
    for (size_t i = ALL; i > 1; i--) {
        size_t j = (size_t)zcb_random_below(&random, i);
        double kept = medians[i - 1];
        medians[i - 1] = medians[j];
        medians[j] = kept;
    }
    for (size_t i = 0; i < ZCB_SELFTEST_LAUNCHES; i++) {
        differences[i] = medians[i] - medians[i + ZCB_SELFTEST_LAUNCHES];
    }
    return (int)ZCB_SELFTEST_LAUNCHES;
}

static int count_halves(const zcb_cell_visits *cell, size_t index, counts *counts)
{
    for (size_t a = 0; a < cell->arm_count; a++) {
        const char *arm = cell->arms[a].arm;
        uint64_t seed =
            zcb_random_derive(counts->seed ^ STREAM_HALVES, index * ZCB_ARMS_MAX + a);
        for (size_t set = 0; zcb_arm_is_alternative(arm) && set + 1 < counts->sets; set += 2) {
            double differences[ZCB_SELFTEST_LAUNCHES];
            int count = halves_of(cell, arm, set, zcb_random_derive(seed, set), differences);
            if (count < 0) {
                return -1;
            }
            zcb_interval apart = zcb_primary_interval(differences, (size_t)count, CONFIDENCE);
            if (zcb_interval_is_whole(apart)) {
                count_trial(&counts->halves, set, !zcb_interval_excludes(apart, 0.0));
            }
        }
    }
    return 0;
}

static int count_slow(const zcb_cell_visits *cell, size_t work, counts *counts)
{
#define ARM_NAME(arm, per_mille) arm,
    static const char *const arms[] = {ZCB_SELFTEST_SLOW_ARMS(ARM_NAME)};
#undef ARM_NAME
    for (size_t share = 0; share < ZCB_SELFTEST_SHARES; share++) {
        if (count_detected(cell, arms[share], counts->sets,
                           &counts->detected[work * ZCB_SELFTEST_SHARES + share]) < 0) {
            return -1;
        }
    }
    return 0;
}

static int count_known_ratios(const zcb_cell_visits *cell, counts *counts)
{
#define ARM_TRUTH(arm, steps) {arm, (double)ZCB_SELFTEST_RATIO_STEPS / (steps)},
    static const struct {
        const char *arm;
        double truth;
    } known[] = {ZCB_SELFTEST_RATIO_ARMS(ARM_TRUTH)};
#undef ARM_TRUTH
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (count_ratios(cell, known[i].arm, known[i].truth, counts) < 0) {
            return -1;
        }
    }
    return 0;
}

int zcb_selftest_work_of(const char *pair)
{
#define PAIR_NAME(name, label) name,
    static const char *const names[] = {ZCB_SELFTEST_SLOW_PAIRS(PAIR_NAME)};
#undef PAIR_NAME
    for (int work = 0; work < ZCB_SELFTEST_WORKS; work++) {
        if (strcmp(pair, names[work]) == 0) {
            return work;
        }
    }
    return -1;
}

/* What one cell is good for. */
static int count_cell(const zcb_cell_visits *cell, const char *pair, size_t index,
                      counts *counts)
{
    int work = zcb_selftest_work_of(pair);
    if (count_alarms(cell, counts) < 0) {
        return -1;
    }
    if (work >= 0) {
        return count_slow(cell, (size_t)work, counts);
    }
    if (strcmp(pair, ZCB_SELFTEST_RATIO_PAIR) == 0) {
        return count_known_ratios(cell, counts);
    }
    if (strcmp(pair, ZCB_SELFTEST_LINEAR_PAIR) == 0) {
        return count_nets(cell, counts);
    }
    return count_halves(cell, index, counts);
}

static int allocate_counts(counts *counts, zcb_error *error)
{
    tally *all[] = {&counts->alarms, &counts->ratios, &counts->nets, &counts->halves};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        all[i]->sets = zcb_allocate(counts->sets, sizeof *all[i]->sets, error);
        if (all[i]->sets == NULL) {
            return -1;
        }
    }
    return 0;
}

static void clear_counts(counts *counts)
{
    free(counts->alarms.sets);
    free(counts->ratios.sets);
    free(counts->nets.sets);
    free(counts->halves.sets);
}

static zcb_share share_of(const tally *tally, size_t sets)
{
    zcb_share share = {zcb_clustered_share(tally->sets, sets, CONFIDENCE), 0, 0};
    for (size_t i = 0; i < sets; i++) {
        share.hits += tally->sets[i].hits;
        share.trials += tally->sets[i].trials;
    }
    return share;
}

static void finish(const counts *counts, zcb_findings *out)
{
    out->alarms = share_of(&counts->alarms, counts->sets);
    out->ratios_covered = share_of(&counts->ratios, counts->sets);
    out->nets_covered = share_of(&counts->nets, counts->sets);
    out->halves_covered = share_of(&counts->halves, counts->sets);
    for (size_t work = 0; work < ZCB_SELFTEST_WORKS; work++) {
        for (size_t i = 0; i < ZCB_SELFTEST_SHARES; i++) {
            zcb_share *share = &out->detected[work][i];
            share->interval =
                zcb_clopper_pearson_interval(share->hits, share->trials, CONFIDENCE);
        }
    }
}

static zcb_findings no_findings(const zcb_samples *samples)
{
    const zcb_interval none = zcb_interval_none();
    zcb_findings out = {.order = none, .linearity = none, .mirror = none};
    for (size_t work = 0; work < ZCB_SELFTEST_WORKS; work++) {
        out.injected[work] = none;
    }
    for (size_t i = 0; i < samples->count; i++) {
        uint32_t launch = samples->rows[i].launch;
        out.launches = launch > out.launches ? launch : out.launches;
    }
    out.sets = out.launches / ZCB_SELFTEST_LAUNCHES;
    return out;
}

int zcb_findings_make(const zcb_samples *samples, const zcb_cells *cells, uint64_t seed,
                      zcb_findings *out, zcb_error *error)
{
    int result = -1;
    size_t cell_count = zcb_cells_count(cells);
    zcb_grouping grouping = {0};
    zcb_cell_visits visits = {0};
    zcb_pooled pooled = {0};
    *out = no_findings(samples);
    counts counts = {.sets = out->sets, .seed = seed, .detected = &out->detected[0][0]};
    if (zcb_grouping_make(samples, cell_count, &grouping, error) < 0 ||
        allocate_counts(&counts, error) < 0 ||
        zcb_pooled_init(&pooled, out->launches, cell_count, error) < 0) {
        goto done;
    }
    for (size_t cell = 0; cell < cell_count; cell++) {
        const char *pair = zcb_cells_at(cells, cell)->pair;
        if (zcb_cell_visits_load(&grouping, cell, &visits, error) < 0) {
            goto done;
        }
        if (count_cell(&visits, pair, cell, &counts) < 0 ||
            zcb_pooled_add(&pooled, &visits, pair, cell, out) < 0) {
            zcb_no_memory(error);
            goto done;
        }
    }
    finish(&counts, out);
    zcb_pooled_finish(&pooled, out);
    result = 0;
done:
    zcb_pooled_clear(&pooled);
    clear_counts(&counts);
    zcb_cell_visits_clear(&visits);
    zcb_grouping_clear(&grouping);
    return result;
}
