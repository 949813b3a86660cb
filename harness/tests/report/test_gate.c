/* Protects: a gate fails for what is slower by more than is allowed in the launches that chose
 * and in the fresh ones that confirm, and for nothing else. Everything is held against the cost
 * model the samples were made from. */
#include "fabricate.h"

#include "report/baseline_of_run.h"
#include "report/gate.h"
#include "report/gate_text.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A run made ready to be judged. */
typedef struct subject {
    zcb_recorded recorded;
    zcb_analysis analysis;
    zcb_launch_figures figures;
    double allowed[16];
} subject;

static void subject_finish(subject *s)
{
    zcb_error error;
    assert_int_equal(zcb_analyse(&s->recorded, &s->analysis, &error), 0);
    assert_int_equal(zcb_launch_figures_make(&s->recorded, &s->figures, &error), 0);
}

static void subject_clear(subject *s)
{
    zcb_launch_figures_clear(&s->figures);
    zcb_analysis_clear(&s->analysis);
    zcb_recorded_clear(&s->recorded);
}

/* The first `pairs` pairs of the usual run on two variants, sizes 64 B to 4 KiB; views of the
 * second take `factor` times as long. */
static fabrication two_variants(size_t pairs, const double factors[2])
{
    fabrication made = *usual_fabrication();
    made.view_factors = factors;
    made.pair_count = pairs;
    made.size_max = 4096;
    made.launches = 12;
    made.launch_sd = 0.0; /* it is drawn for each variant by itself */
    made.arm_sd = 0.003;  /* no twin is off by 1 % */
    return made;
}

/* Launches from `first` on are of phase confirm. */
static void mark_confirm(zcb_recorded *recorded, uint32_t first, uint32_t count)
{
    recorded->launches = calloc(count, sizeof *recorded->launches);
    assert_non_null(recorded->launches);
    for (uint32_t i = 0; i < count; i++) {
        recorded->launches[i].launch = first + i;
        snprintf(recorded->launches[i].phase, sizeof recorded->launches[i].phase, "confirm");
        recorded->launch_count++;
    }
}

/* Views of cp313 below `until` take `times` as long as they did. */
static void slow_down(zcb_recorded *recorded, const char *arm, uint32_t from, uint32_t until,
                      double times)
{
    for (size_t i = 0; i < recorded->samples.count; i++) {
        zcb_sample *sample = &recorded->samples.rows[i];
        const zcb_cell *cell = zcb_cells_at(recorded->cells, sample->cell);
        if (strcmp(cell->python, "cp313") == 0 && strcmp(sample->arm, arm) == 0 &&
            sample->launch >= from && sample->launch < until) {
            sample->elapsed_ns = (uint64_t)((double)sample->elapsed_ns * times);
        }
    }
}

static zcb_gate judged(subject *s, const zcb_baseline *baseline)
{
    zcb_gate gate;
    zcb_error error = {0};
    for (size_t i = 0; i < 16; i++) {
        s->allowed[i] = baseline != NULL ? ZCB_GATE_ALLOWED_STORED : ZCB_GATE_ALLOWED_SIDE;
    }
    zcb_gate_request request = {.base = baseline == NULL ? "cp311" : NULL,
                                .head = baseline == NULL ? "cp313" : NULL,
                                .baseline = baseline,
                                .allowed = s->allowed};
    if (zcb_gate_make(&s->analysis, &s->figures, &request, &gate, &error) != 0) {
        fail_msg("%s", error.text);
    }
    return gate;
}

static void unchanged_code_passes(void **state)
{
    (void)state;
    static const double factors[] = {1.0, 1.0};
    subject s;
    char text[ZCB_GATE_TEXT_MAX];
    fabrication same = two_variants(1, factors);
    fabricate(&same, &s.recorded);
    subject_finish(&s);
    zcb_gate gate = judged(&s, NULL);
    assert_int_equal(gate.exit_code, ZCB_EXIT_OK);
    assert_int_equal(gate.figure_count, 2 * 7);
    assert_int_equal(gate.outcome_count[ZCB_GATE_OK], 2 * 7);
    assert_int_equal(gate.blunt_count, 0);
    assert_string_equal(zcb_gate_sentence(&gate, text, sizeof text),
                        "none of 14 figures is worse by more than is allowed");
    zcb_gate_clear(&gate);
    subject_clear(&s);
}

