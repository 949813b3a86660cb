/* Guards the words and the flags: order of the verdicts, Holm, drift, place in the block, twin.
 */
#include "check.h"

#include "simulate.h"
#include "stats/location.h"
#include "stats/verdict.h"

static zcb_verdict verdict(double lo, double hi)
{
    return zcb_verdict_of((zcb_interval){sqrt(lo * hi), lo, hi}, ZCB_MARGIN_DEFAULT);
}

static void verdicts_come_in_their_order(void **state)
{
    (void)state;
    assert_int_equal(verdict(0.99, 1.01), ZCB_VERDICT_SAME);
    assert_int_equal(verdict(1.001, 1.019), ZCB_VERDICT_SAME); /* before faster */
    assert_int_equal(verdict(0.985, 0.999), ZCB_VERDICT_SAME);
    assert_int_equal(verdict(1.0 / 1.02, 1.02), ZCB_VERDICT_SAME);
    assert_int_equal(verdict(1.001, 1.03), ZCB_VERDICT_FASTER);
    assert_int_equal(verdict(0.97, 0.999), ZCB_VERDICT_SLOWER);
    assert_int_equal(verdict(0.97, 1.001), ZCB_VERDICT_UNCLEAR);
    assert_int_equal(verdict(1.0, 1.1), ZCB_VERDICT_UNCLEAR); /* 1 is not excluded */
    assert_int_equal(verdict(NAN, NAN), ZCB_VERDICT_NONE);
    assert_int_equal(verdict(3.0, NAN), ZCB_VERDICT_FASTER); /* one-sided */
    assert_int_equal(verdict(0.9, NAN), ZCB_VERDICT_UNCLEAR);
}

static void verdicts_have_names(void **state)
{
    (void)state;
    assert_string_equal(zcb_verdict_name(ZCB_VERDICT_NONE), "");
    assert_string_equal(zcb_verdict_name(ZCB_VERDICT_SAME), "same");
    assert_string_equal(zcb_verdict_name(ZCB_VERDICT_FASTER), "faster");
    assert_string_equal(zcb_verdict_name(ZCB_VERDICT_SLOWER), "slower");
    assert_string_equal(zcb_verdict_name(ZCB_VERDICT_UNCLEAR), "unclear");
}

static void adjusted_p_decides_instead_of_the_interval(void **state)
{
    (void)state;
    zcb_interval fast = {1.05, 1.01, 1.09}, slow = {0.95, 0.91, 0.99}, same = {1.0, 0.99, 1.01};
    assert_int_equal(zcb_verdict_adjusted(fast, 0.02, 0.04, 0.05), ZCB_VERDICT_FASTER);
    assert_int_equal(zcb_verdict_adjusted(fast, 0.02, 0.06, 0.05), ZCB_VERDICT_UNCLEAR);
    assert_int_equal(zcb_verdict_adjusted(slow, 0.02, 0.04, 0.05), ZCB_VERDICT_SLOWER);
    assert_int_equal(zcb_verdict_adjusted(same, 0.02, 0.0, 0.05), ZCB_VERDICT_SAME);
    assert_int_equal(zcb_verdict_adjusted(fast, 0.02, NAN, 0.05), ZCB_VERDICT_NONE);
    assert_int_equal(zcb_verdict_adjusted(zcb_interval_none(), 0.02, 0.0, 0.05),
                     ZCB_VERDICT_NONE);
}

static void p_is_read_back_from_the_interval(void **state)
{
    (void)state;
    const double values[] = {0.1, 0.3, 0.25, 0.4, 0.05, 0.2, 0.15};
    for (size_t i = 0; i < 5; i++) {
        double hypothesis = 0.1 * (double)i;
        zcb_interval interval = zcb_t_interval(values, COUNT_OF(values), 0.9);
        check_near(zcb_interval_p(interval, 0.9, 6.0, hypothesis),
                   zcb_t_test(values, COUNT_OF(values), hypothesis), 1e-12, i);
    }
    zcb_interval edge = {0.5, 0.0, 1.0}, point = {0.5, 0.5, 0.5};
    check_near(zcb_interval_p(edge, 0.95, 9.0, 0.0), 0.05, 1e-12, 5);
    check_near(zcb_interval_p(point, 0.95, 9.0, 0.5), 1.0, 0.0, 6);
    check_near(zcb_interval_p(point, 0.95, 9.0, 0.0), 0.0, 0.0, 7);
    check_near(zcb_interval_p(zcb_interval_none(), 0.95, 9.0, 0.0), NAN, 0.0, 8);
}

