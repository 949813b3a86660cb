/* `zcbench export`: a run as the files of pyperf, Google Benchmark, github-action-benchmark and
 * Bencher. */
#include "driver/commands.h"

#include "driver/cmdline.h"
#include "driver/common_options.h"
#include "driver/console.h"
#include "driver/export_run.h"
#include "driver/nearest.h"
#include "driver/outcome_json.h"
#include "driver/run_folder.h"
#include "report/text.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_FORMAT = 0x300, KEY_OUT };

typedef struct export_options {
    zcb_common_options common;
    zcb_texts dirs;
    zcb_export_format format;
    int has_format;
    char *out;
} export_options;

static const char doc[] =
    "Write a run as files that other tools read. Every launch gives one value per arm: the "
    "median of its visits. DIR is a run's folder, results/latest by default."
    "\v"
    "Formats:\n"
    "  pyperf  <interpreter>.pyperf.json for each interpreter: pyperf stats, hist, compare_to\n"
    "  gbench  gbench.json: Google Benchmark's compare.py\n"
    "  gha     gha.json: github-action-benchmark, tool customSmallerIsBetter\n"
    "  bmf     bmf.json: Bencher, adapter json\n"
    "\n"
    "Examples:\n"
    "  zcbench export --format pyperf --out pyperf-files\n"
    "  zcbench export --format gbench --out for-compare results/latest\n"
    "\n"
    "Exit codes: 0 done, 1 internal error or disk full, 2 usage, a malformed file, or NEWDIR "
    "not empty, 5 DIR is no run or has no figures.";

static const struct argp_option options_of_export[] = {
    {"format", KEY_FORMAT, "pyperf|gbench|gha|bmf", 0, "Whose files to write (needed)", 0},
    {"out", KEY_OUT, "NEWDIR", 0, "A new or empty folder for the files (needed)", 0},
    {0}};

static int parse_format(export_options *o, const char *text)
{
    const char *names[ZCB_EXPORT_COUNT];
    for (int i = 0; i < ZCB_EXPORT_COUNT; i++) {
        names[i] = zcb_export_format_name((zcb_export_format)i);
    }
    if (zcb_export_format_parse(text, &o->format) == 0) {
        o->has_format = 1;
        return 0;
    }
    const char *near = zcb_nearest(text, names, ZCB_EXPORT_COUNT);
    zcb_fail(o->common.error, ZCB_EXIT_USAGE,
             "unknown format '%s'%s%s: pyperf, gbench, gha or bmf", text,
             near == NULL ? "" : ", nearest is ", near == NULL ? "" : near);
    return EINVAL;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    export_options *o = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &o->common;
        return 0;
    case KEY_FORMAT:
        return parse_format(o, arg);
    case KEY_OUT:
        return zcb_set_text(&o->out, arg, o->common.error) < 0 ? EINVAL : 0;
    case ARGP_KEY_ARG:
        return zcb_texts_add(&o->dirs, arg, o->common.error) < 0 ? EINVAL : 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static int check(const export_options *o, zcb_error *error)
{
    if (!o->has_format) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "--format is needed: pyperf, gbench, gha or bmf");
    }
    if (o->out == NULL || o->out[0] == '\0') {
        return zcb_fail(error, ZCB_EXIT_USAGE, "--out is needed: a new or empty folder");
    }
    if (o->dirs.count > 1) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "at most one DIR is taken, %zu were given",
                        o->dirs.count);
    }
    return zcb_folder_check(o->out, error);
}

static json_t *exported_json(const export_options *o, const zcb_run *run,
                             const zcb_exported *exported)
{
    json_t *root = json_object(), *files = json_array();
    for (size_t i = 0; i < exported->count; i++) {
        json_t *file = json_object();
        zcb_json_set_text(file, "path", exported->files[i].path);
        json_object_set_new(file, "rows", json_integer((json_int_t)exported->files[i].rows));
        json_array_append_new(files, file);
    }
    json_object_set_new(root, "schema", json_integer(1));
    zcb_json_set_text(root, "run_id", run->run_id);
    zcb_json_set_text(root, "format", zcb_export_format_name(o->format));
    json_object_set_new(root, "files", files);
    return root;
}

