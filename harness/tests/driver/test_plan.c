/* What a run measures: the chosen pairs, at the chosen sizes, in an order that follows from the
 * seed. */
#include "driver/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MIB (UINT64_C(1) << 20)

static char empty[] = "", core[] = "core";
static char names[4][24] = {"bytes_slice", "bytes_slice", "video_roi", "odd_pair"};
static char ids[4][4] = {"C1", "C1", "R1", "X1"};
static zcb_availability available[4] = {
    {1, empty, empty}, {1, empty, empty}, {1, empty, empty}, {1, empty, empty}};
static zcb_entry entries[4];
static zcb_catalogue catalogue;

static int set_up(void **state)
{
    (void)state;
    const zcb_lane lanes[4] = {ZCB_LANE_PYTHON, ZCB_LANE_CAPI, ZCB_LANE_PYTHON, ZCB_LANE_CAPI};
    const uint64_t lo[4] = {64, 64, 4096, 1000}, hi[4] = {64 * MIB, 64 * MIB, 16 * MIB, 1010};
    for (size_t i = 0; i < 4; i++) {
        entries[i] = (zcb_entry){.pair = {ids[i],
                                          names[i],
                                          core,
                                          empty,
                                          empty,
                                          empty,
                                          ZCB_KIND_Z,
                                          lanes[i],
                                          lo[i],
                                          hi[i],
                                          0,
                                          {0}},
                                 .availability = &available[i]};
    }
    catalogue = (zcb_catalogue){entries, 4, 1};
    return 0;
}

static zcb_texts words(char **items, size_t count)
{
    return (zcb_texts){items, count};
}

static void select_words(char **items, size_t count, const int lanes[ZCB_LANE_COUNT],
                         zcb_selection *out)
{
    zcb_texts list = words(items, count);
    zcb_error error = {0};
    assert_int_equal(zcb_selection_make(&catalogue, &list, lanes, out, &error), 0);
}

static void pairs_are_chosen_in_the_order_asked_for(void **state)
{
    (void)state;
    zcb_selection selection;
    const int any[ZCB_LANE_COUNT] = {0}, capi[ZCB_LANE_COUNT] = {0, 1};
    select_words((char *[]){"video_roi", "C1", "bytes_*"}, 3, any, &selection);
    assert_int_equal(selection.count, 3);
    assert_ptr_equal(selection.entries[0], &entries[2]);
    assert_ptr_equal(selection.entries[1], &entries[0]);
    assert_ptr_equal(selection.entries[2], &entries[1]);
    zcb_selection_clear(&selection);
    select_words((char *[]){"all"}, 1, capi, &selection);
    assert_int_equal(selection.count, 2);
    zcb_selection_clear(&selection);
}

static void without_words_the_standard_set_is_chosen(void **state)
{
    (void)state;
    zcb_selection selection;
    const int any[ZCB_LANE_COUNT] = {0};
    select_words(NULL, 0, any, &selection);
    assert_int_equal(selection.count,
                     3); /* both lanes of bytes_slice, video_roi; not odd_pair */
    zcb_selection_clear(&selection);
}

static void an_unknown_pair_is_told_with_the_nearest(void **state)
{
    (void)state;
    zcb_selection selection;
    zcb_error error = {0};
    const int any[ZCB_LANE_COUNT] = {0}, python[ZCB_LANE_COUNT] = {1, 0};
    zcb_texts list = words((char *[]){"bytes_slize"}, 1);
    assert_int_equal(zcb_selection_make(&catalogue, &list, any, &selection, &error), -1);
    assert_int_equal(error.exit_code, ZCB_EXIT_USAGE);
    assert_non_null(strstr(error.text, "nearest is bytes_slice"));
    list = words((char *[]){"odd_pair"}, 1);
    assert_int_equal(zcb_selection_make(&catalogue, &list, python, &selection, &error), -1);
    assert_int_equal(error.exit_code, ZCB_EXIT_USAGE);
    assert_null(selection.entries);
}

