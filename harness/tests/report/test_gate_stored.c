/* Protects: a gate by an accepted baseline fails for slower code and not for the machine of another
 * day, and refuses what can't be compared. Everything is held against the cost model the samples
 * were made from. */
#include "gate_support.h"

#include "report/baseline_of_run.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static zcb_baseline baseline_of(const subject *s)
{
    zcb_baseline baseline;
    size_t left_out;
    zcb_error error;
    assert_int_equal(
        zcb_baseline_of_run(&s->analysis, &s->figures, &baseline, &left_out, &error), 0);
    return baseline;
}

/* A run of another day: another seed, machine `speed` times as slow in all arms. */
static void another_day(subject *s, const double factors[2], double speed, uint32_t launches)
{
    fabrication other = two_variants(1, factors);
    other.seed++;
    other.launches = launches;
    other.launch_sd = 0.05;
    fabricate(&other, &s->recorded);
    for (size_t i = 0; i < s->recorded.samples.count; i++) {
        zcb_sample *sample = &s->recorded.samples.rows[i];
        sample->elapsed_ns = (uint64_t)((double)sample->elapsed_ns * speed);
    }
}

static void another_speed_of_the_machine_passes_a_baseline(void **state)
{
    (void)state;
    static const double factors[] = {1.0, 1.0};
    subject before, now;
    another_day(&before, factors, 1.0, 10);
    subject_finish(&before);
    zcb_baseline baseline = baseline_of(&before);
    assert_int_equal(baseline.figure_count, 2 * 2 * 7); /* variants, arms, sizes */
    assert_int_equal(baseline.breakeven_count, 2);
    another_day(&now, factors, 1.7, 12);
    subject_finish(&now);
    zcb_gate gate = judged(&now, &baseline);
    assert_int_equal(gate.exit_code, ZCB_EXIT_OK);
    assert_int_equal(gate.figure_count, 2 * 2 * 7 + 2);
    assert_int_equal(gate.not_measured + gate.not_stored, 0);
    zcb_gate_clear(&gate);
    zcb_baseline_clear(&baseline);
    subject_clear(&now);
    subject_clear(&before);
}

/* Twice as slow: every view of it, and the break-even, from 300 B to 1200 B. */
static void views_that_take_twice_as_long_fail_a_baseline(void **state)
{
    (void)state;
    static const double factors[] = {1.0, 1.0}, slower[] = {1.0, 2.0};
    subject before, now;
    another_day(&before, factors, 1.0, 10);
    subject_finish(&before);
    zcb_baseline baseline = baseline_of(&before);
    another_day(&now, slower, 1.3, 20);
    mark_confirm(&now.recorded, 10, 10);
    subject_finish(&now);
    zcb_gate gate = judged(&now, &baseline);
    assert_int_equal(gate.exit_code, ZCB_EXIT_REGRESSION);
    assert_int_equal(gate.outcome_count[ZCB_GATE_REGRESSION], 7 + 1);
    for (size_t i = 0; i < gate.figure_count; i++) {
        const zcb_gate_figure *figure = &gate.figures[i];
        const char *python = zcb_cells_at(now.recorded.cells, figure->cell)->python;
        int is_bad = strcmp(python, "cp313") == 0 && strcmp(figure->arm, "view") == 0;
        assert_int_equal(figure->outcome, is_bad ? ZCB_GATE_REGRESSION : ZCB_GATE_OK);
        assert_true(figure->scale != ZCB_GATE_BREAKEVEN ||
                    (figure->tested_bytes > 540 && figure->tested_bytes < 660));
    }
    zcb_gate_clear(&gate);
    zcb_baseline_clear(&baseline);
    subject_clear(&now);
    subject_clear(&before);
}

/* Copies at 4 KiB move bytes: they are held against memcpy, views against the call path. */
static void the_divisor_follows_what_the_arm_does(void **state)
{
    (void)state;
    subject s;
    fabrication one = small_fabrication();
    one.size_min = one.size_max = 65536;
    fabricate(&one, &s.recorded);
    subject_finish(&s);
    zcb_baseline baseline = baseline_of(&s);
    assert_int_equal(baseline.figure_count, 2);
    assert_string_equal(baseline.figures[0].arm, "copy");
    assert_string_equal(baseline.figures[0].divisor, "limit");
    assert_true(fabs(baseline.figures[0].ratio - 6613.6 / 5466.3) < 0.03);
    assert_string_equal(baseline.figures[1].arm, "view");
    assert_string_equal(baseline.figures[1].divisor, "null");
    assert_true(fabs(baseline.figures[1].ratio - 90.0 / 20.0) < 0.1);
    zcb_baseline_clear(&baseline);
    subject_clear(&s);
}

/* Beside a slow arm null has few iterations: its visits of 0.5 µs are the clock's. */
static void a_null_below_the_clock_divides_nothing(void **state)
{
    (void)state;
    for (uint64_t visit_ns = 500; visit_ns <= 50000; visit_ns *= 100) {
        subject s;
        fabrication one = small_fabrication();
        one.size_min = one.size_max = 1024;
        fabricate(&one, &s.recorded);
        s.recorded.run.calibrations = calloc(1, sizeof *s.recorded.run.calibrations);
        assert_non_null(s.recorded.run.calibrations);
        s.recorded.run.calibrations[0] = (zcb_calibration){
            .cell = 0, .arm_count = 1, .arms = {"null"}, .visit_ns = {visit_ns}};
        s.recorded.run.calibration_count = 1;
        subject_finish(&s);
        zcb_baseline baseline = baseline_of(&s);
        const zcb_baseline_figure *view = &baseline.figures[1];
        assert_string_equal(view->arm, "view");
        assert_string_equal(view->divisor, visit_ns < 22000 ? "limit" : "null");
        zcb_baseline_clear(&baseline);
        subject_clear(&s);
    }
}

static void another_machine_or_build_can_not_be_compared(void **state)
{
    (void)state;
    static const double factors[] = {1.0, 1.0};
    subject s;
    another_day(&s, factors, 1.0, 10);
    subject_finish(&s);
    zcb_baseline baseline = baseline_of(&s);
    static const double allowed[] = {ZCB_GATE_ALLOWED_STORED};
    zcb_gate_request request = {.baseline = &baseline, .allowed = allowed};
    zcb_gate gate;
    zcb_error error;
    set_text(&s.recorded.run.machine.cpu_model, "Another CPU");
    refused_request(&s, &request, ZCB_EXIT_NOTHING,
                    "CPU model 'Fabricated CPU' against 'Another CPU'");
    request.ignored = 1; /* the first part */
    assert_int_equal(zcb_gate_make(&s.analysis, &s.figures, &request, &gate, &error), 0);
    zcb_gate_clear(&gate);
    set_text(&s.recorded.run.variants[1].version, "3.13.1");
    refused_request(&s, &request, ZCB_EXIT_NOTHING, "build of Python '3.11.7");
    set_text(&baseline.variants[0].name, "other");
    set_text(&baseline.variants[1].name, "another");
    refused_request(&s, &request, ZCB_EXIT_NOTHING, "no variant of this run");
    zcb_baseline_clear(&baseline);
    subject_clear(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_speed_of_the_machine_passes_a_baseline),
        cmocka_unit_test(views_that_take_twice_as_long_fail_a_baseline),
        cmocka_unit_test(the_divisor_follows_what_the_arm_does),
        cmocka_unit_test(a_null_below_the_clock_divides_nothing),
        cmocka_unit_test(another_machine_or_build_can_not_be_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
