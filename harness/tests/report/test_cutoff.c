/* Protects: the constant a library pastes: round, inside its interval, on the right side; and
 * words where there is none. */
#include "fabricate.h"

#include "report/cutoff.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void constants_are_round_and_inside_the_interval(void **state)
{
    (void)state;
    assert_int_equal(zcb_cutoff_round(1500, 1408, 1664), 1536);
    assert_int_equal(zcb_cutoff_round(800, 790, 810), 800);
    assert_int_equal(zcb_cutoff_round(512, 512, 512), 512);
    assert_int_equal(zcb_cutoff_round(4000, 100, 100000), 4096);
    assert_int_equal(zcb_cutoff_round(777, 776.6, 777.4), 777);
    assert_int_equal(zcb_cutoff_round(1e6, NAN, NAN), 1 << 20);
}

static void a_wide_interval_moves_the_constant_no_farther_than_a_tenth(void **state)
{
    (void)state;
    for (double estimate = 20; estimate < 1e9; estimate *= 1.37) {
        double constant = (double)zcb_cutoff_round(estimate, 1, 1e12);
        assert_true(constant <= estimate * 1.1 && constant >= estimate / 1.1);
    }
}

static void without_a_whole_number_inside_the_next_one_counts(void **state)
{
    (void)state;
    assert_int_equal(zcb_cutoff_round(512.5, 512.4, 512.6), 513);
    assert_int_equal(zcb_cutoff_round(0.2, 0.1, 0.3), 1);
}

/* The cut-off of the first series of `name` in the python lane. */
static zcb_cutoff cutoff_of(const zcb_analysis *analysis, const char *name)
{
    zcb_cutoff cutoff;
    for (size_t i = 0; i < analysis->series_count; i++) {
        zcb_cutoff_make(analysis, &analysis->series[i], &cutoff);
        if (strcmp(cutoff.cell->pair, name) == 0) {
            return cutoff;
        }
    }
    fail_msg("no series of %s", name);
    return (zcb_cutoff){0};
}

static void every_status_has_its_rule_and_its_words(void **state)
{
    (void)state;
    zcb_recorded recorded;
    zcb_analysis analysis;
    size_t with_constant = 0;
    fabricate(usual_fabrication(), &recorded);
    assert_int_equal(zcb_analyse(&recorded, &analysis, NULL), 0);
    for (size_t i = 0; i < analysis.series_count; i++) {
        zcb_cutoff c;
        zcb_cutoff_make(&analysis, &analysis.series[i], &c);
        int is_number = c.rule == ZCB_CUTOFF_COPY_BELOW || c.rule == ZCB_CUTOFF_COPY_ABOVE;
        with_constant += (size_t)is_number;
        assert_true(c.sentence[0] != '\0');
        assert_int_equal(is_number, c.bytes > 0);
        assert_int_equal(strcmp(c.status, "always") == 0, c.rule == ZCB_CUTOFF_SHARE);
        assert_int_equal(strcmp(c.status, "never") == 0, c.rule == ZCB_CUTOFF_COPY);
        if (is_number && isfinite(c.lo) && c.hi - c.lo > 1) {
            assert_true((double)c.bytes >= c.lo && (double)c.bytes <= c.hi);
        }
    }
    assert_true(with_constant > 0);
    zcb_cutoff crossed = cutoff_of(&analysis, "bytes_slice");
    assert_int_equal(crossed.rule, ZCB_CUTOFF_COPY_BELOW);
    assert_true(fabs((double)crossed.bytes / USUAL_BREAKEVEN_BYTES - 1) < 0.1);
    zcb_analysis_clear(&analysis);
    zcb_recorded_clear(&recorded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(constants_are_round_and_inside_the_interval),
        cmocka_unit_test(a_wide_interval_moves_the_constant_no_farther_than_a_tenth),
        cmocka_unit_test(without_a_whole_number_inside_the_next_one_counts),
        cmocka_unit_test(every_status_has_its_rule_and_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
