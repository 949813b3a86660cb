/* Guards shares, ratios of spreads and fitted exponents. */
#include "check.h"

#include "golden_samples.h"
#include "stats/proportion.h"
#include "stats/scaling.h"

#define CHECK_SHARES(table, function)                                                          \
    for (size_t i = 0; i < COUNT_OF(table); i++) {                                             \
        zcb_interval out =                                                                     \
            function((uint64_t)(table)[i].k, (uint64_t)(table)[i].trials, (table)[i].level);   \
        check_interval(out, (table)[i].k / (table)[i].trials, (table)[i].lo, (table)[i].hi,    \
                       1e-10, i);                                                              \
    }

static void wilson_agrees(void **state)
{
    (void)state;
    CHECK_SHARES(golden_wilson, zcb_wilson_interval)
    check_none(zcb_wilson_interval(0, 0, 0.95));
    check_none(zcb_wilson_interval(2, 1, 0.95));
}

static void clopper_pearson_agrees(void **state)
{
    (void)state;
    CHECK_SHARES(golden_clopper_pearson, zcb_clopper_pearson_interval)
    check_none(zcb_clopper_pearson_interval(0, 0, 0.95));
    check_none(zcb_clopper_pearson_interval(2, 1, 0.95));
}

static void variance_ratio_agrees(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(golden_variance_ratio); i++) {
        double ratio = golden_variance_ratio[i].ratio;
        zcb_interval out = zcb_variance_ratio_interval(
            3.0 * ratio, golden_variance_ratio[i].df1, 3.0, golden_variance_ratio[i].df2,
            golden_variance_ratio[i].level);
        check_interval(out, ratio, golden_variance_ratio[i].lo, golden_variance_ratio[i].hi,
                       1e-10, i);
    }
    check_none(zcb_variance_ratio_interval(1.0, 0.0, 1.0, 3.0, 0.95));
    check_none(zcb_variance_ratio_interval(1.0, 3.0, 0.0, 3.0, 0.95));
}

static void slope_agrees(void **state)
{
    (void)state;
    zcb_interval out = zcb_slope_interval(golden_y, golden_x, COUNT_OF(golden_x), 0.95);
    check_interval(out, golden_slope[0].estimate, golden_slope[0].lo, golden_slope[0].hi, 1e-10,
                   0);
    check_interval(zcb_slope_interval(golden_y, golden_x, 2, 0.95),
                   (golden_x[1] - golden_x[0]) / (golden_y[1] - golden_y[0]), NAN, NAN, 1e-10,
                   1);
    const double same[] = {2.0, 2.0, 2.0};
    check_none(zcb_slope_interval(same, golden_x, 3, 0.95));
    check_none(zcb_slope_interval(same, golden_x, 0, 0.95));
}

/* Constant up to 512 bytes, then linear, then with exponent 1.5; the last regime is empty. */
static void regimes_have_their_own_exponents(void **state)
{
    (void)state;
    double sizes[12], times[12];
    for (size_t i = 0; i < 12; i++) {
        sizes[i] = ldexp(64.0, (int)i);
        times[i] = i < 4 ? 30.0 : (i < 8 ? sizes[i] * 0.1 : pow(sizes[i], 1.5));
    }
    const double breaks[] = {1024, 16384, 1e9};
    zcb_regime regimes[4];
    assert_int_equal(zcb_scaling_fit(sizes, times, 12, breaks, 3, 0.95, regimes), 0);
    const double expected[] = {0.0, 1.0, 1.5};
    for (size_t k = 0; k < 3; k++) {
        assert_int_equal(regimes[k].sizes, 4);
        check_near(regimes[k].lo_bytes, sizes[4 * k], 0.0, k);
        check_near(regimes[k].hi_bytes, sizes[4 * k + 3], 0.0, k);
        check_interval(regimes[k].exponent, expected[k], expected[k], expected[k], 1e-12, k);
    }
    assert_int_equal(regimes[3].sizes, 0);
    check_near(regimes[3].lo_bytes, NAN, 0.0, 3);
    check_none(regimes[3].exponent);
    assert_int_equal(zcb_scaling_fit(sizes, times, 0, NULL, 0, 0.95, regimes), 0);
    check_none(regimes[0].exponent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wilson_agrees),
        cmocka_unit_test(clopper_pearson_agrees),
        cmocka_unit_test(variance_ratio_agrees),
        cmocka_unit_test(slope_agrees),
        cmocka_unit_test(regimes_have_their_own_exponents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