static size_t count_questions(const zcb_run_options *options, const char *profile, char *word)
{
    zcb_selection selection;
    zcb_questions questions;
    zcb_error error = {0};
    const int any[ZCB_LANE_COUNT] = {0};
    select_words(&word, 1, any, &selection);
    assert_int_equal(
        zcb_questions_make(&selection, options, zcb_profile_find(profile), &questions, &error),
        0);
    size_t count = questions.count;
    for (size_t i = 1; i < count; i++) {
        const zcb_question *before = &questions.items[i - 1], *at = &questions.items[i];
        assert_true(at->pair >= before->pair);
        assert_true(!zcb_questions_share_series(before, at) ||
                    at->size_bytes > before->size_bytes);
    }
    zcb_questions_clear(&questions);
    zcb_selection_clear(&selection);
    return count;
}

static void profiles_have_their_sizes(void **state)
{
    (void)state;
    const zcb_run_options none = {0};
    assert_int_equal(count_questions(&none, "quick", "bytes_slice"), 2 * 8);
    assert_int_equal(count_questions(&none, "standard", "bytes_slice"), 2 * 17);
    assert_int_equal(count_questions(&none, "rigorous", "bytes_slice"), 2 * 17);
    assert_int_equal(count_questions(&none, "full", "video_roi"),
                     13 + 4 * 4); /* 4 KiB … 16 MiB; a core pair has four more conditions */
    assert_int_equal(count_questions(&none, "standard", "video_roi"), 11); /* 4 KiB … 4 MiB */
    assert_int_equal(count_questions(&none, "standard", "odd_pair"), 1); /* its smallest size */
}

static void sizes_asked_for_stay_within_the_pair(void **state)
{
    (void)state;
    zcb_run_options options = {0};
    zcb_error error = {0};
    zcb_questions questions;
    zcb_selection selection;
    const int any[ZCB_LANE_COUNT] = {0};
    char *word = (char *)"video_roi";
    assert_int_equal(zcb_sizes_parse("64,4K,32M,8M", &options.sizes, NULL), 0);
    assert_int_equal(count_questions(&options, "standard", "video_roi"), 2);
    options.sizes.count = 0;
    assert_int_equal(zcb_sizes_parse("64", &options.sizes, NULL), 0);
    select_words(&word, 1, any, &selection);
    assert_int_equal(
        zcb_questions_make(&selection, &options, zcb_profile_find("quick"), &questions, &error),
        -1);
    assert_int_equal(error.exit_code, ZCB_EXIT_USAGE);
    assert_non_null(strstr(error.text, "4 KiB to 16 MiB"));
    zcb_selection_clear(&selection);
}

static zcb_factors factors_of(const char *heaps, const char *caches, const char *consumers)
{
    zcb_factors factors = {0};
    zcb_error error = {0};
    assert_int_equal(heaps == NULL ? 0 : zcb_factors_add_heaps(heaps, &factors, &error), 0);
    assert_int_equal(caches == NULL ? 0 : zcb_factors_add_caches(caches, &factors, &error), 0);
    assert_int_equal(
        consumers == NULL ? 0 : zcb_factors_add_consumers(consumers, &factors, &error), 0);
    return factors;
}

static void conditions_vary_one_at_a_time_from_the_base(void **state)
{
    (void)state;
    zcb_condition found[ZCB_CONDITIONS_MAX];
    zcb_factors factors = {0};
    assert_int_equal(zcb_conditions_list(&factors, found), 1);
    assert_true(zcb_condition_is_default(found[0]));
    factors = factors_of(NULL, NULL, "drop,read");
    assert_int_equal(zcb_conditions_list(&factors, found), 2);
    assert_true(zcb_condition_is_default(found[0]));
    assert_int_equal(found[1].consumer, ZCB_CONSUMER_READ);
    factors = factors_of("warm", "cold,hot", NULL); /* a single value is the base */
    assert_int_equal(zcb_conditions_list(&factors, found), 2);
    assert_int_equal(found[0].heap, ZCB_HEAP_WARM);
    assert_int_equal(found[0].cache, ZCB_CACHE_HOT);
    assert_int_equal(found[1].heap, ZCB_HEAP_WARM);
    assert_int_equal(found[1].cache, ZCB_CACHE_COLD);
    factors = zcb_factors_all();
    assert_int_equal(zcb_conditions_list(&factors, found), 5);
    for (size_t i = 1; i < 5; i++) {
        assert_int_equal((found[i].heap != ZCB_HEAP_DEFAULT) +
                             (found[i].cache != ZCB_CACHE_HOT) +
                             (found[i].consumer != ZCB_CONSUMER_DROP),
                         1);
    }
}

