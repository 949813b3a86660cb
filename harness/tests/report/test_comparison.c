/* Protects: what is said of two variants, of one run and of two. Everything is held against the
 * cost model the samples were made from. */
#include "comparison_support.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void ratios_hold_the_truth(void **state)
{
    (void)state;
    subject subject;
    fabrication slower = slower_views();
    size_t held = 0, worse = 0, views = 0, wrong = 0;
    slower.launch_sd = 0.0; /* it is drawn for each variant by itself */
    subject_make(&slower, &subject);
    zcb_comparison found = compare(side_of(&subject, 0), side_of(&subject, 1), NULL);
    assert_true(found.is_paired);
    assert_true(found.row_count > 300);
    for (size_t i = 0; i < found.row_count; i++) {
        const zcb_comparison_row *row = &found.rows[i];
        double truth = truth_of(row, 1.1);
        int is_worse = row->verdict == ZCB_VERDICT_SLOWER;
        assert_int_equal(row->launches, 10);
        assert_true(fabs(row->ratio.estimate / truth - 1.0) < 0.03);
        assert_true(row->adjusted_p >= row->p);
        held += !zcb_interval_excludes(row->ratio, truth) ? 1 : 0;
        views += truth != 1.0 ? 1 : 0;
        worse += truth != 1.0 && is_worse ? 1 : 0;
        wrong += truth == 1.0 && (is_worse || row->verdict == ZCB_VERDICT_FASTER) ? 1 : 0;
    }
    assert_true((double)held > 0.9 * (double)found.row_count);
    assert_true((double)worse > 0.95 * (double)views);
    assert_int_equal(wrong, 0);
    zcb_comparison_clear(&found);
    subject_clear(&subject);
}

static const zcb_comparison_mean *mean_of(const zcb_comparison *comparison, zcb_figure figure,
                                          int is_copy)
{
    for (size_t i = 0; i < comparison->mean_count; i++) {
        const zcb_comparison_mean *mean = &comparison->means[i];
        if (mean->figure == figure && mean->is_copy == is_copy) {
            return mean;
        }
    }
    fail_msg("no mean of %s", zcb_figure_name(figure));
    return NULL;
}

static void means_are_over_all_cells(void **state)
{
    (void)state;
    subject subject;
    fabrication slower = slower_views();
    subject_make(&slower, &subject);
    zcb_comparison found = compare(side_of(&subject, 0), side_of(&subject, 1), NULL);
    const zcb_comparison_mean *copy = mean_of(&found, ZCB_FIGURE_TIME, 1),
                              *view = mean_of(&found, ZCB_FIGURE_TIME, 0),
                              *gain = mean_of(&found, ZCB_FIGURE_SPEEDUP, 0);
    assert_int_equal(copy->cells, 7 * 9); /* pairs that end well × sizes */
    assert_int_equal(view->cells, 8 * 9); /* one of them has two alternatives */
    assert_int_equal(view->launches, 10);
    assert_true(fabs(view->ratio.estimate - 1.1) < 0.03);
    assert_false(zcb_interval_excludes(view->ratio, 1.1));
    assert_int_equal(view->verdict, ZCB_VERDICT_SLOWER);
    assert_true(fabs(gain->ratio.estimate - 1.0 / 1.1) < 0.01);
    assert_string_equal(zcb_comparison_verdict_name(gain->figure, gain->verdict), "less");
    zcb_comparison_clear(&found);
    subject_clear(&subject);
}

/* Views of the third take 1.10 times as long and those of the second 1.21 times: 1.10 is left.
 */
static void a_change_can_be_taken_off(void **state)
{
    (void)state;
    static const char *const variants[] = {"old", "new", "bridge"};
    static const double factors[] = {1.0, 1.21, 1.1};
    subject subject;
    fabrication three = slower_views();
    three.variants = variants;
    three.variant_count = 3;
    three.view_factors = factors;
    three.pair_count = 1;
    three.launch_sd = 0.0;
    subject_make(&three, &subject);
    const zcb_side old = side_of(&subject, 0), bridge = side_of(&subject, 2);
    const zcb_comparison_options left = {.beyond_base = &old, .beyond_head = &bridge};
    zcb_comparison rest = compare(old, side_of(&subject, 1), &left);
    zcb_comparison direct = compare(bridge, side_of(&subject, 1), NULL);
    assert_int_equal(rest.row_count, direct.row_count);
    for (size_t i = 0; i < rest.row_count; i++) {
        assert_true(fabs(rest.rows[i].log.estimate - direct.rows[i].log.estimate) < 1e-12);
        assert_true(fabs(rest.rows[i].ratio.estimate / truth_of(&rest.rows[i], 1.1) - 1) < 0.1);
    }
    zcb_comparison_clear(&rest);
    zcb_comparison_clear(&direct);
    subject_clear(&subject);
}

