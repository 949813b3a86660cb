/* Guards the promise itself: where the truth is known, 95 % intervals hold it 95 times in 100,
 * and identical code raises 5 alarms in 100. Seeded, so that the outcome never changes by
 * chance. */
#include "check.h"

#include "simulate.h"
#include "stats/breakeven.h"
#include "stats/distributions.h"
#include "stats/location.h"
#include "stats/proportion.h"
#include "stats/ratio.h"
#include "stats/verdict.h"

static const double level = 0.95;

/* Fails when a share of `expected` would show a count as far off in fewer than 1 of 1000 tests.
 */
static void check_share(const char *what, size_t hits, size_t trials, double expected)
{
    zcb_interval share = zcb_clopper_pearson_interval(hits, trials, 0.999);
    print_message("%s: %.4f of %zu (%.4f-%.4f)\n", what, share.estimate, trials, share.lo,
                  share.hi);
    if (zcb_interval_excludes(share, expected)) {
        fail_msg("%s: %.4f is not %.4f", what, share.estimate, expected);
    }
}

static int holds(zcb_interval interval, double truth)
{
    assert_true(zcb_interval_is_whole(interval));
    return !zcb_interval_excludes(interval, truth);
}

/* A drifting machine, launches that differ, disturbed blocks. */
static zcb_sim_cell noisy_cell(size_t arms, size_t launches)
{
    return (zcb_sim_cell){.arms = arms,
                          .launches = launches,
                          .blocks = 20,
                          .true_ns = {200.0, 50.0, 20.0},
                          .shape = ZCB_SIM_NORMAL,
                          .launch_sd = 0.04,
                          .block_sd = 0.03,
                          .speed_sd = 0.2,
                          .drift = 0.5};
}

static zcb_sim_visits visits;

static void gross_speed_up_is_covered(void **state)
{
    (void)state;
    const size_t launches[] = {5, 10};
    for (size_t i = 0; i < COUNT_OF(launches); i++) {
        zcb_random random = {101 + i};
        zcb_sim_cell cell = noisy_cell(2, launches[i]);
        size_t hits = 0, trials = 2000;
        for (size_t trial = 0; trial < trials; trial++) {
            zcb_ratio out;
            zcb_sim_visit(&cell, &random, &visits);
            assert_int_equal(zcb_ratio_of_visits(visits.arms[0], visits.arms[1], level, &out),
                             0);
            hits += holds(out.ratio, 4.0);
        }
        check_share(i == 0 ? "gross, 5 launches" : "gross, 10 launches", hits, trials, level);
    }
}

/* What the whole design is against: blocks of all launches in one heap. If this covered as
 * well, the simulation would prove nothing. */
static void pooled_blocks_are_not_covered(void **state)
{
    (void)state;
    zcb_random random = {103};
    zcb_sim_cell cell = noisy_cell(2, 10);
    size_t hits = 0, trials = 500;
    for (size_t trial = 0; trial < trials; trial++) {
        zcb_clusters logs;
        zcb_sim_visit(&cell, &random, &visits);
        assert_int_equal(zcb_block_log_ratios(visits.arms[0], visits.arms[1], &logs), 0);
        hits += holds(zcb_t_interval(logs.values, logs.starts[logs.count], level), log(4.0));
        zcb_clusters_clear(&logs);
    }
    print_message("pooled blocks: %.4f\n", (double)hits / (double)trials);
    assert_true(hits < trials * 6 / 10);
}

static void net_speed_up_is_covered(void **state)
{
    (void)state;
    zcb_random random = {104};
    zcb_sim_cell cell = noisy_cell(3, 10);
    size_t hits = 0, trials = 2000;
    for (size_t trial = 0; trial < trials; trial++) {
        zcb_net out;
        zcb_sim_visit(&cell, &random, &visits);
        assert_int_equal(
            zcb_net_of_visits(visits.arms[0], visits.arms[1], visits.arms[2], level, &out), 0);
        hits += holds(out.ratio, 6.0);
    }
    check_share("net", hits, trials, level);
}

/* A view 2 % above null, known to 4 % per launch: mostly one-sided, and then the bound must be
 * below the truth. The set as a whole covers as promised; where it is all NAN nothing was
 * claimed. */
