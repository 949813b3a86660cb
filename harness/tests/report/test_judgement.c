/* Protects: the words that are put on a cell: what makes it noisy, what is flagged, how an
 * alternative stands to copy. Each fault is built into a run that is otherwise quiet. */
#include "fabricate.h"

#include "report/analysis.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void scattered_launches_make_a_cell_noisy(void **state)
{
    (void)state;
    zcb_recorded recorded;
    zcb_analysis analysis;
    fabrication scattered = small_fabrication();
    scattered.arm_sd = 0.4;
    fabricate(&scattered, &recorded);
    assert_int_equal(zcb_analyse(&recorded, &analysis, NULL), 0);
    assert_true(analysis.controls.status_count[ZCB_STATUS_NOISY] > 0);
    for (size_t i = 0; i < analysis.result_count; i++) {
        const zcb_cell_result *result = &analysis.results[i];
        const zcb_speedup_row *row = &analysis.speedup[result->speedup_first];
        int is_wide = sqrt(row->gross_hi / row->gross_lo) - 1.0 > 0.10;
        int is_noisy = result->status == ZCB_STATUS_NOISY;
        assert_int_equal(is_noisy, is_wide || strstr(result->flags, "twin") != NULL);
        assert_int_equal(is_wide, strstr(result->flags, "wide") != NULL);
        assert_int_equal(is_noisy, result->reason[0] != '\0');
        assert_int_equal(recorded.cell_rows[result->cell].status, ZCB_STATUS_OK);
    }
    zcb_analysis_clear(&analysis);
    zcb_recorded_clear(&recorded);
}

static void a_twin_that_differs_makes_a_cell_noisy(void **state)
{
    (void)state;
    zcb_recorded recorded;
    zcb_analysis analysis;
    fabrication crooked = small_fabrication();
    crooked.twin_factor = 1.05;
    fabricate(&crooked, &recorded);
    assert_int_equal(zcb_analyse(&recorded, &analysis, NULL), 0);
    assert_int_equal(analysis.controls.status_count[ZCB_STATUS_NOISY], analysis.result_count);
    assert_string_equal(analysis.results[0].flags, "twin");
    assert_true(analysis.controls.twin.lo > 1.03 && analysis.controls.twin.hi < 1.07);
    zcb_analysis_clear(&analysis);
    zcb_recorded_clear(&recorded);
}

/* The words that a crooked run puts on its cells; the caller gives the faults. */
static void assert_flags(const fabrication *crooked, zcb_status status, const char *flags)
{
    zcb_recorded recorded;
    zcb_analysis analysis;
    fabricate(crooked, &recorded);
    assert_int_equal(zcb_analyse(&recorded, &analysis, NULL), 0);
    for (size_t i = 0; i < analysis.result_count; i++) {
        assert_string_equal(analysis.results[i].flags, flags);
        assert_int_equal(analysis.results[i].status, status);
    }
    zcb_analysis_clear(&analysis);
    zcb_recorded_clear(&recorded);
}

/* Views that grow slower by 10 % within a launch; the same in all arms is no drift of a ratio.
 */
static void drift_within_launches_is_flagged(void **state)
{
    (void)state;
    fabrication crooked = small_fabrication();
    crooked.drift = 0.10;
    assert_flags(&crooked, ZCB_STATUS_OK, "drift");
    crooked.drift = -0.10;
    assert_flags(&crooked, ZCB_STATUS_OK, "drift");
    crooked.drift = 0.01; /* below the margin, however clearly seen */
    crooked.visit_sd = 0.001;
    assert_flags(&crooked, ZCB_STATUS_OK, "");
}

static void places_that_matter_are_flagged(void **state)
{
    (void)state;
    fabrication crooked = small_fabrication();
    crooked.place_cost = 0.02;
    assert_flags(&crooked, ZCB_STATUS_OK, "order");
    crooked.place_cost = -0.02;
    assert_flags(&crooked, ZCB_STATUS_OK, "order");
    crooked.place_cost = 0.002;
    crooked.visit_sd = 0.001;
    assert_flags(&crooked, ZCB_STATUS_OK, "");
}