static void series_are_over_their_sizes(void **state)
{
    (void)state;
    subject subject;
    fabrication slower = slower_views();
    size_t worse = 0, views = 0;
    subject_make(&slower, &subject);
    zcb_comparison found = compare(side_of(&subject, 0), side_of(&subject, 1), NULL);
    for (size_t i = 0; i < found.series_count; i++) {
        const zcb_comparison_mean *mean = &found.series[i];
        size_t rows = 0;
        for (size_t v = 0; v <= ZCB_VERDICT_UNCLEAR; v++) {
            rows += mean->verdicts[v];
        }
        assert_int_equal(mean->cells, 9);
        assert_int_equal(rows, 9);
        assert_true(mean->adjusted_p >= mean->p);
        views += mean->figure == ZCB_FIGURE_SPEEDUP ? 1 : 0;
        worse +=
            mean->figure == ZCB_FIGURE_SPEEDUP && mean->verdict == ZCB_VERDICT_SLOWER ? 1 : 0;
    }
    assert_int_equal(views, 8);
    assert_int_equal(worse, 8);
    assert_int_equal(found.series_count, 7 * 3 + 8 * 4); /* figures of copies and of views */
    zcb_comparison_clear(&found);
    subject_clear(&subject);
}

static void a_variant_is_the_same_as_itself(void **state)
{
    (void)state;
    subject subject;
    fabrication small = small_fabrication();
    subject_make(&small, &subject);
    zcb_comparison found = compare(side_of(&subject, 0), side_of(&subject, 0), NULL);
    assert_true(found.row_count > 0);
    for (size_t i = 0; i < found.row_count; i++) {
        const zcb_comparison_row *row = &found.rows[i];
        assert_true(row->ratio.estimate == 1.0 && row->ratio.lo == 1.0 && row->ratio.hi == 1.0);
        assert_int_equal(row->verdict, ZCB_VERDICT_SAME);
        assert_true(row->adjusted_p == 1.0);
    }
    for (size_t i = 0; i < found.mean_count; i++) {
        assert_true(found.means[i].ratio.estimate == 1.0);
        assert_int_equal(found.means[i].verdict, ZCB_VERDICT_SAME);
    }
    zcb_comparison_clear(&found);
    subject_clear(&subject);
}

/* Drops the samples of one launch of one variant. */
static void lose_launch(zcb_recorded *recorded, const char *python, uint32_t launch)
{
    size_t kept = 0;
    for (size_t i = 0; i < recorded->samples.count; i++) {
        zcb_sample sample = recorded->samples.rows[i];
        const zcb_cell *cell = zcb_cells_at(recorded->cells, sample.cell);
        if (sample.launch != launch || strcmp(cell->python, python) != 0) {
            recorded->samples.rows[kept++] = sample;
        }
    }
    recorded->samples.count = kept;
}

static void only_launches_of_both_count(void **state)
{
    (void)state;
    subject subject;
    fabrication slower = slower_views();
    slower.pair_count = 1;
    fabricate(&slower, &subject.recorded);
    lose_launch(&subject.recorded, "cp311", 0);
    lose_launch(&subject.recorded, "cp313", 7);
    subject_finish(&subject);
    const zcb_comparison_options late = {.launch_first = 5}, early = {.launch_end = 5};
    const zcb_comparison_options *const choices[] = {NULL, &late, &early};
    const size_t launches[] = {8, 4, 4};
    for (size_t c = 0; c < 3; c++) {
        zcb_comparison found = compare(side_of(&subject, 0), side_of(&subject, 1), choices[c]);
        assert_true(found.row_count > 0);
        for (size_t i = 0; i < found.row_count; i++) {
            assert_int_equal(found.rows[i].launches, launches[c]);
        }
        zcb_comparison_clear(&found);
    }
    subject_clear(&subject);
}

/* What both sides share launch by launch is gone from the interval. */
static void pairing_removes_what_launches_share(void **state)
{
    (void)state;
    subject subject;
    fabrication quiet = small_fabrication();
    static const char *const variants[] = {"base", "head"};
    quiet.variants = variants;
    quiet.variant_count = 2;
    quiet.launch_sd = 0.0;
    fabricate(&quiet, &subject.recorded);
    for (size_t i = 0; i < subject.recorded.samples.count; i++) {
        zcb_sample *sample = &subject.recorded.samples.rows[i];
        sample->elapsed_ns += sample->elapsed_ns * sample->launch / 5; /* up to 2.8 times */
    }
    subject_finish(&subject);
    zcb_comparison found = compare(side_of(&subject, 0), side_of(&subject, 1), NULL);
    for (size_t i = 0; i < found.row_count; i++) {
        const zcb_comparison_row *row = &found.rows[i];
        assert_true(row->ratio.hi / row->ratio.lo < 1.05);
        assert_true(row->figure != ZCB_FIGURE_TIME || row->base.hi / row->base.lo > 1.3);
    }
    zcb_comparison_clear(&found);
    subject_clear(&subject);
}