static void one_sided_net_is_covered(void **state)
{
    (void)state;
    zcb_random random = {105};
    zcb_sim_cell cell = noisy_cell(3, 10);
    cell.true_ns[1] = 20.4;
    size_t misses = 0, one_sided = 0, trials = 2000;
    for (size_t trial = 0; trial < trials; trial++) {
        zcb_net out;
        zcb_sim_visit(&cell, &random, &visits);
        assert_int_equal(
            zcb_net_of_visits(visits.arms[0], visits.arms[1], visits.arms[2], level, &out), 0);
        one_sided += (size_t)out.is_one_sided;
        misses += (size_t)zcb_interval_excludes(out.ratio, 180.0 / 0.4);
        assert_true(!out.is_one_sided || (isnan(out.ratio.estimate) && isnan(out.ratio.hi)));
        assert_true(!out.is_one_sided || out.ratio.lo > 0.0);
    }
    print_message("one-sided net: %zu of %zu one-sided, %zu misses\n", one_sided, trials,
                  misses);
    assert_true(one_sided > trials * 6 / 10);
    assert_true(zcb_clopper_pearson_interval(misses, trials, 0.999).lo <= 1.0 - level);
}

#define SIZES 17

/* copy = 100 ns + 0.05 ns per byte, view = 150 ns: they meet at 1000 bytes. Four sizes per
 * octave, as after refinement. */
static void breakeven_points(zcb_random *random, size_t launches, zcb_size_point *points)
{
    zcb_sim_cell cell = noisy_cell(2, launches);
    cell.blocks = 10;
    cell.true_ns[1] = 150.0;
    for (size_t s = 0; s < SIZES; s++) {
        double size = 256.0 * pow(2.0, 0.25 * (double)s);
        zcb_ratio ratio;
        cell.true_ns[0] = 100.0 + 0.05 * size;
        zcb_sim_visit(&cell, random, &visits);
        assert_int_equal(zcb_ratio_of_visits(visits.arms[0], visits.arms[1], level, &ratio), 0);
        points[s] = (zcb_size_point){size, ratio.log};
    }
}

/* Among trials with one crossing. The set of sizes whose band holds 0 has the band's coverage
 * or more (its hull is taken), so the share must not fall short and not be far beyond. */
static void check_breakeven(size_t launches, uint64_t seed)
{
    zcb_random random = {seed};
    size_t hits = 0, crossed = 0, trials = 1000;
    for (size_t trial = 0; trial < trials; trial++) {
        zcb_size_point points[SIZES];
        zcb_breakeven out;
        breakeven_points(&random, launches, points);
        zcb_breakeven_find(points, SIZES, ZCB_MARGIN_DEFAULT, &out);
        if (out.status == ZCB_BREAKEVEN_CROSSED) {
            crossed++;
            hits += holds(out.crossings[0].bytes, 1000.0);
        }
    }
    zcb_interval share = zcb_clopper_pearson_interval(hits, crossed, 0.999);
    print_message("break-even, %zu launches: %.4f of %zu crossed\n", launches, share.estimate,
                  crossed);
    assert_true(crossed > trials * 8 / 10);
    assert_true(share.hi >= level && share.estimate < 0.99);
}

static void breakeven_is_covered(void **state)
{
    (void)state;
    check_breakeven(5, 106);
    check_breakeven(10, 107);
}

/* The same cell measured with two seeds, compared launch against launch; and a twin in one run.
 */
static void identical_code_alarms_as_promised(void **state)
{
    (void)state;
    zcb_random first = {108}, second = {109};
    zcb_sim_cell cell = noisy_cell(3, 10);
    cell.true_ns[2] = cell.true_ns[0]; /* the twin */
    size_t run_alarms = 0, twin_alarms = 0, trials = 2000;
    for (size_t trial = 0; trial < trials; trial++) {
        double medians[2][10];
        for (int run = 0; run < 2; run++) {
            zcb_clusters logs;
            zcb_sim_visit(&cell, run == 0 ? &first : &second, &visits);
            assert_int_equal(zcb_block_log_ratios(visits.arms[0], visits.arms[1], &logs), 0);
            assert_int_equal(zcb_cluster_medians(&logs, medians[run]), 0);
            zcb_clusters_clear(&logs);
        }
        for (size_t i = 0; i < 10; i++) {
            medians[0][i] -= medians[1][i];
        }
        run_alarms += !holds(zcb_t_interval(medians[0], 10, level), 0.0);
        zcb_check twin;
        assert_int_equal(zcb_twin_check(visits.arms[2], visits.arms[0], level, &twin), 0);
        twin_alarms += twin.p < 1.0 - level;
    }
    check_share("alarms between two seeds", run_alarms, trials, 1.0 - level);
    check_share("alarms of the twin", twin_alarms, trials, 1.0 - level);
}

