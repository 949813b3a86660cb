/* Protects: a run's folder reads back whole; what is no run, or not whole, is told apart by
 * exit code and sentence. */
#include "support.h"

#include "run_fixture.h"
#include "store/recorded.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#define LAUNCHES_HEADER                                                                        \
    "python,launch,phase,seed,env_pad_bytes,started_utc,steal_ms,involuntary_switches,load1,"  \
    "status\n"
#define CELLS_HEADER "python,pair,lane,heap,cache,consumer,size_bytes,status,reason,flags\n"

static void write_tables(void *const *state, zcb_cells *cells)
{
    zcb_error error = {0};
    uint32_t ok = add_cell(cells, "base", "bytes_slice", 64);
    uint32_t bad = add_cell(cells, "cp313", "bytes_slice", 128);
    const zcb_launch_row launches[] = {
        {"base", 0, "calibrate", UINT64_MAX, 4095, "2026-11-22T12:00:00.123Z", 3, 7, 0.25,
         "ok"},
        {"cp313", UINT32_MAX, "measure", 1, 0, "", 0, 0, NAN, "lost"},
    };
    zcb_cell_row rows[] = {
        {.cell = ok, .status = ZCB_STATUS_OK, .flags = "drift exec"},
        {.cell = bad,
         .status = ZCB_STATUS_FAILED,
         .reason = "line one, with \"quotes\"\nand a second line"},
    };
    memset(rows[0].reason, 'x', sizeof rows[0].reason - 1); /* the longest there can be */
    char *path = in_folder(state, "launches.csv");
    assert_int_equal(zcb_launches_write(path, launches, 2, &error), 0);
    free(path);
    path = in_folder(state, "cells.csv");
    assert_int_equal(zcb_cell_rows_write(path, cells, rows, 2, &error), 0);
    free(path);
    path = in_folder(state, "samples.csv");
    zcb_sample sample = {ok, 1, 2, 3, "copy", 4, 5, 6};
    zcb_samples_writer *writer = zcb_samples_writer_open(path, 0, &error);
    assert_int_equal(zcb_samples_writer_append(writer, cells, &sample, 1, &error), 0);
    assert_int_equal(zcb_samples_writer_close(writer, &error), 0);
    free(path);
}

/* Writes a folder with everything; `run` is the caller's. */
static void write_folder(void *const *state, zcb_cells *cells, zcb_run *run, int complete)
{
    zcb_error error = {0};
    fill_run(run, cells);
    run->complete = complete;
    char *path = in_folder(state, "run.json");
    assert_int_equal(zcb_run_write(path, run, cells, &error), 0);
    free(path);
    write_tables(state, cells);
}

static void a_folder_reads_back(void **state)
{
    zcb_error error = {0};
    zcb_cells *cells = zcb_cells_new();
    zcb_run run = {0};
    zcb_recorded recorded = {0};
    write_folder(state, cells, &run, 1);
    assert_int_equal(zcb_recorded_read(*state, &recorded, &error), 0);
    assert_runs_equal(&run, cells, &recorded.run, recorded.cells);
    assert_int_equal(recorded.samples.count, 1);
    assert_int_equal(recorded.samples.rows[0].elapsed_ns, 5);
    assert_int_equal(recorded.torn, 0);

    assert_int_equal(recorded.launch_count, 2);
    const zcb_launch_row *launch = recorded.launches;
    assert_ptr_equal(launch[0].python, zcb_cells_intern(recorded.cells, "base"));
    assert_int_equal(launch[0].seed, UINT64_MAX);
    assert_int_equal(launch[0].env_pad_bytes, 4095);
    assert_string_equal(launch[0].phase, "calibrate");
    assert_string_equal(launch[0].started_utc, "2026-11-22T12:00:00.123Z");
    assert_int_equal(launch[0].steal_ms, 3);
    assert_int_equal(launch[0].involuntary_switches, 7);
    assert_true(launch[0].load1 == 0.25);
    assert_int_equal(launch[1].launch, UINT32_MAX);
    assert_true(isnan(launch[1].load1));
    assert_string_equal(launch[1].status, "lost");

    assert_int_equal(recorded.cell_row_count, 2);
    const zcb_cell_row *row = recorded.cell_rows;
    assert_int_equal(zcb_cells_at(recorded.cells, row[0].cell)->size_bytes, 64);
    assert_int_equal(strlen(row[0].reason), sizeof row[0].reason - 1);
    assert_string_equal(row[0].flags, "drift exec");
    assert_int_equal(row[1].status, ZCB_STATUS_FAILED);
    assert_string_equal(row[1].reason, "line one, with \"quotes\"\nand a second line");
    zcb_recorded_clear(&recorded);
    zcb_recorded_clear(&recorded);
    zcb_run_clear(&run);
    zcb_cells_free(cells);
}

