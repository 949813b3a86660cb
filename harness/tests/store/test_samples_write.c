/* Protects: a group of rows is in the file whole or not at all, and a disk that fills loses
 * nothing written before. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER                                                                                 \
    "python,pair,lane,heap,cache,consumer,size_bytes,launch,block,order,arm,iterations,"       \
    "elapsed_ns,minor_faults\n"

enum { GROUP = 100 };

/* A group of rows of one cell and launch. */
static void fill(zcb_cells *cells, zcb_sample *rows, uint32_t launch)
{
    uint32_t cell = add_cell(cells, "cp311", "bytes_slice", 64);
    const char *arm = zcb_cells_intern(cells, "copy");
    for (uint32_t i = 0; i < GROUP; i++) {
        rows[i] = (zcb_sample){cell, launch, i, 0, arm, 1000, 500000 + i, 0};
    }
}

static size_t size_of(const char *path)
{
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    return (size_t)status.st_size;
}

static void a_new_file_is_its_header(void **state)
{
    char *path = in_folder(state, "samples.csv");
    zcb_error error = {0};
    zcb_samples_writer *writer = zcb_samples_writer_open(path, 0, &error);
    assert_non_null(writer);
    zcb_cells *cells = zcb_cells_new();
    assert_int_equal(zcb_samples_writer_append(writer, cells, NULL, 0, &error), 0);
    assert_int_equal(zcb_samples_writer_close(writer, &error), 0);
    char *text = get_text(path, NULL);
    assert_string_equal(text, HEADER);
    free(text);
    zcb_cells_free(cells);
    assert_int_equal(zcb_samples_writer_close(NULL, &error), 0);
    free(path);
}

static void a_row_has_the_documented_form(void **state)
{
    char *path = in_folder(state, "samples.csv");
    zcb_error error = {0};
    zcb_cells *cells = zcb_cells_new();
    zcb_cell cell = {"cp313t",          "a,b", ZCB_LANE_CAPI, ZCB_HEAP_WARM, ZCB_CACHE_COLD,
                     ZCB_CONSUMER_READ, 4096};
    zcb_sample row = {
        (uint32_t)zcb_cells_add(cells, &cell), 3, 14, 2, "view:x", 1000, 512345, 7};
    zcb_samples_writer *writer = zcb_samples_writer_open(path, 0, &error);
    assert_int_equal(zcb_samples_writer_append(writer, cells, &row, 1, &error), 0);
    assert_int_equal(zcb_samples_writer_close(writer, &error), 0);
    char *text = get_text(path, NULL);
    assert_string_equal(
        text, HEADER "cp313t,\"a,b\",capi,warm,cold,read,4096,3,14,2,view:x,1000,512345,7\n");
    free(text);
    zcb_cells_free(cells);
    free(path);
}

static void a_second_opening_appends(void **state)
{
    char *path = in_folder(state, "samples.csv");
    zcb_error error = {0};
    zcb_cells *cells = zcb_cells_new();
    zcb_sample rows[GROUP];
    for (uint32_t launch = 0; launch < 3; launch++) {
        zcb_samples_writer *writer = zcb_samples_writer_open(path, 0, &error);
        assert_non_null(writer);
        fill(cells, rows, launch);
        assert_int_equal(zcb_samples_writer_append(writer, cells, rows, GROUP, &error), 0);
        assert_int_equal(zcb_samples_writer_close(writer, &error), 0);
    }
    zcb_samples samples = {0};
    assert_int_equal(zcb_samples_read(path, cells, &samples, NULL, NULL, &error), 0);
    assert_int_equal(samples.count, 3 * GROUP);
    assert_int_equal(samples.rows[2 * GROUP].launch, 2);
    zcb_samples_clear(&samples);
    zcb_cells_free(cells);
    free(path);
}

