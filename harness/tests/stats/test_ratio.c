/* Guards a cell's figures: gross and net speed-up, times, and the geometric mean over cells. */
#include "check.h"

#include "golden_samples.h"
#include "simulate.h"
#include "stats/location.h"
#include "stats/ratio.h"

static void fieller_agrees(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(golden_fieller); i++) {
        int is_small = golden_fieller[i].is_small != 0.0, is_one_sided = -1;
        zcb_interval out =
            zcb_fieller(golden_x, is_small ? golden_small_y : golden_y, COUNT_OF(golden_x),
                        golden_fieller[i].level, &is_one_sided);
        check_interval(out, golden_fieller[i].estimate, golden_fieller[i].lo,
                       golden_fieller[i].hi, 1e-9, i);
        assert_int_equal(is_one_sided, is_small);
    }
}

/* Three launches of two blocks whose launch medians are known. */
static void gross_is_the_mean_of_launch_medians(void **state)
{
    (void)state;
    zcb_visit copy[9], view[9];
    const double logs[9] = {1.0, 1.5, 9.0, 2.0, 2.5, -7.0, 3.5, 3.0, 3.0};
    for (uint32_t i = 0; i < 9; i++) {
        double view_ns = 10.0 * (i + 1);
        copy[i] = (zcb_visit){i / 3, i % 3, 0, view_ns * exp(logs[i])};
        view[i] = (zcb_visit){i / 3, i % 3, 1, view_ns};
    }
    zcb_ratio out;
    zcb_visits top = {copy, 9}, bottom = {view, 9};
    assert_int_equal(zcb_ratio_of_visits(top, bottom, 0.95, &out), 0);
    const double medians[] = {1.5, 2.0, 3.0};
    zcb_interval t = zcb_t_interval(medians, 3, 0.95);
    check_interval(out.log, t.estimate, t.lo, t.hi, 1e-12, 0);
    check_interval(out.ratio, exp(t.estimate), exp(t.lo), exp(t.hi), 1e-12, 1);
    assert_int_equal(out.launches, 3);
    assert_int_equal(out.blocks, 9);
}

static void too_few_launches_say_so(void **state)
{
    (void)state;
    zcb_visit copy = {0, 0, 0, 30.0}, view = {0, 0, 1, 10.0};
    zcb_visits none = {NULL, 0}, top = {&copy, 1}, bottom = {&view, 1};
    zcb_ratio ratio;
    assert_int_equal(zcb_ratio_of_visits(none, bottom, 0.95, &ratio), 0);
    check_none(ratio.ratio);
    assert_int_equal(ratio.launches, 0);
    assert_int_equal(zcb_ratio_of_visits(top, bottom, 0.95, &ratio), 0);
    check_interval(ratio.ratio, 3.0, NAN, NAN, 1e-12, 0);
    zcb_net net;
    assert_int_equal(zcb_net_of_visits(top, bottom, none, 0.95, &net), 0);
    check_none(net.ratio);
    zcb_visit null = {0, 0, 2, 5.0};
    assert_int_equal(zcb_net_of_visits(top, bottom, (zcb_visits){&null, 1}, 0.95, &net), 0);
    check_interval(net.ratio, 5.0, NAN, NAN, 1e-12, 1);
    assert_int_equal(net.is_one_sided, 0);
}

static void net_subtracts_the_null(void **state)
{
    (void)state;
    const double copy[] = {201, 199, 202, 198, 200}, view[] = {60.5, 59.5, 60, 60.2, 59.8},
                 null[] = {20.1, 19.9, 20.0, 20.2, 19.8};
    zcb_net out;
    assert_int_equal(zcb_net_of_launches(copy, view, null, 5, 0.95, &out), 0);
    check_near(out.ratio.estimate, 4.5, 0.001, 0);
    assert_true(out.ratio.lo > 4.4 && out.ratio.lo < 4.5);
    assert_true(out.ratio.hi > 4.5 && out.ratio.hi < 4.6);
    check_near(out.copy_ns.estimate, 180.0, 1e-12, 1);
    check_near(out.view_ns.estimate, 40.0, 1e-12, 2);
    assert_int_equal(out.is_one_sided, 0);
    /* A launch that is slower as a whole changes nothing. */
    double slow_copy[5], slow_view[5], slow_null[5];
    for (size_t i = 0; i < 5; i++) {
        double speed = 1.0 + (double)i;
        slow_copy[i] = copy[i] * speed;
        slow_view[i] = view[i] * speed;
        slow_null[i] = null[i] * speed;
    }
    zcb_net slow;
    assert_int_equal(zcb_net_of_launches(slow_copy, slow_view, slow_null, 5, 0.95, &slow), 0);
    check_interval(slow.ratio, out.ratio.estimate, out.ratio.lo, out.ratio.hi, 1e-9, 3);
}

static void net_is_one_sided_when_the_view_is_lost_in_the_null(void **state)
{
    (void)state;
    const double copy[] = {201, 199, 202, 198, 200}, null[] = {20.1, 19.9, 20.0, 20.2, 19.8};
    const double view[] = {20.3, 19.8, 20.1, 20.1, 19.9};
    zcb_net out;
    assert_int_equal(zcb_net_of_launches(copy, view, null, 5, 0.95, &out), 0);
    assert_int_equal(out.is_one_sided, 1);
    check_near(out.ratio.estimate, NAN, 0.0, 0);
    check_near(out.ratio.hi, NAN, 0.0, 1);
    /* Close to copy - null over the upper end of view - null. */
    check_near(out.ratio.lo, 180.0 / out.view_ns.hi, 0.05, 2);
    assert_true(out.view_ns.lo < 0.0 && out.view_ns.hi > 0.0);
}

