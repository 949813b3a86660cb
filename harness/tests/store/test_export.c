/* Protects: what other tools read is written as they ask for it — one value per launch, no
 * null, no blank text, names that differ in the arm only — whatever stands in a name. */
#include "support.h"

#include "store/export.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static char host[] = "a\"b\n<c>\xff", blank[] = " \n ", python[] = "/opt/\xc3\xa9/python";

/* A cell with two launches of copy, one of an alternative, and a launch that launches.csv
 * lacks. */
typedef struct sample {
    zcb_run run;
    zcb_variant variant;
    zcb_cell cell;
    zcb_launch_row row;
    zcb_summary_row times[2];
    zcb_speedup_row speedup;
    zcb_export_launch launches[3];
    zcb_export_cell exported;
} sample;

static void fill(sample *s)
{
    *s = (sample){
        .cell = {"cp3\"11", "view_copy", ZCB_LANE_CAPI, ZCB_HEAP_WARM, ZCB_CACHE_COLD,
                 ZCB_CONSUMER_READ, 4096},
        .row = {.launch = 1, .started_utc = "2026-11-22T12:00:00.123Z", .load1 = 0.5},
        .times =
            {{.arm = "copy", .launches = 2, .median_ns = 200, .ci_lo_ns = 190, .ci_hi_ns = 212},
             {.arm = "view",
              .launches = 1,
              .median_ns = 62.5,
              .ci_lo_ns = NAN,
              .ci_hi_ns = NAN}},
        .speedup = {.arm = "view", .gross = 3.2, .gross_lo = NAN, .gross_hi = NAN},
    };
    s->variant.name = s->variant.version = "3.11.7";
    s->variant.executable = python;
    s->variant.compiler = blank;
    s->run.run_id = "r1";
    s->run.machine.host = host;
    s->run.machine.cpus = 2;
    s->run.machine.aslr = -1;
    s->run.machine.l2_bytes = 1048576;
    s->launches[0] = (zcb_export_launch){1, 198, 1000, &s->row};
    s->launches[1] = (zcb_export_launch){2, 202, 1000, NULL};
    s->launches[2] = (zcb_export_launch){1, 62.5, 3000, &s->row};
    s->exported = (zcb_export_cell){.cell = &s->cell,
                                    .status = ZCB_STATUS_NOISY,
                                    .reason = "too\nwide",
                                    .flags = "",
                                    .arms = {{&s->times[0], NULL, &s->launches[0], 2},
                                             {&s->times[1], &s->speedup, &s->launches[2], 1}},
                                    .arm_count = 2};
}

/* The file of one cell, read back by a parser that refuses a name given twice. */
static json_t *export_of(void **state, zcb_export_format format, const sample *s, size_t *rows)
{
    char *path = in_folder(state, "out.json");
    zcb_error error;
    zcb_export *export = zcb_export_begin(format, &s->run, &s->variant, path, &error);
    assert_non_null(export);
    assert_int_equal(zcb_export_add(export, &s->exported, &error), 0);
    assert_int_equal(zcb_export_commit(export, rows, &error), 0);
    json_error_t why;
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &why);
    assert_non_null(root);
    free(path);
    return root;
}

static const char *text_at(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text == NULL ? "(missing)" : text;
}

static double number_at(const json_t *object, const char *name)
{
    return json_number_value(json_object_get(object, name));
}

static void assert_no_null(const json_t *value)
{
    const char *name;
    json_t *member;
    size_t index;
    assert_false(json_is_null(value));
    json_object_foreach((json_t *)value, name, member)
    {
        assert_no_null(member);
    }
    json_array_foreach(value, index, member)
    {
        assert_no_null(member);
    }
}

