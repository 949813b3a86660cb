/* Protects: the way from samples to figures. Everything is held against the cost model the
 * samples were made from. */
#include "fabricate.h"

#include "report/analysis.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static zcb_recorded run; /* the usual run, made once: tests only read it */
static zcb_analysis found;

static int set_up(void **state)
{
    (void)state;
    zcb_error error;
    fabricate(usual_fabrication(), &run);
    return zcb_analyse(&run, &found, &error);
}

static int tear_down(void **state)
{
    (void)state;
    zcb_analysis_clear(&found);
    zcb_recorded_clear(&run);
    return 0;
}

static const zcb_cell *cell_of(const zcb_analysis *analysis, uint32_t cell)
{
    return zcb_cells_at(analysis->recorded->cells, cell);
}

static const fabricated_pair *pair_named(const char *name, zcb_lane lane)
{
    const fabrication *usual = usual_fabrication();
    for (size_t i = 0; i < usual->pair_count; i++) {
        if (strcmp(usual->pairs[i].name, name) == 0 && usual->pairs[i].lane == lane) {
            return &usual->pairs[i];
        }
    }
    fail_msg("no pair %s", name);
    return NULL;
}

static const zcb_series *series_of(const char *python, const char *pair, zcb_lane lane,
                                   const char *arm)
{
    for (size_t i = 0; i < found.series_count; i++) {
        const zcb_series *series = &found.series[i];
        const zcb_cell *cell = cell_of(&found, found.results[series->result_first].cell);
        if (strcmp(cell->python, python) == 0 && strcmp(cell->pair, pair) == 0 &&
            cell->lane == lane && strcmp(series->arm, arm) == 0) {
            return series;
        }
    }
    fail_msg("no series %s %s %s", python, pair, arm);
    return NULL;
}

/* Intervals are 95 % ones: of so many, a few may miss, most must hold the truth. */
static void gross_intervals_hold_the_truth(void **state)
{
    (void)state;
    size_t held = 0;
    for (size_t i = 0; i < found.speedup_count; i++) {
        const zcb_speedup_row *row = &found.speedup[i];
        const zcb_cell *cell = cell_of(&found, row->cell);
        const fabricated_pair *pair = pair_named(cell->pair, cell->lane);
        size_t a = strcmp(row->arm, pair->alternatives[0]) == 0 ? 0 : 1;
        double truth =
            cost_at(&pair->copy, cell->size_bytes) / cost_at(&pair->views[a], cell->size_bytes);
        assert_true(fabs(row->gross / truth - 1.0) < 0.05);
        assert_true(row->gross_lo <= row->gross && row->gross <= row->gross_hi);
        held += row->gross_lo <= truth && truth <= row->gross_hi ? 1 : 0;
    }
    assert_int_equal(found.speedup_count, 2 * 17 * 8);
    assert_true((double)held >= 0.88 * (double)found.speedup_count);
}

static void net_takes_the_call_away(void **state)
{
    (void)state;
    const zcb_series *series = series_of("cp311", "bytes_slice", ZCB_LANE_PYTHON, "view");
    const zcb_speedup_row *row = zcb_analysis_speedup_at(&found, series, 4096);
    double truth = (60.0 + 409.6 - 20.0) / (90.0 - 20.0);
    assert_true(fabs(row->net / truth - 1.0) < 0.05);
    assert_true(row->net_lo < truth && truth < row->net_hi);
    assert_true(fabs(row->limit_ratio / ((60.0 + 409.6) / (5.0 + 4096.0 / 12.0)) - 1.0) < 0.05);
    assert_true(fabs(row->twin - 1.0) < 0.02);
}

static void summary_gives_times_per_operation(void **state)
{
    (void)state;
    const zcb_cell wanted = {.python = "cp313",
                             .pair = "bytes_slice",
                             .lane = ZCB_LANE_PYTHON,
                             .size_bytes = 1048576};
    int64_t cell = zcb_cells_find(run.cells, &wanted);
    const zcb_cell_result *result = NULL;
    for (size_t i = 0; i < found.result_count; i++) {
        result = found.results[i].cell == (uint32_t)cell ? &found.results[i] : result;
    }
    assert_non_null(result);
    static const char *const order[] = {"copy", "view", "null", "twin", "limit"};
    assert_int_equal(result->summary_count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(found.summary[result->summary_first + i].arm, order[i]);
    }
    const zcb_summary_row *copy = zcb_analysis_summary(&found, result, "copy");
    const zcb_summary_row *twin = zcb_analysis_summary(&found, result, "twin");
    assert_true(fabs(copy->median_ns / (60.0 + 104857.6) - 1.0) < 0.06);
    assert_true(copy->ci_lo_ns < copy->median_ns && copy->median_ns < copy->ci_hi_ns);
    assert_true(copy->min_ns < copy->median_ns && copy->median_ns < copy->p99_ns);
    assert_int_equal(copy->launches, 10);
    assert_int_equal(copy->samples, 200);
    assert_int_equal(twin->samples, 50); /* every fourth block only, from 1 MiB on */
    assert_true(copy->faults_per_op == 1.0);
    assert_null(zcb_analysis_summary(&found, result, "view:none"));
}