static void an_unknown_condition_is_told_with_the_nearest(void **state)
{
    (void)state;
    zcb_factors factors = {0};
    zcb_error error = {0};
    assert_int_equal(zcb_factors_add_heaps("fresh,wam", &factors, &error), -1);
    assert_int_equal(error.exit_code, ZCB_EXIT_USAGE);
    assert_string_equal(
        error.text, "unknown heap 'wam', nearest is warm; there are default, warm and fresh");
}

static void other_conditions_have_sizes_of_their_own(void **state)
{
    (void)state;
    zcb_run_options options = {.factors = factors_of(NULL, "hot,cold", NULL)};
    assert_int_equal(count_questions(&options, "standard", "bytes_slice"), 2 * (17 + 4));
    assert_int_equal(count_questions(&options, "standard", "odd_pair"), 1);
    options.factors = factors_of(NULL, "cold", NULL);
    assert_int_equal(count_questions(&options, "standard", "bytes_slice"), 2 * 4);
    assert_int_equal(zcb_sizes_parse("64,4K,1M", &options.sizes, NULL), 0);
    assert_int_equal(count_questions(&options, "standard", "bytes_slice"), 2 * 3);
}

static void a_budget_steps_down_but_never_to_all_sizes_unasked(void **state)
{
    (void)state;
    const zcb_profile *full = zcb_profile_find("full"), *quick = zcb_profile_find("quick");
    const zcb_profile *standard = zcb_profile_find("standard");
    assert_true(zcb_profile_is_step_of(standard, standard));
    assert_true(zcb_profile_is_step_of(quick, standard));
    assert_false(zcb_profile_is_step_of(full, standard));
    assert_false(zcb_profile_is_step_of(standard, quick));
    size_t full_steps = 0;
    for (size_t i = 0; zcb_profile_at(i) != NULL; i++) {
        const zcb_profile *step = zcb_profile_at(i);
        assert_true(step->other_sizes >= 1 && step->other_sizes <= 4);
        full_steps += strcmp(step->name, "full") == 0 && zcb_profile_is_step_of(step, full);
    }
    assert_true(full_steps > 1);
}

static void settings_override_the_profile(void **state)
{
    (void)state;
    zcb_plan plan = {0};
    zcb_run_options options = {.launches = 3, .warmup_given = 1};
    assert_int_equal(zcb_plan_settle(&options, zcb_profile_find("standard"), &plan, NULL), 0);
    assert_int_equal(plan.launches, 3);
    assert_int_equal(plan.blocks, 25);
    assert_int_equal(plan.visit_ns, 500000);
    assert_int_equal(plan.warmup, 0);
    assert_int_equal(plan.sparse_from_bytes, MIB);
    assert_int_equal(plan.sparse_every, 4);
    assert_string_equal(plan.profile, "standard");
    free(plan.profile);
}

static void the_order_is_a_permutation_that_follows_from_the_seed(void **state)
{
    (void)state;
    size_t a[100], b[100], c[100];
    int seen[100] = {0}, moved = 0;
    zcb_shuffled_order(1, a, 100);
    zcb_shuffled_order(1, b, 100);
    zcb_shuffled_order(2, c, 100);
    for (size_t i = 0; i < 100; i++) {
        assert_int_equal(a[i], b[i]);
        assert_true(a[i] < 100 && !seen[a[i]]++);
        moved += a[i] != c[i];
    }
    assert_true(moved > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_chosen_in_the_order_asked_for),
        cmocka_unit_test(without_words_the_standard_set_is_chosen),
        cmocka_unit_test(an_unknown_pair_is_told_with_the_nearest),
        cmocka_unit_test(profiles_have_their_sizes),
        cmocka_unit_test(sizes_asked_for_stay_within_the_pair),
        cmocka_unit_test(conditions_vary_one_at_a_time_from_the_base),
        cmocka_unit_test(an_unknown_condition_is_told_with_the_nearest),
        cmocka_unit_test(other_conditions_have_sizes_of_their_own),
        cmocka_unit_test(a_budget_steps_down_but_never_to_all_sizes_unasked),
        cmocka_unit_test(settings_override_the_profile),
        cmocka_unit_test(the_order_is_a_permutation_that_follows_from_the_seed),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
