/* Why this file: it turns an analysis into a folder that draws itself, and draws it. */
#include "report/plot.h"

#include "report/gnuplot.h"
#include "report/plot_choice.h"
#include "report/plot_comparison.h"
#include "report/plot_parts.h"
#include "store/files.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Every script of the plots folder that pictures need beside them. */
static const char *const TEMPLATES[] = {
    "style.gp",   "head.gp",     "key.gp",    "sizes.gp",   "terminal.gp",
    "time.gp",    "speedup.gp",  "forest.gp", "heatmap.gp", "compare.gp",
    "history.gp", "controls.gp", "spread.gp"};

/* What writes each kind of picture, in the order of the page. */
static zcb_plot_kind *const KINDS[] = {zcb_plot_forests,  zcb_plot_times,    zcb_plot_speedups,
                                       zcb_plot_heatmaps, zcb_plot_compares, zcb_plot_controls};

/* Copies one template into `folder`. */
static int copy_template(const char *templates_dir, const char *name, const char *folder,
                         zcb_error *error)
{
    char path[PATH_MAX], buffer[4096];
    size_t length;
    snprintf(path, sizeof path, "%s/%s", templates_dir, name);
    FILE *source = fopen(path, "rb");
    if (source == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "can't read the plot script %s: %s", path,
                        strerror(errno));
    }
    zcb_file *file = zcb_plot_begin(folder, name, "", error);
    if (file == NULL) {
        fclose(source);
        return -1;
    }
    while ((length = fread(buffer, 1, sizeof buffer, source)) > 0) {
        fwrite(buffer, 1, length, zcb_file_stream(file));
    }
    int is_bad = ferror(source);
    fclose(source);
    if (is_bad) {
        zcb_file_discard(file);
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "can't read the plot script %s", path);
    }
    return zcb_file_commit(file, error);
}

static int copy_templates(const char *templates_dir, const char *folder, zcb_error *error)
{
    for (size_t i = 0; i < sizeof TEMPLATES / sizeof TEMPLATES[0]; i++) {
        if (copy_template(templates_dir, TEMPLATES[i], folder, error) != 0) {
            return -1;
        }
    }
    return 0;
}

static void tell(const zcb_report_options *options, const char *text)
{
    if (options->note != NULL) {
        options->note(options->note_context, text);
    }
}

/* Tells how many of `count` drawings failed, and why the first of them: what fails one mostly fails
 * all. */
static void tell_failed(const zcb_drawing *drawings, size_t count,
                        const zcb_report_options *options)
{
    char text[640];
    size_t failed = 0, first = 0;
    for (size_t i = 0; i < count; i++) {
        if (!drawings[i].is_drawn && failed++ == 0) {
            first = i;
        }
    }
    if (failed > 1) {
        snprintf(text, sizeof text,
                 "%zu of %zu pictures could not be drawn, plots/%s.gp the first of them: %s",
                 failed, count, drawings[first].name, drawings[first].problem);
        tell(options, text);
    } else if (failed == 1) {
        snprintf(text, sizeof text, "plots/%s.gp could not be drawn: %s", drawings[first].name,
                 drawings[first].problem);
        tell(options, text);
    }
}

/* Marks what was drawn and tells what could not be. */
static void settle(zcb_pictures *pictures, const zcb_drawing *drawings, size_t count,
                   const zcb_report_options *options)
{
    for (size_t i = 0, at = 0; i < pictures->count && at < count; i++) {
        if (drawings[at].name == pictures->items[i].name) {
            pictures->items[i].is_drawn = drawings[at++].is_drawn;
        }
    }
    tell_failed(drawings, count, options);
}

/* Draws the pictures asked for; what can't be drawn is told, not failed. */
static int draw(const char *folder, zcb_pictures *pictures, const zcb_report_options *options,
                zcb_error *error)
{
    const char *program = options->gnuplot != NULL ? options->gnuplot : "gnuplot";
    zcb_drawing *drawings = calloc(pictures->count + 1, sizeof *drawings);
    zcb_error trouble;
    size_t count = 0;
    char text[640];
    if (drawings == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    for (size_t i = 0; i < pictures->count; i++) {
        unsigned kinds = zcb_plot_choice(options->figures, &pictures->items[i]);
        if (kinds != 0) {
            drawings[count].name = pictures->items[i].name;
            drawings[count++].kinds = kinds;
        }
    }
    int result =
        options->figures == NULL ? 0 : zcb_plot_choice_check(options->figures, pictures, error);
    if (result == 0 &&
        zcb_gnuplot_draw(program, folder, drawings, count, options->jobs, &trouble) != 0) {
        snprintf(text, sizeof text,
                 "no pictures: %.255s (install gnuplot, then `zcbench report`)", trouble.text);
        tell(options, text);
    } else if (result == 0) {
        settle(pictures, drawings, count, options);
    }
    free(drawings);
    return result;
}

/* Makes dir/plots, whose path goes to `folder`, with the templates in it. */
static int make_folder(const char *dir, const zcb_report_options *options,
                       char folder[PATH_MAX], zcb_error *error)
{
    int length = snprintf(folder, PATH_MAX, "%s/plots", dir);
    if (length < 0 || length >= PATH_MAX) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "the path of plots/ is too long");
    }
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "can't make %s: %s", folder, strerror(errno));
    }
    return copy_templates(options->templates_dir, folder, error);
}

int zcb_plots_compare(const zcb_comparison_set *set, const char *dir,
                      const zcb_report_options *options, zcb_error *error)
{
    char folder[PATH_MAX];
    zcb_pictures pictures = {0};
    if (options->templates_dir == NULL) {
        return 0;
    }
    int result = make_folder(dir, options, folder, error);
    if (result == 0) {
        result = zcb_plot_comparison(set, folder, &pictures, error);
    }
    if (result == 0) {
        result = draw(folder, &pictures, options, error);
    }
    zcb_pictures_clear(&pictures);
    return result;
}

int zcb_plots_history(const zcb_history *history, const char *dir,
                      const zcb_report_options *options, zcb_error *error)
{
    char folder[PATH_MAX];
    zcb_pictures pictures = {0};
    if (options->templates_dir == NULL) {
        return 0;
    }
    int result = make_folder(dir, options, folder, error);
    if (result == 0) {
        result = zcb_plot_history(history, folder, &pictures, error);
    }
    if (result == 0) {
        result = draw(folder, &pictures, options, error);
    }
    zcb_pictures_clear(&pictures);
    return result;
}

int zcb_plots_write(const zcb_analysis *analysis, const char *dir,
                    const zcb_report_options *options, zcb_pictures *out, zcb_error *error)
{
    char folder[PATH_MAX];
    *out = (zcb_pictures){0};
    if (options->templates_dir == NULL) {
        return 0;
    }
    int result = make_folder(dir, options, folder, error);
    for (size_t k = 0; result == 0 && k < sizeof KINDS / sizeof KINDS[0]; k++) {
        result = KINDS[k](analysis, folder, out, error);
    }
    return result == 0 ? draw(folder, out, options, error) : -1;
}