static void breakeven_is_found_within_its_interval(void **state)
{
    (void)state;
    static const char *const variants[] = {"cp311", "cp313"};
    for (size_t v = 0; v < 2; v++) {
        const zcb_series *series =
            series_of(variants[v], "bytes_slice", ZCB_LANE_PYTHON, "view");
        assert_int_equal(series->breakeven_count, 1);
        const zcb_breakeven_row *row = &found.breakeven[series->breakeven_first];
        assert_string_equal(row->status, "crossed");
        /* Between two sizes the ratio bends: interpolation in ln n is off by a little itself.
         */
        assert_true(fabs(row->bytes / USUAL_BREAKEVEN_BYTES - 1.0) < 0.10);
        assert_true(row->ci_lo < row->bytes && row->bytes < row->ci_hi);
        assert_true(row->ci_lo < 1.05 * USUAL_BREAKEVEN_BYTES &&
                    row->ci_hi > 0.95 * USUAL_BREAKEVEN_BYTES);
    }
}

static void censored_series_say_what_they_are(void **state)
{
    (void)state;
    static const struct {
        const char *pair, *status;
    } cases[] = {
        {"never_pays", "never"}, {"always_pays", "always"}, {"there_and_back", "multiple"}};
    for (size_t i = 0; i < 3; i++) {
        const zcb_series *series = series_of("cp311", cases[i].pair, ZCB_LANE_PYTHON, "view");
        const zcb_breakeven_row *row = &found.breakeven[series->breakeven_first];
        assert_string_equal(row->status, cases[i].status);
        assert_true(i == 2 || isnan(row->bytes));
    }
    const zcb_series *series = series_of("cp311", "there_and_back", ZCB_LANE_PYTHON, "view");
    assert_int_equal(series->breakeven_count, 2);
    const zcb_breakeven_row *back = &found.breakeven[series->breakeven_first + 1];
    assert_true(back->bytes >= 65536 && back->bytes <= 131072);
}

static void refused_and_failed_cells_give_no_figures(void **state)
{
    (void)state;
    const zcb_series *refused = series_of("cp311", "refused_pair", ZCB_LANE_CAPI, "view");
    assert_int_equal(refused->breakeven_count, 0);
    assert_null(zcb_analysis_speedup_at(&found, refused, 1048576));
    assert_int_equal(found.controls.status_count[ZCB_STATUS_REFUSED], 2 * 17);
    assert_int_equal(found.controls.status_count[ZCB_STATUS_FAILED], 2 * 17);
    assert_int_equal(found.controls.cell_count, 2 * 17 * 9);
    assert_string_equal(found.results[refused->result_first].reason, HOSTILE_REASON);
}

static void controls_tell_twin_limit_and_share(void **state)
{
    (void)state;
    const zcb_controls *controls = &found.controls;
    assert_true(controls->twin.lo < 1.0 && controls->twin.hi > 1.0);
    assert_true(fabs(controls->twin.estimate - 1.0) < 0.005);
    assert_int_equal(controls->twin_cells, 2 * 17 * 7);
    /* Z pairs at 1 MiB: bytes_slice in both lanes, always_pays, the hostile one; copies of 0.1
     * ns a byte. */
    assert_int_equal(controls->limit_bytes, 1048576);
    assert_int_equal(controls->limit_cells, 2 * 4);
    assert_true(fabs(controls->limit.estimate - (1.0 / 12.0) / 0.1) < 0.03);
    assert_true(controls->timed_share == 0.88);
}

static void quiet_cells_are_not_noisy(void **state)
{
    (void)state;
    assert_int_equal(found.controls.status_count[ZCB_STATUS_NOISY], 0);
}

/* A cell measured again after an interruption: of two rows of one visit the later counts,
 * wherever the launches stand in the file. */
