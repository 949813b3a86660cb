/* Protects: run.json holds what a run was, reads back to it, and has the documented shape. */
#include "support.h"

#include "run_fixture.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Writes and reads back through `path`. */
static void pass_through(const char *path, const zcb_run *run, const zcb_cells *cells,
                         zcb_cells *read_cells, zcb_run *out)
{
    zcb_error error = {0};
    if (zcb_run_write(path, run, cells, &error) < 0 ||
        zcb_run_read(path, read_cells, out, &error) < 0) {
        fail_msg("%s", error.text);
    }
}

static void every_member_reads_back(void **state)
{
    char *path = in_folder(state, "run.json");
    zcb_cells *cells = zcb_cells_new();
    zcb_cells *read_cells = zcb_cells_new();
    add_cell(read_cells, "other", "first", 1); /* indices of the two lists differ */
    zcb_run run = {0}, read_run = {0};
    fill_run(&run, cells);
    pass_through(path, &run, cells, read_cells, &read_run);
    assert_runs_equal(&run, cells, &read_run, read_cells);

    /* Written again it is the same file: nothing is lost that the comparison doesn't look at.
     */
    char *first = get_text(path, NULL);
    zcb_error error = {0};
    assert_int_equal(zcb_run_write(path, &read_run, read_cells, &error), 0);
    char *second = get_text(path, NULL);
    assert_string_equal(first, second);
    free(first);
    free(second);
    zcb_run_clear(&run);
    zcb_run_clear(&read_run);
    zcb_cells_free(cells);
    zcb_cells_free(read_cells);
    free(path);
}

static void an_empty_run_reads_back(void **state)
{
    char *path = in_folder(state, "run.json");
    zcb_cells *cells = zcb_cells_new();
    zcb_run run = {0}, read_run = {0};
    run.run_id = strdup("x");
    pass_through(path, &run, cells, cells, &read_run);
    assert_runs_equal(&run, cells, &read_run, cells);
    assert_null(read_run.ended_utc);
    assert_null(read_run.variants);
    zcb_run_clear(&run);
    zcb_run_clear(&read_run);
    zcb_cells_free(cells);
    free(path);
}

static void the_document_has_the_documented_shape(void **state)
{
    char *path = in_folder(state, "run.json");
    zcb_cells *cells = zcb_cells_new();
    zcb_run run = {0};
    fill_run(&run, cells);
    zcb_error error = {0};
    assert_int_equal(zcb_run_write(path, &run, cells, &error), 0);
    json_t *root = json_load_file(path, 0, NULL);
    assert_non_null(root);
    const char *const keys[] = {
        "schema",      "run_id",       "complete",    "tool",   "arguments",   "seed",
        "started_utc", "ended_utc",    "timed_share", "wall_s", "sample_rows", "plan",
        "machine",     "interpreters", "left_out",    "pairs",  "calibration"};
    size_t i = 0;
    const char *key;
    json_t *value;
    json_object_foreach(root, key, value)
    {
        assert_true(i < sizeof keys / sizeof keys[0]);
        assert_string_equal(key, keys[i++]);
    }
    assert_int_equal(i, sizeof keys / sizeof keys[0]);
    assert_int_equal(json_integer_value(json_object_get(root, "schema")), 1);
    assert_string_equal(json_string_value(json_object_get(root, "seed")),
                        "18446744073709551615");
    json_t *tool = json_object_get(root, "tool");
    assert_string_equal(json_string_value(json_object_get(tool, "version")), ZCB_VERSION);
    json_t *interpreter = json_array_get(json_object_get(root, "interpreters"), 1);
    assert_true(json_is_null(json_object_get(interpreter, "jit")));
    assert_true(json_is_null(json_object_get(interpreter, "numpy")));
    assert_true(json_is_true(json_object_get(interpreter, "gil")));
    json_t *calibration = json_array_get(json_object_get(root, "calibration"), 0);
    json_t *counts = json_object_get(calibration, "counts");
    assert_int_equal(json_integer_value(json_object_get(counts, "view:offset")), 3);
    assert_string_equal(json_object_iter_key(json_object_iter(counts)), "copy");
    assert_string_equal(json_string_value(json_object_get(calibration, "lane")), "capi");
    json_decref(root);
    zcb_run_clear(&run);
    zcb_cells_free(cells);
    free(path);
}

