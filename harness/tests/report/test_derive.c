/* Protects: the derived tables and the Markdown page: columns, reproducibility, escaping,
 * bounds. */
#include "fabricate.h"
#include "scratch.h"

#include "report/derive.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

static zcb_recorded run;

static int set_up(void **state)
{
    (void)state;
    fabricate(usual_fabrication(), &run);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    zcb_recorded_clear(&run);
    return 0;
}

/* Writes the run's tables and returns one of the files; the caller frees it. */
static char *written(const zcb_recorded *recorded, const char *name, size_t *size)
{
    char dir[SCRATCH_PATH_MAX];
    scratch_make(dir);
    assert_int_equal(zcb_report_write(recorded, dir, NULL, NULL), 0);
    char *text = scratch_read(dir, name, size);
    assert_non_null(text);
    scratch_remove(dir);
    return text;
}

static size_t count_lines(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += *text == '\n' ? 1 : 0;
    }
    return count;
}

static void tables_have_their_columns_and_rows(void **state)
{
    (void)state;
    static const struct {
        const char *name, *header;
        size_t rows;
    } tables[] = {
        {"summary.csv",
         "run_id,python,pair,lane,heap,cache,consumer,size_bytes,arm,launches,samples,median_"
         "ns,"
         "ci_lo_ns,ci_hi_ns,mean_ns,sd_ns,min_ns,p99_ns,faults_per_op,status,flags\n",
         2 * 17 * (6 * 5 + 6)},
        {"speedup.csv",
         "run_id,python,pair,lane,heap,cache,consumer,size_bytes,arm,gross,gross_lo,gross_hi,"
         "net,"
         "net_lo,net_hi,twin,twin_lo,twin_hi,limit_ratio,verdict\n",
         2 * 17 * 8},
        {"breakeven.csv",
         "run_id,python,pair,lane,heap,cache,consumer,arm,status,bytes,ci_lo,ci_hi\n", 2 * 9},
        {"scaling.csv",
         "run_id,python,pair,lane,heap,cache,consumer,arm,regime_lo,regime_hi,exponent,ci_lo,"
         "ci_hi,expected\n",
         2 * (5 + 5 + 6 + 5 + 6 + 6 + 6)},
    };
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        size_t size;
        char *text = written(&run, tables[i].name, &size);
        assert_int_equal(strncmp(text, tables[i].header, strlen(tables[i].header)), 0);
        assert_int_equal(count_lines(text), tables[i].rows + 1);
        assert_null(strstr(text, "nan"));
        assert_null(strstr(text, "inf"));
        free(text);
    }
}

static void the_same_data_give_the_same_bytes(void **state)
{
    (void)state;
    char one[SCRATCH_PATH_MAX], other[SCRATCH_PATH_MAX];
    scratch_make(one);
    scratch_make(other);
    assert_int_equal(zcb_report_write(&run, one, NULL, NULL), 0);
    setlocale(LC_ALL, "");
    assert_int_equal(zcb_report_write(&run, other, NULL, NULL), 0);
    assert_int_equal(zcb_report_write(&run, other, NULL, NULL), 0); /* over existing files */
    setlocale(LC_ALL, "C");
    assert_int_equal(scratch_compare(one, other), 7);
    scratch_remove(one);
    scratch_remove(other);
}

static void the_page_escapes_what_users_wrote(void **state)
{
    (void)state;
    size_t size;
    char *text = written(&run, "summary.md", &size);
    assert_null(strstr(text, "<script>"));
    assert_null(strstr(text, "<b>"));
    assert_null(strchr(text, '\x1b'));
    assert_null(strstr(text, "\xe2\x80\xae"));
    assert_non_null(strstr(text, "a&lt;b&gt;&amp;&quot;'\\$(x)\\\\\\`y\\`"));
    assert_non_null(strstr(text, "test&lt;host&gt;\\|\\`x\\`"));
    assert_non_null(strstr(text, "said &lt;script&gt;alert(1)&lt;/script&gt; \\| \\`rm\\`"));
    assert_non_null(strstr(text, "the child died by signal 11"));
    assert_non_null(strstr(text, "pays at every size"));
    free(text);
}

