/* Guards the pairing: only visits of the same launch and block meet, whatever is missing. */
#include "check.h"

#include "stats/blocks.h"

static zcb_visit at(uint32_t launch, uint32_t block, double ns)
{
    return (zcb_visit){launch, block, 0, ns};
}

static void visits_are_sorted_by_launch_then_block(void **state)
{
    (void)state;
    zcb_visit rows[] = {at(2, 0, 1), at(0, 3, 2), at(0, 1, 3), at(2, 10, 4), at(2, 9, 5)};
    zcb_visits_sort(rows, COUNT_OF(rows));
    const double expected[] = {3, 2, 1, 5, 4};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        check_near(rows[i].ns_per_op, expected[i], 0.0, i);
    }
}

/* The twin of a large cell: visited in every fourth block, and not at all in launch 1. */
static void sparse_arms_meet_where_both_were(void **state)
{
    (void)state;
    zcb_visit copy[24], twin[4];
    for (uint32_t i = 0; i < 24; i++) {
        copy[i] = at(i / 8, i % 8, 100.0 * (i + 1));
    }
    const uint32_t places[] = {0, 4, 16, 20};
    for (uint32_t i = 0; i < 4; i++) {
        twin[i] = at(places[i] / 8, places[i] % 8, 100.0 * (places[i] + 1) * exp(i + 1.0));
    }
    zcb_clusters out;
    zcb_visits top = {twin, 4}, bottom = {copy, 24};
    assert_int_equal(zcb_block_log_ratios(top, bottom, &out), 0);
    assert_int_equal(out.count, 2);
    assert_int_equal(out.launches[0], 0);
    assert_int_equal(out.launches[1], 2);
    assert_int_equal(out.starts[1], 2);
    assert_int_equal(out.starts[2], 4);
    assert_int_equal(out.skipped, 0);
    for (size_t i = 0; i < 4; i++) {
        check_near(out.values[i], (double)i + 1.0, 1e-13, i);
    }
    double medians[2];
    assert_int_equal(zcb_cluster_medians(&out, medians), 0);
    check_near(medians[0], 1.5, 1e-13, 0);
    check_near(medians[1], 3.5, 1e-13, 1);
    check_near(out.values[0], 1.0, 1e-13, 2); /* medians leave the blocks in their order */
    zcb_clusters_clear(&out);
    assert_null(out.values);
}

static void a_launch_that_ends_in_an_unpaired_block(void **state)
{
    (void)state;
    zcb_visit a[] = {at(0, 0, 2), at(0, 1, 2), at(1, 0, 4)};
    zcb_visit b[] = {at(0, 1, 1), at(1, 1, 1), at(2, 0, 1)};
    zcb_clusters out;
    assert_int_equal(zcb_block_log_ratios((zcb_visits){a, 3}, (zcb_visits){b, 3}, &out), 0);
    assert_int_equal(out.count, 1);
    assert_int_equal(out.starts[1], 1);
    check_near(out.values[0], log(2.0), 1e-14, 0);
    zcb_clusters_clear(&out);
}

static void unusable_times_are_skipped_and_counted(void **state)
{
    (void)state;
    zcb_visit a[] = {at(0, 0, 0), at(0, 1, INFINITY), at(0, 2, NAN), at(0, 3, -1),
                     at(1, 0, 1e308)};
    zcb_visit b[] = {at(0, 0, 1), at(0, 1, 1), at(0, 2, 1), at(0, 3, 1), at(1, 0, 1e-308)};
    zcb_clusters out;
    assert_int_equal(zcb_block_log_ratios((zcb_visits){a, 5}, (zcb_visits){b, 5}, &out), 0);
    assert_int_equal(out.count, 1);
    assert_int_equal(out.launches[0], 1);
    assert_int_equal(out.skipped, 4);
    check_near(out.values[0], 616.0 * log(10.0), 1e-12, 0);
    zcb_clusters_clear(&out);
}

static void nothing_gives_nothing(void **state)
{
    (void)state;
    zcb_clusters out;
    zcb_visits none = {NULL, 0};
    assert_int_equal(zcb_block_log_ratios(none, none, &out), 0);
    assert_int_equal(out.count, 0);
    assert_int_equal(zcb_cluster_medians(&out, NULL), 0);
    zcb_clusters_clear(&out);
    zcb_launch_times times;
    assert_int_equal(zcb_launch_times_join(&none, 1, &times), 0);
    assert_int_equal(times.count, 0);
    zcb_launch_times_clear(&times);
}

static void log_times_are_grouped_by_launch(void **state)
{
    (void)state;
    zcb_visit rows[] = {at(3, 0, 1), at(3, 1, exp(1.0)), at(5, 0, exp(2.0))};
    zcb_clusters out;
    assert_int_equal(zcb_block_log_times((zcb_visits){rows, 3}, &out), 0);
    assert_int_equal(out.count, 2);
    assert_int_equal(out.launches[1], 5);
    check_near(out.values[1], 1.0, 1e-14, 0);
    check_near(out.values[2], 2.0, 1e-14, 1);
    zcb_clusters_clear(&out);
}

/* Launch 0: blocks 1 and 2 in common, block 1 unusable for the third arm; launch 1: one of
 * three. */
static void joined_medians_come_from_common_blocks(void **state)
{
    (void)state;
    zcb_visit a[] = {at(0, 0, 900), at(0, 1, 800), at(0, 2, 10), at(1, 0, 20), at(1, 1, 30)};
    zcb_visit b[] = {at(0, 1, 1), at(0, 2, 2), at(1, 0, 3), at(1, 1, 4), at(1, 2, 5)};
    zcb_visit c[] = {at(0, 1, 0), at(0, 2, 7), at(1, 0, 8), at(1, 1, 9), at(2, 0, 1)};
    const zcb_visits arms[] = {{a, 5}, {b, 5}, {c, 5}};
    zcb_launch_times out;
    assert_int_equal(zcb_launch_times_join(arms, 3, &out), 0);
    assert_int_equal(out.count, 2);
    assert_int_equal(out.launches[1], 1);
    const double expected[3][2] = {{10, 25}, {2, 3.5}, {7, 8.5}};
    for (size_t arm = 0; arm < 3; arm++) {
        check_near(out.medians[arm][0], expected[arm][0], 0.0, arm);
        check_near(out.medians[arm][1], expected[arm][1], 0.0, arm);
    }
    assert_null(out.medians[3]);
    zcb_launch_times_clear(&out);
    zcb_launch_times_clear(&out); /* clearing twice is harmless */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(visits_are_sorted_by_launch_then_block),
        cmocka_unit_test(sparse_arms_meet_where_both_were),
        cmocka_unit_test(a_launch_that_ends_in_an_unpaired_block),
        cmocka_unit_test(unusable_times_are_skipped_and_counted),
        cmocka_unit_test(nothing_gives_nothing),
        cmocka_unit_test(log_times_are_grouped_by_launch),
        cmocka_unit_test(joined_medians_come_from_common_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