/* Holm's own rules by hand: 4 tests, factors 4, 3, 2, 1 in ascending order, never decreasing,
 * at most 1. */
static void holm_steps_down(void **state)
{
    (void)state;
    double p[] = {0.03, 0.001, NAN, 0.02, 0.9};
    const double expected[] = {0.06, 0.004, NAN, 0.06, 0.9};
    double adjusted[5];
    assert_int_equal(zcb_holm(p, 5, adjusted), 0);
    for (size_t i = 0; i < 5; i++) {
        check_near(adjusted[i], expected[i], 1e-14, i);
    }
    assert_int_equal(zcb_holm(p, 5, p), 0);
    check_near(p[0], 0.06, 1e-14, 5);
    double many[] = {0.5, 0.6};
    assert_int_equal(zcb_holm(many, 2, many), 0);
    check_near(many[0], 1.0, 0.0, 6);
    check_near(many[1], 1.0, 0.0, 7);
    assert_int_equal(zcb_holm(NULL, 0, NULL), 0);
}

static const zcb_sim_cell plain = {.arms = 2,
                                   .launches = 10,
                                   .blocks = 20,
                                   .true_ns = {100.0, 100.0},
                                   .launch_sd = 0.02,
                                   .block_sd = 0.01,
                                   .speed_sd = 0.2,
                                   .drift = 0.5};

/* Drift common to both arms is none; a ratio that moves by 5 % is seen. */
static void drift_of_the_ratio_is_seen(void **state)
{
    (void)state;
    static zcb_sim_visits visits;
    zcb_random random = {11};
    zcb_sim_visit(&plain, &random, &visits);
    zcb_clusters logs;
    zcb_check check;
    assert_int_equal(zcb_block_log_ratios(visits.arms[0], visits.arms[1], &logs), 0);
    assert_int_equal(zcb_drift_check(&logs, 0.95, &check), 0);
    assert_int_equal(check.launches, 10);
    assert_int_equal(zcb_check_flags(&check, 0.01, 0.02), 0);
    assert_true(fabs(check.effect.estimate) < 0.02);
    for (size_t i = 0; i < 200; i++) {
        logs.values[i] += 0.05 * (double)(i % 20) / 13.0; /* thirds' middles lie 14 apart */
    }
    assert_int_equal(zcb_drift_check(&logs, 0.95, &check), 0);
    assert_int_equal(zcb_check_flags(&check, 0.01, 0.02), 1);
    assert_true(check.effect.lo < 0.0538 && check.effect.hi > 0.0538);
    zcb_clusters_clear(&logs);
}

/* A check's p and its interval say the same: at the level where p lies the interval ends at 0.
 */
static void a_check_and_its_interval_agree(void **state)
{
    (void)state;
    static zcb_sim_visits visits;
    zcb_random random = {12};
    zcb_check check, at_p;
    for (size_t trial = 0; trial < 20; trial++) {
        zcb_sim_visit(&plain, &random, &visits);
        assert_int_equal(zcb_twin_check(visits.arms[0], visits.arms[1], 0.95, &check), 0);
        assert_int_equal(zcb_twin_check(visits.arms[0], visits.arms[1], 1.0 - check.p, &at_p),
                         0);
        double end = at_p.effect.estimate > 0.0 ? at_p.effect.lo : at_p.effect.hi;
        assert_true(fabs(end) < 1e-9 * fabs(at_p.effect.estimate));
        assert_int_equal(check.p < 0.05, zcb_interval_excludes(check.effect, 0.0));
    }
}

