/* Time: what is left is right once something was measured, a budget is kept, progress fits its
 * line. */
#include "driver/budget.h"
#include "driver/estimate.h"
#include "driver/progress.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define MIB (UINT64_C(1) << 20)

static void slow_cells_take_fewer_blocks(void **state)
{
    (void)state;
    assert_int_equal(zcb_blocks_for(20, 1e6), 20);
    assert_int_equal(zcb_blocks_for(20, 2e6), 20);
    assert_int_equal(zcb_blocks_for(20, 4e6), 10);
    assert_int_equal(zcb_blocks_for(20, 1e9), 5);
    assert_int_equal(zcb_blocks_for(3, 1e9), 3);
    assert_int_equal(zcb_blocks_for(20, NAN), 20);
}

static void twin_and_limit_are_sparse_from_the_size_on(void **state)
{
    (void)state;
    const zcb_plan plan = {.sparse_from_bytes = MIB, .sparse_every = 4};
    assert_int_equal(zcb_visits_of(&plan, "twin", MIB - 1, 10), 10);
    assert_int_equal(zcb_visits_of(&plan, "twin", MIB, 10), 3);
    assert_int_equal(zcb_visits_of(&plan, "limit", MIB, 8), 2);
    assert_int_equal(zcb_visits_of(&plan, "copy", MIB, 10), 10);
    assert_int_equal(zcb_visits_of(&plan, "view:x", MIB, 10), 10);
}

static void counts_tell_what_a_cell_takes(void **state)
{
    (void)state;
    const zcb_plan plan = {.sparse_from_bytes = MIB, .sparse_every = 4};
    const zcb_calibration c = {.blocks = 8,
                               .arm_count = 3,
                               .arms = {"copy", "twin", "null"},
                               .visit_ns = {1000000, 1000000, 10000}};
    assert_true(fabs(zcb_expect_cell_s(&c, 64, &plan) - (0.01608 + ZCB_OVERHEAD_CELL_S)) <
                1e-9);
    assert_true(fabs(zcb_expect_cell_s(&c, MIB, &plan) - (0.01008 + ZCB_OVERHEAD_CELL_S)) <
                1e-9);
}

static void guesses_grow_with_size_and_kind(void **state)
{
    (void)state;
    const zcb_plan plan = {
        .blocks = 20, .visit_ns = 500000, .sparse_from_bytes = MIB, .sparse_every = 4};
    const zcb_planned_pair z = {.kind = ZCB_KIND_Z, .alternative_count = 1};
    const zcb_planned_pair q = {.kind = ZCB_KIND_Q, .alternative_count = 1};
    assert_true(zcb_guess_cell_s(&z, 64, &plan) > 0.03);
    assert_true(zcb_guess_cell_s(&z, 64, &plan) < 0.08);
    assert_true(zcb_guess_cell_s(&z, 64 * MIB, &plan) > zcb_guess_cell_s(&z, MIB, &plan));
    assert_true(zcb_guess_cell_s(&q, MIB, &plan) > 2 * zcb_guess_cell_s(&z, MIB, &plan));
}

static void what_is_left_follows_what_was_measured(void **state)
{
    (void)state;
    zcb_eta eta = {0};
    assert_int_equal(zcb_eta_grow(&eta, 3, NULL), 0);
    for (size_t cell = 0; cell < 3; cell++) {
        zcb_eta_expect(&eta, cell, 0.1);
    }
    assert_true(fabs(zcb_eta_cell_s(&eta, 2) - 0.1) < 1e-12);
    zcb_eta_measured(&eta, 0, 0.2);
    zcb_eta_measured(&eta, 0, 0.4);
    assert_true(fabs(zcb_eta_cell_s(&eta, 0) - 0.3) < 1e-12); /* its own mean */
    assert_true(fabs(zcb_eta_cell_s(&eta, 2) - 0.3) <
                1e-12); /* as much dearer as the others were */
    zcb_eta_measured(&eta, 1, 0.1);
    assert_true(fabs(zcb_eta_cell_s(&eta, 1) - 0.1) < 1e-12);
    assert_true(fabs(zcb_eta_cell_s(&eta, 2) - 0.1 * 0.7 / 0.3) < 1e-12);
    zcb_eta_clear(&eta);
}

static void a_budget_buys_whole_launches(void **state)
{
    (void)state;
    const zcb_cost cost = {10, 5};
    assert_int_equal(zcb_budget_launches(&cost, 9), 0);
    assert_int_equal(zcb_budget_launches(&cost, 14.9), 0);
    assert_int_equal(zcb_budget_launches(&cost, 15), 1);
    assert_int_equal(zcb_budget_launches(&cost, 60), 10);
    assert_int_equal(zcb_budget_launches(&cost, 1e9), ZCB_BUDGET_LAUNCHES_MAX);
}

static void a_budget_takes_the_most_thorough_step_that_fits(void **state)
{
    (void)state;
    const zcb_budget_step steps[] = {{{20, 10}, 10}, {{10, 4}, 6}, {{5, 1}, 6}};
    uint32_t launches = 0;
    assert_int_equal(zcb_budget_choose(steps, 3, 300, &launches), 0);
    assert_int_equal(launches, 28);
    assert_int_equal(zcb_budget_choose(steps, 3, 80, &launches),
                     0); /* six launches of ten will do */
    assert_int_equal(launches, 6);
    assert_int_equal(zcb_budget_choose(steps, 3, 79, &launches), 1);
    assert_int_equal(launches, 17);
}

static void a_small_budget_takes_a_lighter_step(void **state)
{
    (void)state;
    const zcb_budget_step steps[] = {{{20, 10}, 10}, {{10, 4}, 6}, {{5, 1}, 6}};
    uint32_t launches = 0;
    assert_int_equal(zcb_budget_choose(steps, 3, 40, &launches), 1);
    assert_int_equal(launches, 7);
    assert_int_equal(zcb_budget_choose(steps, 3, 12, &launches), 2);
    assert_int_equal(launches, 7);
    assert_int_equal(zcb_budget_choose(steps, 3, 1, &launches),
                     2); /* nothing fits: the lightest */
    assert_int_equal(launches, 1);
}

static void progress_fits_its_line(void **state)
{
    (void)state;
    char text[512];
    zcb_progress_text("bytes_slice python 64 KiB  cp311, launch 4/10", 62, 121, 120, text,
                      sizeof text);
    assert_string_equal(
        text, "[#####-----------] 34 %  bytes_slice python 64 KiB  cp311, launch 4/10   "
              "1:02 elapsed, about 2:01 left");
    zcb_progress_text("bytes_slice python 64 KiB  cp311, launch 4/10", 62, 121, 60, text,
                      sizeof text);
    assert_true(strlen(text) < 60);
    assert_non_null(strstr(text, "about 2:01 left"));
    zcb_progress_text("x finished", 0, 0, 0, text, sizeof text);
    assert_non_null(strstr(text, "x finished"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slow_cells_take_fewer_blocks),
        cmocka_unit_test(twin_and_limit_are_sparse_from_the_size_on),
        cmocka_unit_test(counts_tell_what_a_cell_takes),
        cmocka_unit_test(guesses_grow_with_size_and_kind),
        cmocka_unit_test(what_is_left_follows_what_was_measured),
        cmocka_unit_test(a_budget_buys_whole_launches),
        cmocka_unit_test(a_budget_takes_the_most_thorough_step_that_fits),
        cmocka_unit_test(a_small_budget_takes_a_lighter_step),
        cmocka_unit_test(progress_fits_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
