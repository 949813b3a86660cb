/* Protects: pictures that are whole, reproducible, and that obey nobody. Exit 77: no gnuplot
 * here. */
#include "fabricate.h"
#include "scratch.h"

#include "report/derive.h"
#include "report/gnuplot.h"
#include "report/svg_palette.h"

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

enum { PICTURES = 7 + 8 + 2 + 2 + 2 };

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
            strchr(entry->d_name, '-') == NULL || strcmp(entry->d_name, "style.gp") == 0) {
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
        assert_true(size > 5000 && memcmp(png, "\x89PNG", 4) == 0);
        free(png);
    }
    closedir(folder);
    /* times of 7 pairs and lanes, 8 questions, forest and heatmap of 2 lanes, 2 of controls */
    assert_int_equal(scripts, PICTURES);
}

static void the_same_data_give_the_same_pictures(void **state)
{
    (void)state;
    char left[2 * SCRATCH_PATH_MAX], right[2 * SCRATCH_PATH_MAX];
    plots_dir(left, sizeof left, one);
    plots_dir(right, sizeof right, other);
    /* svg, png, gp, csv; the speed-ups' second table; shared scripts */
    assert_int_equal(scratch_compare(left, right), PICTURES * 4 + 8 + 13);
}

static void a_script_redraws_its_picture(void **state)
{
    (void)state;
    char dir[2 * SCRATCH_PATH_MAX], path[3 * SCRATCH_PATH_MAX];
    size_t before_size, after_size;
    plots_dir(dir, sizeof dir, other);
    char *before = scratch_read(dir, "forest-other-python.svg", &before_size);
    snprintf(path, sizeof path, "%s/forest-other-python.svg", dir);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(run_gnuplot(dir, "-d", "forest-other-python.gp"), 0);
    char *after = scratch_read(dir, "forest-other-python.svg", &after_size);
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
    char *svg = scratch_read(dir, "forest-other-python.svg", &size);
    assert_non_null(strstr(svg, "a&lt;b>&amp;"));
    assert_null(strstr(svg, "<b>"));
    free(svg);
}

/* A page can turn only the colours it knows into dark ones. */
static void every_colour_is_of_the_palette(void **state)
{
    (void)state;
    char dir[2 * SCRATCH_PATH_MAX];
    size_t colours = 0, known, size;
    zcb_palette(&known);
    plots_dir(dir, sizeof dir, one);
    DIR *folder = opendir(dir);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (strstr(entry->d_name, ".svg") == NULL) {
            continue;
        }
        char *svg = scratch_read(dir, entry->d_name, &size);
        assert_non_null(svg);
        for (char *at = strstr(svg, "'rgb("); at != NULL; at = strstr(at + 1, "'rgb(")) {
            unsigned r, g, b;
            assert_int_equal(sscanf(at, "'rgb( %u , %u , %u )", &r, &g, &b), 3);
            assert_true(zcb_palette_find(r << 16 | g << 8 | b) < known);
            colours++;
        }
        free(svg);
    }
    closedir(folder);
    assert_true(colours > 100);
}