static void what_was_counted_is_optional_but_must_be_right(void **state)
{
    zcb_error error = {0};
    zcb_cells *cells = zcb_cells_new();
    zcb_run run = {0};
    zcb_recorded recorded = {0};
    write_folder(state, cells, &run, 1);
    char *path = in_folder(state, "memory.csv");
    const zcb_memory_row row = {{"base", "bytes_slice", ZCB_LANE_PYTHON, 64, "view"},
                                {1, 184, 1, 184, 161, 64}};
    assert_int_equal(zcb_recorded_read(*state, &recorded, &error), 0);
    assert_int_equal(recorded.memory_count + recorded.semantics_count + recorded.lie_count, 0);
    zcb_recorded_clear(&recorded);

    assert_int_equal(zcb_memory_rows_write(path, &row, 1, &error), 0);
    assert_int_equal(zcb_recorded_read(*state, &recorded, &error), 0);
    assert_int_equal(recorded.memory_count, 1);
    assert_ptr_equal(recorded.memory[0].key.pair,
                     zcb_cells_intern(recorded.cells, "bytes_slice"));
    assert_true(recorded.memory[0].figures.bytes_per_op == 184);
    zcb_recorded_clear(&recorded);

    put_text(path, "python,pair\n");
    assert_int_equal(zcb_recorded_read(*state, &recorded, &error), -1);
    assert_error(&error, ZCB_EXIT_USAGE, "memory.csv");
    free(path);
    zcb_run_clear(&run);
    zcb_cells_free(cells);
}

static void compressed_samples_stand_in(void **state)
{
    zcb_error error = {0};
    zcb_cells *cells = zcb_cells_new();
    zcb_run run = {0};
    zcb_recorded recorded = {0};
    write_folder(state, cells, &run, 1);
    char *plain = in_folder(state, "samples.csv");
    char *zipped = in_folder(state, "samples.csv.gz");
    size_t size = 0;
    char *text = get_text(plain, &size);
    gzFile out = gzopen(zipped, "wb");
    assert_int_equal(gzwrite(out, text, (unsigned)size), size);
    assert_int_equal(gzclose(out), Z_OK);
    assert_int_equal(unlink(plain), 0);
    assert_int_equal(zcb_recorded_read(*state, &recorded, &error), 0);
    assert_int_equal(recorded.samples.count, 1);
    assert_int_equal(recorded.samples_valid_bytes, size);
    zcb_recorded_clear(&recorded);
    free(text);
    free(plain);
    free(zipped);
    zcb_run_clear(&run);
    zcb_cells_free(cells);
}

static void what_is_no_run_is_not_malformed(void **state)
{
    zcb_error error = {0};
    zcb_recorded recorded = {0};
    assert_int_equal(zcb_recorded_read(*state, &recorded, &error), -1);
    assert_error(&error, ZCB_EXIT_NOTHING, "no run.json");
    char *path = in_folder(state, "missing");
    assert_int_equal(zcb_recorded_read(path, &recorded, &error), -1);
    assert_error(&error, ZCB_EXIT_NOTHING, "missing' is no run's folder");
    put_text(path, "a file");
    assert_int_equal(zcb_recorded_read(path, &recorded, &error), -1);
    assert_error(&error, ZCB_EXIT_NOTHING, "missing' is no run's folder");
    free(path);
    path = in_folder(state, "run.json");
    put_text(path, "{");
    assert_int_equal(zcb_recorded_read(*state, &recorded, &error), -1);
    assert_error(&error, ZCB_EXIT_USAGE, "run.json' line 1");
    free(path);
}