static void texts_that_are_not_utf8_are_mended(void **state)
{
    char *path = in_folder(state, "run.json");
    zcb_cells *cells = zcb_cells_new();
    zcb_run run = {0}, read_run = {0};
    run.run_id = strdup("caf\xe9");
    run.tool_commit = strdup("\xed\xa0\x80");
    run.tool_compiler = strdup("quotes \" and \\ and \n and \x01");
    pass_through(path, &run, cells, cells, &read_run);
    assert_string_equal(read_run.run_id, "caf\xef\xbf\xbd");
    assert_string_equal(read_run.tool_commit, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    assert_string_equal(read_run.tool_compiler, "quotes \" and \\ and \n and \x01");
    zcb_run_clear(&run);
    zcb_run_clear(&read_run);
    zcb_cells_free(cells);
    free(path);
}

static void what_could_not_be_read_back_is_not_written(void **state)
{
    char *path = in_folder(state, "run.json");
    zcb_cells *cells = zcb_cells_new();
    zcb_error error = {0};
    zcb_run run = {0};
    fill_run(&run, cells);
    uint32_t cell = run.calibrations[0].cell;
    run.calibrations[0].cell = 1000;
    assert_int_equal(zcb_run_write(path, &run, cells, &error), -1);
    assert_error(&error, ZCB_EXIT_INTERNAL, "run.json'");
    run.calibrations[0].cell = cell;
    run.calibrations[0].counts[0] = UINT64_MAX;
    assert_int_equal(zcb_run_write(path, &run, cells, &error), -1);
    run.calibrations[0].counts[0] = 1;
    run.variants[0].name[0] = '\n';
    assert_int_equal(zcb_run_write(path, &run, cells, &error), -1);
    assert_int_equal(count_entries(*state), 0);
    zcb_run_clear(&run);
    zcb_cells_free(cells);
    free(path);
}

static void a_full_disk_keeps_the_file_before(void **state)
{
    char *path = in_folder(state, "run.json");
    zcb_cells *cells = zcb_cells_new();
    zcb_error error = {0};
    zcb_run run = {0};
    fill_run(&run, cells);
    assert_int_equal(zcb_run_write(path, &run, cells, &error), 0);
    char *before = get_text(path, NULL);
    run.complete = 0;
    limit_file_size(100);
    int status = zcb_run_write(path, &run, cells, &error);
    limit_file_size(0);
    assert_int_equal(status, -1);
    assert_error(&error, ZCB_EXIT_INTERNAL, "run.json': File too large");
    char *after = get_text(path, NULL);
    assert_string_equal(before, after);
    assert_int_equal(count_entries(*state), 1);
    free(before);
    free(after);
    zcb_run_clear(&run);
    zcb_cells_free(cells);
    free(path);
}

/* A document that is fine, with `more` as further members. */
#define RUN(more) "{\"schema\":1,\"run_id\":\"r\",\"complete\":true" more "}"
#define PAIR "\"name\":\"p\",\"kind\":\"Z\",\"lane\":\"capi\""
#define CALIBRATED                                                                             \
    "\"python\":\"a\",\"pair\":\"b\",\"lane\":\"capi\",\"heap\":\"warm\",\"cache\":\"hot\","   \
    "\"consumer\":\"read\",\"size_bytes\":64"

/* A document, and what is said of it. */
static const char *const malformed[][2] = {
    {"", "line "},
    {"{", "line "},
    {"[]", "schema"},
    {"{}", "schema"},
    {"{\"schema\":2,\"run_id\":\"r\",\"complete\":true}", "schema 2 is newer"},
    {"{\"schema\":0}", "schema"},
    {"{\"schema\":\"1\"}", "schema"},
    {"{\"schema\":1,\"complete\":true}", "run_id"},
    {"{\"schema\":1,\"run_id\":\"r\"}", "complete"},
    {"{\"schema\":1,\"run_id\":7,\"complete\":true}", "run_id is not a string"},
    {"{\"schema\":1,\"schema\":1}", "line 1: duplicate"},
    {RUN(",\"run_id\":\"s\""), "duplicate"},
    {RUN(",\"seed\":1"), "seed is not"},
    {RUN(",\"seed\":\"\""), "seed is not"},
    {RUN(",\"seed\":\"-1\""), "seed is not"},
    {RUN(",\"seed\":\"18446744073709551616\""), "seed is not"},
    {RUN(",\"wall_s\":\"1\""), "wall_s is not"},
    {RUN(",\"wall_s\":1e999"), "line 1"},
    {RUN(",\"tool\":[]"), "tool is not an object"},
    {RUN(",\"plan\":{\"launches\":-1}"), "plan.launches is not"},
    {RUN(",\"plan\":{\"launches\":1.5}"), "plan.launches is not"},
    {RUN(",\"plan\":{\"launches\":4294967296}"), "plan.launches is not"},
    {RUN(",\"plan\":{\"visit_ns\":9223372036854775808}"), "line 1"},
    {RUN(",\"machine\":{\"aslr\":1}"), "machine.aslr is not true, false or null"},
    {RUN(",\"arguments\":{}"), "arguments is not a list"},
    {RUN(",\"arguments\":[\"a\",1]"), "arguments[1] is not a string"},
    {RUN(",\"arguments\":[\"a\\u0000b\"]"), "line 1"},
    {RUN(",\"interpreters\":[1]"), "interpreters[0] is not an object"},
    {RUN(",\"interpreters\":[{}]"), "interpreters[0].name is not"},
    {RUN(",\"interpreters\":[{\"name\":\"\"}]"), "interpreters[0].name is not"},
    {RUN(",\"interpreters\":[{\"name\":\"a\"},{\"name\":\"a\\nb\"}]"), "interpreters[1].name"},
    {RUN(",\"left_out\":[{\"spec\":\"a\",\"reason\":[]}]"), "left_out[0].reason is not"},
    {RUN(",\"pairs\":[{\"name\":\"p\",\"kind\":\"X\",\"lane\":\"capi\"}]"),
     "pairs[0].kind is not"},
    {RUN(",\"pairs\":[{\"name\":\"p\",\"kind\":\"Z\"}]"), "pairs[0].lane is not"},
    {RUN(",\"pairs\":[{" PAIR ",\"alternatives\":\"view\"}]"), "pairs[0].alternatives"},
    {RUN(",\"pairs\":[{" PAIR ",\"alternatives\":[\"view\",\"copy\"]}]"), "alternatives[1]"},
    {RUN(",\"pairs\":[{" PAIR ",\"alternatives\":[\"view:a\",\"view:b\",\"view:c\",\"view:d\","
         "\"view:e\"]}]"),
     "at most 4"},
    {RUN(",\"calibration\":[{" CALIBRATED "}]"), "calibration[0].counts"},
    {RUN(",\"calibration\":[{\"counts\":{}}]"), "calibration[0].python is not"},
    {RUN(",\"calibration\":[{" CALIBRATED ",\"counts\":{\"copy\":\"1\"}}]"), "arm 'copy'"},
    {RUN(",\"calibration\":[{" CALIBRATED
         ",\"counts\":{\"copy\":1},\"visit_ns\":{\"copy\":-1}}]"),
     "arm 'copy'"},
    {RUN(",\"calibration\":[{" CALIBRATED
         ",\"counts\":{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,"
         "\"f\":1,\"g\":1,\"h\":1,\"i\":1}}]"),
     "at most 8 arms"},
};

static void malformed_documents_are_named(void **state)
{
    char *path = in_folder(state, "run.json");
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
        zcb_error error = {0};
        zcb_cells *cells = zcb_cells_new();
        zcb_run run = {0};
        put_text(path, malformed[i][0]);
        if (zcb_run_read(path, cells, &run, &error) == 0) {
            fail_msg("accepted: %s", malformed[i][0]);
        }
        assert_error(&error, ZCB_EXIT_USAGE, malformed[i][1]);
        assert_error(&error, ZCB_EXIT_USAGE, "run.json'");
        const zcb_run empty = {0};
        assert_memory_equal(&run, &empty, sizeof run);
        zcb_cells_free(cells);
    }
    free(path);
}

static void unknown_and_missing_members_are_tolerated(void **state)
{
    char *path = in_folder(state, "run.json");
    zcb_error error = {0};
    zcb_cells *cells = zcb_cells_new();
    zcb_run run = {0};
    put_text(path, RUN(",\"later\":{\"a\":[1]},\"interpreters\":[{\"name\":\"a\",\"b\":2}],"
                       "\"calibration\":[{" CALIBRATED ",\"counts\":{\"copy\":5}}]"));
    assert_int_equal(zcb_run_read(path, cells, &run, &error), 0);
    assert_int_equal(run.variants[0].gil, -1);
    assert_null(run.variants[0].tag);
    assert_int_equal(run.machine.aslr, -1);
    assert_int_equal(run.calibrations[0].counts[0], 5);
    assert_int_equal(run.calibrations[0].visit_ns[0], 0);
    zcb_run_clear(&run);
    zcb_cells_free(cells);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_member_reads_back, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(an_empty_run_reads_back, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(the_document_has_the_documented_shape, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(texts_that_are_not_utf8_are_mended, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(what_could_not_be_read_back_is_not_written, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_full_disk_keeps_the_file_before, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(malformed_documents_are_named, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(unknown_and_missing_members_are_tolerated, make_folder,
                                        remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
