/* Guards the location intervals: each against SciPy, and what they say of too few, constant and
 * huge launch values. */
#include "check.h"

#include "golden_samples.h"
#include "stats/location.h"

#include <stdlib.h>

typedef int location_function(const double *, size_t, double, zcb_interval *);

static int trimmed_fifth(const double *values, size_t count, double confidence,
                         zcb_interval *out)
{
    return zcb_trimmed_interval(values, count, 0.2, confidence, out);
}

static int student(const double *values, size_t count, double confidence, zcb_interval *out)
{
    *out = zcb_t_interval(values, count, confidence);
    return 0;
}

static zcb_interval applied(location_function *function, const double *values, size_t count,
                            double confidence)
{
    zcb_interval out;
    assert_int_equal(function(values, count, confidence, &out), 0);
    return out;
}

#define CHECK_TABLE(table, function)                                                           \
    for (size_t i = 0; i < COUNT_OF(table); i++) {                                             \
        size_t set = (size_t)(table)[i].set;                                                   \
        zcb_interval out = applied(function, golden_sets[set].values, golden_sets[set].count,  \
                                   (table)[i].level);                                          \
        check_interval(out, (table)[i].estimate, (table)[i].lo, (table)[i].hi, 1e-10, i);      \
    }

static void student_agrees(void **state)
{
    (void)state;
    CHECK_TABLE(golden_t, student)
    for (size_t i = 0; i < COUNT_OF(golden_t); i++) {
        size_t set = (size_t)golden_t[i].set;
        check_near(zcb_t_test(golden_sets[set].values, golden_sets[set].count, 0.3),
                   golden_t[i].p, 1e-10, i);
    }
}

static int trimmed_tenth(const double *values, size_t count, double confidence,
                         zcb_interval *out)
{
    return zcb_trimmed_interval(values, count, 0.1, confidence, out);
}

/* Student below ten launches, trimmed from there on, with the degrees of freedom of either. */
static void the_primary_trims_a_tenth(void **state)
{
    (void)state;
    for (size_t set = 0; set < COUNT_OF(golden_sets); set++) {
        const double *values = golden_sets[set].values;
        size_t count = golden_sets[set].count;
        zcb_interval wanted =
            applied(count < 10 ? student : trimmed_tenth, values, count, 0.95);
        check_interval(zcb_primary_interval(values, count, 0.95), wanted.estimate, wanted.lo,
                       wanted.hi, 1e-12, set);
    }
    const struct {
        size_t count;
        double df;
    } cases[] = {{2, 1}, {6, 5}, {9, 8}, {10, 7}, {19, 16}, {20, 15}, {30, 23}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        check_near(zcb_primary_df(cases[i].count), cases[i].df, 0.0, i);
    }
    check_none(zcb_primary_interval(NULL, 0, 0.95));
}

/* One launch in which the machine was taken away moves neither the centre nor the width by
 * much. */
static void one_lost_launch_does_not_spoil_the_primary(void **state)
{
    (void)state;
    double x[] = {0.1, -0.2, 0.05, 0.15, -0.1, 0.0, -0.05, 0.2, -0.15, 0.02};
    zcb_interval before = zcb_primary_interval(x, COUNT_OF(x), 0.95);
    x[3] = 100.0;
    zcb_interval after = zcb_primary_interval(x, COUNT_OF(x), 0.95);
    assert_true(fabs(after.estimate - before.estimate) < 0.02);
    assert_true(after.hi - after.lo < 1.3 * (before.hi - before.lo));
    assert_true(zcb_t_interval(x, COUNT_OF(x), 0.95).hi > 10.0);
}

static void sign_agrees(void **state)
{
    (void)state;
    CHECK_TABLE(golden_sign, zcb_sign_interval)
}

static void hodges_lehmann_agrees(void **state)
{
    (void)state;
    CHECK_TABLE(golden_walsh, zcb_hodges_lehmann_interval)
}

static void trimmed_agrees(void **state)
{
    (void)state;
    CHECK_TABLE(golden_trimmed, trimmed_fifth)
}

/* The interpolated interval lies between the two order-statistic intervals around it, and its
 * coverage is tested by simulation. */
