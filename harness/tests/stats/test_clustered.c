/* Guards the interval of a share whose trials come in clusters: values worked out with SciPy,
 * and that it covers where an interval for independent trials does not. */
#include "check.h"

#include "simulate.h"
#include "stats/clustered.h"
#include "stats/proportion.h"

/* Made with SciPy 1.17.1: effective trials by hand, ends by scipy.stats.beta.ppf. */
static const struct {
    size_t count;
    zcb_cluster_count clusters[8];
    double share, lo, hi;
} golden[] = {
    {8,
     {{0, 10}, {1, 10}, {0, 10}, {2, 10}, {0, 10}, {0, 10}, {3, 10}, {0, 10}},
     0.075,
     0.0104584270817392,
     0.236021866024282},
    {5, {{5, 5}, {0, 5}, {0, 5}, {5, 5}, {0, 5}}, 0.4, 0.00648106151703276, 0.964873615808258},
    {6, {{0, 10}, {0, 10}, {0, 10}, {0, 10}, {0, 10}, {0, 10}}, 0, 0, 0.0964867024536873},
    {6,
     {{1, 1}, {0, 1}, {1, 1}, {0, 1}, {1, 1}, {1, 1}},
     2.0 / 3.0,
     0.187287081560138,
     0.968757365197563},
    {4, {{2, 8}, {7, 9}, {1, 7}, {4, 8}}, 0.4375, 0.0632241520268039, 0.879978044549884},
    {5, {{10, 10}, {10, 10}, {10, 10}, {10, 10}, {10, 10}}, 1, 0.868637271297147, 1},
};

static void shares_agree(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(golden); i++) {
        zcb_interval out = zcb_clustered_share(golden[i].clusters, golden[i].count, 0.95);
        check_interval(out, golden[i].share, golden[i].lo, golden[i].hi, 1e-10, i);
    }
}

static void clusters_without_trials_do_not_count(void **state)
{
    (void)state;
    const zcb_cluster_count holes[] = {{0, 0}, {2, 8}, {0, 0}, {7, 9}, {1, 7}, {0, 0}, {4, 8}};
    check_interval(zcb_clustered_share(holes, COUNT_OF(holes), 0.95), golden[4].share,
                   golden[4].lo, golden[4].hi, 1e-10, 0);
    check_none(zcb_clustered_share(holes, 1, 0.95));
    check_none(zcb_clustered_share(holes, 0, 0.95));
    check_interval(zcb_clustered_share(holes, 2, 0.95), 0.25, NAN, NAN, 1e-10, 1);
}

/* Never more sure than if all trials were independent. */
static void even_clusters_give_no_more_than_their_trials(void **state)
{
    (void)state;
    const zcb_cluster_count even[] = {{1, 10}, {1, 10}, {1, 10}, {1, 10}};
    zcb_interval exact = zcb_clopper_pearson_interval(4, 40, 0.95);
    zcb_interval out = zcb_clustered_share(even, 4, 0.95);
    assert_true(out.lo <= exact.lo && out.hi >= exact.hi);
}

enum { SETS = 40, TRIALS = 8, REPEATS = 2000 };

/* A set's own chance of a hit: one set in five is bad. Mean 0.05. */
static double chance(zcb_random *random)
{
    return zcb_sim_uniform(random) < 0.2 ? 0.21 : 0.01;
}

static void clustered_interval_covers_where_the_plain_one_fails(void **state)
{
    (void)state;
    zcb_random random = {20261122};
    unsigned covered = 0, plain_covered = 0;
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        zcb_cluster_count sets[SETS] = {{0, 0}};
        uint64_t hits = 0;
        for (int i = 0; i < SETS; i++) {
            double p = chance(&random);
            sets[i].trials = TRIALS;
            for (int trial = 0; trial < TRIALS; trial++) {
                sets[i].hits += zcb_sim_uniform(&random) < p;
            }
            hits += sets[i].hits;
        }
        covered += !zcb_interval_excludes(zcb_clustered_share(sets, SETS, 0.95), 0.05);
        plain_covered += !zcb_interval_excludes(
            zcb_clopper_pearson_interval(hits, SETS * TRIALS, 0.95), 0.05);
    }
    assert_true(covered > REPEATS * 0.94);
    assert_true(plain_covered < covered);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_agree),
        cmocka_unit_test(clusters_without_trials_do_not_count),
        cmocka_unit_test(even_clusters_give_no_more_than_their_trials),
        cmocka_unit_test(clustered_interval_covers_where_the_plain_one_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