static void drift_needs_three_blocks(void **state)
{
    (void)state;
    double values[] = {1, 2, 1, 5, 9, 1, 5, 9};
    size_t starts[] = {0, 2, 5, 8};
    zcb_clusters logs = {.values = values, .starts = starts, .count = 3};
    zcb_check check;
    assert_int_equal(zcb_drift_check(&logs, 0.95, &check), 0);
    assert_int_equal(check.launches, 2);
    check_interval(check.effect, 8.0, 8.0, 8.0, 0.0, 0);
    check_near(check.p, 0.0, 0.0, 1);
    zcb_clusters empty = {0};
    assert_int_equal(zcb_drift_check(&empty, 0.95, &check), 0);
    check_none(check.effect);
    check_near(check.p, NAN, 0.0, 2);
    assert_int_equal(zcb_check_flags(&check, 0.05, 0.0), 0);
}

static void place_in_the_block_is_seen(void **state)
{
    (void)state;
    static zcb_sim_visits visits;
    zcb_sim_cell cell = plain;
    cell.arms = 4;
    cell.drift = 0.0;
    cell.true_ns[2] = 900.0;
    cell.true_ns[3] = 7.0;
    zcb_random random = {12};
    zcb_sim_visit(&cell, &random, &visits);
    zcb_check check;
    assert_int_equal(zcb_order_check(visits.arms, 4, 0.95, &check), 0);
    assert_int_equal(check.launches, 10);
    assert_int_equal(zcb_check_flags(&check, 0.01, 0.005), 0);
    for (size_t arm = 0; arm < 4; arm++) {
        for (size_t i = 0; i < visits.arms[arm].count; i++) {
            visits.rows[arm][i].ns_per_op *= exp(0.03 * visits.rows[arm][i].order);
        }
    }
    assert_int_equal(zcb_order_check(visits.arms, 4, 0.95, &check), 0);
    assert_int_equal(zcb_check_flags(&check, 0.01, 0.005), 1);
    assert_true(check.effect.lo < 0.03 && check.effect.hi > 0.03);
}

/* Arms that joined different launches, and launches in which places never change. */
static void order_check_takes_what_there_is(void **state)
{
    (void)state;
    zcb_visit a[] = {{0, 0, 0, 1.0}, {0, 1, 1, exp(0.5)}, {2, 0, 0, 3.0}, {2, 1, 0, 4.0}};
    zcb_visit b[] = {{1, 0, 2, 1.0}, {1, 1, 0, exp(-0.6)}, {1, 2, 0, 0.0}};
    const zcb_visits arms[] = {{a, 4}, {b, 3}};
    zcb_check check;
    assert_int_equal(zcb_order_check(arms, 2, 0.95, &check), 0);
    assert_int_equal(check.launches, 2);
    check_near(check.effect.estimate, 0.4, 1e-12, 0);
    assert_int_equal(zcb_order_check(NULL, 0, 0.95, &check), 0);
    assert_int_equal(check.launches, 0);
    check_none(check.effect);
}

static void a_twin_that_differs_is_seen(void **state)
{
    (void)state;
    static zcb_sim_visits visits;
    zcb_random random = {13};
    zcb_sim_visit(&plain, &random, &visits);
    zcb_check check;
    assert_int_equal(zcb_twin_check(visits.arms[0], visits.arms[1], 0.95, &check), 0);
    assert_int_equal(zcb_check_flags(&check, 0.01, 0.02), 0);
    zcb_sim_cell apart = plain;
    apart.true_ns[0] = 110.0;
    zcb_sim_visit(&apart, &random, &visits);
    assert_int_equal(zcb_twin_check(visits.arms[0], visits.arms[1], 0.95, &check), 0);
    assert_int_equal(zcb_check_flags(&check, 0.01, 0.02), 1);
    assert_true(check.effect.lo < log(1.1) && check.effect.hi > log(1.1));
    assert_int_equal(zcb_twin_check((zcb_visits){NULL, 0}, visits.arms[1], 0.95, &check), 0);
    check_none(check.effect);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_come_in_their_order),
        cmocka_unit_test(verdicts_have_names),
        cmocka_unit_test(adjusted_p_decides_instead_of_the_interval),
        cmocka_unit_test(p_is_read_back_from_the_interval),
        cmocka_unit_test(holm_steps_down),
        cmocka_unit_test(drift_of_the_ratio_is_seen),
        cmocka_unit_test(a_check_and_its_interval_agree),
        cmocka_unit_test(drift_needs_three_blocks),
        cmocka_unit_test(place_in_the_block_is_seen),
        cmocka_unit_test(order_check_takes_what_there_is),
        cmocka_unit_test(a_twin_that_differs_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
