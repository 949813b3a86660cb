/* Protects: a baseline reads back as it was written, its lines stay where they are from run to
 * run, and a file that is none, is cut short or comes from the future is refused with a
 * sentence. */
#include "support.h"

#include "store/baseline.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *text(const char *from)
{
    char *copy = strdup(from);
    assert_non_null(copy);
    return copy;
}

/* Two variants, figures in an order that is not the file's. */
static zcb_baseline sample(void)
{
    static const struct {
        const char *python, *pair, *arm, *divisor;
        uint64_t size_bytes;
    } rows[] = {{"head", "b_pair", "view", "null", 4096},
                {"head", "a_pair", "view:with\"quotes", "null", 65536},
                {"head", "a_pair", "copy", "limit", 4096},
                {"base", "b_pair", "view", "null", 4096}};
    zcb_baseline made = {.run_id = text("20261122T120000Z-host-abc"),
                         .ended_utc = text("2026-11-22T12:01:00.000Z"),
                         .commit = text("abc"),
                         .cells = zcb_cells_new()};
    made.variants = calloc(2, sizeof *made.variants);
    made.figures = calloc(4, sizeof *made.figures);
    made.breakevens = calloc(2, sizeof *made.breakevens);
    for (size_t v = 0; v < 2; v++) {
        made.variants[made.variant_count++] =
            (zcb_baseline_variant){text(v == 0 ? "head" : "base"),
                                   text("CPU é"),
                                   text("Linux"),
                                   text("glibc 2.36"),
                                   text("GCC"),
                                   text("3.11"),
                                   text("")};
    }
    for (size_t i = 0; i < 4; i++) {
        made.figures[made.figure_count++] = (zcb_baseline_figure){
            add_cell(made.cells, rows[i].python, rows[i].pair, rows[i].size_bytes),
            zcb_cells_intern(made.cells, rows[i].arm),
            zcb_cells_intern(made.cells, rows[i].divisor),
            1.5 + (double)i,
            1.25,
            1.75 + (double)i,
            10};
    }
    const char *view = zcb_cells_intern(made.cells, "view");
    made.breakevens[made.breakeven_count++] =
        (zcb_baseline_breakeven){add_cell(made.cells, "head", "b_pair", 64),
                                 view,
                                 zcb_cells_intern(made.cells, "crossed"),
                                 812.5,
                                 700,
                                 900};
    made.breakevens[made.breakeven_count++] =
        (zcb_baseline_breakeven){add_cell(made.cells, "head", "a_pair", 64),
                                 view,
                                 zcb_cells_intern(made.cells, "always"),
                                 NAN,
                                 NAN,
                                 NAN};
    zcb_baseline_sort(&made);
    return made;
}

static char *written(void *const *state, const zcb_baseline *baseline)
{
    zcb_error error;
    char *path = in_folder(state, "baseline.json");
    assert_int_equal(zcb_baseline_write(path, baseline, &error), 0);
    return path;
}

static void what_is_written_is_read(void **state)
{
    zcb_baseline made = sample(), read;
    zcb_error error;
    char *path = written(state, &made), *again = in_folder(state, "again.json");
    assert_int_equal(zcb_baseline_read(path, &read, &error), 0);
    assert_int_equal(read.figure_count, 4);
    assert_int_equal(read.breakeven_count, 2);
    assert_string_equal(zcb_baseline_find(&read, "head")->cpu_model, "CPU é");
    assert_null(zcb_baseline_find(&read, "other"));
    const zcb_baseline_figure *figure = &read.figures[3];
    const zcb_cell *cell = zcb_cells_at(read.cells, figure->cell);
    assert_string_equal(cell->python, "head");
    assert_string_equal(cell->pair, "b_pair");
    assert_true(figure->ratio == 1.5 && figure->lo == 1.25 && figure->hi == 1.75);
    assert_true(read.breakevens[1].bytes == 812.5 && isnan(read.breakevens[0].hi));
    assert_int_equal(zcb_baseline_write(again, &read, &error), 0);
    char *first = get_text(path, NULL), *second = get_text(again, NULL);
    assert_string_equal(first, second);
    free(second);
    free(first);
    free(again);
    free(path);
    zcb_baseline_clear(&read);
    zcb_baseline_clear(&made);
}