/* Slower by a tenth in all launches: waits for fresh ones, then fails; the copies do not. */
static void slower_views_wait_for_fresh_launches_and_fail(void **state)
{
    (void)state;
    static const double factors[] = {1.0, 1.1};
    for (int has_fresh = 0; has_fresh <= 1; has_fresh++) {
        subject s;
        fabrication slower = two_variants(1, factors);
        fabricate(&slower, &s.recorded);
        if (has_fresh) {
            mark_confirm(&s.recorded, 6, 6);
        }
        subject_finish(&s);
        zcb_gate gate = judged(&s, NULL);
        assert_int_equal(gate.exit_code,
                         has_fresh ? ZCB_EXIT_REGRESSION : ZCB_EXIT_INCONCLUSIVE);
        for (size_t i = 0; i < gate.figure_count; i++) {
            const zcb_gate_figure *figure = &gate.figures[i];
            int is_view = strcmp(figure->arm, "view") == 0;
            zcb_gate_outcome bad = has_fresh ? ZCB_GATE_REGRESSION : ZCB_GATE_EXCEEDED;
            assert_int_equal(figure->outcome, is_view ? bad : ZCB_GATE_OK);
            assert_true(!is_view || fabs(figure->first.change.log.estimate - log(1.1)) < 0.02);
            assert_int_equal(figure->has_confirm, is_view && has_fresh);
            assert_int_equal(zcb_gate_launches_wanted(figure), has_fresh ? 6 : 12);
        }
        zcb_gate_clear(&gate);
        subject_clear(&s);
    }
}

/* Slower only while it was chosen: chance. */
static void what_fresh_launches_do_not_show_is_refuted(void **state)
{
    (void)state;
    static const double factors[] = {1.0, 1.0};
    subject s;
    fabrication same = two_variants(1, factors);
    fabricate(&same, &s.recorded);
    slow_down(&s.recorded, "view", 0, 6, 1.2);
    mark_confirm(&s.recorded, 6, 6);
    subject_finish(&s);
    zcb_gate gate = judged(&s, NULL);
    assert_int_equal(gate.exit_code, ZCB_EXIT_OK);
    assert_int_equal(gate.outcome_count[ZCB_GATE_REFUTED], 7);
    zcb_gate_clear(&gate);
    subject_clear(&s);
}

/* Five fresh launches of the six that are wanted. */
static void too_few_fresh_launches_confirm_nothing(void **state)
{
    (void)state;
    static const double factors[] = {1.0, 1.2};
    subject s;
    fabrication slower = two_variants(1, factors);
    slower.launches = 11;
    fabricate(&slower, &s.recorded);
    mark_confirm(&s.recorded, 6, 5);
    subject_finish(&s);
    zcb_gate gate = judged(&s, NULL);
    assert_int_equal(gate.exit_code, ZCB_EXIT_INCONCLUSIVE);
    assert_int_equal(gate.outcome_count[ZCB_GATE_EXCEEDED], 7);
    zcb_gate_clear(&gate);
    subject_clear(&s);
}

/* The copy is slower than the same copy once more: the instrument is off, not the code. */
static void an_unclean_twin_is_no_regression(void **state)
{
    (void)state;
    static const double factors[] = {1.0, 1.0};
    subject s;
    fabrication same = two_variants(1, factors);
    fabricate(&same, &s.recorded);
    slow_down(&s.recorded, "copy", 0, 12, 1.2);
    mark_confirm(&s.recorded, 6, 6);
    subject_finish(&s);
    zcb_gate gate = judged(&s, NULL);
    assert_int_equal(gate.exit_code, ZCB_EXIT_INCONCLUSIVE);
    assert_int_equal(gate.outcome_count[ZCB_GATE_NOISY], 7);
    assert_int_equal(gate.outcome_count[ZCB_GATE_REGRESSION], 0);
    zcb_gate_clear(&gate);
    subject_clear(&s);
}

static void what_is_allowed_is_allowed(void **state)
{
    (void)state;
    static const double factors[] = {1.0, 1.1};
    subject s;
    zcb_error error;
    zcb_gate gate;
    fabrication slower = two_variants(2, factors);
    fabricate(&slower, &s.recorded);
    mark_confirm(&s.recorded, 6, 6);
    subject_finish(&s);
    s.allowed[0] = 0.05;
    s.allowed[1] = 0.20;
    zcb_gate_request request = {.base = "cp311", .head = "cp313", .allowed = s.allowed};
    assert_int_equal(zcb_gate_make(&s.analysis, &s.figures, &request, &gate, &error), 0);
    for (size_t i = 0; i < gate.figure_count; i++) {
        int is_first =
            zcb_cells_at(s.recorded.cells, gate.figures[i].cell)->lane == ZCB_LANE_PYTHON;
        int is_bad = is_first && strcmp(gate.figures[i].arm, "view") == 0;
        assert_int_equal(gate.figures[i].outcome, is_bad ? ZCB_GATE_REGRESSION : ZCB_GATE_OK);
    }
    zcb_gate_clear(&gate);
    subject_clear(&s);
}

/* Gives all cells of a pair on cp313 a status and takes their samples. */
static void lose(zcb_recorded *recorded, zcb_status status)
{
    size_t kept = 0;
    for (size_t i = 0; i < recorded->samples.count; i++) {
        zcb_sample sample = recorded->samples.rows[i];
        if (strcmp(zcb_cells_at(recorded->cells, sample.cell)->python, "cp313") != 0) {
            recorded->samples.rows[kept++] = sample;
        }
    }
    recorded->samples.count = kept;
    for (size_t i = 0; i < recorded->cell_row_count; i++) {
        zcb_cell_row *row = &recorded->cell_rows[i];
        if (strcmp(zcb_cells_at(recorded->cells, row->cell)->python, "cp313") == 0) {
            row->status = status;
            snprintf(row->reason, sizeof row->reason, "the view copies");
        }
    }
}

