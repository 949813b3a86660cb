/* Guards shares and ratios of spreads. */
#include "check.h"

#include "golden_samples.h"
#include "stats/proportion.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wilson_agrees),
        cmocka_unit_test(clopper_pearson_agrees),
        cmocka_unit_test(variance_ratio_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