static void missing_tables_are_missed_in_complete_runs_only(void **state)
{
    const char *const names[] = {"launches.csv", "cells.csv", "samples.csv"};
    for (size_t i = 0; i < 3; i++) {
        for (int complete = 0; complete <= 1; complete++) {
            zcb_error error = {0};
            zcb_cells *cells = zcb_cells_new();
            zcb_run run = {0};
            zcb_recorded recorded = {0};
            write_folder(state, cells, &run, complete);
            char *path = in_folder(state, names[i]);
            assert_int_equal(unlink(path), 0);
            assert_int_equal(zcb_recorded_read(*state, &recorded, &error), complete ? -1 : 0);
            if (complete) {
                assert_error(&error, ZCB_EXIT_USAGE, names[i]);
                assert_null(recorded.cells);
            }
            zcb_recorded_clear(&recorded);
            free(path);
            zcb_run_clear(&run);
            zcb_cells_free(cells);
            char *samples = in_folder(state, "samples.csv");
            unlink(samples); /* the next round appends */
            free(samples);
        }
    }
}

static void rows_that_a_complete_run_lost_are_counted(void **state)
{
    zcb_error error = {0};
    zcb_cells *cells = zcb_cells_new();
    zcb_run run = {0};
    zcb_recorded recorded = {0};
    write_folder(state, cells, &run, 1);
    assert_int_equal(zcb_recorded_read(*state, &recorded, &error), 0);
    assert_int_equal(zcb_recorded_missing_rows(&recorded), 0);
    recorded.run.sample_rows = 11;
    assert_int_equal(zcb_recorded_missing_rows(&recorded), 10);
    recorded.run.complete = 0; /* what a broken-off run lacks is not lost */
    assert_int_equal(zcb_recorded_missing_rows(&recorded), 0);
    recorded.run.complete = 1;
    recorded.run.sample_rows = 0; /* written before rows were counted */
    assert_int_equal(zcb_recorded_missing_rows(&recorded), 0);
    zcb_recorded_clear(&recorded);
    zcb_run_clear(&run);
    zcb_cells_free(cells);
}

/* Expects the folder to be refused with `text` as its file `name`. */
static void expect_refused(void *const *state, const char *name, const char *text,
                           const char *part)
{
    zcb_error error = {0};
    zcb_recorded recorded = {0};
    char *path = in_folder(state, name);
    put_text(path, text);
    if (zcb_recorded_read(*state, &recorded, &error) == 0) {
        fail_msg("accepted: %s", text);
    }
    assert_error(&error, ZCB_EXIT_USAGE, part);
    assert_error(&error, ZCB_EXIT_USAGE, name);
    assert_null(recorded.cells);
    free(path);
}

