/* `zcbench compare`: variants of one run, or runs of different days and machines. */
#include "driver/commands.h"

#include "driver/amounts.h"
#include "driver/cmdline.h"
#include "driver/common_options.h"
#include "driver/compare_json.h"
#include "driver/console.h"
#include "driver/contrasts.h"
#include "driver/outcome.h"
#include "report/builds.h"
#include "report/comparison_files.h"
#include "report/comparison_table.h"
#include "store/io.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { KEY_ABSOLUTE = 0x300, KEY_ASPECT, KEY_CELLS, KEY_MARGIN, KEY_OUT };

typedef struct compare_options {
    zcb_common_options common;
    zcb_texts words;
    int is_absolute;
    double margin;
    char *out;
    zcb_comparison_table_options table;
} compare_options;

static const char doc[] =
    "Hold variants against each other: DIR:NAME is a variant of the run in folder DIR, the "
    "first "
    "one is the base. A NAME alone is one of the folder before it (results/latest where there "
    "is "
    "none), a DIR alone stands for all its variants; one DIR alone compares all of them with "
    "its "
    "first."
    "\v"
    "Variants of one run were measured side by side: ratios of times, launch against launch. "
    "Two "
    "runs share no launches: copy ÷ memcpy, view ÷ null, speed-ups and break-evens are "
    "compared, "
    "times with --absolute only, and only where machine and build of Python are the same.\n"
    "\n"
    "Writes compare.csv, compare-means.csv, compare-breakeven.csv and plots/compare-*.svg.\n"
    "\n"
    "Examples:\n"
    "  zcbench compare                              all of results/latest with its first\n"
    "  zcbench compare cp38 cp313                   two of its variants\n"
    "  zcbench compare old/ new/                    two runs, by the names of their variants\n"
    "  zcbench compare old/:cp311 new/:cp313 --json\n"
    "\n"
    "Exit codes: 0 done, 1 internal error or disk full, 2 usage, no such folder or variant, or "
    "a "
    "malformed file, 5 no run, an empty one, or nothing that can be compared.";

static const struct argp_option options_list[] = {
    {"absolute", KEY_ABSOLUTE, NULL, 0, "Between two runs: times too, if fingerprints match",
     0},
    {"aspect", KEY_ASPECT, "time|normalised|speedup|all", 0,
     "Show this one in full; normalised is time ÷ memcpy", 0},
    {"cells", KEY_CELLS, NULL, 0, "Show every cell, not the mean of each series", 0},
    {"margin", KEY_MARGIN, "P%", 0,
     "A change up to this is `same` (default: 2% in one run, 15% between runs)", 0},
    {"out", KEY_OUT, "DIR", 0,
     "Write the files there (default: the folder of the last run named)", 0},
    {0}};