static void pyperf_file(void **state)
{
    sample s;
    size_t rows = 0;
    fill(&s);
    json_t *root = export_of(state, ZCB_EXPORT_PYPERF, &s, &rows);
    const json_t *metadata = json_object_get(root, "metadata");
    const json_t *copy = json_array_get(json_object_get(root, "benchmarks"), 0);
    const json_t *runs = json_object_get(copy, "runs");
    const json_t *first = json_array_get(runs, 0), *second = json_array_get(runs, 1);
    assert_no_null(root);
    assert_int_equal(rows, 2);
    assert_string_equal(text_at(root, "version"), "1.0");
    assert_string_equal(text_at(metadata, "hostname"), "a\"b <c>\xef\xbf\xbd");
    assert_string_equal(text_at(metadata, "python_executable"), python);
    assert_null(json_object_get(metadata, "python_compiler"));
    assert_string_equal(text_at(json_object_get(copy, "metadata"), "name"),
                        "view_copy/capi/heap:warm/cache:cold/consumer:read/copy/4096");
    assert_string_equal(text_at(json_object_get(copy, "metadata"), "zcbench_reason"),
                        "too wide");
    assert_int_equal(json_array_size(runs), 2);
    assert_true(fabs(json_number_value(json_array_get(json_object_get(first, "values"), 0)) -
                     198e-9) < 1e-16);
    first = json_object_get(first, "metadata");
    assert_string_equal(text_at(first, "date"), "2026-11-22 12:00:00.123");
    assert_int_equal(number_at(first, "loops"), 1000);
    assert_int_equal(number_at(first, "zcbench_launch"), 1);
    assert_null(json_object_get(json_object_get(second, "metadata"), "date"));
    json_decref(root);
}

/* A time that is none is left out rather than passed on. */
static void pyperf_date(void **state)
{
    static const char *const wrong[] = {"", "yesterday", "2026-11-22T12:00:00.123+",
                                        "2026-11-2xT12:00:00.123Z"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        sample s;
        size_t rows;
        fill(&s);
        strcpy(s.row.started_utc, wrong[i]);
        s.row.load1 = NAN;
        json_t *root = export_of(state, ZCB_EXPORT_PYPERF, &s, &rows);
        const json_t *copy = json_array_get(json_object_get(root, "benchmarks"), 0);
        const json_t *first = json_array_get(json_object_get(copy, "runs"), 0);
        assert_null(json_object_get(json_object_get(first, "metadata"), "date"));
        assert_null(json_object_get(json_object_get(first, "metadata"), "load_avg_1min"));
        json_decref(root);
    }
}

static void gbench_file(void **state)
{
    sample s;
    size_t rows = 0;
    fill(&s);
    json_t *root = export_of(state, ZCB_EXPORT_GBENCH, &s, &rows);
    const json_t *context = json_object_get(root, "context");
    const json_t *table = json_object_get(root, "benchmarks");
    const json_t *second = json_array_get(table, 1), *view = json_array_get(table, 2);
    assert_no_null(root);
    assert_int_equal(rows, 3);
    assert_int_equal(json_array_size(table), 3);
    assert_int_equal(number_at(context, "json_schema_version"), 1);
    assert_int_equal(json_array_size(json_object_get(context, "caches")), 1);
    assert_null(json_object_get(context, "aslr_enabled"));
    /* Pair and variant give way to a filter for an arm; the label is exact. */
    assert_string_equal(text_at(second, "name"),
                        "cp3\"11/View_Copy/capi/heap:warm/cache:cold/consumer:read/copy/4096");
    assert_string_equal(text_at(second, "label"),
                        "cp3\"11/view_copy/capi/heap:warm/cache:cold/consumer:read/copy/4096");
    assert_string_equal(text_at(second, "run_name"), text_at(second, "name"));
    assert_int_equal(number_at(second, "repetitions"), 2);
    assert_int_equal(number_at(second, "repetition_index"), 2);
    assert_int_equal(number_at(second, "iterations"), 1000);
    assert_true(number_at(second, "real_time") == 202 && number_at(second, "cpu_time") == 202);
    assert_string_equal(text_at(second, "time_unit"), "ns");
    assert_int_equal(number_at(view, "family_index"), 1);
    assert_int_equal(number_at(view, "repetitions"), 1);
    json_decref(root);
}

/* Families are arms of a series, instances its sizes. */
static void gbench_families(void **state)
{
    char *path = in_folder(state, "families.json");
    size_t rows;
    sample s;
    fill(&s);
    zcb_cell larger = s.cell, other = s.cell;
    larger.size_bytes = 8192;
    other.lane = ZCB_LANE_PYTHON;
    const zcb_cell *const cells[] = {&s.cell, &larger, &other};
    static const int expected[][2] = {{0, 0}, {1, 0}, {0, 1}, {1, 1}, {2, 0}, {3, 0}};
    zcb_export *export = zcb_export_begin(ZCB_EXPORT_GBENCH, &s.run, NULL, path, NULL);
    s.exported.arms[0].launch_count = 1;
    for (size_t i = 0; i < 3; i++) {
        s.exported.cell = cells[i];
        assert_int_equal(zcb_export_add(export, &s.exported, NULL), 0);
    }
    assert_int_equal(zcb_export_commit(export, &rows, NULL), 0);
    json_t *root = json_load_file(path, 0, NULL);
    for (size_t i = 0; i < 6; i++) {
        const json_t *row = json_array_get(json_object_get(root, "benchmarks"), i);
        assert_int_equal(number_at(row, "family_index"), expected[i][0]);
        assert_int_equal(number_at(row, "per_family_instance_index"), expected[i][1]);
    }
    json_decref(root);
    free(path);
}