static void net_says_nothing_when_nothing_is_left(void **state)
{
    (void)state;
    const double null[] = {20.1, 19.9, 20.0, 20.2, 19.8},
                 close[] = {20.0, 20.1, 19.9, 20.1, 19.9};
    const double fast[] = {10, 11, 10, 11, 10}, copy[] = {201, 199, 202, 198, 200};
    zcb_net out;
    assert_int_equal(zcb_net_of_launches(close, close, null, 5, 0.95, &out), 0);
    check_none(out.ratio); /* neither is above null */
    assert_int_equal(zcb_net_of_launches(copy, fast, null, 5, 0.95, &out), 0);
    check_none(out.ratio); /* the view is clearly below null */
    assert_int_equal(zcb_net_of_launches(copy, null, null, 5, 0.95, &out), 0);
    check_none(out.ratio); /* view and null exactly equal: "at least infinite" is no answer */
    assert_int_equal(out.is_one_sided, 0);
    assert_int_equal(zcb_net_of_launches(NULL, NULL, NULL, 0, 0.95, &out), 0);
    check_none(out.ratio);
}

static void a_copy_that_costs_nothing_is_not_clamped(void **state)
{
    (void)state;
    const double null[] = {20, 20.2, 19.8, 20.1, 19.9}, view[] = {60, 60.3, 59.6, 60.2, 59.9};
    const double copy[] = {20.3, 20.1, 19.7, 19.9, 20.1};
    zcb_net out;
    assert_int_equal(zcb_net_of_launches(copy, view, null, 5, 0.95, &out), 0);
    assert_true(out.ratio.lo < 0.0 && out.ratio.hi > 0.0 && fabs(out.ratio.estimate) < 0.01);
}

static void constant_times_give_points(void **state)
{
    (void)state;
    const double copy[] = {200, 200, 200}, view[] = {60, 60, 60}, null[] = {20, 20, 20};
    zcb_net out;
    assert_int_equal(zcb_net_of_launches(copy, view, null, 3, 0.95, &out), 0);
    check_interval(out.ratio, 4.5, 4.5, 4.5, 1e-12, 0);
}

/* Net from visits uses the blocks all three arms share: a spoilt block of one arm drops out. */
static void net_of_visits_joins_the_arms(void **state)
{
    (void)state;
    zcb_visit rows[3][6];
    const double times[] = {200.0, 60.0, 20.0};
    for (uint32_t arm = 0; arm < 3; arm++) {
        for (uint32_t i = 0; i < 6; i++) {
            rows[arm][i] = (zcb_visit){i / 2, i % 2, arm, times[arm] * (1.0 + 0.01 * (i / 2))};
        }
    }
    rows[0][1].ns_per_op = 1e9;
    rows[1][1].ns_per_op = 0.0;
    zcb_net out;
    assert_int_equal(zcb_net_of_visits((zcb_visits){rows[0], 6}, (zcb_visits){rows[1], 6},
                                       (zcb_visits){rows[2], 6}, 0.95, &out),
                     0);
    assert_int_equal(out.launches, 3);
    check_interval(out.ratio, 4.5, 4.5, 4.5, 1e-9, 0);
}

static void times_are_described(void **state)
{
    (void)state;
    zcb_visit rows[] = {
        {0, 0, 0, 10}, {0, 1, 0, 20}, {0, 2, 0, 90}, {1, 0, 0, 45}, {1, 1, 0, 45}};
    zcb_time out;
    assert_int_equal(zcb_time_of_visits((zcb_visits){rows, 5}, 0.95, &out), 0);
    check_near(out.median_ns.estimate, 30.0, 1e-12, 0); /* of 20 and 45 */
    assert_true(out.median_ns.lo < 30.0 && out.median_ns.hi > 30.0);
    check_near(out.mean_ns, 42.0, 1e-12, 1);
    check_near(out.sd_ns, sqrt(957.5), 1e-12, 2);
    check_near(out.min_ns, 10.0, 0.0, 3);
    check_near(out.p99_ns, 45.0 + 45.0 * 0.96, 1e-12, 4);
    assert_int_equal(out.launches, 2);
    assert_int_equal(out.visits, 5);
    assert_int_equal(zcb_time_of_visits((zcb_visits){NULL, 0}, 0.95, &out), 0);
    check_none(out.median_ns);
    check_near(out.p99_ns, NAN, 0.0, 5);
}

static void geometric_mean_counts_launches_not_cells(void **state)
{
    (void)state;
    const double logs[] = {0.1, 0.3, 0.2, 0.4, NAN, 9.0, 0.3, 0.5};
    zcb_interval out;
    size_t used = 0;
    assert_int_equal(zcb_geomean_interval(logs, 4, 2, 0.95, &out, &used), 0);
    const double means[] = {0.2, 0.3, 0.4};
    zcb_interval t = zcb_t_interval(means, 3, 0.95);
    check_interval(out, exp(t.estimate), exp(t.lo), exp(t.hi), 1e-12, 0);
    assert_int_equal(used, 3);
    assert_int_equal(zcb_geomean_interval(logs, 2, 0, 0.95, &out, NULL), 0);
    check_none(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fieller_agrees),
        cmocka_unit_test(gross_is_the_mean_of_launch_medians),
        cmocka_unit_test(too_few_launches_say_so),
        cmocka_unit_test(net_subtracts_the_null),
        cmocka_unit_test(net_is_one_sided_when_the_view_is_lost_in_the_null),
        cmocka_unit_test(net_says_nothing_when_nothing_is_left),
        cmocka_unit_test(a_copy_that_costs_nothing_is_not_clamped),
        cmocka_unit_test(constant_times_give_points),
        cmocka_unit_test(net_of_visits_joins_the_arms),
        cmocka_unit_test(times_are_described),
        cmocka_unit_test(geometric_mean_counts_launches_not_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
