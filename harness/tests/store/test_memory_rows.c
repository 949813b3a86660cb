/* Protects: what was counted and observed reads back as it was written, what could not be seen
 * stays unseen, and no malformed figure is ever taken for one. */
#include "support.h"

#include "store/memory_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY_HEADER                                                                          \
    "python,pair,lane,size_bytes,arm,blocks_per_op,bytes_per_op,gc_objects_per_op,peak_bytes," \
    "retained_bytes,used_bytes\n"
#define SEMANTICS_HEADER                                                                       \
    "python,pair,lane,size_bytes,arm,change_seen,source_locked,source_kept_alive,writable,"    \
    "contiguous\n"
#define LIES_HEADER "python,lie,statement,claim,found,note\n"

static const zcb_arm_key COPY = {"cp311", "bytes_slice", ZCB_LANE_PYTHON, 64, "copy"};
static const zcb_arm_key VIEW = {"a,b", "bytes_slice", ZCB_LANE_CAPI, UINT64_MAX, "view:x"};

static void assert_keys_equal(const zcb_arm_key *a, const zcb_arm_key *b)
{
    assert_string_equal(a->python, b->python);
    assert_string_equal(a->pair, b->pair);
    assert_int_equal(a->lane, b->lane);
    assert_int_equal(a->size_bytes, b->size_bytes);
    assert_string_equal(a->arm, b->arm);
}

static void assert_file(const char *path, const char *expected)
{
    char *text = get_text(path, NULL);
    assert_string_equal(text, expected);
    free(text);
}

static void memory_reads_back(void **state)
{
    zcb_error error = {0};
    zcb_cells *cells = zcb_cells_new();
    char *path = in_folder(state, "memory.csv");
    const zcb_memory_row rows[] = {{COPY, {1, 97, 0, 97, 97, 64}},
                                   {VIEW, {0.25, 1e9, NAN, NAN, NAN, NAN}}};
    zcb_memory_row *read = NULL;
    size_t count = 0;
    assert_int_equal(zcb_memory_rows_write(path, rows, 2, &error), 0);
    assert_file(path, MEMORY_HEADER "cp311,bytes_slice,python,64,copy,1,97,0,97,97,64\n"
                                    "\"a,b\",bytes_slice,capi,18446744073709551615,view:x,0.25,"
                                    "1e+09,,,,\n");
    assert_int_equal(zcb_memory_rows_read(path, cells, &read, &count, &error), 0);
    assert_int_equal(count, 2);
    assert_keys_equal(&read[0].key, &COPY);
    assert_keys_equal(&read[1].key, &VIEW);
    assert_true(read[0].figures.bytes_per_op == 97 && read[0].figures.used_bytes == 64);
    assert_true(read[1].figures.blocks_per_op == 0.25 && read[1].figures.bytes_per_op == 1e9);
    assert_true(isnan(read[1].figures.gc_objects_per_op) &&
                isnan(read[1].figures.retained_bytes));
    assert_ptr_equal(read[0].key.pair, read[1].key.pair);
    free(read);
    free(path);
    zcb_cells_free(cells);
}

static void semantics_reads_back(void **state)
{
    zcb_error error = {0};
    zcb_cells *cells = zcb_cells_new();
    char *path = in_folder(state, "semantics.csv");
    const zcb_semantics_row rows[] = {{COPY, {0, -1, 0, 1, 1}}, {VIEW, {1, 1, 1, 0, -1}}};
    zcb_semantics_row *read = NULL;
    size_t count = 0;
    assert_int_equal(zcb_semantics_rows_write(path, rows, 2, &error), 0);
    assert_file(path, SEMANTICS_HEADER
                "cp311,bytes_slice,python,64,copy,no,,no,yes,yes\n"
                "\"a,b\",bytes_slice,capi,18446744073709551615,view:x,yes,yes,yes,no,\n");
    assert_int_equal(zcb_semantics_rows_read(path, cells, &read, &count, &error), 0);
    assert_int_equal(count, 2);
    assert_keys_equal(&read[1].key, &VIEW);
    assert_memory_equal(&read[0].meaning, &rows[0].meaning, sizeof rows[0].meaning);
    assert_memory_equal(&read[1].meaning, &rows[1].meaning, sizeof rows[1].meaning);
    free(read);
    free(path);
    zcb_cells_free(cells);
}

static void lies_read_back(void **state)
{
    zcb_error error = {0};
    zcb_cells *cells = zcb_cells_new();
    char *path = in_folder(state, "lies.csv");
    const zcb_lie_row row = {"cp311",       "bytes_join",  "b''.join([b])",
                             "same object", "same object", "one item, \"quoted\""};
    zcb_lie_row *read = NULL;
    size_t count = 0;
    assert_int_equal(zcb_lie_rows_write(path, &row, 1, &error), 0);
    assert_file(path, LIES_HEADER "cp311,bytes_join,b''.join([b]),same object,same object,"
                                  "\"one item, \"\"quoted\"\"\"\n");
    assert_int_equal(zcb_lie_rows_read(path, cells, &read, &count, &error), 0);
    assert_int_equal(count, 1);
    assert_string_equal(read[0].lie, "bytes_join");
    assert_string_equal(read[0].statement, row.statement);
    assert_string_equal(read[0].found, row.found);
    assert_string_equal(read[0].note, row.note);
    free(read);
    free(path);
    zcb_cells_free(cells);
}

static void what_is_malformed_is_refused(void **state)
{
    static const char *const bad[] = {
        "p,x,python,64,copy,1,2,3,4,5\n", "p,x,python,64,copy,one,2,3,4,5,6\n",
        "p,x,perl,64,copy,1,2,3,4,5,6\n", "p,x,python,-1,copy,1,2,3,4,5,6\n",
        "p,x,python,64,,1,2,3,4,5,6\n",   "p,x,python,64,copy,nan,2,3,4,5,6\n",
        "p,x,python,64,copy,1,2,3,4,5,6",
    };
    zcb_error error = {0};
    zcb_cells *cells = zcb_cells_new();
    char *path = in_folder(state, "memory.csv");
    zcb_memory_row *read = NULL;
    size_t count = 7;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char text[400] = MEMORY_HEADER;
        put_text(path, strcat(text, bad[i]));
        assert_int_equal(zcb_memory_rows_read(path, cells, &read, &count, &error), -1);
        assert_error(&error, ZCB_EXIT_USAGE, "memory.csv");
        assert_null(read);
        assert_int_equal(count, 7);
    }
    zcb_semantics_row *semantics = NULL;
    put_text(path, SEMANTICS_HEADER "p,x,python,64,copy,yes,no,maybe,no,no\n");
    assert_int_equal(zcb_semantics_rows_read(path, cells, &semantics, &count, &error), -1);
    assert_error(&error, ZCB_EXIT_USAGE, "neither yes nor no");
    free(path);
    zcb_cells_free(cells);
}

static void a_row_without_a_name_is_not_written(void **state)
{
    zcb_error error = {0};
    char *path = in_folder(state, "memory.csv");
    zcb_memory_row row = {.key = {"cp311", "", ZCB_LANE_PYTHON, 64, "copy"}};
    assert_int_equal(zcb_memory_rows_write(path, &row, 1, &error), -1);
    assert_error(&error, ZCB_EXIT_INTERNAL, "row 1");
    assert_int_equal(count_entries(*state), 0);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(memory_reads_back, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(semantics_reads_back, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(lies_read_back, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(what_is_malformed_is_refused, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_row_without_a_name_is_not_written, make_folder,
                                        remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
