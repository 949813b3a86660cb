/* `zcbench baseline`: the figures of a run, kept to judge later runs by. */
#include "driver/commands.h"

#include "driver/accept_baseline.h"
#include "driver/cmdline.h"
#include "driver/common_options.h"
#include "driver/console.h"
#include "driver/open_runs.h"
#include "driver/outcome_json.h"

#include <errno.h>
#include <stdlib.h>

enum { KEY_OUT = 0x480 };

typedef struct baseline_options {
    zcb_error *error; /* borrowed */
    zcb_texts dirs;
    char *out;
    zcb_common_options common;
} baseline_options;

static const struct argp_option options_known[] = {
    {"out", KEY_OUT, "FILE", 0, "The baseline's file; what it held is replaced", 0}, {0}};

static const char doc[] =
    "Accept a run: write its figures to a small file that `zcbench gate --baseline FILE` "
    "judges "
    "later runs by. DIR is a run's folder, results/latest by default."
    "\v"
    "The file holds dimensionless figures (times divided by the call path's or by memcpy's) "
    "with "
    "their intervals, break-evens, and what they hold for: CPU model, kernel, libc, compiler, "
    "build of Python. One figure a line, always in the same order: commit it, and review its "
    "changes.\n\n"
    "Examples:\n"
    "  zcbench baseline --out zcbench-baseline.json\n"
    "  zcbench baseline results/latest --out ci/baseline-3.13.json\n"
    "\n"
    "Exit codes: 0 done, 1 internal error or disk full, 2 usage or a malformed file, 5 DIR is "
    "no run, incomplete, or has no cell that is ok.";

static int take_option(int key, const char *arg, baseline_options *o)
{
    switch (key) {
    case KEY_OUT:
        return arg[0] != '\0' ? zcb_set_text(&o->out, arg, o->error)
                              : zcb_fail(o->error, ZCB_EXIT_USAGE, "--out needs a file's name");
    case ARGP_KEY_ARG:
        return zcb_texts_add(&o->dirs, arg, o->error);
    default:
        return 1;
    }
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    baseline_options *options = state->input;
    if (key == ARGP_KEY_INIT) {
        options->common.error = options->error;
        state->child_inputs[0] = &options->common;
        return 0;
    }
    int result = take_option(key, arg, options);
    return result > 0 ? ARGP_ERR_UNKNOWN : result < 0 ? EINVAL : 0;
}

static int check(const baseline_options *o, zcb_error *error)
{
    if (o->dirs.count > 1) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "one DIR is taken, %zu were given",
                        o->dirs.count);
    }
    return o->out != NULL ? 0
                          : zcb_fail(error, ZCB_EXIT_USAGE,
                                     "--out FILE is needed: where the baseline is to be "
                                     "written");
}

/* Prints what --json asked for. */
static int print_json(const baseline_options *o, const zcb_run *run,
                      const zcb_accepted *accepted, zcb_error *error)
{
    if (!o->common.json) {
        return 0;
    }
    json_t *root = json_pack("{s:i}", "schema", 1);
    if (root == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    zcb_json_set_text(root, "run_id", run->run_id);
    zcb_json_set_text(root, "file", o->out);
    json_object_set_new(root, "figures", json_integer((json_int_t)accepted->figures));
    json_object_set_new(root, "breakevens", json_integer((json_int_t)accepted->breakevens));
    json_object_set_new(root, "left_out", json_integer((json_int_t)accepted->left_out));
    return zcb_common_print_json(&o->common, root, error);
}

static int accept(const baseline_options *o, zcb_error *error)
{
    const char *dir = o->dirs.count > 0 ? o->dirs.items[0] : "results/latest";
    zcb_open_runs runs = {0};
    const zcb_open_run *run = zcb_open_runs_get(&runs, dir, error);
    zcb_accepted accepted;
    FILE *stream = o->common.json && o->common.json_file == NULL ? stderr : stdout;
    int result = run == NULL || zcb_open_run_check_complete(run, error) < 0
                     ? -1
                     : zcb_baseline_accept(run, o->out, stream, &accepted, error);
    if (result == 0) {
        result = print_json(o, &run->recorded.run, &accepted, error);
    }
    zcb_open_runs_clear(&runs);
    return result;
}

static const struct argp_child children[] = {{&zcb_output_argp, 0, NULL, 0}, {0}};

const struct argp zcb_baseline_argp = {.options = options_known,
                                       .parser = parse,
                                       .args_doc = "[DIR]",
                                       .doc = doc,
                                       .children = children};

int zcb_cmd_baseline(int argc, char **argv)
{
    zcb_error error = {0};
    baseline_options options = {.error = &error};
    int result = zcb_cmdline_parse(&zcb_baseline_argp, argc, argv, &options, &error);
    if (result == 0) {
        result = check(&options, &error);
    }
    if (result == 0) {
        result = accept(&options, &error);
    }
    int code = result < 0 ? zcb_complain(argv[0], &error) : 0;
    zcb_texts_clear(&options.dirs);
    zcb_common_options_clear(&options.common);
    free(options.out);
    return code;
}
