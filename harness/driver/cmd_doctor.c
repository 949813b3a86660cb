/* `zcbench doctor`: what this machine offers and what stands in the way of good figures. */
#include "driver/commands.h"

#include "driver/amounts.h"
#include "driver/cmdline.h"
#include "driver/common_options.h"
#include "driver/console.h"
#include "driver/doctor_output.h"
#include "driver/signals.h"
#include "driver/streams.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#define PROBE_NS UINT64_C(1000000000)
#define PROBE_MAX_NS (60 * PROBE_NS)
#define FALLBACK_COLUMNS 96

enum { KEY_PYTHON = 0x400, KEY_PROBE };

static const char doc[] =
    "Show every interpreter found, with its version, build and numpy, and why any is left out; "
    "the tools; the machine and how noisy it is; and what could be mended. An interpreter "
    "without "
    "a worker is tried by a small program that embeds it, which takes some seconds once. "
    "Nothing "
    "is installed or changed outside the build folder."
    "\v"
    "Examples:\n"
    "  zcbench doctor\n"
    "  zcbench doctor --python 3.13 --python ~/src/cpython/python --json\n"
    "\n"
    "Exit codes: 0 an interpreter can be used, 1 internal error, 2 usage, or one that was "
    "asked "
    "for can't be used, 5 no interpreter can be used, 130 and 143 interrupted.";

static const struct argp_option doctor_options[] = {
    {"python", KEY_PYTHON, "VERSION|EXE", 0,
     "Look at this interpreter, as 3.11 or a path (repeatable; default: all)", 0},
    {"probe", KEY_PROBE, "TIME", 0, "Watch the machine's noise this long (default 1s)", 0},
    {0}};

/* Zero value: nothing given. */
typedef struct doctor_options_given {
    zcb_common_options common;
    uint64_t probe_ns;
} given;

static int take_probe(const char *arg, given *g, zcb_error *error)
{
    if (zcb_duration_parse(arg, "probe", &g->probe_ns, error) < 0) {
        return -1;
    }
    return g->probe_ns <= PROBE_MAX_NS
               ? 0
               : zcb_fail(error, ZCB_EXIT_USAGE, "probe '%s' is too long: at most 60s", arg);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    given *g = state->input;
    zcb_common_options *o = &g->common;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = o;
        return 0;
    case KEY_PYTHON:
        return zcb_texts_add(&o->pythons, arg, o->error) < 0 ? EINVAL : 0;
    case KEY_PROBE:
        return take_probe(arg, g, o->error) < 0 ? EINVAL : 0;
    case ARGP_KEY_ARG:
        zcb_fail(o->error, ZCB_EXIT_USAGE, "doctor takes no argument, but '%s' was given", arg);
        return EINVAL;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* 0, or -1 with what makes the findings a failure. */
static int judge(const zcb_doctor *d, zcb_error *error)
{
    size_t usable = 0;
    for (size_t i = 0; i < d->pythons.count; i++) {
        const zcb_found_python *one = &d->pythons.items[i];
        if (d->patients[i].state != ZCB_PATIENT_LEFT_OUT) {
            usable++;
        } else if (d->patients[i].is_requested) {
            return zcb_fail(error, ZCB_EXIT_USAGE, "python '%s' can't be used: %s", one->spec,
                            one->reason);
        }
    }
    return usable > 0
               ? 0
               : zcb_fail(error, ZCB_EXIT_NOTHING, "no usable Python interpreter was found");
}

static int tell(const zcb_common_options *options, const zcb_doctor *d, zcb_error *error)
{
    if (!options->json || options->json_file != NULL) {
        zcb_doctor_print(d, zcb_columns(STDOUT_FILENO, FALLBACK_COLUMNS), stdout);
        if (zcb_stream_flush(stdout, error) < 0) {
            return -1;
        }
    }
    return options->json ? zcb_common_print_json(options, zcb_doctor_json(d), error) : 0;
}

static const struct argp_child children[] = {{&zcb_output_argp, 0, NULL, 0}, {0}};
const struct argp zcb_doctor_argp = {
    .options = doctor_options, .parser = parse, .doc = doc, .children = children};

int zcb_cmd_doctor(int argc, char **argv)
{
    zcb_error error = {0};
    given g = {.common = {.error = &error}, .probe_ns = PROBE_NS};
    zcb_doctor doctor = {0};
    zcb_signals_catch();
    int result = zcb_cmdline_parse(&zcb_doctor_argp, argc, argv, &g, &error);
    if (result == 0) {
        result = zcb_doctor_examine(&g.common.pythons, g.probe_ns, &doctor, &error);
    }
    if (result == 0) {
        result = tell(&g.common, &doctor, &error);
    }
    if (result == 0) {
        result = judge(&doctor, &error);
    }
    zcb_doctor_clear(&doctor);
    zcb_common_options_clear(&g.common);
    return result < 0 ? zcb_complain(argv[0], &error) : 0;
}