/* Quiet cells raise the flags of drift and place as often as their p says. */
static void checks_alarm_as_promised(void **state)
{
    (void)state;
    zcb_random random = {110};
    zcb_sim_cell cell = noisy_cell(3, 10);
    cell.drift = 0.0;
    size_t drifts = 0, places = 0, trials = 1000;
    for (size_t trial = 0; trial < trials; trial++) {
        zcb_clusters logs;
        zcb_check check;
        zcb_sim_visit(&cell, &random, &visits);
        assert_int_equal(zcb_block_log_ratios(visits.arms[0], visits.arms[1], &logs), 0);
        assert_int_equal(zcb_drift_check(&logs, level, &check), 0);
        zcb_clusters_clear(&logs);
        drifts += check.p < 1.0 - level;
        assert_int_equal(zcb_order_check(visits.arms, 3, level, &check), 0);
        places += check.p < 1.0 - level;
    }
    check_share("alarms of drift", drifts, trials, 1.0 - level);
    check_share("alarms of place", places, trials, 1.0 - level);
}

/* Twenty cells without a difference: without correction two thirds of the runs would alarm. */
static void holm_holds_the_family(void **state)
{
    (void)state;
    zcb_random random = {111};
    size_t alarms = 0, raw_alarms = 0, trials = 2000;
    for (size_t trial = 0; trial < trials; trial++) {
        double p[20];
        int is_raw = 0, is_adjusted = 0;
        for (size_t i = 0; i < COUNT_OF(p); i++) {
            double values[6];
            for (size_t k = 0; k < COUNT_OF(values); k++) {
                values[k] = zcb_sim_normal(&random);
            }
            p[i] = zcb_t_test(values, COUNT_OF(values), 0.0);
            is_raw |= p[i] <= 1.0 - level;
        }
        assert_int_equal(zcb_holm(p, COUNT_OF(p), p), 0);
        for (size_t i = 0; i < COUNT_OF(p); i++) {
            is_adjusted |= p[i] <= 1.0 - level;
        }
        raw_alarms += (size_t)is_raw;
        alarms += (size_t)is_adjusted;
    }
    check_share("families with a raw alarm", raw_alarms, trials, 1.0 - pow(level, 20.0));
    check_share("families with an alarm after Holm", alarms, trials,
                1.0 - pow(1.0 - 0.05 / 20.0, 20.0));
}

/* Rank intervals of normal launch values: sign and Hodges-Lehmann at their exact level, the
 * median's interpolated one at the level asked for. */
static void rank_intervals_are_covered(void **state)
{
    (void)state;
    zcb_random random = {112};
    size_t sign_hits = 0, walsh_hits = 0, median_hits = 0, trimmed_hits = 0, trials = 4000;
    for (size_t trial = 0; trial < trials; trial++) {
        double values[10];
        zcb_interval out;
        for (size_t k = 0; k < COUNT_OF(values); k++) {
            values[k] = zcb_sim_normal(&random);
        }
        assert_int_equal(zcb_sign_interval(values, 10, level, &out), 0);
        sign_hits += holds(out, 0.0);
        assert_int_equal(zcb_hodges_lehmann_interval(values, 10, level, &out), 0);
        walsh_hits += holds(out, 0.0);
        assert_int_equal(zcb_median_interval(values, 10, level, &out), 0);
        median_hits += holds(out, 0.0);
        assert_int_equal(zcb_trimmed_interval(values, 10, 0.1, level, &out), 0);
        trimmed_hits += holds(out, 0.0);
    }
    check_share("sign", sign_hits, trials, 1.0 - 2.0 * zcb_binomial_cdf(1, 10, 0.5));
    /* Of the 1024 sign patterns of ten ranks 25 have a sum of at most 8. */
    check_share("Hodges-Lehmann", walsh_hits, trials, 1.0 - 50.0 / 1024.0);
    check_share("median", median_hits, trials, level);
    check_share("trimmed mean", trimmed_hits, trials, level);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gross_speed_up_is_covered),
        cmocka_unit_test(pooled_blocks_are_not_covered),
        cmocka_unit_test(net_speed_up_is_covered),
        cmocka_unit_test(one_sided_net_is_covered),
        cmocka_unit_test(breakeven_is_covered),
        cmocka_unit_test(identical_code_alarms_as_promised),
        cmocka_unit_test(checks_alarm_as_promised),
        cmocka_unit_test(holm_holds_the_family),
        cmocka_unit_test(rank_intervals_are_covered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
