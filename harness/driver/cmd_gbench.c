/* `zcbench gbench`: the C pairs as an ordinary Google Benchmark program. This process becomes
 * the worker of one interpreter, so that flags, output, signals and exit status are that
 * program's. */
#include "driver/commands.h"

#include "driver/cmdline.h"
#include "driver/common_options.h"
#include "driver/console.h"
#include "driver/interpreters.h"
#include "driver/sizes.h"
#include "driver/worker_environment.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_SIZES "64,256,1K,4K,16K,64K,256K,1M"
#define SIZES_MAX 64 /* as many as a worker takes */

enum { KEY_SIZE = 0x300, KEY_PYTHON };

extern char **environ;

typedef struct gbench_options {
    zcb_texts pythons;
    zcb_sizes sizes;
    zcb_error *error; /* borrowed */
} gbench_options;

static const char doc[] =
    "Run the C pairs, numpy's included, as an ordinary Google Benchmark program: its timer, "
    "its choice "
    "of iterations, its flags and its output, in one process of one interpreter. No blocks, no "
    "launches, no intervals: for those, `zcbench run`. A benchmark is called "
    "<pair>/<arm>/<bytes>."
    "\v"
    "Flags of Google Benchmark stand after --; `zcbench gbench -- --help` lists them.\n\n"
    "Examples:\n"
    "  zcbench gbench -- --benchmark_list_tests\n"
    "  zcbench gbench -- --benchmark_filter=bytes_slice --benchmark_repetitions=9\n"
    "  zcbench gbench --size 4K -- --benchmark_format=json > sliced.json\n"
    "\n"
    "Exit codes: 0 done, 1 internal error, 2 usage or an unknown flag, 5 nothing has such a "
    "name.";

static const struct argp_option options_of_gbench[] = {
    {"python", KEY_PYTHON, "VERSION|EXE[,path=DIR]", 0,
     "The interpreter to use, as 3.11 or a path (default: the python3 on PATH)", 0},
    {"size", KEY_SIZE, "SIZES", 0, "Bytes handed over, as for run (default: " DEFAULT_SIZES ")",
     0},
    {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    gbench_options *o = state->input;
    switch (key) {
    case KEY_PYTHON:
        return zcb_texts_add(&o->pythons, arg, o->error) < 0 ? EINVAL : 0;
    case KEY_SIZE:
        return zcb_sizes_parse(arg, &o->sizes, o->error) < 0 ? EINVAL : 0;
    case ARGP_KEY_ARG:
        zcb_fail(o->error, ZCB_EXIT_USAGE,
                 "gbench takes no argument, but '%s' was given; choose by `-- "
                 "--benchmark_filter=REGEX`",
                 arg);
        return EINVAL;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* Index of "--", or argc. */
static int find_flags(int argc, char **argv)
{
    int i = 1;
    while (i < argc && strcmp(argv[i], "--") != 0) {
        i++;
    }
    return i;
}

/* Their place is the first thing to get wrong. */
static int check_place(int own, char **argv, zcb_error *error)
{
    for (int i = 1; i < own; i++) {
        if (strncmp(argv[i], "--benchmark_", strlen("--benchmark_")) == 0) {
            return zcb_fail(error, ZCB_EXIT_USAGE,
                            "Google Benchmark's flags stand after --: zcbench gbench -- %s",
                            argv[i]);
        }
    }
    return 0;
}

/* Some versions of the library end with 0 where a format is unknown. */
static int check_formats(char **flags, zcb_error *error)
{
    static const char *const names[] = {"--benchmark_format=", "--benchmark_out_format="};
    static const char *const known[] = {"console", "json", "csv"};
    for (; *flags != NULL; flags++) {
        for (size_t i = 0; i < 2; i++) {
            size_t length = strlen(names[i]);
            const char *value = strncmp(*flags, names[i], length) == 0 ? *flags + length : NULL;
            if (value != NULL && strcmp(value, known[0]) != 0 && strcmp(value, known[1]) != 0 &&
                strcmp(value, known[2]) != 0) {
                return zcb_fail(error, ZCB_EXIT_USAGE,
                                "unknown format '%s' of %.*s: console, json or csv", value,
                                (int)length - 1, names[i]);
            }
        }
    }
    return 0;
}

static int check(const gbench_options *o, zcb_error *error)
{
    if (o->pythons.count > 1) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "one interpreter is taken, %zu were given: such a program has but one",
                        o->pythons.count);
    }
    return o->sizes.count > SIZES_MAX
               ? zcb_fail(error, ZCB_EXIT_USAGE, "at most %d sizes are taken, %zu were given",
                          SIZES_MAX, o->sizes.count)
               : 0;
}

/* "64,256,…", owned by the caller; NULL when memory is short. */
static char *sizes_text(const zcb_sizes *sizes, zcb_error *error)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    for (size_t i = 0; stream != NULL && i < sizes->count; i++) {
        fprintf(stream, "%s%" PRIu64, i > 0 ? "," : "", sizes->items[i]);
    }
    if (stream == NULL || fclose(stream) != 0) {
        free(text);
        zcb_no_memory(error);
        return NULL;
    }
    return text;
}