static void the_later_of_two_equal_visits_counts(void **state)
{
    (void)state;
    zcb_recorded recorded;
    zcb_analysis once, twice;
    fabrication plain = small_fabrication();
    fabricate(&plain, &recorded);
    assert_int_equal(zcb_analyse(&recorded, &once, NULL), 0);
    size_t count = recorded.samples.count;
    for (size_t i = 0; i < count; i++) {
        zcb_sample copy = recorded.samples.rows[i];
        recorded.samples.rows[i].elapsed_ns *= 7;
        if (strcmp(copy.arm, ZCB_ARM_VIEW) == 0) {
            recorded.samples.rows[i].elapsed_ns *= 3;
        }
        assert_int_equal(zcb_samples_push(&recorded.samples, &copy, NULL), 0);
    }
    assert_int_equal(zcb_analyse(&recorded, &twice, NULL), 0);
    assert_int_equal(once.summary_count, twice.summary_count);
    for (size_t i = 0; i < once.summary_count; i++) {
        assert_true(once.summary[i].median_ns == twice.summary[i].median_ns);
        assert_int_equal(once.summary[i].samples, twice.summary[i].samples);
    }
    assert_true(once.speedup[0].gross == twice.speedup[0].gross);
    zcb_analysis_clear(&once);
    zcb_analysis_clear(&twice);
    zcb_recorded_clear(&recorded);
}

static void rows_in_any_order_give_the_same_figures(void **state)
{
    (void)state;
    zcb_recorded recorded;
    zcb_analysis straight, turned;
    fabrication plain = small_fabrication();
    fabricate(&plain, &recorded);
    assert_int_equal(zcb_analyse(&recorded, &straight, NULL), 0);
    zcb_sample *rows = recorded.samples.rows;
    for (size_t i = 0, j = recorded.samples.count - 1; i < j; i++, j--) {
        zcb_sample kept = rows[i];
        rows[i] = rows[j];
        rows[j] = kept;
    }
    assert_int_equal(zcb_analyse(&recorded, &turned, NULL), 0);
    assert_int_equal(straight.speedup_count, turned.speedup_count);
    for (size_t i = 0; i < straight.speedup_count; i++) {
        assert_true(straight.speedup[i].gross == turned.speedup[i].gross);
        assert_true(straight.speedup[i].net_hi == turned.speedup[i].net_hi);
    }
    zcb_analysis_clear(&straight);
    zcb_analysis_clear(&turned);
    zcb_recorded_clear(&recorded);
}

static void an_empty_run_is_analysed(void **state)
{
    (void)state;
    zcb_recorded recorded = {.cells = zcb_cells_new()};
    zcb_analysis analysis;
    assert_int_equal(zcb_analyse(&recorded, &analysis, NULL), 0);
    assert_int_equal(analysis.result_count, 0);
    assert_int_equal(analysis.series_count, 0);
    assert_true(isnan(analysis.controls.timed_share));
    zcb_analysis_clear(&analysis);
    zcb_recorded_clear(&recorded);
}

static void too_many_arms_are_refused(void **state)
{
    (void)state;
    zcb_recorded recorded;
    zcb_analysis analysis;
    zcb_error error;
    fabrication plain = small_fabrication();
    fabricate(&plain, &recorded);
    for (char name = 'a'; name < 'a' + ZCB_ARMS_MAX; name++) {
        char arm[] = {'v', 'i', 'e', 'w', ':', name, '\0'};
        zcb_sample sample = recorded.samples.rows[0];
        sample.arm = zcb_cells_intern(recorded.cells, arm);
        assert_int_equal(zcb_samples_push(&recorded.samples, &sample, NULL), 0);
    }
    assert_int_equal(zcb_analyse(&recorded, &analysis, &error), -1);
    assert_int_equal(error.exit_code, ZCB_EXIT_USAGE);
    assert_null(analysis.results);
    zcb_recorded_clear(&recorded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gross_intervals_hold_the_truth),
        cmocka_unit_test(net_takes_the_call_away),
        cmocka_unit_test(summary_gives_times_per_operation),
        cmocka_unit_test(breakeven_is_found_within_its_interval),
        cmocka_unit_test(censored_series_say_what_they_are),
        cmocka_unit_test(refused_and_failed_cells_give_no_figures),
        cmocka_unit_test(controls_tell_twin_limit_and_share),
        cmocka_unit_test(quiet_cells_are_not_noisy),
        cmocka_unit_test(the_later_of_two_equal_visits_counts),
        cmocka_unit_test(rows_in_any_order_give_the_same_figures),
        cmocka_unit_test(an_empty_run_is_analysed),
        cmocka_unit_test(too_many_arms_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