static void median_interval_lies_within_the_sign_interval(void **state)
{
    (void)state;
    for (size_t set = 0; set < COUNT_OF(golden_sets); set++) {
        const double *values = golden_sets[set].values;
        size_t count = golden_sets[set].count;
        zcb_interval sign = applied(zcb_sign_interval, values, count, 0.95);
        zcb_interval median = applied(zcb_median_interval, values, count, 0.95);
        check_near(median.estimate, sign.estimate, 0.0, set);
        assert_int_equal(isnan(median.lo), count < 6);
        assert_true(count < 6 || (median.lo > sign.lo && median.hi < sign.hi));
    }
    /* 10 values: depths 2 and 3 cover 0.97852 and 0.89063, so 0.95 lies at share 0.8 * 0.32444
     * … of the way between them: (n - d) I / (d + (n - 2 d) I), I = 0.0285156 / 0.0878906. */
    double ten[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    double surplus = 0.02851562500 / 0.08789062500;
    double share = 8.0 * surplus / (2.0 + 6.0 * surplus);
    zcb_interval out = applied(zcb_median_interval, ten, 10, 0.95);
    check_interval(out, 5.5, 2.0 + share, 9.0 - share, 1e-12, 0);
}

static location_function *const all[] = {student, zcb_sign_interval, zcb_median_interval,
                                         zcb_hodges_lehmann_interval, trimmed_fifth};

static void nothing_and_one_value(void **state)
{
    (void)state;
    double one[] = {7.0};
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        check_none(applied(all[i], one, 0, 0.95));
        check_interval(applied(all[i], one, 1, 0.95), 7.0, NAN, NAN, 0.0, i);
    }
    check_near(zcb_t_test(one, 1, 0.0), NAN, 0.0, 0);
}

static void rank_intervals_begin_at_six_values(void **state)
{
    (void)state;
    double x[] = {1, 2, 3, 4, 5, 6};
    for (size_t i = 1; i <= 3; i++) {
        assert_true(isnan(applied(all[i], x, 5, 0.95).lo));
        assert_true(isnan(applied(all[i], x, 5, 0.95).hi));
        assert_true(zcb_interval_is_whole(applied(all[i], x, 6, 0.95)));
    }
}

/* 5 values, 15/16: one pattern of signs in 32 at each end is exactly what is allowed. */
static void a_level_met_exactly_is_met(void **state)
{
    (void)state;
    const double x[] = {3, 1, 4, 2, 9};
    check_interval(applied(zcb_sign_interval, x, 5, 0.9375), 3, 1, 9, 0.0, 0);
    check_interval(applied(zcb_hodges_lehmann_interval, x, 5, 0.9375), 3, 1, 9, 0.0, 1);
}

static void low_levels_stay_around_the_estimate(void **state)
{
    (void)state;
    const double x[] = {3, 1, 4, 2, 9, 7, 8};
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        for (size_t count = 2; count <= COUNT_OF(x); count++) {
            zcb_interval out = applied(all[i], x, count, 0.01);
            assert_true(!(out.lo > out.estimate) && !(out.hi < out.estimate));
        }
    }
    check_interval(applied(zcb_sign_interval, x, 6, 0.1), 3.5, 3, 4, 0.0, 0);
}

static void constant_data_give_a_point(void **state)
{
    (void)state;
    double x[12];
    for (size_t i = 0; i < COUNT_OF(x); i++) {
        x[i] = -0.1;
    }
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        check_interval(applied(all[i], x, COUNT_OF(x), 0.95), -0.1, -0.1, -0.1, 0.0, i);
    }
    check_near(zcb_t_test(x, COUNT_OF(x), -0.1), 1.0, 0.0, 0);
    check_near(zcb_t_test(x, COUNT_OF(x), 0.0), 0.0, 0.0, 1);
}

static void huge_values_stay_numbers(void **state)
{
    (void)state;
    double x[] = {1e300, -1e300, 9e299, -9e299, 2e299, 1e298, -3e299, 4e299};
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        zcb_interval out = applied(all[i], x, COUNT_OF(x), 0.95);
        assert_true(isfinite(out.estimate) && isfinite(out.lo) && isfinite(out.hi));
        assert_true(out.lo <= out.estimate && out.estimate <= out.hi);
    }
}

