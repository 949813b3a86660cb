/* `zcbench history`: speed-up and break-even from run to run, from the stored folders alone. */
#include "driver/commands.h"

#include "driver/cmdline.h"
#include "driver/common_options.h"
#include "driver/console.h"
#include "driver/outcome.h"
#include "driver/run_folder.h"
#include "report/history.h"
#include "store/io.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_OUT = 0x300 };

typedef struct history_options {
    zcb_common_options common;
    zcb_texts dirs;
    const char *out; /* borrowed from argv */
} history_options;

static const char doc[] =
    "Tell how speed-ups and break-evens changed over runs, in the order of their start. DIR is "
    "a "
    "run's folder, or one with runs in it (default: results)."
    "\v"
    "With --out DIR history.csv and a picture per question, plots/history-*.svg, are written "
    "there.\n"
    "\n"
    "Examples:\n"
    "  zcbench history\n"
    "  zcbench history results/ --out history/\n"
    "  zcbench history monday/ tuesday/ --json\n"
    "\n"
    "Exit codes: 0 done, 1 internal error or disk full, 2 usage or a malformed file, 5 no run "
    "was found.";

static const struct argp_option options_list[] = {
    {"out", KEY_OUT, "DIR", 0, "Write history.csv and the pictures there", 0}, {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    history_options *o = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &o->common;
        return 0;
    case ARGP_KEY_ARG:
        return zcb_texts_add(&o->dirs, arg, o->common.error) < 0 ? EINVAL : 0;
    case KEY_OUT:
        o->out = arg;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* 1 when `dir` holds a run. */
static int is_run(const char *dir)
{
    char *path = zcb_folder_path(dir, "run.json", NULL);
    int found = path != NULL && access(path, F_OK) == 0;
    free(path);
    return found;
}

/* Adds a folder once, however it is named. */
static int add_once(zcb_texts *runs, const char *dir, zcb_error *error)
{
    char *real = realpath(dir, NULL);
    if (zcb_folder_check_run(dir, error) < 0 || real == NULL) {
        free(real);
        return -1;
    }
    if (zcb_texts_find(runs, real) >= 0) {
        free(real);
        return 0;
    }
    return zcb_texts_take(runs, real, error) < 0 ? -1 : 0;
}

/* Adds the runs in the folder `dir`; links such as latest lead to one of them. */
static int add_inside(zcb_texts *runs, const char *dir, zcb_error *error)
{
    DIR *folder = opendir(dir);
    int result = folder == NULL
                     ? zcb_fail(error, zcb_exit_of_errno(errno),
                                "folder '%s' can't be read: %s", dir, strerror(errno))
                     : 0;
    const struct dirent *entry = folder == NULL ? NULL : readdir(folder);
    for (; result == 0 && entry != NULL; entry = readdir(folder)) {
        char *path =
            entry->d_name[0] == '.' ? NULL : zcb_folder_path(dir, entry->d_name, error);
        if (path != NULL && is_run(path)) {
            result = add_once(runs, path, error);
        }
        free(path);
    }
    if (folder != NULL) {
        closedir(folder);
    }
    return result;
}

/* The folders of all runs that were named. */
static int find_runs(const zcb_texts *dirs, zcb_texts *runs, zcb_error *error)
{
    static const char *const usual[] = {"results"};
    const char *const *words =
        dirs->count > 0 ? (const char *const *)dirs->items : (const char *const *)usual;
    size_t count = dirs->count > 0 ? dirs->count : 1;
    for (size_t i = 0; i < count; i++) {
        if (zcb_folder_check_run(words[i], error) < 0 ||
            (is_run(words[i]) ? add_once(runs, words[i], error)
                              : add_inside(runs, words[i], error)) < 0) {
            return -1;
        }
    }
    return runs->count > 0
               ? 0
               : zcb_fail(error, ZCB_EXIT_NOTHING, "there is no run in '%s'", words[0]);
}

/* Reads one run at a time: what is kept of it is small. A run without a sample is left out. */
static int read_runs(const zcb_texts *runs, zcb_history *history, zcb_error *error)
{
    for (size_t i = 0; i < runs->count; i++) {
        zcb_recorded recorded = {0};
        zcb_analysis analysis = {0};
        int result = zcb_recorded_read(runs->items[i], &recorded, error);
        if (result == 0 && recorded.samples.count == 0) {
            zcb_note("note: '%s' is left out: nothing was measured", runs->items[i]);
        } else if (result == 0) {
            result = zcb_analyse(&recorded, &analysis, error) < 0
                         ? -1
                         : zcb_history_add(history, &analysis, error);
        }
        zcb_analysis_clear(&analysis);
        zcb_recorded_clear(&recorded);
        if (result < 0) {
            return -1;
        }
    }
    zcb_history_sort(history);
    return history->run_count > 0
               ? 0
               : zcb_fail(error, ZCB_EXIT_NOTHING, "no run has a sample: nothing was measured");
}

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *row_json(const zcb_history_run *run, const zcb_history_row *row)
{
    const zcb_cell *cell = &row->cell;
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:o, s:o, s:o, s:s, s:o, "
        "s:o, s:o}",
        "run_id", run->run_id, "started_utc", run->started_utc, "commit", row->commit, "python",
        cell->python, "pair", cell->pair, "lane", zcb_lane_name(cell->lane), "heap",
        zcb_heap_name(cell->heap), "cache", zcb_cache_name(cell->cache), "consumer",
        zcb_consumer_name(cell->consumer), "arm", row->arm, "version", row->version,
        "size_bytes", (json_int_t)cell->size_bytes, "speedup", number(row->speedup.estimate),
        "speedup_lo", number(row->speedup.lo), "speedup_hi", number(row->speedup.hi),
        "breakeven_status", row->status, "breakeven_bytes", number(row->bytes.estimate),
        "breakeven_lo", number(row->bytes.lo), "breakeven_hi", number(row->bytes.hi));
}

static json_t *history_json(const zcb_history *history)
{
    json_t *array = json_array();
    for (size_t r = 0; r < history->run_count; r++) {
        const zcb_history_run *run = &history->runs[r];
        for (size_t i = run->first; i < run->first + run->count; i++) {
            json_array_append_new(array, row_json(run, &history->rows[i]));
        }
    }
    return json_pack("{s:i, s:o}", "schema", 1, "rows", array);
}

static int write_files(const zcb_history *history, const char *out, FILE *stream,
                       zcb_error *error)
{
    if (mkdir(out, 0777) < 0 && errno != EEXIST) {
        return zcb_fail(error, zcb_exit_of_errno(errno), "folder '%s' can't be made: %s", out,
                        strerror(errno));
    }
    char *path = zcb_folder_path(out, "history.csv", error);
    int result = path == NULL ? -1 : zcb_history_write(history, path, error);
    free(path);
    if (result == 0) {
        result = zcb_outcome_history(history, out, error);
    }
    if (result == 0) {
        fprintf(stream, "\nplots    %s/plots/history-*.svg\ndata     %s/history.csv\n", out,
                out);
    }
    return result;
}

static int tell(const history_options *o, const zcb_history *history, zcb_error *error)
{
    FILE *stream = o->common.json && o->common.json_file == NULL ? stderr : stdout;
    if (zcb_history_print(history, zcb_columns(fileno(stream), 100), stream, error) < 0 ||
        (o->out != NULL && write_files(history, o->out, stream, error) < 0)) {
        return -1;
    }
    if (fflush(stream) != 0) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "the history can't be written");
    }
    return o->common.json ? zcb_common_print_json(&o->common, history_json(history), error) : 0;
}

static const struct argp_child children[] = {{&zcb_output_argp, 0, NULL, 0}, {0}};
const struct argp zcb_history_argp = {.options = options_list,
                                      .parser = parse,
                                      .args_doc = "[DIR…]",
                                      .doc = doc,
                                      .children = children};

int zcb_cmd_history(int argc, char **argv)
{
    zcb_error error = {0};
    history_options options = {.common.error = &error};
    zcb_texts runs = {0};
    zcb_history history = {0};
    int result = zcb_cmdline_parse(&zcb_history_argp, argc, argv, &options, &error);
    if (result == 0) {
        result = find_runs(&options.dirs, &runs, &error);
    }
    if (result == 0) {
        result = read_runs(&runs, &history, &error);
    }
    if (result == 0) {
        result = tell(&options, &history, &error);
    }
    int code = result < 0 ? zcb_complain(argv[0], &error) : 0;
    zcb_history_clear(&history);
    zcb_texts_clear(&runs);
    zcb_texts_clear(&options.dirs);
    zcb_common_options_clear(&options.common);
    return code;
}
