/* `zcbench report DIR…`: every derived file again, from what was recorded; of several runs as
 * one. */
#include "driver/commands.h"

#include "driver/cmdline.h"
#include "driver/console.h"
#include "driver/merge.h"
#include "driver/outcome.h"
#include "driver/run_folder.h"

#include <errno.h>
#include <stdlib.h>

typedef struct report_options {
    zcb_common_options common;
    zcb_texts dirs;
    const char *figures; /* borrowed from argv; NULL: everything */
    const char *out;     /* borrowed from argv; NULL: results/<run id> */
} report_options;

static const char doc[] =
    "Rebuild every table, every plot and the page of a run's folder from its "
    "recorded files, and print the verdict. "
    "DIR is results/latest by default. Several are merged into a new folder and reported as "
    "one "
    "run: variants that share a name get that of their machine added."
    "\v"
    "With --figures only the pictures that LIST names are drawn again: kinds "
    "(forest, time, speedup, heatmap, compare, controls), names as in plots/ "
    "or globs, commas between. One that ends in .svg, .png or .pdf is drawn "
    "as that; without an ending as SVG and PNG.\n"
    "\n"
    "Examples:\n"
    "  zcbench report\n"
    "  zcbench report py310/ py311/ py313/ --out all/\n"
    "  zcbench report --figures 'forest,time-cp313-*.pdf'\n"
    "  zcbench report results/latest --json=verdict.json\n"
    "\n"
    "Exit codes: 0 done, 1 internal error or disk full, 2 usage or a "
    "malformed file, 5 DIR is no run.";

enum { KEY_FIGURES = 1, KEY_OUT };

static const struct argp_option option_list[] = {
    {"figures", KEY_FIGURES, "LIST", 0, "Draw only these pictures, and write nothing else", 0},
    {"out", KEY_OUT, "DIR", 0,
     "The new folder of several merged runs (default: one under results/)", 0},
    {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    report_options *o = state->input;
    if (key == ARGP_KEY_INIT) {
        state->child_inputs[0] = &o->common;
        return 0;
    }
    if (key == KEY_FIGURES) {
        o->figures = arg;
        return 0;
    }
    if (key == ARGP_KEY_ARG) {
        return zcb_texts_add(&o->dirs, arg, o->common.error) < 0 ? EINVAL : 0;
    }
    if (key == KEY_OUT) {
        o->out = arg;
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static const struct argp_child children[] = {{&zcb_output_argp, 0, NULL, 0}, {0}};
const struct argp zcb_report_argp = {.options = option_list,
                                     .parser = parse,
                                     .args_doc = "[DIR…]",
                                     .doc = doc,
                                     .children = children};

/* One folder's derived files. */
static int report_one(const char *dir, const report_options *o, zcb_error *error)
{
    if (zcb_folder_check_run(dir, error) < 0) {
        return -1;
    }
    return o->figures != NULL ? zcb_outcome_draw(dir, o->figures, error)
                              : zcb_outcome_tell(dir, dir, &o->common, NULL, NULL, error);
}

/* Several folders merged, and the new one's derived files. */
static int report_merged(const report_options *o, zcb_error *error)
{
    char *dir = NULL;
    if (o->figures != NULL) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "--figures draws for one DIR, %zu were given",
                        o->dirs.count);
    }
    for (size_t i = 0; i < o->dirs.count; i++) {
        if (zcb_folder_check_run(o->dirs.items[i], error) < 0) {
            return -1;
        }
    }
    int result = zcb_merge(&o->dirs, o->out, &dir, error);
    if (result == 0) {
        zcb_note("merged %zu runs into %s", o->dirs.count, dir);
        result = zcb_outcome_tell(dir, dir, &o->common, NULL, NULL, error);
    }
    free(dir);
    return result;
}

int zcb_cmd_report(int argc, char **argv)
{
    zcb_error error = {0};
    report_options options = {.common.error = &error};
    int result = zcb_cmdline_parse(&zcb_report_argp, argc, argv, &options, &error);
    if (result == 0 && options.dirs.count < 2 && options.out != NULL) {
        result =
            zcb_fail(&error, ZCB_EXIT_USAGE,
                     "--out is for several DIR that are merged; %zu given", options.dirs.count);
    }
    if (result == 0) {
        result =
            options.dirs.count > 1
                ? report_merged(&options, &error)
                : report_one(options.dirs.count > 0 ? options.dirs.items[0] : "results/latest",
                             &options, &error);
    }
    int code = result < 0 ? zcb_complain(argv[0], &error) : 0;
    zcb_texts_clear(&options.dirs);
    zcb_common_options_clear(&options.common);
    return code;
}