static void cells_that_can_not_be_compared_are_counted(void **state)
{
    (void)state;
    subject one, other;
    fabrication more = *usual_fabrication(), fewer = *usual_fabrication();
    more.size_max = fewer.size_max = 256; /* 3 sizes */
    fewer.pair_count = 1;
    subject_make(&more, &one);
    subject_make(&fewer, &other);
    zcb_comparison inside = compare(side_of(&one, 0), side_of(&one, 1), NULL),
                   between = compare(side_of(&one, 0), side_of(&other, 0), NULL),
                   back = compare(side_of(&other, 0), side_of(&one, 0), NULL);
    assert_int_equal(inside.unusable, 2 * 3); /* refused and failed */
    assert_int_equal(inside.base_only + inside.head_only, 0);
    assert_int_equal(between.base_only, 8 * 3);
    assert_int_equal(between.head_only, 0);
    assert_int_equal(back.head_only, 8 * 3);
    assert_int_equal(back.base_only, 0);
    zcb_comparison_clear(&inside);
    zcb_comparison_clear(&between);
    zcb_comparison_clear(&back);
    subject_clear(&one);
    subject_clear(&other);
}

/* Between two runs: no times unless asked for, a change within the margin is none, one that is
 * twofold is. */
static void stored_runs_are_held_apart_widely(void **state)
{
    (void)state;
    static const double factors[] = {1.0, 2.0};
    subject one, other;
    fabrication slower = slower_views();
    size_t same = 0, worse = 0;
    slower.view_factors = factors;
    slower.pair_count = 1;
    subject_make(&slower, &one);
    slower.seed++;
    slower.launches = 7;
    subject_make(&slower, &other);
    zcb_comparison still = compare(side_of(&one, 0), side_of(&other, 0), NULL),
                   moved = compare(side_of(&one, 0), side_of(&other, 1), NULL);
    assert_false(still.is_paired);
    assert_int_equal(still.row_count, moved.row_count);
    for (size_t i = 0; i < still.row_count; i++) {
        assert_int_not_equal(still.rows[i].figure, ZCB_FIGURE_TIME);
        assert_int_equal(still.rows[i].launches, 7);
        same += still.rows[i].verdict == ZCB_VERDICT_SAME ? 1 : 0;
        int is_copy = strcmp(moved.rows[i].arm, ZCB_ARM_COPY) == 0;
        worse += !is_copy && moved.rows[i].verdict == ZCB_VERDICT_SLOWER ? 1 : 0;
    }
    assert_int_equal(same, still.row_count);
    assert_int_equal(worse, 9 * 3); /* sizes × over limit, over null, speed-up */
    const zcb_comparison_options times = {.figures = 1u << ZCB_FIGURE_TIME};
    zcb_comparison asked = compare(side_of(&one, 0), side_of(&other, 0), &times);
    assert_int_equal(asked.row_count, 9 * 2);
    zcb_comparison_clear(&asked);
    zcb_comparison_clear(&still);
    zcb_comparison_clear(&moved);
    subject_clear(&one);
    subject_clear(&other);
}

static void no_cell_in_common_is_an_empty_answer(void **state)
{
    (void)state;
    subject one, other;
    fabrication first = small_fabrication(), second = small_fabrication();
    second.pairs = first.pairs + 2;
    subject_make(&first, &one);
    subject_make(&second, &other);
    zcb_comparison found = compare(side_of(&one, 0), side_of(&other, 0), NULL);
    assert_int_equal(found.row_count, 0);
    assert_int_equal(found.mean_count, 0);
    assert_int_equal(found.base_only, 5);
    assert_int_equal(found.head_only, 5);
    zcb_comparison_clear(&found);
    subject_clear(&one);
    subject_clear(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ratios_hold_the_truth),
        cmocka_unit_test(means_are_over_all_cells),
        cmocka_unit_test(a_change_can_be_taken_off),
        cmocka_unit_test(series_are_over_their_sizes),
        cmocka_unit_test(a_variant_is_the_same_as_itself),
        cmocka_unit_test(only_launches_of_both_count),
        cmocka_unit_test(pairing_removes_what_launches_share),
        cmocka_unit_test(cells_that_can_not_be_compared_are_counted),
        cmocka_unit_test(stored_runs_are_held_apart_widely),
        cmocka_unit_test(no_cell_in_common_is_an_empty_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
