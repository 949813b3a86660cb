/* See outcome.h. */
#include "driver/outcome.h"

#include "driver/console.h"
#include "driver/folder_copies.h"
#include "driver/outcome_json.h"
#include "driver/places.h"
#include "driver/streams.h"
#include "report/derive.h"
#include "report/plot.h"
#include "report/text.h"
#include "report/verdict_table.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void pass_note(void *context, const char *text)
{
    (void)context;
    zcb_note("note: %s", text);
}

static int exists(const char *dir, const char *name)
{
    char *path = zcb_format(NULL, "%s/%s", dir, name);
    int found = path != NULL && access(path, F_OK) == 0;
    free(path);
    return found;
}

/* What may be done next, with the first pair: one of the user's own is found by its file. */
static void print_next(const zcb_run *run, FILE *stream)
{
    char program[PATH_MAX], pair[256], file[2 * PATH_MAX];
    zcb_text_shell(zcb_program(), program, sizeof program);
    if (run->pair_count > 0) {
        zcb_text_shell(run->pairs[0].name, pair, sizeof pair);
        fprintf(stream, "next     %s show %s", program, pair);
        if (run->pairs[0].file[0] == '/') {
            fprintf(stream, " --pairs %s",
                    zcb_text_shell(run->pairs[0].file, file, sizeof file));
        }
        fputs("\n         ", stream);
    } else {
        fputs("next     ", stream);
    }
    fprintf(stream, "%s pair --help\n", program);
}

/* The lines after the verdict: what lies where, and what to do next, to be copied as it stands.
 */
static void print_paths(const zcb_analysis *analysis, const char *dir, const char *shown_dir,
                        FILE *stream)
{
    char shown[2 * PATH_MAX];
    zcb_text_visible(shown_dir, shown, sizeof shown);
    static const char *const reports[] = {"report.html", "summary.md"};
    for (size_t i = 0; i < 2; i++) {
        if (exists(dir, reports[i])) {
            fprintf(stream, "\nreport   %s/%s\n", shown, reports[i]);
            break;
        }
    }
    if (exists(dir, "plots")) {
        fprintf(stream, "plots    %s/plots/\n", shown);
    }
    fprintf(stream, "data     %s/summary.csv · speedup.csv · breakeven.csv · samples.csv\n",
            shown);
    print_next(&analysis->recorded->run, stream);
}

/* Sets *options up for pictures from the share folder's templates, whose path is the caller's to
 * free. 0 or -1. */
static int picture_options(zcb_report_options *options, char **templates, zcb_error *error)
{
    *templates = zcb_format(error, "%s/plots", zcb_share_dir());
    if (*templates == NULL) {
        return -1;
    }
    *options = (zcb_report_options){.templates_dir = *templates, .note = pass_note};
    if (access(*templates, R_OK) < 0) {
        zcb_note("note: no pictures: there is no folder '%s'", *templates);
        options->templates_dir = NULL;
    }
    return 0;
}

/* `figures`: the only pictures to be drawn, and nothing else to be written; NULL: everything.
 */
static int derive(const zcb_analysis *analysis, const char *dir, const char *figures,
                  zcb_error *error)
{
    zcb_report_options options;
    char *templates;
    if (picture_options(&options, &templates, error) < 0) {
        return -1;
    }
    options.figures = figures;
    int result = zcb_report_write_analysis(analysis, dir, &options, error);
    free(templates);
    return result;
}

int zcb_outcome_compare(const zcb_comparison_set *set, const char *dir, zcb_error *error)
{
    zcb_report_options options;
    char *templates;
    if (picture_options(&options, &templates, error) < 0) {
        return -1;
    }
    int result = zcb_plots_compare(set, dir, &options, error);
    free(templates);
    return result;
}

int zcb_outcome_history(const zcb_history *history, const char *dir, zcb_error *error)
{
    zcb_report_options options;
    char *templates;
    if (picture_options(&options, &templates, error) < 0) {
        return -1;
    }
    int result = zcb_plots_history(history, dir, &options, error);
    free(templates);
    return result;
}

int zcb_outcome_derive(const zcb_analysis *analysis, const char *dir, zcb_error *error)
{
    return derive(analysis, dir, NULL, error);
}

static int print_json(const zcb_analysis *analysis, const char *shown_dir,
                      const zcb_common_options *options, json_t *more, zcb_error *error)
{
    json_t *root = zcb_outcome_json(analysis, shown_dir);
    if (root != NULL && more != NULL && json_object_update(root, more) < 0) {
        json_decref(root);
        root = NULL;
    }
    return zcb_common_print_json(options, root, error);
}

static int tell(const zcb_analysis *analysis, const char *dir, const char *shown_dir,
                const zcb_common_options *options, json_t *more, zcb_error *error)
{
    FILE *stream = options->json && options->json_file == NULL ? stderr : stdout;
    int fd = fileno(stream);
    if (zcb_verdict_print(analysis, zcb_columns(fd, 80), zcb_color_wanted(options->color, fd),
                          stream, error) < 0) {
        return -1;
    }
    fflush(stream); /* the files come first: whether it could be written is asked at the end */
    if (zcb_outcome_derive(analysis, dir, error) < 0) {
        return -1;
    }
    if (analysis->recorded->run.complete) { /* there is nothing more to go on with */
        zcb_copies_remove(dir);
    }
    if (options->json && print_json(analysis, shown_dir, options, more, error) < 0) {
        return -1;
    }
    print_paths(analysis, dir, shown_dir, stream);
    return zcb_stream_flush(stream, error);
}

int zcb_outcome_tell(const char *dir, const char *shown_dir, const zcb_common_options *options,
                     json_t *more, size_t *measured, zcb_error *error)
{
    zcb_recorded recorded = {0};
    zcb_analysis analysis = {0};
    int result = -1;
    if (zcb_recorded_read(dir, &recorded, error) < 0 ||
        zcb_analyse(&recorded, &analysis, error) < 0) {
        goto done;
    }
    if (measured != NULL) {
        *measured = analysis.controls.status_count[ZCB_STATUS_OK] +
                    analysis.controls.status_count[ZCB_STATUS_NOISY];
    }
    result = tell(&analysis, dir, shown_dir, options, more, error);
done:
    zcb_analysis_clear(&analysis);
    zcb_recorded_clear(&recorded);
    return result;
}

int zcb_outcome_draw(const char *dir, const char *figures, zcb_error *error)
{
    zcb_recorded recorded = {0};
    zcb_analysis analysis = {0};
    int result = -1;
    if (zcb_recorded_read(dir, &recorded, error) == 0 &&
        zcb_analyse(&recorded, &analysis, error) == 0) {
        result = derive(&analysis, dir, figures, error);
    }
    if (result == 0) {
        printf("plots    %s/plots/\n", dir);
        result = zcb_stream_flush(stdout, error);
    }
    zcb_analysis_clear(&analysis);
    zcb_recorded_clear(&recorded);
    return result;
}
