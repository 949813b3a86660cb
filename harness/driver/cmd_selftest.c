/* `zcbench selftest`: what the instrument can and can't detect on this machine. */
#include "driver/commands.h"

#include "driver/amounts.h"
#include "driver/cmdline.h"
#include "driver/console.h"
#include "driver/private_dir.h"
#include "driver/selftest_output.h"
#include "driver/selftest_run.h"
#include "driver/signals.h"
#include "driver/streams.h"
#include "store/recorded.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUDGET_NS (UINT64_C(120) * 1000000000)

enum { KEY_PYTHON = 0x400, KEY_BUDGET, KEY_SEED, KEY_KEEP };

static const struct argp_option selftest_options[] = {
    {"python", KEY_PYTHON, "[NAME=]VERSION|EXE[,path=DIR]", 0,
     "The interpreter to use, as 3.11 or a path (default: the python3 on PATH)", 0},
    {"budget", KEY_BUDGET, "TIME", 0, "End within this time, such as 30s or 10m (default 2m)",
     0},
    {"seed", KEY_SEED, "N", 0, "Seed of every random choice (default: from the system, shown)",
     0},
    {"keep", KEY_KEEP, NULL, 0, "Keep what was measured in a folder under results/", 0},
    {0}};

static const char doc[] =
    "Try the instrument on this machine: on identical code, on slow-downs of known size, on "
    "work of "
    "known length. Verdicts are those of a quick run (6 launches × 10 blocks), the least that "
    "zcbench "
    "bases one on. A claim is called broken only where the interval excludes it."
    "\v"
    "Examples:\n"
    "  zcbench selftest\n"
    "  zcbench selftest --budget 10m --json=selftest.json\n"
    "\n"
    "Exit codes: 0 no claim is excluded, 1 internal error, 2 usage, 4 a claim does not hold "
    "here, 5 the "
    "budget is too short for a single set of launches, 130 and 143 interrupted.";

typedef struct selftest_options_given {
    zcb_run_options *run; /* borrowed: common, seed and out */
    uint64_t budget_ns;
    int keeps;
} given;

static int take_option(int key, const char *arg, given *g, zcb_error *error)
{
    zcb_run_options *run = g->run;
    switch (key) {
    case KEY_PYTHON:
        if (run->common.pythons.count > 0) {
            return zcb_fail(error, ZCB_EXIT_USAGE, "selftest takes one interpreter");
        }
        return zcb_texts_add(&run->common.pythons, arg, error);
    case KEY_BUDGET:
        return zcb_duration_parse(arg, "budget", &g->budget_ns, error);
    case KEY_SEED:
        run->seed_given = 1;
        return zcb_count_parse(arg, "seed", 0, UINT64_MAX, &run->seed, error);
    case KEY_KEEP:
        g->keeps = 1;
        return 0;
    case ARGP_KEY_ARG:
        return zcb_fail(error, ZCB_EXIT_USAGE, "selftest takes no argument, but '%s' was given",
                        arg);
    default:
        return 1;
    }
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    given *g = state->input;
    if (key == ARGP_KEY_INIT) {
        state->child_inputs[0] = &g->run->common;
        return 0;
    }
    int result = take_option(key, arg, g, g->run->common.error);
    return result > 0 ? ARGP_ERR_UNKNOWN : result < 0 ? EINVAL : 0;
}

static const struct argp_child children[] = {{&zcb_output_argp, 0, NULL, 0}, {0}};
const struct argp zcb_selftest_argp = {
    .options = selftest_options, .parser = parse, .doc = doc, .children = children};

static int parse_options(int argc, char **argv, given *out, zcb_error *error)
{
    out->run->common.error = error;
    int result = zcb_cmdline_parse(&zcb_selftest_argp, argc, argv, out, error);
    out->run->common.error = NULL;
    return result;
}

/* The words of the command, for run.json. */
static int record_arguments(zcb_run *run, int argc, char **argv, zcb_error *error)
{
    zcb_texts words = {0};
    int result = zcb_texts_add(&words, "selftest", error);
    for (int i = 1; result == 0 && i < argc; i++) {
        result = zcb_texts_add(&words, argv[i], error);
    }
    run->arguments = words.items;
    run->argument_count = words.count;
    return result;
}

static int tell(const zcb_session *s, const zcb_findings *findings, const zcb_costs *costs,
                const given *g, zcb_error *error)
{
    zcb_selftest_figures figures;
    const zcb_common_options *common = &s->options.common;
    FILE *stream = common->json && common->json_file == NULL ? stderr : stdout;
    zcb_selftest_figures_make(findings, costs, &figures);
    zcb_selftest_print(&s->run, findings, &figures, stream);
    if (zcb_stream_flush(stream, error) < 0) {
        return -1;
    }
    if (common->json &&
        zcb_common_print_json(
            common, zcb_selftest_json(&s->run, findings, &figures, g->keeps ? s->dir : NULL),
            error) < 0) {
        return -1;
    }
    return zcb_selftest_figures_count(&figures, ZCB_CLAIM_BROKEN) > 0 ? ZCB_EXIT_INCONCLUSIVE
                                                                      : 0;
}

/* From the recorded samples to the answer: the exit code, or -1. */
static int judge(const zcb_session *s, const zcb_costs *costs, const given *g, zcb_error *error)
{
    zcb_recorded recorded = {0};
    zcb_findings findings;
    int result = -1;
    if (zcb_recorded_read(s->dir, &recorded, error) < 0 ||
        zcb_findings_make(&recorded.samples, recorded.cells, s->run.seed, &findings, error) <
            0) {
        goto done;
    }
    if (findings.sets == 0) {
        zcb_fail(error, ZCB_EXIT_NOTHING,
                 "the budget ended after %zu launches, a set has %u: give a longer --budget",
                 findings.launches, ZCB_SELFTEST_LAUNCHES);
        goto done;
    }
    result = tell(s, &findings, costs, g, error);
done:
    zcb_recorded_clear(&recorded);
    return result;
}

static int run(zcb_session *s, const given *g, zcb_error *error)
{
    zcb_costs costs;
    if (!g->keeps) {
        s->options.out = zcb_private_dir_make("selftest", 0, ZCB_EXIT_USAGE, error);
        if (s->options.out == NULL) {
            return -1;
        }
    }
    int result = zcb_selftest_measure(s, g->budget_ns, &costs, error);
    if (result == 0) {
        result = judge(s, &costs, g, error);
    }
    if (g->keeps && s->dir != NULL) {
        zcb_note("what was measured is kept in %s", s->dir);
    } else if (s->options.out != NULL) {
        zcb_private_dir_remove(s->options.out);
    }
    return result;
}

int zcb_cmd_selftest(int argc, char **argv)
{
    zcb_error error = {0};
    zcb_session session = {.lock_fd = -1, .started_ns = zcb_now_ns()};
    given g = {.run = &session.options, .budget_ns = BUDGET_NS};
    zcb_signals_catch();
    int result = record_arguments(&session.run, argc, argv, &error);
    if (result == 0) {
        result = parse_options(argc, argv, &g, &error);
    }
    if (result == 0) {
        result = run(&session, &g, &error);
    }
    int code = result < 0 ? zcb_complain(argv[0], &error) : result;
    zcb_session_clear(&session);
    return code;
}
