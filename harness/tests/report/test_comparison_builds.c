/* Protects: what differs between two builds is named beside what it may have changed, and taken
 * apart where a numpy bridges them. */
#include "comparison_support.h"

#include "report/builds.h"
#include "report/comparison_set.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void unlike_builds_are_named_where_they_touch(void **state)
{
    (void)state;
    subject subject;
    fabrication slower = slower_views();
    slower.pair_count = 2;
    slower.size_max = 64;
    fabricate(&slower, &subject.recorded);
    zcb_run *run = &subject.recorded.run;
    run->variants[1].pgo = 1;
    set_text(&run->variants[0].numpy, "1.24.4");
    set_text(&run->variants[1].numpy, "2.2.6");
    set_text(&run->pairs[1].requires, "numpy");
    subject_finish(&subject);
    zcb_comparison found = compare(side_of(&subject, 0), side_of(&subject, 1), NULL);
    char text[256];
    for (size_t i = 0; i < found.row_count; i++) {
        const zcb_cell *cell = zcb_cells_at(subject.recorded.cells, found.rows[i].base_cell);
        zcb_build_words(found.rows[i].differences, text, sizeof text);
        assert_string_equal(text, cell->lane == ZCB_LANE_CAPI ? "PGO, numpy" : "PGO");
    }
    zcb_build_sentence(&run->variants[0], &run->variants[1], found.differences, text,
                       sizeof text);
    assert_string_equal(text, "PGO (no, yes), numpy (1.24.4, 2.2.6)");
    size_t with = 0, without = 0;
    for (size_t i = 0; i < found.mean_count; i++) {
        with += found.means[i].with_numpy == 1 ? 1 : 0;
        without += found.means[i].with_numpy == 0 ? 1 : 0;
        assert_int_equal(found.means[i].cells, 1);
    }
    assert_true(with > 0 && with == without && with + without == found.mean_count);
    zcb_comparison_clear(&found);
    subject_clear(&subject);
}

/* old and new differ in Python and numpy; bridge is new's Python with old's numpy. Views take 1.1
 * times as long by Python and 1.1 times again by numpy. */
static void a_change_is_split_where_a_numpy_bridges(void **state)
{
    (void)state;
    static const char *const variants[] = {"old", "new", "bridge"};
    static const char *const versions[] = {"3.8.1", "3.13.0", "3.13.0"}, *const numpys[] = {
                                                                             "1.24.4", "2.2.6",
                                                                             "1.24.4"};
    static const double factors[] = {1.0, 1.21, 1.1};
    subject subject;
    fabrication three = slower_views();
    zcb_comparison_set set = {0};
    zcb_error error;
    three.variants = variants;
    three.variant_count = 3;
    three.view_factors = factors;
    three.pair_count = 2;
    three.launch_sd = 0.0;
    fabricate(&three, &subject.recorded);
    for (size_t v = 0; v < 3; v++) {
        set_text(&subject.recorded.run.variants[v].version, versions[v]);
        set_text(&subject.recorded.run.variants[v].numpy, numpys[v]);
    }
    set_text(&subject.recorded.run.pairs[1].requires, "numpy");
    subject_finish(&subject);
    const zcb_side base = side_of(&subject, 0);
    for (size_t v = 1; v < 3; v++) {
        const zcb_side head = side_of(&subject, v);
        assert_int_equal(zcb_comparison_set_add(&set, &base, &head, NULL, &error), 0);
    }
    zcb_comparison_set_drop_bridges(&set);
    assert_int_equal(set.count, 1);
    const zcb_compared *item = &set.items[0];
    assert_true(item->has_bridge && item->bridge[0] == 0 && item->bridge[1] == 2);
    for (int share = ZCB_SHARE_PYTHON; share < ZCB_SHARE_COUNT; share++) {
        const zcb_comparison *part = &item->shares[share];
        assert_int_equal(part->series_count, 3 + 4); /* the numpy pair's copy and view */
        for (size_t i = 0; i < part->row_count; i++) {
            double truth = truth_of(&part->rows[i], 1.1);
            assert_true(fabs(part->rows[i].ratio.estimate / truth - 1.0) < 0.03);
        }
    }
    zcb_comparison_set_clear(&set);
    subject_clear(&subject);
}

static void fingerprints_name_the_difference(void **state)
{
    (void)state;
    subject subject;
    fabrication small = small_fabrication();
    fabricate(&small, &subject.recorded);
    zcb_run *run = &subject.recorded.run;
    zcb_fingerprint here, there;
    char text[600] = "";
    zcb_fingerprint_make(run, &run->variants[0], &here);
    assert_true(zcb_fingerprint_matches(&here, &here, text, sizeof text));
    set_text(&run->variants[0].numpy, "2.2.6");
    zcb_fingerprint_make(run, &run->variants[0], &there);
    assert_true(zcb_fingerprint_matches(&here, &there, text, sizeof text));
    set_text(&run->variants[0].config_args, "'--enable-optimizations'");
    zcb_fingerprint_make(run, &run->variants[0], &there);
    assert_false(zcb_fingerprint_matches(&here, &there, text, sizeof text));
    assert_non_null(strstr(text, "build of Python"));
    set_text(&run->machine.cpu_model, "Another CPU");
    zcb_fingerprint_make(run, &run->variants[0], &there);
    assert_false(zcb_fingerprint_matches(&here, &there, text, sizeof text));
    assert_string_equal(text, "CPU model 'Fabricated CPU' against 'Another CPU'");
    zcb_recorded_clear(&subject.recorded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unlike_builds_are_named_where_they_touch),
        cmocka_unit_test(a_change_is_split_where_a_numpy_bridges),
        cmocka_unit_test(fingerprints_name_the_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
