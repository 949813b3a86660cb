/* `zcbench report DIR`: every derived file again, from what was recorded. */
#include "driver/commands.h"

#include "driver/cmdline.h"
#include "driver/console.h"
#include "driver/outcome.h"
#include "driver/run_folder.h"

#include <errno.h>
#include <stdlib.h>

typedef struct report_options {
    zcb_common_options common;
    zcb_texts dirs;
    const char *figures; /* borrowed from argv; NULL: everything */
} report_options;

static const char doc[] =
    "Rebuild every table, every plot and the page of a run's folder from its "
    "recorded files, and print the verdict. "
    "DIR is results/latest by default."
    "\v"
    "With --figures only the pictures that LIST names are drawn again: kinds "
    "(forest, time, speedup, heatmap, compare, controls), names as in plots/ "
    "or globs, commas between. One that ends in .svg, .png or .pdf is drawn "
    "as that; without an ending as SVG and PNG.\n"
    "\n"
    "Examples:\n"
    "  zcbench report\n"
    "  zcbench report --figures 'forest,time-cp313-*.pdf'\n"
    "  zcbench report results/latest --json=verdict.json\n"
    "\n"
    "Exit codes: 0 done, 1 internal error or disk full, 2 usage or a "
    "malformed file, 5 DIR is no run.";

enum { KEY_FIGURES = 1 };

static const struct argp_option option_list[] = {
    {"figures", KEY_FIGURES, "LIST", 0, "Draw only these pictures, and write nothing else", 0},
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
    return ARGP_ERR_UNKNOWN;
}

static const struct argp_child children[] = {{&zcb_output_argp, 0, NULL, 0}, {0}};
const struct argp zcb_report_argp = {

    .options = option_list,
    .parser = parse,
    .args_doc = "[DIR]",
    .doc = doc,
    .children = children};

int zcb_cmd_report(int argc, char **argv)
{
    zcb_error error = {0};
    report_options options = {.common.error = &error};
    int result = zcb_cmdline_parse(&zcb_report_argp, argc, argv, &options, &error);
    if (result == 0 && options.dirs.count > 1) {
        result = zcb_fail(&error, ZCB_EXIT_USAGE, "one DIR is taken, %zu were given",
                          options.dirs.count);
    }
    const char *dir = options.dirs.count > 0 ? options.dirs.items[0] : "results/latest";
    if (result == 0) {
        result = zcb_folder_check_run(dir, &error);
    }
    if (result == 0) {
        result = options.figures != NULL
                     ? zcb_outcome_draw(dir, options.figures, &error)
                     : zcb_outcome_tell(dir, dir, &options.common, NULL, &error);
    }
    int code = result < 0 ? zcb_complain(argv[0], &error) : 0;
    zcb_texts_clear(&options.dirs);
    zcb_common_options_clear(&options.common);
    return code;
}
