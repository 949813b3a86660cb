/* What is measured next, and how much is missing: by widths alone. */
#include "driver/narrow.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void half_widths_are_of_the_ratio(void **state)
{
    (void)state;
    const zcb_interval interval = {0, log(0.98), log(1.02)};
    assert_true(fabs(zcb_half_width(interval) - (sqrt(1.02 / 0.98) - 1)) < 1e-12);
    assert_true(isinf(zcb_half_width((zcb_interval){0, NAN, NAN})));
}

static void launches_needed_follow_students_t(void **state)
{
    (void)state;
    /* t(0.975, 9) = 2.262: 0.02 × 2.262 / √10 = 0.0143; t(0.975, 17) = 2.110 and t(0.975, 16) =
     * 2.120: 18 launches are the first within 1 % */
    assert_int_equal(zcb_launches_needed(0.02, 10, 0.0145), 0);
    assert_int_equal(zcb_launches_needed(0.02, 10, expm1(0.00996)), 8);
    assert_int_equal(zcb_launches_needed(0, 2, 0.01), 0);
    assert_int_equal(zcb_launches_needed(NAN, 1, 0.01), UINT32_MAX);
    assert_int_equal(zcb_launches_needed(100, 10, 0.01), UINT32_MAX);
}

static void needing_less_when_asking_for_less(void **state)
{
    (void)state;
    uint32_t last = UINT32_MAX;
    for (double target = 0.001; target < 0.5; target *= 1.3) {
        uint32_t needed = zcb_launches_needed(0.05, 6, target);
        assert_true(needed <= last);
        last = needed;
    }
    assert_int_equal(last, 0);
}

static void without_a_budget_all_that_is_wide_is_chosen(void **state)
{
    (void)state;
    const double widths[] = {0.01, 0.03, 0, INFINITY}, costs[] = {1, 1, 1, 100};
    unsigned char chosen[4];
    assert_int_equal(zcb_narrow_choose(widths, costs, 4, 0.02, INFINITY, INFINITY, chosen), 2);
    assert_true(!chosen[0] && chosen[1] && !chosen[2] && chosen[3]);
    assert_int_equal(zcb_narrow_choose(widths, costs, 3, 0.05, INFINITY, INFINITY, chosen), 0);
}

static void a_slice_goes_to_the_widest(void **state)
{
    (void)state;
    const double widths[] = {0.1, 0.5, 0.3, 0.2}, costs[] = {1, 4, 2, 1};
    unsigned char chosen[4];
    assert_int_equal(zcb_narrow_choose(widths, costs, 4, 0, 5, 100, chosen), 2);
    assert_true(!chosen[0] && chosen[1] && !chosen[2] && chosen[3]); /* 0.3 no longer fits */
    assert_int_equal(zcb_narrow_choose(widths, costs, 4, 0, 1, 100, chosen), 1);
    assert_true(chosen[1]); /* dearer than the slice: alone */
    assert_int_equal(zcb_narrow_choose(widths, costs, 4, 0, 5, 3, chosen), 2);
    assert_true(!chosen[0] && !chosen[1] && chosen[2] && chosen[3]); /* not in what is left */
    assert_int_equal(zcb_narrow_choose(widths, costs, 4, 0, 5, 0.5, chosen), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_widths_are_of_the_ratio),
        cmocka_unit_test(launches_needed_follow_students_t),
        cmocka_unit_test(needing_less_when_asking_for_less),
        cmocka_unit_test(without_a_budget_all_that_is_wide_is_chosen),
        cmocka_unit_test(a_slice_goes_to_the_widest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