/* A changed figure is one changed line. */
static void a_row_is_a_line(void **state)
{
    zcb_baseline made = sample();
    char *path = written(state, &made);
    char *before = get_text(path, NULL);
    made.figures[2].ratio = 1.5000001; /* beyond what is written */
    made.figures[1].ratio = 2.75;
    free(written(state, &made));
    char *after = get_text(path, NULL), *rest_before = before, *rest_after = after;
    size_t lines = 0, changed = 0;
    while (*rest_before != '\0' && *rest_after != '\0') {
        char *one = strsep(&rest_before, "\n"), *other = strsep(&rest_after, "\n");
        changed += strcmp(one, other) != 0;
        lines++;
        assert_true(rest_before != NULL && rest_after != NULL);
    }
    assert_int_equal(lines, 4 + (1 + 2 + 1) + (1 + 4 + 1) + (1 + 2 + 1) + 1);
    assert_int_equal(changed, 2);
    free(after);
    free(before);
    free(path);
    zcb_baseline_clear(&made);
}

static void refused(void *const *state, const char *content, const char *part)
{
    zcb_baseline read;
    zcb_error error = {0};
    char *path = in_folder(state, "bad.json");
    put_text(path, content);
    assert_int_equal(zcb_baseline_read(path, &read, &error), -1);
    assert_error(&error, ZCB_EXIT_USAGE, part);
    assert_non_null(strstr(error.text, "bad.json"));
    assert_null(read.figures);
    free(path);
}

/* The sample's text with the first `from` replaced by `to`. */
static void refused_change(void *const *state, const char *from, const char *to,
                           const char *part)
{
    zcb_baseline made = sample();
    char *path = written(state, &made), *whole = get_text(path, NULL), *changed = NULL;
    char *at = strstr(whole, from);
    assert_non_null(at);
    assert_true(
        asprintf(&changed, "%.*s%s%s", (int)(at - whole), whole, to, at + strlen(from)) > 0);
    refused(state, changed, part);
    free(changed);
    free(whole);
    free(path);
    zcb_baseline_clear(&made);
}

static void what_is_no_baseline_is_refused(void **state)
{
    refused(state, "", "line 1");
    refused(state, "[]", "no baseline");
    refused(state, "{\"schema\": 1, \"run_id\": \"a run.json\"}", "no baseline");
    refused(state, "not json", "line 1");
    refused(state, "{\"format\": \"zcbench baseline\"}", "schema");
    refused_change(state, "\"schema\": 1", "\"schema\": 2", "newer than 1");
    refused_change(state, "\"schema\": 1", "\"schema\": 1, \"schema\": 1", "duplicate");
    refused_change(state, "\"figures\"", "\"figured\"", "figures is not a list");
    refused_change(state, "\"lane\": \"python\"", "\"lane\": \"pyton\"", "figures[0].lane");
    refused_change(state, "\"divisor\": \"null\"", "\"divisor\": \"copy\"", "figures[0]");
    refused_change(state, "\"ratio\": 4.5", "\"ratio\": -4.5", "figures[0]");
    refused_change(state, "\"lo\": 1.25", "\"lo\": null", "figures[0]");
    refused_change(state, "\"size_bytes\": 4096", "\"size_bytes\": 0", "size 0");
    refused_change(state, "\"bytes\": 812.5", "\"bytes\": null", "breakevens[1]");
    refused_change(state, "{\"python\": \"base\", \"cpu", "{\"python\": \"bare\", \"cpu",
                   "base");
}

/* However much of it is there. */
static void a_file_cut_short_is_refused(void **state)
{
    zcb_baseline made = sample();
    char *path = written(state, &made);
    size_t size = 0;
    char *whole = get_text(path, &size);
    for (size_t length = 0; length + 2 < size; length += 97) {
        char *part = strndup(whole, length);
        refused(state, part, "line");
        free(part);
    }
    free(whole);
    free(path);
    zcb_baseline_clear(&made);
}

static void a_missing_file_is_no_baseline(void **state)
{
    zcb_baseline read;
    zcb_error error;
    char *path = in_folder(state, "none.json");
    assert_int_equal(zcb_baseline_read(path, &read, &error), -1);
    assert_error(&error, ZCB_EXIT_NOTHING, "there is no baseline");
    assert_int_equal(zcb_baseline_read(*state, &read, &error), -1);
    assert_error(&error, ZCB_EXIT_USAGE, "cannot read");
    free(path);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        TEST(what_is_written_is_read),        TEST(a_row_is_a_line),
        TEST(what_is_no_baseline_is_refused), TEST(a_file_cut_short_is_refused),
        TEST(a_missing_file_is_no_baseline),
    };
#undef TEST
    return cmocka_run_group_tests(tests, NULL, NULL);
}
