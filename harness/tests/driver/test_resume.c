/* What a resumed run may keep: whole groups, and the file cut exactly before a torn one. */
#include "driver/resume.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static zcb_cells *cells;
static zcb_calibration calibration;
static zcb_run run;

static int set_up(void **state)
{
    (void)state;
    const zcb_cell cell = {"cp311", "bytes_slice", ZCB_LANE_CAPI, 0, 0, 0, 1 << 20};
    cells = zcb_cells_new();
    calibration = (zcb_calibration){.cell = (uint32_t)zcb_cells_add(cells, &cell),
                                    .blocks = 5,
                                    .arm_count = 3,
                                    .arms = {"copy", "view", "twin"}};
    run = (zcb_run){.plan = {.sparse_from_bytes = 1 << 20, .sparse_every = 4},
                    .calibrations = &calibration,
                    .calibration_count = 1};
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    zcb_cells_free(cells);
    return 0;
}

static zcb_kept kept(const uint32_t *launches, size_t count)
{
    zcb_sample rows[64];
    for (size_t i = 0; i < count; i++) {
        rows[i] = (zcb_sample){.launch = launches[i]};
    }
    const zcb_samples samples = {rows, count, 64};
    return zcb_resume_kept(&run, cells, &samples);
}

static void a_group_has_every_visit_of_every_arm(void **state)
{
    (void)state;
    assert_int_equal(zcb_group_rows(&run, cells, 0), 5 + 5 + 2);
    calibration.blocks = 4;
    assert_int_equal(zcb_group_rows(&run, cells, 0), 4 + 4 + 1);
    calibration.blocks = 5;
    assert_int_equal(zcb_group_rows(&run, cells, 7), 0);
}

static void whole_groups_are_kept(void **state)
{
    (void)state;
    const uint32_t launches[24] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                                   2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2};
    assert_int_equal(kept(launches, 24).rows, 24);
    assert_int_equal(kept(launches, 24).dropped, 0);
    assert_int_equal(kept(launches, 12).rows, 12);
    assert_int_equal(kept(launches, 0).rows, 0);
}

static void a_torn_last_group_is_dropped(void **state)
{
    (void)state;
    const uint32_t launches[24] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
                                   2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2};
    assert_int_equal(kept(launches, 23).rows, 12);
    assert_int_equal(kept(launches, 23).dropped, 11);
    assert_int_equal(kept(launches, 13).rows, 12);
    assert_int_equal(kept(launches, 5).rows, 0);
    assert_int_equal(kept(launches, 5).dropped, 5);
}

static uint64_t offset_before(const char *text, size_t lines, int expected)
{
    char path[] = "/tmp/zcb_resume_XXXXXX";
    int fd = mkstemp(path);
    uint64_t offset = 0;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    assert_int_equal(zcb_offset_before_lines(path, strlen(text), lines, &offset, NULL),
                     expected);
    unlink(path);
    return offset;
}

static void the_cut_lies_before_the_last_lines(void **state)
{
    (void)state;
    assert_int_equal(offset_before("head\na\nbb\nccc\n", 1, 0), 10);
    assert_int_equal(offset_before("head\na\nbb\nccc\n", 3, 0), 5);
    assert_int_equal(offset_before("head\na\nbb\nccc\n", 0, 0), 14);
    offset_before("head\na\n", 3, -1);
}

static void the_cut_is_found_across_blocks_of_a_large_file(void **state)
{
    (void)state;
    size_t lines = 20000, length = 0;
    char *text = malloc(lines * 8 + 1);
    assert_non_null(text);
    for (size_t i = 0; i < lines; i++) {
        length += (size_t)sprintf(text + length, "%06zu\n", i);
    }
    for (size_t drop = 9350; drop < 9380; drop++) { /* 9362 lines fill the first block read */
        assert_int_equal(offset_before(text, drop, 0), (lines - drop) * 7);
    }
    assert_int_equal(offset_before(text, lines - 1, 0), 7);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_group_has_every_visit_of_every_arm),
        cmocka_unit_test(whole_groups_are_kept),
        cmocka_unit_test(a_torn_last_group_is_dropped),
        cmocka_unit_test(the_cut_lies_before_the_last_lines),
        cmocka_unit_test(the_cut_is_found_across_blocks_of_a_large_file),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