static void print_next(zcb_export_format format, const char *path)
{
    switch (format) {
    case ZCB_EXPORT_PYPERF:
        printf("next     python3 -m pyperf stats %s\n", path);
        break;
    case ZCB_EXPORT_GBENCH:
        printf("next     compare.py filters %s copy view\n", path);
        break;
    case ZCB_EXPORT_GHA:
        printf("next     github-action-benchmark with tool: customSmallerIsBetter, "
               "output-file-path: %s\n",
               path);
        break;
    default:
        printf("next     bencher run --adapter json --file %s\n", path);
        break;
    }
}

/* The files, and what to do with them. */
static void print_files(zcb_export_format format, const zcb_exported *exported)
{
    const char *what = format == ZCB_EXPORT_PYPERF ? "benchmark" : "row";
    char visible[PATH_MAX];
    for (size_t i = 0; i < exported->count; i++) {
        const zcb_exported_file *file = &exported->files[i];
        printf("%-8s %s   %zu %s%s\n", i == 0 ? "wrote" : "",
               zcb_text_visible(file->path, visible, sizeof visible), file->rows, what,
               file->rows == 1 ? "" : "s");
    }
    print_next(format, zcb_text_visible(exported->files[0].path, visible, sizeof visible));
}

static int write_all(const export_options *o, const zcb_analysis *analysis, zcb_error *error)
{
    zcb_exported exported = {0};
    struct stat info;
    int was_there = stat(o->out, &info) == 0;
    int result = zcb_folder_make(o->out, error);
    if (result == 0) {
        result = zcb_export_run(analysis, o->format, o->out, &exported, error);
        if (result < 0 && !was_there) {
            rmdir(o->out);
        }
    }
    if (result == 0 && (!o->common.json || o->common.json_file != NULL)) {
        print_files(o->format, &exported);
    }
    if (result == 0 && o->common.json) {
        json_t *json = exported_json(o, &analysis->recorded->run, &exported);
        result = zcb_common_print_json(&o->common, json, error);
    }
    zcb_exported_clear(&exported);
    return result;
}

static int export_run(const export_options *o, zcb_error *error)
{
    const char *dir = o->dirs.count > 0 ? o->dirs.items[0] : "results/latest";
    zcb_recorded recorded = {0};
    zcb_analysis analysis = {0};
    int result = -1;
    if (zcb_folder_check_run(dir, error) == 0 &&
        zcb_recorded_read(dir, &recorded, error) == 0 &&
        zcb_analyse(&recorded, &analysis, error) == 0) {
        result = zcb_export_has_figures(&analysis)
                     ? write_all(o, &analysis, error)
                     : zcb_fail(error, ZCB_EXIT_NOTHING,
                                "the run in '%s' has no figures to export", dir);
    }
    zcb_analysis_clear(&analysis);
    zcb_recorded_clear(&recorded);
    return result;
}

static const struct argp_child children[] = {{&zcb_output_argp, 0, NULL, 0}, {0}};
const struct argp zcb_export_argp = {.options = options_of_export,
                                     .parser = parse,
                                     .args_doc = "[DIR]",
                                     .doc = doc,
                                     .children = children};

int zcb_cmd_export(int argc, char **argv)
{
    zcb_error error = {0};
    export_options options = {.common.error = &error};
    int result = zcb_cmdline_parse(&zcb_export_argp, argc, argv, &options, &error);
    if (result == 0) {
        result = check(&options, &error);
    }
    if (result == 0) {
        result = export_run(&options, &error);
    }
    int code = result < 0 ? zcb_complain(argv[0], &error) : 0;
    free(options.out);
    zcb_texts_clear(&options.dirs);
    zcb_common_options_clear(&options.common);
    return code;
}