static void gha_file(void **state)
{
    sample s;
    size_t rows = 0;
    fill(&s);
    json_t *root = export_of(state, ZCB_EXPORT_GHA, &s, &rows);
    const json_t *row = json_array_get(root, 0);
    assert_no_null(root);
    assert_int_equal(json_array_size(root), 1);
    assert_string_equal(text_at(row, "unit"), "ns/op");
    assert_true(number_at(row, "value") == 62.5);
    assert_null(json_object_get(row, "range"));
    assert_string_equal(text_at(row, "extra"),
                        "copy 200 ns/op\nspeed-up 3.2\n1 launches\nnoisy: too\nwide");
    json_decref(root);
    s.times[1].ci_lo_ns = 61.3;
    s.times[1].ci_hi_ns = 63.5;
    root = export_of(state, ZCB_EXPORT_GHA, &s, &rows);
    assert_string_equal(text_at(json_array_get(root, 0), "range"), "\xc2\xb1 1.2");
    json_decref(root);
}

static void bmf_file(void **state)
{
    sample s;
    size_t rows = 0;
    fill(&s);
    json_t *root = export_of(state, ZCB_EXPORT_BMF, &s, &rows);
    static const char prefix[] = "cp3\"11/view_copy/capi/heap:warm/cache:cold/consumer:read/";
    char copy_name[128], view_name[128];
    snprintf(copy_name, sizeof copy_name, "%scopy/4096", prefix);
    snprintf(view_name, sizeof view_name, "%sview/4096", prefix);
    const json_t *copy = json_object_get(json_object_get(root, copy_name), "latency");
    const json_t *view = json_object_get(json_object_get(root, view_name), "latency");
    assert_no_null(root);
    assert_int_equal(json_object_size(root), 2);
    assert_true(number_at(copy, "value") == 200 && number_at(copy, "lower_value") == 190 &&
                number_at(copy, "upper_value") == 212);
    assert_true(number_at(view, "value") == 62.5);
    assert_null(json_object_get(view, "lower_value"));
    json_decref(root);
}

/* Controls are not something to be alarmed by. */
static void controls_stay_out_of_histories(void **state)
{
    sample s;
    size_t rows = 0;
    fill(&s);
    s.times[1].arm = "twin";
    json_decref(export_of(state, ZCB_EXPORT_BMF, &s, &rows));
    assert_int_equal(rows, 1);
    json_decref(export_of(state, ZCB_EXPORT_GHA, &s, &rows));
    assert_int_equal(rows, 0);
}

static void full_disk(void **state)
{
    char *path = in_folder(state, "out.json");
    sample s;
    size_t rows = 7, entries = count_entries(*state);
    zcb_error error;
    fill(&s);
    limit_file_size(64);
    zcb_export *export = zcb_export_begin(ZCB_EXPORT_GBENCH, &s.run, NULL, path, &error);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(zcb_export_add(export, &s.exported, &error), 0);
    }
    assert_int_equal(zcb_export_commit(export, &rows, &error), -1);
    limit_file_size(0);
    assert_error(&error, ZCB_EXIT_INTERNAL, "cannot write");
    assert_int_equal(rows, 7);
    assert_int_equal(count_entries(*state), entries);
    free(path);
}

static void formats_by_name(void **state)
{
    (void)state;
    zcb_export_format format = ZCB_EXPORT_BMF;
    for (int i = 0; i < ZCB_EXPORT_COUNT; i++) {
        assert_int_equal(
            zcb_export_format_parse(zcb_export_format_name((zcb_export_format)i), &format), 0);
        assert_int_equal(format, i);
    }
    assert_int_equal(zcb_export_format_parse("json", &format), -1);
    assert_int_equal(format, ZCB_EXPORT_BMF);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(pyperf_file, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(pyperf_date, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(gbench_file, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(gbench_families, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(gha_file, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(bmf_file, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(controls_stay_out_of_histories, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(full_disk, make_folder, remove_folder),
        cmocka_unit_test(formats_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