/* A table row's cells are parted by pipes that nobody but us wrote: each row of a table has as
 * many as its head. */
static void every_table_row_has_its_columns(void **state)
{
    (void)state;
    size_t size, head = 0;
    char *text = written(&run, "summary.md", &size);
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        size_t pipes = 0;
        for (const char *c = line; *c != '\0'; c++) {
            pipes += *c == '|' && (c == line || c[-1] != '\\') ? 1 : 0;
        }
        if (line[0] != '|') {
            head = 0;
        } else if (head == 0) {
            head = pipes;
        } else {
            assert_int_equal(pipes, head);
        }
    }
    free(text);
}

static void the_page_stays_small(void **state)
{
    (void)state;
    enum { PAIRS = 600, REASON = 500 };
    static char names[PAIRS][ZCB_NAME_MAX + 1], reason[REASON + 1];
    static fabricated_pair pairs[PAIRS];
    zcb_recorded recorded;
    size_t size;
    memset(reason, '<', REASON);
    for (size_t i = 0; i < PAIRS; i++) {
        memset(names[i], '&', ZCB_NAME_MAX);
        snprintf(names[i], 8, "%zu", i);
        names[i][strlen(names[i])] = '&';
        pairs[i] = (fabricated_pair){.name = names[i],
                                     .kind = ZCB_KIND_Z,
                                     .alternative_count = 1,
                                     .alternatives = {"view"},
                                     .status = ZCB_STATUS_FAILED,
                                     .reason = reason};
    }
    fabrication many = *usual_fabrication();
    many.pairs = pairs;
    many.pair_count = PAIRS;
    many.size_max = 256;
    fabricate(&many, &recorded);
    char *text = written(&recorded, "summary.md", &size);
    assert_true(size < 1048576);
    assert_non_null(strstr(text, "more rows: breakeven.csv has them all"));
    assert_non_null(strstr(text, "more: cells.csv and summary.csv have them all"));
    free(text);
    zcb_recorded_clear(&recorded);
}

static void a_folder_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    zcb_error error = {0};
    assert_int_equal(zcb_report_write(&run, "/nowhere/at/all", NULL, &error), -1);
    assert_int_not_equal(error.exit_code, ZCB_EXIT_OK);
    assert_true(error.text[0] != '\0');
}

static void listen(void *context, const char *text)
{
    char *notes = context;
    strcat(notes, text);
    strcat(notes, "\n");
}

/* Without gnuplot: one note, and everything but the pictures. */
static void missing_gnuplot_is_told_once(void **state)
{
    (void)state;
    char dir[SCRATCH_PATH_MAX], path[2 * SCRATCH_PATH_MAX], notes[4096] = "";
    struct stat facts;
    zcb_report_options options = {.templates_dir = ZCB_PLOTS_DIR,
                                  .gnuplot = "no-such-gnuplot",
                                  .note = listen,
                                  .note_context = notes};
    scratch_make(dir);
    assert_int_equal(zcb_report_write(&run, dir, &options, NULL), 0);
    assert_int_equal(count_lines(notes), 1);
    assert_non_null(strstr(notes, "no-such-gnuplot"));
    static const char *const there[] = {"summary.csv",
                                        "summary.md",
                                        "report.html",
                                        "plots/time.gp",
                                        "plots/time-cp311-bytes_slice-python.gp",
                                        "plots/time-cp311-bytes_slice-python.csv"};
    for (size_t i = 0; i < sizeof there / sizeof there[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, there[i]);
        assert_int_equal(stat(path, &facts), 0);
        assert_true(facts.st_size > 0);
    }
    snprintf(path, sizeof path, "%s/plots/time-cp311-bytes_slice-python.png", dir);
    assert_int_not_equal(stat(path, &facts), 0);
    scratch_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_have_their_columns_and_rows),
        cmocka_unit_test(the_same_data_give_the_same_bytes),
        cmocka_unit_test(the_page_escapes_what_users_wrote),
        cmocka_unit_test(every_table_row_has_its_columns),
        cmocka_unit_test(the_page_stays_small),
        cmocka_unit_test(a_folder_that_is_not_there_is_an_error),
        cmocka_unit_test(missing_gnuplot_is_told_once),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