static void write_script(const char *dir, const char *name, const char *text)
{
    char path[2 * SCRATCH_PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *stream = fopen(path, "w");
    assert_non_null(stream);
    fputs(text, stream);
    fclose(stream);
}

/* One process draws many scripts: one that fails costs itself only. */
static void a_bad_script_spoils_no_other(void **state)
{
    (void)state;
    char dir[SCRATCH_PATH_MAX];
    static const char good[] = "set terminal svg\nset output name.'.svg'.suffix\nplot x\n"
                               "unset output\n";
    char text[512];
    zcb_drawing drawings[] = {{.name = "a", .kinds = ZCB_DRAW_SVG},
                              {.name = "b", .kinds = ZCB_DRAW_SVG},
                              {.name = "c", .kinds = ZCB_DRAW_SVG},
                              {.name = "d", .kinds = ZCB_DRAW_SVG}};
    scratch_make(dir);
    for (size_t i = 0; i < 4; i++) {
        char name[8];
        snprintf(name, sizeof name, "%s.gp", drawings[i].name);
        snprintf(text, sizeof text, "name = '%s'\n%s", drawings[i].name,
                 i == 1 ? "plot nonsense(\n" : good);
        write_script(dir, name, text);
    }
    assert_int_equal(zcb_gnuplot_draw("gnuplot", dir, drawings, 4, 1, NULL), 0);
    assert_true(drawings[0].is_drawn);
    assert_false(drawings[1].is_drawn);
    assert_true(drawings[1].problem[0] != '\0');
    assert_true(drawings[2].is_drawn);
    assert_true(drawings[3].is_drawn);
    scratch_remove(dir);
}

/* A list draws what it names, in the kinds it asks for, and leaves all else alone. */
static void a_list_draws_only_what_it_names(void **state)
{
    (void)state;
    char dir[SCRATCH_PATH_MAX], path[2 * SCRATCH_PATH_MAX];
    struct stat facts;
    zcb_error error = {0};
    zcb_report_options options = {.templates_dir = ZCB_PLOTS_DIR,
                                  .figures = "forest.pdf,time-cp311-bytes_slice-*"};
    scratch_make(dir);
    assert_int_equal(zcb_report_write(&run, dir, &options, NULL), 0);
    static const struct {
        const char *name;
        int is_there;
    } files[] = {{"plots/forest-other-python.pdf", 1},
                 {"plots/forest-other-python.svg", 0},
                 {"plots/time-cp311-bytes_slice-capi.svg", 1},
                 {"plots/time-cp311-bytes_slice-capi.png", 1},
                 {"plots/time-cp311-never_pays-python.svg", 0},
                 {"report.html", 0},
                 {"summary.csv", 0}};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", dir, files[i].name);
        assert_int_equal(stat(path, &facts) == 0, files[i].is_there);
    }
    options.figures = "forest,nothing_like_it";
    assert_int_equal(zcb_report_write(&run, dir, &options, &error), -1);
    assert_int_equal(error.exit_code, ZCB_EXIT_USAGE);
    assert_non_null(strstr(error.text, "nothing_like_it"));
    scratch_remove(dir);
}

static size_t count_lines(const char *text)
{
    size_t lines = 0;
    for (; *text != '\0'; text++) {
        lines += *text == '\n';
    }
    return lines;
}

static void what_gnuplot_refuses_is_told_in_one_sentence(void **state)
{
    (void)state;
    char dir[SCRATCH_PATH_MAX];
    notes[0] = '\0';
    zcb_report_options options = {
        .templates_dir = ZCB_PLOTS_DIR, .gnuplot = "false", .note = listen};
    scratch_make(dir);
    assert_int_equal(zcb_report_write(&run, dir, &options, NULL), 0);
    char start[64];
    snprintf(start, sizeof start, "%d of %d pictures could not be drawn, plots/", PICTURES,
             PICTURES);
    assert_ptr_equal(strstr(notes, start), notes);
    assert_non_null(strstr(notes, ".gp the first of them: gnuplot failed"));
    assert_int_equal(count_lines(notes), 1);
    options.figures = "forest-other-python";
    notes[0] = '\0';
    assert_int_equal(zcb_report_write(&run, dir, &options, NULL), 0);
    assert_string_equal(notes,
                        "plots/forest-other-python.gp could not be drawn: gnuplot failed\n");
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
        cmocka_unit_test(every_colour_is_of_the_palette),
        cmocka_unit_test(a_bad_script_spoils_no_other),
        cmocka_unit_test(a_list_draws_only_what_it_names),
        cmocka_unit_test(what_gnuplot_refuses_is_told_in_one_sentence),
    };
    if (run_gnuplot(".", "--version", NULL) == 127) {
        return 77;
    }
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
