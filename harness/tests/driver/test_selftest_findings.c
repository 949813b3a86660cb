/* Guards what a self-test counts: alarms, detections and coverage on samples whose truth is
 * known. */
#include "test_selftest_fabricate.h"

#include "base/random.h"
#include "stats/clustered.h"
#include "stats/proportion.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { SETS = 4, LAUNCHES = SETS * ZCB_SELFTEST_LAUNCHES, NONE = -1 };

/* Copy does not waver, so that a steady arm's ±0.1 % is all there is. */
static double flat(const void *context, uint32_t launch, uint32_t block, uint32_t order)
{
    (void)launch;
    (void)block;
    (void)order;
    return *(const double *)context;
}

static const double million = 1e6;

static void add_flat(fabric *f, const char *pair, const char *arm, const double *ns)
{
    fabric_add(f, pair, arm, LAUNCHES, 0, flat, ns);
}

static void add_steady(fabric *f, const char *pair, const char *arm, double ns, int odd_set,
                       double odd_ns)
{
    const steady law = {ns, odd_set, odd_ns};
    fabric_add(f, pair, arm, LAUNCHES, 1, fabric_steady, &law);
}

static void nothing_measured_is_nothing_found(void **state)
{
    (void)state;
    fabric f;
    fabric_init(&f);
    zcb_findings found = fabric_findings(&f);
    assert_int_equal(found.sets, 0);
    assert_int_equal(found.alarms.trials, 0);
    assert_true(isnan(found.alarms.interval.estimate));
    assert_true(isnan(found.detected[2][3].interval.hi));
    assert_true(isnan(found.order.estimate) && isnan(found.linearity.lo));
    assert_true(isnan(found.mirror.hi) && isnan(found.injected[0].estimate));
    fabric_clear(&f);
}

static void alarms_are_counted_by_set_over_all_cells(void **state)
{
    (void)state;
    static const char *const pairs[] = {"selftest_ns", "selftest_ratio", "bytes_slice"};
    fabric f;
    fabric_init(&f);
    for (size_t i = 0; i < 3; i++) {
        add_flat(&f, pairs[i], "copy", &million);
        add_steady(&f, pairs[i], "twin", 1e6, i == 2 ? NONE : 1, 1.01e6);
    }
    zcb_findings found = fabric_findings(&f);
    const zcb_cluster_count sets[SETS] = {{0, 3}, {2, 3}, {0, 3}, {0, 3}};
    zcb_interval expected = zcb_clustered_share(sets, SETS, 0.95);
    assert_int_equal(found.launches, LAUNCHES);
    assert_int_equal(found.sets, SETS);
    assert_int_equal(found.alarms.hits, 2);
    assert_int_equal(found.alarms.trials, 12);
    assert_true(found.alarms.interval.lo == expected.lo &&
                found.alarms.interval.hi == expected.hi);
    fabric_clear(&f);
}

static void only_whole_sets_are_trials(void **state)
{
    (void)state;
    fabric f;
    const steady law = {1e6, NONE, 0};
    fabric_init(&f);
    fabric_add(&f, "bytes_slice", "copy", LAUNCHES + 5, 0, flat, &million);
    fabric_add(&f, "bytes_slice", "twin", LAUNCHES + 5, 1, fabric_steady, &law);
    assert_int_equal(fabric_findings(&f).alarms.trials, SETS);
    fabric_drop(&f, "bytes_slice", "twin", 8);
    assert_int_equal(fabric_findings(&f).sets, SETS);
    assert_int_equal(fabric_findings(&f).alarms.trials, SETS - 1);
    fabric_clear(&f);
}

static void slow_downs_are_detected_the_right_way_only(void **state)
{
    (void)state;
    fabric f;
    fabric_init(&f);
    add_flat(&f, "selftest_us", "copy", &million);
    add_steady(&f, "selftest_us", "view:slow_0p5", 1e6, NONE, 0);  /* in fact not slower */
    add_steady(&f, "selftest_us", "view:slow_1", 1.01e6, NONE, 0); /* always seen */
    add_steady(&f, "selftest_us", "view:slow_2", 1.02e6, 2, 1e6);  /* not in set 2 */
    add_steady(&f, "selftest_us", "view:slow_5", 0.95e6, NONE, 0); /* faster: no detection */
    zcb_findings found = fabric_findings(&f);
    const uint64_t hits[] = {0, SETS, SETS - 1, 0};
    for (size_t share = 0; share < ZCB_SELFTEST_SHARES; share++) {
        const zcb_share *us = &found.detected[1][share];
        zcb_interval expected = zcb_clopper_pearson_interval(hits[share], SETS, 0.95);
        assert_int_equal(us->hits, hits[share]);
        assert_int_equal(us->trials, SETS);
        assert_true(us->interval.lo == expected.lo && us->interval.hi == expected.hi);
        assert_int_equal(found.detected[0][share].trials, 0);
        assert_int_equal(found.detected[2][share].trials, 0);
    }
    fabric_clear(&f);
}

static void injected_share_is_the_spin_over_the_copy(void **state)
{
    (void)state;
    fabric f;
    fabric_init(&f);
    add_flat(&f, "selftest_ms", "copy", &million);
    add_steady(&f, "selftest_ms", "null", 0.049e6, NONE, 0);
    zcb_findings found = fabric_findings(&f);
    assert_true(fabs(found.injected[2].estimate - 0.049) < 1e-5);
    assert_true(found.injected[2].lo < 0.049 && found.injected[2].hi > 0.0489);
    assert_true(isnan(found.injected[1].estimate));
    fabric_clear(&f);
}