/* At 51 values the normal approximation takes over from the exact distribution: no jump. */
static void hodges_lehmann_passes_on_to_the_approximation(void **state)
{
    (void)state;
    double x[51];
    for (size_t i = 0; i < COUNT_OF(x); i++) {
        x[i] = pow((double)i, 1.5);
    }
    zcb_interval exact = applied(zcb_hodges_lehmann_interval, x, 50, 0.95);
    zcb_interval close = applied(zcb_hodges_lehmann_interval, x, 51, 0.95);
    check_near((close.hi - close.lo) / (exact.hi - exact.lo), 1.0, 0.05, 0);
}

/* `launches` groups of `blocks` values launch + noise made of a fixed pattern. */
static zcb_clusters made_clusters(double *values, size_t *starts, size_t launches,
                                  size_t blocks)
{
    for (size_t i = 0; i < launches; i++) {
        starts[i] = i * blocks;
        for (size_t k = 0; k < blocks; k++) {
            values[i * blocks + k] = (double)(i * i % 7) + 0.1 * (double)((k * 5 + i) % 11);
        }
    }
    starts[launches] = launches * blocks;
    return (zcb_clusters){.values = values, .starts = starts, .count = launches};
}

static void bootstrap_follows_its_seed(void **state)
{
    (void)state;
    double values[200];
    size_t starts[11];
    zcb_clusters clusters = made_clusters(values, starts, 10, 20);
    zcb_interval first, again, other;
    assert_int_equal(zcb_bootstrap_interval(&clusters, 0.95, 500, 42, &first), 0);
    assert_int_equal(zcb_bootstrap_interval(&clusters, 0.95, 500, 42, &again), 0);
    assert_int_equal(zcb_bootstrap_interval(&clusters, 0.95, 500, 43, &other), 0);
    check_interval(again, first.estimate, first.lo, first.hi, 0.0, 0);
    assert_true(first.lo != other.lo && first.lo < first.estimate && first.estimate < first.hi);
    double medians[10];
    assert_int_equal(zcb_cluster_medians(&clusters, medians), 0);
    zcb_interval t = zcb_t_interval(medians, 10, 0.95);
    check_near(first.estimate, t.estimate, 1e-12, 1);
    /* The percentile interval knows nothing of t's tails: narrower, but not by much. */
    double share = (first.hi - first.lo) / (t.hi - t.lo);
    assert_true(share > 0.6 && share < 1.1);
}

/* Launches alike to the last digit: what spread there is comes from their blocks. */
static void bootstrap_resamples_blocks_as_well(void **state)
{
    (void)state;
    double values[200];
    size_t starts[11];
    zcb_clusters clusters = made_clusters(values, starts, 10, 20);
    for (size_t i = 20; i < COUNT_OF(values); i++) {
        values[i] = values[i - 20];
    }
    zcb_interval out;
    assert_int_equal(zcb_bootstrap_interval(&clusters, 0.95, 200, 1, &out), 0);
    assert_true(out.lo < out.estimate && out.estimate < out.hi);
}

static void bootstrap_of_too_little(void **state)
{
    (void)state;
    double values[20];
    size_t starts[2];
    zcb_clusters clusters = made_clusters(values, starts, 1, 20);
    zcb_interval out;
    assert_int_equal(zcb_bootstrap_interval(&clusters, 0.95, 100, 1, &out), 0);
    check_interval(out, 0.5, NAN, NAN, 1e-12, 0);
    clusters.count = 0;
    assert_int_equal(zcb_bootstrap_interval(&clusters, 0.95, 100, 1, &out), 0);
    check_none(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(student_agrees),
        cmocka_unit_test(the_primary_trims_a_tenth),
        cmocka_unit_test(one_lost_launch_does_not_spoil_the_primary),
        cmocka_unit_test(sign_agrees),
        cmocka_unit_test(hodges_lehmann_agrees),
        cmocka_unit_test(trimmed_agrees),
        cmocka_unit_test(median_interval_lies_within_the_sign_interval),
        cmocka_unit_test(nothing_and_one_value),
        cmocka_unit_test(rank_intervals_begin_at_six_values),
        cmocka_unit_test(a_level_met_exactly_is_met),
        cmocka_unit_test(low_levels_stay_around_the_estimate),
        cmocka_unit_test(constant_data_give_a_point),
        cmocka_unit_test(huge_values_stay_numbers),
        cmocka_unit_test(hodges_lehmann_passes_on_to_the_approximation),
        cmocka_unit_test(bootstrap_follows_its_seed),
        cmocka_unit_test(bootstrap_resamples_blocks_as_well),
        cmocka_unit_test(bootstrap_of_too_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
