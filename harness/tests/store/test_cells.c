/* Protects: one index per distinct cell for ever, one pointer per distinct text. */
#include "support.h"

#include <stdio.h>
#include <string.h>

static void equal_texts_share_one_copy(void **state)
{
    (void)state;
    zcb_cells *cells = zcb_cells_new();
    char name[] = "view";
    const char *first = zcb_cells_intern(cells, name);
    name[0] = 'V';
    assert_string_equal(first, "view");
    assert_ptr_equal(zcb_cells_intern(cells, "view"), first);
    assert_ptr_not_equal(zcb_cells_intern(cells, "view:b"), first);
    zcb_cells_free(cells);
}

static void pointers_and_indices_survive_growth(void **state)
{
    (void)state;
    zcb_cells *cells = zcb_cells_new();
    const char *first = zcb_cells_intern(cells, "cp311");
    char name[32];
    for (uint32_t i = 0; i < 5000; i++) {
        snprintf(name, sizeof name, "pair_%u", i);
        assert_int_equal(add_cell(cells, "cp311", name, 64), i);
    }
    for (uint32_t i = 0; i < 5000; i++) {
        snprintf(name, sizeof name, "pair_%u", i);
        zcb_cell wanted = {.python = "cp311", .pair = name, .size_bytes = 64};
        assert_int_equal(zcb_cells_find(cells, &wanted), i);
        assert_string_equal(zcb_cells_at(cells, i)->pair, name);
        assert_ptr_equal(zcb_cells_at(cells, i)->python, first);
    }
    assert_int_equal(zcb_cells_count(cells), 5000);
    zcb_cells_free(cells);
}

static void every_member_tells_cells_apart(void **state)
{
    (void)state;
    const zcb_cell variations[] = {
        {"a", "b", ZCB_LANE_PYTHON, ZCB_HEAP_DEFAULT, ZCB_CACHE_HOT, ZCB_CONSUMER_DROP, 1},
        {"b", "b", ZCB_LANE_PYTHON, ZCB_HEAP_DEFAULT, ZCB_CACHE_HOT, ZCB_CONSUMER_DROP, 1},
        {"a", "a", ZCB_LANE_PYTHON, ZCB_HEAP_DEFAULT, ZCB_CACHE_HOT, ZCB_CONSUMER_DROP, 1},
        {"b", "a", ZCB_LANE_PYTHON, ZCB_HEAP_DEFAULT, ZCB_CACHE_HOT, ZCB_CONSUMER_DROP, 1},
        {"a", "b", ZCB_LANE_CAPI, ZCB_HEAP_DEFAULT, ZCB_CACHE_HOT, ZCB_CONSUMER_DROP, 1},
        {"a", "b", ZCB_LANE_PYTHON, ZCB_HEAP_FRESH, ZCB_CACHE_HOT, ZCB_CONSUMER_DROP, 1},
        {"a", "b", ZCB_LANE_PYTHON, ZCB_HEAP_DEFAULT, ZCB_CACHE_COLD, ZCB_CONSUMER_DROP, 1},
        {"a", "b", ZCB_LANE_PYTHON, ZCB_HEAP_DEFAULT, ZCB_CACHE_HOT, ZCB_CONSUMER_READ, 1},
        {"a", "b", ZCB_LANE_PYTHON, ZCB_HEAP_DEFAULT, ZCB_CACHE_HOT, ZCB_CONSUMER_DROP, 2},
    };
    const size_t count = sizeof variations / sizeof variations[0];
    zcb_cells *cells = zcb_cells_new();
    assert_int_equal(zcb_cells_find(cells, &variations[0]), -1);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(zcb_cells_add(cells, &variations[i]), i);
    }
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(zcb_cells_add(cells, &variations[i]), i);
        assert_int_equal(zcb_cells_find(cells, &variations[i]), i);
    }
    assert_int_equal(zcb_cells_count(cells), count);
    zcb_cells_free(cells);
}

/* Number i of 48 cells of one pair and size that differ in the other members. */
static zcb_cell variation(const char *pair, uint64_t size_bytes, unsigned i)
{
    return (zcb_cell){i / 24 ? "a" : "b",
                      pair,
                      (zcb_lane)(i % 2),
                      (zcb_heap)(i / 2 % 3),
                      (zcb_cache)(i / 6 % 2),
                      (zcb_consumer)(i / 12 % 2),
                      size_bytes};
}

static void cells_that_meet_in_the_table_stay_apart(void **state)
{
    /* Many lists of many cells: in some of them, cells that differ in one word only meet in a
     * slot. */
    (void)state;
    for (unsigned list = 0; list < 60; list++) {
        char pair[16];
        snprintf(pair, sizeof pair, "pair_%u", list);
        zcb_cells *cells = zcb_cells_new();
        for (unsigned i = 0; i < 48 * 15; i++) {
            zcb_cell cell = variation(pair, i / 48 + 1, i % 48);
            assert_int_equal(zcb_cells_add(cells, &cell), i);
        }
        zcb_cells_free(cells);
    }
}

static void a_cell_of_the_list_itself_can_be_added(void **state)
{
    (void)state;
    zcb_cells *cells = zcb_cells_new();
    for (uint32_t i = 0; i < 16; i++) { /* up to where the array has to move */
        add_cell(cells, "p", "q", i + 1);
    }
    zcb_cell changed = *zcb_cells_at(cells, 0);
    changed.size_bytes = 99;
    assert_int_equal(zcb_cells_add(cells, &changed), 16);
    assert_int_equal(zcb_cells_add(cells, zcb_cells_at(cells, 3)), 3);
    zcb_cells_free(cells);
    zcb_cells_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_texts_share_one_copy),
        cmocka_unit_test(pointers_and_indices_survive_growth),
        cmocka_unit_test(every_member_tells_cells_apart),
        cmocka_unit_test(cells_that_meet_in_the_table_stay_apart),
        cmocka_unit_test(a_cell_of_the_list_itself_can_be_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