static error_t parse_aspect(compare_options *o, const char *arg)
{
    zcb_aspect aspect;
    if (strcmp(arg, "all") == 0) {
        o->table.aspects = (1u << ZCB_ASPECT_COUNT) - 1u;
        return 0;
    }
    if (zcb_aspect_parse(arg, &aspect) < 0) {
        zcb_fail(o->common.error, ZCB_EXIT_USAGE,
                 "unknown aspect '%s': time, normalised, speedup or all", arg);
        return EINVAL;
    }
    o->table.aspects |= 1u << aspect;
    return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    compare_options *o = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &o->common;
        return 0;
    case ARGP_KEY_ARG:
        return zcb_texts_add(&o->words, arg, o->common.error) < 0 ? EINVAL : 0;
    case KEY_ABSOLUTE:
        o->is_absolute = 1;
        return 0;
    case KEY_ASPECT:
        return parse_aspect(o, arg);
    case KEY_CELLS:
        o->table.with_cells = 1;
        return 0;
    case KEY_MARGIN:
        return zcb_percent_parse(arg, "margin", 0.01, 900, &o->margin, o->common.error) < 0
                   ? EINVAL
                   : 0;
    case KEY_OUT:
        return zcb_set_text(&o->out, arg, o->common.error) < 0 ? EINVAL : 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* Times of two runs say nothing unless machine and build are the same. */
static int check_fingerprints(const zcb_contrasts *contrasts, zcb_error *error)
{
    for (size_t i = 0; i < contrasts->count; i++) {
        const zcb_side *base = &contrasts->items[i].base, *head = &contrasts->items[i].head;
        const zcb_run *left = &base->analysis->recorded->run,
                      *right = &head->analysis->recorded->run;
        zcb_fingerprint here, there;
        char difference[600];
        zcb_fingerprint_make(left, &left->variants[base->variant], &here);
        zcb_fingerprint_make(right, &right->variants[head->variant], &there);
        if (!zcb_comparison_is_paired(base, head) &&
            !zcb_fingerprint_matches(&here, &there, difference, sizeof difference)) {
            return zcb_fail(error, ZCB_EXIT_NOTHING,
                            "times of %s in '%s' and %s in '%s' can't be compared: %s; without "
                            "--absolute what needs no unit is compared",
                            left->variants[base->variant].name, zcb_side_run_id(base),
                            right->variants[head->variant].name, zcb_side_run_id(head),
                            difference);
        }
    }
    return 0;
}

static int make_set(const compare_options *o, const zcb_contrasts *contrasts,
                    zcb_comparison_set *set, zcb_error *error)
{
    const zcb_comparison_options how = {
        .margin = o->margin, .figures = o->is_absolute ? (1u << ZCB_FIGURE_COUNT) - 1u : 0};
    size_t rows = 0;
    for (size_t i = 0; i < contrasts->count; i++) {
        if (zcb_comparison_set_add(set, &contrasts->items[i].base, &contrasts->items[i].head,
                                   &how, error) < 0) {
            return -1;
        }
        rows += set->items[i].shares[ZCB_SHARE_WHOLE].row_count;
    }
    if (rows == 0) {
        return zcb_fail(error, ZCB_EXIT_NOTHING,
                        "nothing to compare: no cell gave figures on both sides");
    }
    if (contrasts->is_whole_run) {
        zcb_comparison_set_drop_bridges(set);
    }
    return 0;
}

/* Tables and picture in the folder asked for, else in that of the last run; there, trouble is
 * no more than a note. *folder is set to where they are, or NULL. */
static int write_files(const compare_options *o, const zcb_comparison_set *set,
                       const zcb_open_runs *runs, const char **folder, zcb_error *error)
{
    zcb_error trouble;
    if (o->out != NULL && mkdir(o->out, 0777) < 0 && errno != EEXIST) {
        return zcb_fail(error, zcb_exit_of_errno(errno), "folder '%s' can't be made: %s",
                        o->out, strerror(errno));
    }
    *folder = o->out != NULL ? o->out : runs->items[runs->count - 1]->dir;
    if (zcb_comparison_write(set, *folder, &trouble) == 0) {
        return zcb_outcome_compare(set, *folder, error);
    }
    if (o->out != NULL || trouble.exit_code != ZCB_EXIT_USAGE) {
        return zcb_fail(error, trouble.exit_code, "%s", trouble.text);
    }
    zcb_note("note: no files: %s; --out DIR names another folder", trouble.text);
    *folder = NULL;
    return 0;
}

static int print_table(const compare_options *o, const zcb_comparison_set *set, FILE *stream,
                       zcb_error *error)
{
    zcb_comparison_table_options table = o->table;
    table.width = zcb_columns(fileno(stream), 100);
    if (table.aspects == 0 && o->is_absolute) {
        table.aspects = 1u << ZCB_ASPECT_TIME;
    }
    if (zcb_comparison_table(set, &table, stream, error) < 0) {
        return -1;
    }
    return fflush(stream) == 0
               ? 0
               : zcb_fail(error, ZCB_EXIT_INTERNAL, "the comparison can't be written");
}

static int compare(const compare_options *o, zcb_error *error)
{
    FILE *stream = o->common.json && o->common.json_file == NULL ? stderr : stdout;
    zcb_open_runs runs = {0};
    zcb_contrasts contrasts = {0};
    zcb_comparison_set set = {0};
    const char *folder = NULL;
    int result = -1;
    if (zcb_contrasts_list(&o->words, &runs, &contrasts, error) < 0 ||
        (o->is_absolute && check_fingerprints(&contrasts, error) < 0) ||
        make_set(o, &contrasts, &set, error) < 0 || print_table(o, &set, stream, error) < 0 ||
        write_files(o, &set, &runs, &folder, error) < 0) {
        goto done;
    }
    if (folder != NULL) {
        fprintf(stream, "\nplots    %s/plots/compare-*.svg", folder);
        fprintf(stream,
                "\ndata     %s/compare.csv · compare-means.csv · compare-breakeven.csv\n",
                folder);
    }
    result = o->common.json
                 ? zcb_common_print_json(&o->common, zcb_compare_json(&set, folder), error)
                 : 0;
done:
    zcb_comparison_set_clear(&set);
    zcb_contrasts_clear(&contrasts);
    zcb_open_runs_clear(&runs);
    return result;
}

static const struct argp_child children[] = {{&zcb_output_argp, 0, NULL, 0}, {0}};
const struct argp zcb_compare_argp = {.options = options_list,
                                      .parser = parse,
                                      .args_doc = "[DIR[:NAME]…]",
                                      .doc = doc,
                                      .children = children};

int zcb_cmd_compare(int argc, char **argv)
{
    zcb_error error = {0};
    compare_options options = {.common.error = &error};
    int result = zcb_cmdline_parse(&zcb_compare_argp, argc, argv, &options, &error);
    if (result == 0) {
        result = compare(&options, &error);
    }
    int code = result < 0 ? zcb_complain(argv[0], &error) : 0;
    free(options.out);
    zcb_texts_clear(&options.words);
    zcb_common_options_clear(&options.common);
    return code;
}