static void coverage_is_of_the_known_ratio(void **state)
{
    (void)state;
    fabric f;
    fabric_init(&f);
    add_flat(&f, "selftest_ratio", "copy", &million);
    add_steady(&f, "selftest_ratio", "view:990", 0.99e6, NONE, 0);
    add_steady(&f, "selftest_ratio", "view:950", 0.95e6, 0, 0.97e6); /* wrong in set 0 */
    add_steady(&f, "selftest_ratio", "view:800", 0.79e6, NONE, 0);   /* always wrong */
    add_steady(&f, "selftest_ratio", "view:600", 0.60e6, NONE, 0);
    zcb_findings found = fabric_findings(&f);
    assert_int_equal(found.ratios_covered.trials, 4 * SETS);
    assert_int_equal(found.ratios_covered.hits, 4 * SETS - 1 - SETS);
    fabric_clear(&f);
}

static void net_times_add_up(void **state)
{
    (void)state;
    fabric f;
    fabric_init(&f);
    add_steady(&f, "selftest_linear", "null", 1e6, NONE, 0);
    add_steady(&f, "selftest_linear", "view", 2e6, NONE, 0);
    add_steady(&f, "selftest_linear", "copy", 3e6, 3, 3.3e6);
    zcb_findings found = fabric_findings(&f);
    assert_int_equal(found.nets_covered.trials, SETS);
    assert_int_equal(found.nets_covered.hits, SETS - 1);
    assert_true(found.linearity.estimate > 1.03 && found.linearity.estimate < 1.04);
    fabric_clear(&f);
}

static void mirror_is_shown_and_raises_no_alarm(void **state)
{
    (void)state;
    fabric f;
    fabric_init(&f);
    add_flat(&f, "selftest_mirror", "copy", &million);
    add_steady(&f, "selftest_mirror", "twin", 1e6, NONE, 0);
    add_steady(&f, "selftest_mirror", "view:mirror", 1.005e6, NONE, 0);
    zcb_findings found = fabric_findings(&f);
    assert_true(found.mirror.lo > 1.004 && found.mirror.hi < 1.006);
    assert_int_equal(found.alarms.hits, 0);
    assert_int_equal(found.alarms.trials, SETS);
    fabric_clear(&f);
}

/* A visit that comes after place 4 of its block takes 1 % more. */
static double later_is_slower(const void *context, uint32_t launch, uint32_t block,
                              uint32_t order)
{
    return fabric_steady(context, launch, block, order) * (order > 4 ? 1.01 : 1);
}

static void order_shows_what_coming_later_costs(void **state)
{
    (void)state;
    fabric f;
    const steady law = {1e6, NONE, 0};
    fabric_init(&f);
    fabric_add(&f, "bytes_slice", "copy", LAUNCHES, 2, later_is_slower, &law);
    fabric_add(&f, "bytes_slice", "twin", LAUNCHES, 7, later_is_slower, &law);
    fabric_add(&f, "selftest_ns", "copy", LAUNCHES, 2, fabric_steady, &law);
    assert_true(fabs(fabric_findings(&f).order.estimate - 1.01) < 1e-5);
    fabric_add(&f, "selftest_ns", "twin", LAUNCHES, 7, fabric_steady, &law);
    assert_true(fabs(fabric_findings(&f).order.estimate - sqrt(1.01)) < 1e-5);
    fabric_clear(&f);
}

/* Launches that differ for no reason. */
static double restless(const void *context, uint32_t launch, uint32_t block, uint32_t order)
{
    zcb_random random = {zcb_random_derive(77, launch)};
    double sum = 0;
    (void)block;
    (void)order;
    for (int i = 0; i < 12; i++) { /* about normal: the sum of twelve */
        sum += (double)zcb_random_below(&random, 1000001) / 1e6;
    }
    return *(const double *)context * exp((sum - 6) * 0.03);
}

static void halves_of_one_run_agree_about_as_often_as_promised(void **state)
{
    (void)state;
    enum { MANY = 600 };
    fabric f;
    fabric_init(&f);
    fabric_add(&f, "bytes_slice", "copy", MANY * ZCB_SELFTEST_LAUNCHES, 0, flat, &million);
    fabric_add(&f, "bytes_slice", "view", MANY * ZCB_SELFTEST_LAUNCHES, 1, restless, &million);
    zcb_findings found = fabric_findings(&f);
    assert_int_equal(found.halves_covered.trials, MANY / 2);
    assert_false(zcb_interval_excludes(found.halves_covered.interval, 0.95));
    assert_true(found.halves_covered.hits < MANY / 2);
    fabric_clear(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_measured_is_nothing_found),
        cmocka_unit_test(alarms_are_counted_by_set_over_all_cells),
        cmocka_unit_test(only_whole_sets_are_trials),
        cmocka_unit_test(slow_downs_are_detected_the_right_way_only),
        cmocka_unit_test(injected_share_is_the_spin_over_the_copy),
        cmocka_unit_test(coverage_is_of_the_known_ratio),
        cmocka_unit_test(net_times_add_up),
        cmocka_unit_test(mirror_is_shown_and_raises_no_alarm),
        cmocka_unit_test(order_shows_what_coming_later_costs),
        cmocka_unit_test(halves_of_one_run_agree_about_as_often_as_promised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