static void a_full_disk_costs_only_the_group_at_hand(void **state)
{
    char *path = in_folder(state, "samples.csv");
    zcb_error error = {0};
    zcb_cells *cells = zcb_cells_new();
    zcb_sample rows[GROUP];
    zcb_samples_writer *writer = zcb_samples_writer_open(path, 0, &error);
    fill(cells, rows, 1);
    assert_int_equal(zcb_samples_writer_append(writer, cells, rows, GROUP, &error), 0);
    size_t before = size_of(path);
    limit_file_size(before + 300); /* room for some rows of the next group: a short write */
    fill(cells, rows, 2);
    int status = zcb_samples_writer_append(writer, cells, rows, GROUP, &error);
    limit_file_size(0);
    assert_int_equal(status, -1);
    assert_error(&error, ZCB_EXIT_INTERNAL,
                 "samples.csv': File too large; the rows before are kept");
    assert_int_equal(size_of(path), before);

    /* Room again: the same writer goes on behind the last whole group. */
    assert_int_equal(zcb_samples_writer_append(writer, cells, rows, GROUP, &error), 0);
    assert_int_equal(zcb_samples_writer_close(writer, &error), 0);
    zcb_samples samples = {0};
    int torn = 1;
    assert_int_equal(zcb_samples_read(path, cells, &samples, &torn, NULL, &error), 0);
    assert_int_equal(samples.count, 2 * GROUP);
    assert_int_equal(torn, 0);
    zcb_samples_clear(&samples);
    zcb_cells_free(cells);
    free(path);
}

static void no_space_at_all_is_an_internal_error(void **state)
{
    (void)state;
    zcb_error error = {0};
    if (access("/dev/full", W_OK) != 0) {
        print_message("no /dev/full here\n");
        skip();
    }
    assert_null(zcb_samples_writer_open("/dev/full", 0, &error));
    assert_error(&error, ZCB_EXIT_INTERNAL, "'/dev/full': No space left on device");
}

static void files_that_cannot_be_continued_stay_as_they_are(void **state)
{
    const struct {
        const char *text;
        uint64_t truncate_to;
    } cases[] = {
        {"some notes\n", 0},
        {"some notes without an end", 0},
        {HEADER "cp311,torn", 0},
        {HEADER "cp311,torn", sizeof HEADER + 2}, /* inside a line */
        {HEADER, sizeof HEADER + 100},            /* behind the end */
        {"x" HEADER, 0},
    };
    char *path = in_folder(state, "samples.csv");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        zcb_error error = {0};
        put_text(path, cases[i].text);
        assert_null(zcb_samples_writer_open(path, cases[i].truncate_to, &error));
        assert_error(&error, ZCB_EXIT_USAGE, "samples.csv'");
        char *text = get_text(path, NULL);
        assert_string_equal(text, cases[i].text);
        free(text);
    }
    zcb_error error = {0};
    char *nowhere = in_folder(state, "missing/samples.csv");
    assert_null(zcb_samples_writer_open(nowhere, 0, &error));
    assert_error(&error, ZCB_EXIT_USAGE, "No such file");
    free(nowhere);
    free(path);
}

static void rows_that_could_not_be_read_back_are_not_written(void **state)
{
    char *path = in_folder(state, "samples.csv");
    zcb_error error = {0};
    zcb_cells *cells = zcb_cells_new();
    uint32_t good = add_cell(cells, "cp311", "bytes_slice", 64);
    uint32_t no_size = add_cell(cells, "cp311", "bytes_slice", 0);
    uint32_t newline = add_cell(cells, "cp311", "bytes\nslice", 64);
    const zcb_sample refused[] = {
        {good, 1, 0, 0, "copy", 0, 5, 0},        {good, 1, 0, 0, "cpoy", 1, 5, 0},
        {good, 1, 0, 0, "view:", 1, 5, 0},       {good, 1, 0, 0, "view:\n", 1, 5, 0},
        {no_size, 1, 0, 0, "copy", 1, 5, 0},     {newline, 1, 0, 0, "copy", 1, 5, 0},
        {newline + 1, 1, 0, 0, "copy", 1, 5, 0},
    };
    zcb_samples_writer *writer = zcb_samples_writer_open(path, 0, &error);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        zcb_sample rows[] = {{good, 1, 0, 0, "copy", 1, 5, 0}, refused[i]};
        assert_int_equal(zcb_samples_writer_append(writer, cells, rows, 2, &error), -1);
        assert_error(&error, ZCB_EXIT_INTERNAL, "row 2 of 2 could not be read back");
        assert_int_equal(size_of(path), strlen(HEADER));
    }
    assert_int_equal(zcb_samples_writer_close(writer, &error), 0);
    zcb_cells_free(cells);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_new_file_is_its_header, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_row_has_the_documented_form, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_second_opening_appends, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_full_disk_costs_only_the_group_at_hand, make_folder,
                                        remove_folder),
        cmocka_unit_test(no_space_at_all_is_an_internal_error),
        cmocka_unit_test_setup_teardown(files_that_cannot_be_continued_stay_as_they_are,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(rows_that_could_not_be_read_back_are_not_written,
                                        make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
