/* The worker's command line: it is started by the driver, or by hand to see what it can do. */
#include "worker/describe.h"
#include "worker/embed.h"
#include "worker/identity_check.h"
#include "worker/lies.h"
#include "worker/loop_cost.h"
#include "worker/numpy_start.h"
#include "worker/program.h"
#include "worker/python_lane.h"
#include "worker/serve.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum mode {
    MODE_NONE,
    MODE_SERVE,
    MODE_DESCRIBE,
    MODE_IS_BUILD,
    MODE_LOOP_COST,
    MODE_LIES,
    MODE_GBENCH
} mode;

typedef struct arguments {
    mode mode;
    zcb_embed_options embed;
    const char *modules;
    const char *identity; /* of the driver that asks */
    const char *lies;     /* the list's file */
    const char *sizes;    /* of the Google Benchmark program */
    int rest;             /* index of the first pair file in argv */
} arguments;

enum {
    OPTION_SERVE = 1,
    OPTION_DESCRIBE,
    OPTION_LOOP_COST,
    OPTION_PROGRAM,
    OPTION_PATH,
    OPTION_MODULES,
    OPTION_HASH_SEED,
    OPTION_PAIRS,
    OPTION_LIES,
    OPTION_GBENCH,
    OPTION_IS_BUILD
};

static const struct argp_option options[] = {
    {"serve", OPTION_SERVE, NULL, 0, "Serve the driver on descriptors 3 and 4", 0},
    {"describe", OPTION_DESCRIBE, NULL, 0, "Print the interpreter and the pairs as JSON", 0},
    {"is-build", OPTION_IS_BUILD, "IDENTITY", 0,
     "Say whether this program, and libzcbcount.so where it is given as an argument, were "
     "built "
     "from the sources of IDENTITY",
     0},
    {"loop-cost", OPTION_LOOP_COST, NULL, 0,
     "Measure what both lanes' loops cost per iteration, beside timeit's loop", 0},
    {"lies", OPTION_LIES, "FILE", 0,
     "Print what becomes of the statements listed in FILE as JSON", 0},
    {"gbench", OPTION_GBENCH, "SIZES", 0,
     "Run the C pairs at SIZES (bytes, parted by commas) as a Google Benchmark program, whose "
     "flags "
     "stand after --",
     0},
    {"program", OPTION_PROGRAM, "EXE", 0, "The python to pose as", 0},
    {"path", OPTION_PATH, "DIR", 0, "Put first on sys.path", 0},
    {"modules", OPTION_MODULES, "A,B", 0, "Import these at start", 0},
    {"hash-seed", OPTION_HASH_SEED, "N", 0, "Seed of str hashes (0: fixed)", 0},
    {"pairs", OPTION_PAIRS, NULL, 0, "The arguments are pair files to describe", 0},
    {0}};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    arguments *out = state->input;
    switch (key) {
    case OPTION_SERVE:
        out->mode = MODE_SERVE;
        break;
    case OPTION_DESCRIBE:
        out->mode = MODE_DESCRIBE;
        break;
    case OPTION_IS_BUILD:
        out->mode = MODE_IS_BUILD;
        out->identity = argument;
        break;
    case OPTION_LOOP_COST:
        out->mode = MODE_LOOP_COST;
        break;
    case OPTION_LIES:
        out->mode = MODE_LIES;
        out->lies = argument;
        break;
    case OPTION_GBENCH:
        out->mode = MODE_GBENCH;
        out->sizes = argument;
        break;
    case OPTION_PROGRAM:
        out->embed.program = argument;
        break;
    case OPTION_PATH:
        out->embed.path = argument;
        break;
    case OPTION_MODULES:
        out->modules = argument;
        break;
    case OPTION_HASH_SEED:
        out->embed.hash_seed = (uint32_t)strtoul(argument, NULL, 10);
        break;
    case OPTION_PAIRS:
        break;
    case ARGP_KEY_ARGS:
        out->rest = state->next;
        break;
    case ARGP_KEY_END:
        if (out->mode == MODE_NONE ||
            (out->mode != MODE_IS_BUILD && out->embed.program == NULL)) {
            argp_error(state, "say what to do, and the python to pose as with --program");
        }
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

/* Interpreter, modules, the python lane and, where a pair needs it, numpy's C API. */
static int start(const arguments *given, zcb_error *error)
{
    if (zcb_embed_start(&given->embed, error) < 0) {
        return -1;
    }
    if (zcb_lane_start() < 0) {
        return zcb_embed_error(error);
    }
    if (zcb_embed_import(given->modules, error) < 0) {
        return -1;
    }
    if (strstr(given->modules, "numpy") != NULL && zcb_numpy_start() < 0) {
        return zcb_embed_error(error);
    }
    return 0;
}

static int run(const arguments *given, int argc, char **argv, zcb_error *error)
{
    int first = given->rest == 0 ? argc : given->rest;
    switch (given->mode) {
    case MODE_DESCRIBE:
        return zcb_describe(argv + first, argc - first, error);
    case MODE_LOOP_COST:
        return zcb_loop_cost(error);
    case MODE_LIES:
        return zcb_lies(given->lies, error);
    case MODE_GBENCH:
        return zcb_program(given->modules, given->sizes, argv + first, argc - first, error);
    default:
        return zcb_serve(error);
    }
}

int main(int argc, char **argv)
{
    static const struct argp parser = {
        options, parse, "[FILE...]", "zcbench's worker: one embedded interpreter.",
        NULL,    NULL,  NULL};
    arguments given = {.modules = ""};
    zcb_error error = {ZCB_EXIT_OK, ""};
    argp_err_exit_status = ZCB_EXIT_USAGE;
    argp_parse(&parser, argc, argv, 0, NULL, &given);
    if (given.mode == MODE_IS_BUILD) {
        return zcb_identity_answer(given.identity, given.rest == 0 ? NULL : argv[given.rest]);
    }
    if (zcb_identity_check_preload(&error) < 0 || start(&given, &error) < 0 ||
        run(&given, argc, argv, &error) < 0) {
        if (error.text[0] != '\0') { /* else Google Benchmark has said it */
            fprintf(stderr, "%s: %s\n", argv[0], error.text);
        }
        return error.exit_code;
    }
    zcb_lane_finish();
    return zcb_embed_finish() < 0 ? ZCB_EXIT_INTERNAL : ZCB_EXIT_OK;
}