static void malformed_launches_are_named(void **state)
{
    const char *const cases[][2] = {
        {"", "line 1: the header"},
        {"python,launch", "line 1: the header"},
        {LAUNCHES_HEADER "a,0,measure,1,0,t,0,0,0.5,ok", "line 2: ends in the middle"},
        {LAUNCHES_HEADER "a,0,measure,1,0,t,0,0,0.5\n", "line 2: 9 fields"},
        {LAUNCHES_HEADER ",0,measure,1,0,t,0,0,0.5,ok\n", "line 2: python is ''"},
        {LAUNCHES_HEADER "a,-1,measure,1,0,t,0,0,0.5,ok\n", "line 2: launch is '-1'"},
        {LAUNCHES_HEADER "a,0,,1,0,t,0,0,0.5,ok\n", "line 2: phase is empty"},
        {LAUNCHES_HEADER "a,0,0123456789abcdef,1,0,t,0,0,0.5,ok\n",
         "line 2: phase is longer than 15"},
        {LAUNCHES_HEADER "a,0,measure,,0,t,0,0,0.5,ok\n", "line 2: seed is ''"},
        {LAUNCHES_HEADER "a,0,measure,1,4294967296,t,0,0,0.5,ok\n", "line 2: env_pad_bytes"},
        {LAUNCHES_HEADER "a,0,measure,1,0,0123456789012345678901234567890123,0,0,0.5,ok\n",
         "line 2: started_utc is longer than 31"},
        {LAUNCHES_HEADER "a,0,measure,1,0,t,0,0,nan,ok\n", "line 2: load1 is 'nan'"},
        {LAUNCHES_HEADER "a,0,measure,1,0,t,0,0,inf,ok\n", "line 2: load1 is 'inf'"},
        {LAUNCHES_HEADER "a,0,measure,1,0,t,0,0,0x1p3,ok\n", "line 2: load1 is '0x1p3'"},
        {LAUNCHES_HEADER "a,0,measure,1,0,t,0,0,1e999,ok\n", "line 2: load1 is '1e999'"},
        {LAUNCHES_HEADER "a,0,measure,1,0,t,0,0,\"0,5\",ok\n", "line 2: load1 is '0,5'"},
        {LAUNCHES_HEADER "a,0,measure,1,0,t,0,0,.5,ok\n", "line 2: load1 is '.5'"},
        {LAUNCHES_HEADER "a,0,measure,1,0,t,0,0,0.5.,ok\n", "line 2: load1 is '0.5.'"},
        {LAUNCHES_HEADER "a,0,measure,1,0,t,0,0,0.5,\n", "line 2: status is empty"},
    };
    zcb_cells *cells = zcb_cells_new();
    zcb_run run = {0};
    write_folder(state, cells, &run, 1);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        expect_refused(state, "launches.csv", cases[i][0], cases[i][1]);
    }
    zcb_run_clear(&run);
    zcb_cells_free(cells);
}

static void malformed_cell_rows_are_named(void **state)
{
    char long_reason[700] = CELLS_HEADER "a,b,capi,warm,hot,drop,64,failed,";
    size_t start = strlen(long_reason);
    memset(long_reason + start, 'x', 512);
    strcpy(long_reason + start + 512, ",\n");
    const char *const cases[][2] = {
        {CELLS_HEADER "a,b,capi,warm,hot,drop,64,fine,,\n", "line 2: unknown status 'fine'"},
        {CELLS_HEADER "a,b,capi,warm,hot,drop,,ok,,\n", "line 2: size_bytes is ''"},
        {CELLS_HEADER "a,b,capi,warm,hot,drop,64,ok,\n", "line 2: 9 fields"},
        {CELLS_HEADER "a,b,capi,warm,hot,drop,64,ok,\"two\nlines\",\na,b\n",
         "line 4: 2 fields"},
        {CELLS_HEADER "a,b,capi,warm,hot,drop,64,ok,\"open,\n", "line 2: ends in the middle"},
        {long_reason, "line 2: reason is longer than 511"},
    };
    zcb_cells *cells = zcb_cells_new();
    zcb_run run = {0};
    write_folder(state, cells, &run, 1);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        expect_refused(state, "cells.csv", cases[i][0], cases[i][1]);
    }
    zcb_run_clear(&run);
    zcb_cells_free(cells);
}

static void tables_that_could_not_be_read_back_are_not_written(void **state)
{
    char *path = in_folder(state, "table.csv");
    zcb_error error = {0};
    zcb_cells *cells = zcb_cells_new();
    const zcb_launch_row launch = {.python = "base", .status = "ok"};
    assert_int_equal(zcb_launches_write(path, &launch, 1, &error), -1);
    assert_error(&error, ZCB_EXIT_INTERNAL, "launch 0");
    const zcb_cell_row row = {.cell = 0};
    assert_int_equal(zcb_cell_rows_write(path, cells, &row, 1, &error), -1);
    assert_error(&error, ZCB_EXIT_INTERNAL, "row 1 names no valid cell");
    assert_int_equal(count_entries(*state), 0);
    zcb_cells_free(cells);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_folder_reads_back, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(what_was_counted_is_optional_but_must_be_right,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(compressed_samples_stand_in, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(what_is_no_run_is_not_malformed, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(rows_that_a_complete_run_lost_are_counted, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(missing_tables_are_missed_in_complete_runs_only,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(malformed_launches_are_named, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(malformed_cell_rows_are_named, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(tables_that_could_not_be_read_back_are_not_written,
                                        make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
