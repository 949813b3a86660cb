/* Protects: the derived tables have the documented columns, and a missing number is an empty
 * field. */
#include "support.h"

#include "store/derived.h"

#include <math.h>
#include <stdlib.h>

/* One cell with a name that needs quotes. */
static zcb_cells *one_cell(void)
{
    zcb_cells *cells = zcb_cells_new();
    zcb_cell cell = {"cp311",           "a,b", ZCB_LANE_PYTHON, ZCB_HEAP_DEFAULT, ZCB_CACHE_HOT,
                     ZCB_CONSUMER_DROP, 4096};
    assert_int_equal(zcb_cells_add(cells, &cell), 0);
    return cells;
}

static void assert_file(const char *path, const char *expected)
{
    char *text = get_text(path, NULL);
    assert_string_equal(text, expected);
    free(text);
}

static void summary_rows(void **state)
{
    char *path = in_folder(state, "summary.csv");
    zcb_cells *cells = one_cell();
    const zcb_summary_row rows[] = {
        {0, "copy", 10, 200, 812.5, 800.25, 820, 815.123456789, 3.5, 799, 900, 0.002,
         ZCB_STATUS_OK, "drift exec"},
        {0, "view:x", 1, 2, 5, NAN, NAN, 5, NAN, 5, INFINITY, 0, ZCB_STATUS_NOISY, NULL},
    };
    assert_int_equal(zcb_summary_write(path, "run,1", cells, rows, 2, NULL), 0);
    assert_file(
        path,
        "run_id,python,pair,lane,heap,cache,consumer,size_bytes,arm,launches,samples,"
        "median_ns,ci_lo_ns,ci_hi_ns,mean_ns,sd_ns,min_ns,p99_ns,faults_per_op,status,flags\n"
        "\"run,1\",cp311,\"a,b\",python,default,hot,drop,4096,copy,10,200,812.5,800.25,820,"
        "815.123457,3.5,799,900,0.002,ok,drift exec\n"
        "\"run,1\",cp311,\"a,b\",python,default,hot,drop,4096,view:x,1,2,5,,,5,,5,,0,noisy,\n");
    zcb_cells_free(cells);
    free(path);
}

static void speedup_rows(void **state)
{
    char *path = in_folder(state, "speedup.csv");
    zcb_cells *cells = one_cell();
    const zcb_speedup_row rows[] = {
        {0, "view", 1.5, 1.4, 1.6, NAN, 3.25, NAN, 1.001, 0.998, 1.004, 0.83, "faster", 0.01, 1,
         0.99, 1.01, 0},
        {0, "view:x", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, "", NAN, NAN, NAN, NAN, 0},
    };
    assert_int_equal(zcb_speedup_write(path, "r", cells, rows, 2, NULL), 0);
    assert_file(
        path,
        "run_id,python,pair,lane,heap,cache,consumer,size_bytes,arm,gross,gross_lo,gross_hi,"
        "net,net_lo,net_hi,twin,twin_lo,twin_hi,limit_ratio,verdict\n"
        "r,cp311,\"a,b\",python,default,hot,drop,4096,view,1.5,1.4,1.6,,3.25,,1.001,0.998,"
        "1.004,0.83,faster\n"
        "r,cp311,\"a,b\",python,default,hot,drop,4096,view:x,1,2,3,4,5,6,7,8,9,10,\n");
    zcb_cells_free(cells);
    free(path);
}

static void breakeven_rows(void **state)
{
    char *path = in_folder(state, "breakeven.csv");
    zcb_cells *cells = one_cell();
    const zcb_breakeven_row rows[] = {
        {0, "view", "crossed", 921.5, 800, 1024},
        {0, "view:x", "never", NAN, NAN, NAN},
    };
    assert_int_equal(zcb_breakeven_write(path, "r", cells, rows, 2, NULL), 0);
    assert_file(path,
                "run_id,python,pair,lane,heap,cache,consumer,arm,status,bytes,ci_lo,ci_hi\n"
                "r,cp311,\"a,b\",python,default,hot,drop,view,crossed,921.5,800,1024\n"
                "r,cp311,\"a,b\",python,default,hot,drop,view:x,never,,,\n");
    zcb_cells_free(cells);
    free(path);
}

static void scaling_rows(void **state)
{
    char *path = in_folder(state, "scaling.csv");
    zcb_cells *cells = one_cell();
    const zcb_scaling_row rows[] = {
        {0, "copy", 65536, 524288, 1.0125, 0.98, 1.04, 1, 1},
        {0, "view:x", 64, 8192, 0.25, NAN, NAN, NAN, 0},
    };
    assert_int_equal(zcb_scaling_write(path, "r", cells, rows, 2, NULL), 0);
    assert_file(path, "run_id,python,pair,lane,heap,cache,consumer,arm,regime_lo,regime_hi,"
                      "exponent,ci_lo,ci_hi,expected\n"
                      "r,cp311,\"a,b\",python,default,hot,drop,copy,65536,524288,1.0125,0.98,"
                      "1.04,1\n"
                      "r,cp311,\"a,b\",python,default,hot,drop,view:x,64,8192,0.25,,,\n");
    zcb_cells_free(cells);
    free(path);
}

static void a_full_disk_leaves_no_table(void **state)
{
    char *path = in_folder(state, "breakeven.csv");
    zcb_cells *cells = one_cell();
    zcb_error error = {0};
    const zcb_breakeven_row row = {0, "view", "crossed", 1, 1, 1};
    limit_file_size(20);
    int status = zcb_breakeven_write(path, "r", cells, &row, 1, &error);
    limit_file_size(0);
    assert_int_equal(status, -1);
    assert_error(&error, ZCB_EXIT_INTERNAL, "breakeven.csv'");
    assert_int_equal(count_entries(*state), 0);
    zcb_cells_free(cells);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(summary_rows, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(speedup_rows, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(breakeven_rows, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(scaling_rows, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_full_disk_leaves_no_table, make_folder,
                                        remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