/* What the worker is started with; the flags after --. */
static int build_arguments(const gbench_options *o, const zcb_variant *variant, char **flags,
                           zcb_texts *argv, zcb_error *error)
{
    if (zcb_texts_add(argv, "zcbench gbench", error) < 0 ||
        zcb_texts_add(argv, "--gbench", error) < 0 ||
        zcb_texts_take(argv, sizes_text(&o->sizes, error), error) < 0 ||
        zcb_texts_add(argv, "--program", error) < 0 ||
        zcb_texts_add(argv, variant->program, error) < 0) {
        return -1;
    }
    if (variant->path[0] != '\0' && (zcb_texts_add(argv, "--path", error) < 0 ||
                                     zcb_texts_add(argv, variant->path, error) < 0)) {
        return -1;
    }
    if (variant->numpy[0] != '\0' && (zcb_texts_add(argv, "--modules", error) < 0 ||
                                      zcb_texts_add(argv, "numpy", error) < 0)) {
        return -1;
    }
    int result = zcb_texts_add(argv, "--", error);
    for (; result == 0 && *flags != NULL; flags++) {
        result = zcb_texts_add(argv, *flags, error);
    }
    return result;
}

/* A worker's environment and, since they are this program's flags, the caller's BENCHMARK_
 * variables and what says how a terminal shows colours. */
static int build_environment(const zcb_variant *variant, zcb_texts *environment,
                             zcb_error *error)
{
    static const char *const passed[] = {"BENCHMARK_", "TERM="};
    zcb_worker_options options = {.variant = variant};
    char **scrubbed = zcb_worker_environment(&options);
    int result = scrubbed == NULL ? zcb_no_memory(error) : 0;
    for (char **entry = scrubbed; result == 0 && *entry != NULL; entry++) {
        result = zcb_texts_add(environment, *entry, error);
    }
    for (char **entry = environ; result == 0 && *entry != NULL; entry++) {
        for (size_t i = 0; result == 0 && i < sizeof passed / sizeof passed[0]; i++) {
            if (strncmp(*entry, passed[i], strlen(passed[i])) == 0) {
                result = zcb_texts_add(environment, *entry, error);
            }
        }
    }
    zcb_worker_environment_free(scrubbed);
    return result;
}

/* Becomes the worker; comes back with -1 only. What this program ignores, that one need not. */
static int become(const gbench_options *o, const zcb_variant *variant, char **flags,
                  zcb_error *error)
{
    zcb_texts argv = {0}, environment = {0};
    if (build_arguments(o, variant, flags, &argv, error) == 0 &&
        build_environment(variant, &environment, error) == 0) {
        signal(SIGPIPE, SIG_DFL);
        execve(variant->worker, argv.items, environment.items);
        zcb_fail(error, ZCB_EXIT_INTERNAL, "can't start worker %s: %s", variant->worker,
                 strerror(errno));
    }
    zcb_texts_clear(&argv);
    zcb_texts_clear(&environment);
    return -1;
}

static int gbench(gbench_options *o, char **flags, zcb_error *error)
{
    zcb_run run = {0};
    int result = check(o, error) < 0 ? -1 : check_formats(flags, error);
    if (result == 0 && o->sizes.count == 0) {
        result = zcb_sizes_parse(DEFAULT_SIZES, &o->sizes, error);
    }
    if (result == 0) {
        result = zcb_interpreters_find(&o->pythons, &run, error);
    }
    if (result == 0) {
        result = run.variant_count == 1
                     ? become(o, &run.variants[0], flags, error)
                     : zcb_fail(error, ZCB_EXIT_USAGE, "one interpreter is taken: name one");
    }
    zcb_run_clear(&run);
    return result;
}

const struct argp zcb_gbench_argp = {
    .options = options_of_gbench, .parser = parse, .args_doc = "-- FLAGS", .doc = doc};

int zcb_cmd_gbench(int argc, char **argv)
{
    zcb_error error = {0};
    gbench_options options = {.error = &error};
    int own = find_flags(argc, argv);
    if (check_place(own, argv, &error) == 0 &&
        zcb_cmdline_parse(&zcb_gbench_argp, own, argv, &options, &error) == 0) {
        gbench(&options, argv + own + (own < argc), &error);
    }
    zcb_texts_clear(&options.pythons);
    return zcb_complain(argv[0], &error);
}
