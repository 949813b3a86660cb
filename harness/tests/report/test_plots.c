/* Protects: pictures that are whole, reproducible, and that obey nobody. Exit 77: no gnuplot
 * here. */
#include "fabricate.h"
#include "scratch.h"

#include "report/derive.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static zcb_recorded run;
static char one[SCRATCH_PATH_MAX], other[SCRATCH_PATH_MAX], notes[4096];

static void listen(void *context, const char *text)
{
    (void)context;
    strncat(notes, text, sizeof notes - strlen(notes) - 2);
    strcat(notes, "\n");
}

static int draw_into(char *dir)
{
    zcb_report_options options = {.templates_dir = ZCB_PLOTS_DIR, .note = listen};
    scratch_make(dir);
    return zcb_report_write(&run, dir, &options, NULL);
}

static int set_up(void **state)
{
    (void)state;
    fabrication usual = *usual_fabrication();
    usual.variant_count = 1;
    fabricate(&usual, &run);
    return draw_into(one) != 0 || draw_into(other) != 0;
}

static int tear_down(void **state)
{
    (void)state;
    scratch_remove(one);
    scratch_remove(other);
    zcb_recorded_clear(&run);
    return 0;
}

/* Runs gnuplot; its exit status, 127 when there is none. */
static int run_gnuplot(const char *dir, const char *argument, const char *script)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        if (chdir(dir) == 0) {
            execlp("gnuplot", "gnuplot", argument, script, (char *)NULL);
        }
        _exit(127);
    }
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void plots_dir(char *path, size_t size, const char *dir)
{
    snprintf(path, size, "%s/plots", dir);
}

static void every_script_has_its_two_pictures(void **state)
{
    (void)state;
    char dir[2 * SCRATCH_PATH_MAX], name[512];
    size_t scripts = 0, size;
    plots_dir(dir, sizeof dir, one);
    DIR *folder = opendir(dir);
    assert_non_null(folder);
    assert_string_equal(notes, "");
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        size_t length = strlen(entry->d_name);
        assert_null(strstr(entry->d_name, ".part"));
        if (length < 4 || strcmp(entry->d_name + length - 3, ".gp") != 0 ||
            strchr(entry->d_name, '-') == NULL) {
            continue;
        }
        scripts++;
        snprintf(name, sizeof name, "%.*s.svg", (int)length - 3, entry->d_name);
        char *svg = scratch_read(dir, name, &size);
        assert_non_null(svg);
        assert_non_null(strstr(svg, "</svg>"));
        assert_non_null(strstr(svg, "<path")); /* curves, not only axes */
        free(svg);
        snprintf(name, sizeof name, "%.*s.png", (int)length - 3, entry->d_name);
        char *png = scratch_read(dir, name, &size);
        assert_non_null(png);
        assert_true(size > 10000 && memcmp(png, "\x89PNG", 4) == 0);
        free(png);
    }
    closedir(folder);
    assert_int_equal(scripts,
                     7 + 1); /* a picture per measured pair and lane, one of all speed-ups */
}

static void the_same_data_give_the_same_pictures(void **state)
{
    (void)state;
    char left[2 * SCRATCH_PATH_MAX], right[2 * SCRATCH_PATH_MAX];
    plots_dir(left, sizeof left, one);
    plots_dir(right, sizeof right, other);
    /* 8 × (svg, png, gp, csv), the speed-ups' second table, four shared scripts */
    assert_int_equal(scratch_compare(left, right), 8 * 4 + 1 + 4);
}

static void a_script_redraws_its_picture(void **state)
{
    (void)state;
    char dir[2 * SCRATCH_PATH_MAX], path[3 * SCRATCH_PATH_MAX];
    size_t before_size, after_size;
    plots_dir(dir, sizeof dir, other);
    char *before = scratch_read(dir, "speedup-cp311.svg", &before_size);
    snprintf(path, sizeof path, "%s/speedup-cp311.svg", dir);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(run_gnuplot(dir, "-d", "speedup-cp311.gp"), 0);
    char *after = scratch_read(dir, "speedup-cp311.svg", &after_size);
    assert_non_null(after);
    assert_int_equal(before_size, after_size);
    assert_memory_equal(before, after, after_size);
    free(before);
    free(after);
}

/* Names that would run a command if gnuplot or a shell read them; what they'd make does not
 * exist. */
static void nothing_is_executed(void **state)
{
    (void)state;
    char dir[2 * SCRATCH_PATH_MAX], path[3 * SCRATCH_PATH_MAX];
    struct stat facts;
    size_t size;
    plots_dir(dir, sizeof dir, one);
    snprintf(path, sizeof path, "%s/pwned", dir);
    assert_int_not_equal(stat(path, &facts), 0);
    assert_int_not_equal(stat("pwned", &facts), 0);
    char *svg = scratch_read(dir, "speedup-cp311.svg", &size);
    assert_non_null(strstr(svg, "a&lt;b>&amp;"));
    assert_null(strstr(svg, "<b>"));
    free(svg);
}

static void a_picture_gnuplot_refuses_is_told(void **state)
{
    (void)state;
    char dir[SCRATCH_PATH_MAX];
    notes[0] = '\0';
    zcb_report_options options = {
        .templates_dir = ZCB_PLOTS_DIR, .gnuplot = "false", .note = listen};
    scratch_make(dir);
    assert_int_equal(zcb_report_write(&run, dir, &options, NULL), 0);
    assert_non_null(strstr(notes, "plots/speedup-cp311.gp could not be drawn"));
    notes[0] = '\0';
    scratch_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_script_has_its_two_pictures),
        cmocka_unit_test(the_same_data_give_the_same_pictures),
        cmocka_unit_test(a_script_redraws_its_picture),
        cmocka_unit_test(nothing_is_executed),
        cmocka_unit_test(a_picture_gnuplot_refuses_is_told),
    };
    if (run_gnuplot(".", "--version", NULL) == 127) {
        return 77;
    }
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