static void several_faults_are_all_named(void **state)
{
    (void)state;
    fabrication crooked = small_fabrication();
    crooked.drift = 0.10;
    crooked.twin_factor = 1.05;
    crooked.launches = 2;
    crooked.arm_sd = crooked.visit_sd = 0.0001;
    assert_flags(&crooked, ZCB_STATUS_NOISY, "twin drift few_launches");
}

/* Both exclude 1; only the one outside the margin may be called faster or slower. */
static void same_comes_before_faster_and_slower(void **state)
{
    (void)state;
    static const struct {
        double view_factor, arm_sd;
        const char *verdict;
    } cases[] = {
        {1.0, 0.001, "same"},    {0.99, 0.001, "same"},   {1.01, 0.001, "same"},
        {0.96, 0.001, "faster"}, {1.04, 0.001, "slower"}, {0.985, 0.08, "unclear"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        zcb_recorded recorded;
        zcb_analysis analysis;
        fabrication made = small_fabrication();
        fabricated_pair pair = made.pairs[0];
        pair.views[0].fixed_ns = pair.copy.fixed_ns * cases[i].view_factor;
        pair.views[0].ns_per_byte = pair.copy.ns_per_byte * cases[i].view_factor;
        made.pairs = &pair;
        made.arm_sd = cases[i].arm_sd;
        made.seed = 3;
        fabricate(&made, &recorded);
        assert_int_equal(zcb_analyse(&recorded, &analysis, NULL), 0);
        const zcb_speedup_row *row = &analysis.speedup[0];
        assert_string_equal(row->verdict, cases[i].verdict);
        assert_true(i < 1 || i > 2 || row->gross_lo > 1.0 || row->gross_hi < 1.0);
        zcb_analysis_clear(&analysis);
        zcb_recorded_clear(&recorded);
    }
}

static void recorded_flags_stay_and_are_not_doubled(void **state)
{
    (void)state;
    zcb_recorded recorded;
    zcb_analysis analysis;
    fabrication crooked = small_fabrication();
    crooked.twin_factor = 1.05;
    fabricate(&crooked, &recorded);
    strcpy(recorded.cell_rows[0].flags, "calibration twin");
    recorded.cell_rows[1].status = ZCB_STATUS_FAILED;
    assert_int_equal(zcb_analyse(&recorded, &analysis, NULL), 0);
    assert_string_equal(analysis.results[0].flags, "calibration twin");
    assert_int_equal(analysis.results[1].status, ZCB_STATUS_FAILED);
    assert_int_equal(analysis.results[1].speedup_count, 0);
    assert_int_equal(analysis.results[1].summary_count, 5); /* its samples are not hidden */
    zcb_analysis_clear(&analysis);
    zcb_recorded_clear(&recorded);
}

static void one_launch_has_figures_without_intervals(void **state)
{
    (void)state;
    zcb_recorded recorded;
    zcb_analysis analysis;
    fabrication single = small_fabrication();
    single.launches = 1;
    fabricate(&single, &recorded);
    assert_int_equal(zcb_analyse(&recorded, &analysis, NULL), 0);
    assert_true(analysis.speedup[0].gross > 0.0 && isnan(analysis.speedup[0].gross_lo));
    assert_string_equal(analysis.speedup[0].verdict, "");
    assert_string_equal(analysis.results[0].flags, "few_launches");
    assert_string_equal(analysis.breakeven[0].status, "inconclusive");
    zcb_analysis_clear(&analysis);
    zcb_recorded_clear(&recorded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scattered_launches_make_a_cell_noisy),
        cmocka_unit_test(a_twin_that_differs_makes_a_cell_noisy),
        cmocka_unit_test(drift_within_launches_is_flagged),
        cmocka_unit_test(places_that_matter_are_flagged),
        cmocka_unit_test(several_faults_are_all_named),
        cmocka_unit_test(same_comes_before_faster_and_slower),
        cmocka_unit_test(recorded_flags_stay_and_are_not_doubled),
        cmocka_unit_test(one_launch_has_figures_without_intervals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