/* A view that copies is refused by the proof: what a gate of zero-copy code is for. */
static void a_refused_cell_is_a_regression_a_failed_one_says_nothing(void **state)
{
    (void)state;
    static const double factors[] = {1.0, 1.0};
    static const struct {
        zcb_status status;
        zcb_exit exit_code;
    } cases[] = {{ZCB_STATUS_REFUSED, ZCB_EXIT_REGRESSION},
                 {ZCB_STATUS_FAILED, ZCB_EXIT_INCONCLUSIVE}};
    for (size_t c = 0; c < 2; c++) {
        subject s;
        fabrication same = two_variants(1, factors);
        fabricate(&same, &s.recorded);
        lose(&s.recorded, cases[c].status);
        subject_finish(&s);
        zcb_gate gate = judged(&s, NULL);
        assert_int_equal(gate.exit_code, cases[c].exit_code);
        assert_int_equal(gate.lost_count, 7);
        assert_string_equal(gate.lost[0].reason, "the view copies");
        zcb_gate_clear(&gate);
        subject_clear(&s);
    }
}

static void hopeless_noise_is_inconclusive(void **state)
{
    (void)state;
    static const double factors[] = {1.0, 1.0};
    subject s;
    fabrication noisy = two_variants(1, factors);
    noisy.arm_sd = 0.4;
    fabricate(&noisy, &s.recorded);
    subject_finish(&s);
    zcb_gate gate = judged(&s, NULL);
    assert_int_equal(gate.exit_code, ZCB_EXIT_INCONCLUSIVE);
    assert_true(gate.blunt_count > 7);
    zcb_gate_clear(&gate);
    subject_clear(&s);
}

static void refused_request(const subject *s, const zcb_gate_request *request, zcb_exit code,
                            const char *part)
{
    zcb_gate gate;
    zcb_error error = {0};
    assert_int_equal(zcb_gate_make(&s->analysis, &s->figures, request, &gate, &error), -1);
    assert_int_equal(error.exit_code, code);
    if (strstr(error.text, part) == NULL) {
        fail_msg("'%s' does not hold '%s'", error.text, part);
    }
    assert_null(gate.figures);
}

static void a_variant_that_is_not_there_is_refused(void **state)
{
    (void)state;
    static const double factors[] = {1.0, 1.0};
    subject s = {.allowed = {0.05}};
    fabrication same = two_variants(1, factors);
    fabricate(&same, &s.recorded);
    subject_finish(&s);
    zcb_gate_request unknown = {.base = "cp311", .head = "cp399", .allowed = s.allowed};
    zcb_gate_request equal = {.base = "cp311", .head = "cp311", .allowed = s.allowed};
    refused_request(&s, &unknown, ZCB_EXIT_USAGE, "no variant 'cp399'; it has cp311, cp313");
    refused_request(&s, &equal, ZCB_EXIT_USAGE, "both 'cp311'");
    subject_clear(&s);
}

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

static void set_text(char **field, const char *text)
{
    free(*field);
    *field = strdup(text);
    assert_non_null(*field);
}

static void another_machine_or_build_can_not_be_compared(void **state)
{
    (void)state;
    static const double factors[] = {1.0, 1.0};
    subject s;
    another_day(&s, factors, 1.0, 10);
    subject_finish(&s);
    zcb_baseline baseline = baseline_of(&s);
    zcb_gate_request request = {.baseline = &baseline, .allowed = s.allowed};
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
        cmocka_unit_test(unchanged_code_passes),
        cmocka_unit_test(slower_views_wait_for_fresh_launches_and_fail),
        cmocka_unit_test(what_fresh_launches_do_not_show_is_refuted),
        cmocka_unit_test(too_few_fresh_launches_confirm_nothing),
        cmocka_unit_test(an_unclean_twin_is_no_regression),
        cmocka_unit_test(what_is_allowed_is_allowed),
        cmocka_unit_test(a_refused_cell_is_a_regression_a_failed_one_says_nothing),
        cmocka_unit_test(hopeless_noise_is_inconclusive),
        cmocka_unit_test(a_variant_that_is_not_there_is_refused),
        cmocka_unit_test(another_speed_of_the_machine_passes_a_baseline),
        cmocka_unit_test(views_that_take_twice_as_long_fail_a_baseline),
        cmocka_unit_test(the_divisor_follows_what_the_arm_does),
        cmocka_unit_test(a_null_below_the_clock_divides_nothing),
        cmocka_unit_test(another_machine_or_build_can_not_be_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
