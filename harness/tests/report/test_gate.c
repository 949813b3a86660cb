/* Protects: a gate side by side fails for what is slower by more than is allowed in the launches
 * that chose and in the fresh ones that confirm, and for nothing else. Everything is held against
 * the cost model the samples were made from. */
#include "gate_support.h"

#include "report/gate_text.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

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
    static const double allowed[] = {0.05, 0.20};
    zcb_gate_request request = {.base = "cp311", .head = "cp313", .allowed = allowed};
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

static void a_variant_that_is_not_there_is_refused(void **state)
{
    (void)state;
    static const double factors[] = {1.0, 1.0};
    static const double allowed[] = {0.05};
    subject s;
    fabrication same = two_variants(1, factors);
    fabricate(&same, &s.recorded);
    subject_finish(&s);
    zcb_gate_request unknown = {.base = "cp311", .head = "cp399", .allowed = allowed};
    zcb_gate_request equal = {.base = "cp311", .head = "cp311", .allowed = allowed};
    refused_request(&s, &unknown, ZCB_EXIT_USAGE, "no variant 'cp399'; it has cp311, cp313");
    refused_request(&s, &equal, ZCB_EXIT_USAGE, "both 'cp311'");
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
