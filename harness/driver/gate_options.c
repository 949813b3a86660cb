/* See gate_options.h. */
#include "driver/gate_options.h"

#include "driver/cmdline.h"
#include "driver/commands.h"
#include "driver/nearest.h"
#include "driver/planned_pair.h"
#include "report/builds.h"
#include "report/gate.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEY_BASE = 0x500,
    KEY_HEAD,
    KEY_BASELINE,
    KEY_CREATE,
    KEY_ALLOW,
    KEY_IGNORE,
    KEY_NO_CONFIRM
};

#define PERCENT_MOST 1000.0

static const struct argp_option gate_options[] = {
    {"base", KEY_BASE, "NAME", 0, "Side by side: the variant that is accepted", 1},
    {"head", KEY_HEAD, "NAME", 0, "Side by side: the variant that is judged", 1},
    {"baseline", KEY_BASELINE, "FILE", 0,
     "Judge against the figures that `zcbench baseline` wrote", 1},
    {"create", KEY_CREATE, NULL, 0, "Write the baseline from this run where there is none", 1},
    {"allow", KEY_ALLOW, "[PAIR=]PERCENT", 0,
     "Allowed change, for all pairs or those that PAIR (a name, an id or a glob) means; "
     "repeatable, the last one counts (default 5% side by side, 25% against a baseline)",
     2},
    {"ignore", KEY_IGNORE, "PART", 0,
     "Compare with a baseline though this differs: cpu_model, kernel, libc, compiler or "
     "python_build (repeatable)",
     2},
    {"no-confirm", KEY_NO_CONFIRM, NULL, 0,
     "Measure nothing: what is beyond the allowed change stays \"not confirmed\"", 2},
    {0}};

static const char doc[] =
    "Fail a CI job when code became slower: a variant against another of the same run (sharp, "
    "recommended), or a run against an accepted baseline (coarse). DIR is a run's folder, "
    "results/latest by default; gate.json and summary.md are written there."
    "\v"
    "A figure fails when its 95 % interval, after Holm, excludes the allowed change, the same "
    "holds in fresh launches that are made now and stored in the run, and the control (the "
    "same "
    "copy visited twice) is clean in both.\n\n"
    "Examples:\n"
    "  zcbench run --python base=3.13,path=old --python head=3.13,path=new --pairs my.py my\n"
    "  zcbench gate --base base --head head\n"
    "  zcbench gate --baseline zcbench-baseline.json --create\n"
    "  zcbench gate --base cp311 --head cp313 --allow 10% --allow 'ndarray_*=20%'\n"
    "\n"
    "Exit codes: 0 pass, 1 internal error or disk full, 2 usage or a malformed file, 3 a "
    "regression was shown, 4 inconclusive: not confirmed, or too noisy, 5 not comparable or no "
    "baseline, 130 and 143 interrupted.";

/* The percentage of `text` as a share, or -1 where it is none. */
static double share_of(const char *text)
{
    char *end = NULL;
    double percent = strspn(text, "0123456789.") > 0 ? strtod(text, &end) : -1.0;
    int is_whole = end != NULL && end != text && strcmp(end, "%") == 0;
    return is_whole && percent > 0 && percent <= PERCENT_MOST ? percent / 100 : -1.0;
}

/* Behind the last '=': names may hold one. */
static const char *percent_of(const char *text)
{
    const char *equals = strrchr(text, '=');
    return equals != NULL ? equals + 1 : text;
}

static int add_allowed(zcb_gate_options *o, const char *text, zcb_error *error)
{
    if (text[0] == '=' || share_of(percent_of(text)) < 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "malformed allowed change '%s': write 10%% or bytes_slice=10%%, above "
                        "0%% and at most 1000%%",
                        text);
    }
    return zcb_texts_add(&o->allowed, text, error);
}

static int add_ignored(zcb_gate_options *o, const char *text, zcb_error *error)
{
    const char *names[ZCB_FINGERPRINT_PARTS];
    for (size_t i = 0; i < ZCB_FINGERPRINT_PARTS; i++) {
        names[i] = zcb_fingerprint_key(i);
        if (strcmp(names[i], text) == 0) {
            o->ignored |= 1u << i;
            return 0;
        }
    }
    const char *near = zcb_nearest(text, names, ZCB_FINGERPRINT_PARTS);
    return zcb_fail(error, ZCB_EXIT_USAGE,
                    "a baseline has no '%s'%s%s; it has cpu_model, kernel, libc, compiler and "
                    "python_build",
                    text, near == NULL ? "" : ", nearest is ", near == NULL ? "" : near);
}

static int take_name(char **field, const char *text, const char *what, zcb_error *error)
{
    return text[0] != '\0' ? zcb_set_text(field, text, error)
                           : zcb_fail(error, ZCB_EXIT_USAGE, "--%s needs a name", what);
}

static int take_option(int key, const char *arg, zcb_gate_options *o, zcb_error *error)
{
    switch (key) {
    case KEY_BASE:
        return take_name(&o->base, arg, "base", error);
    case KEY_HEAD:
        return take_name(&o->head, arg, "head", error);
    case KEY_BASELINE:
        return take_name(&o->baseline, arg, "baseline", error);
    case KEY_CREATE:
        o->creates = 1;
        return 0;
    case KEY_ALLOW:
        return add_allowed(o, arg, error);
    case KEY_IGNORE:
        return add_ignored(o, arg, error);
    case KEY_NO_CONFIRM:
        o->confirms = 0;
        return 0;
    case ARGP_KEY_ARG:
        return o->dir == NULL ? zcb_set_text(&o->dir, arg, error)
                              : zcb_fail(error, ZCB_EXIT_USAGE,
                                         "one DIR is taken, '%s' is one too many", arg);
    default:
        return 1;
    }
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    zcb_gate_options *o = state->input;
    if (key == ARGP_KEY_INIT) {
        state->child_inputs[0] = &o->common;
        return 0;
    }
    int result = take_option(key, arg, o, o->common.error);
    return result > 0 ? ARGP_ERR_UNKNOWN : result < 0 ? EINVAL : 0;
}

/* Either two variants or a baseline. */
static int check_mode(const zcb_gate_options *o, zcb_error *error)
{
    int is_side = o->base != NULL && o->head != NULL;
    if (o->baseline == NULL && !is_side) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "either --base NAME and --head NAME, or --baseline FILE is needed");
    }
    if (o->baseline != NULL && (o->base != NULL || o->head != NULL)) {
        return zcb_fail(
            error, ZCB_EXIT_USAGE,
            "--baseline judges against a file, --base and --head against a variant: "
            "give one of the two");
    }
    if (is_side && (o->creates || o->ignored != 0)) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "%s goes with --baseline only",
                        o->creates ? "--create" : "--ignore");
    }
    return 0;
}

static const struct argp_child children[] = {{&zcb_output_argp, 0, NULL, 0}, {0}};
const struct argp zcb_gate_argp = {.options = gate_options,
                                   .parser = parse,
                                   .args_doc = "[DIR]",
                                   .doc = doc,
                                   .children = children};

int zcb_gate_options_parse(int argc, char **argv, zcb_gate_options *out, zcb_error *error)
{
    *out = (zcb_gate_options){.common.error = error, .confirms = 1};
    if (zcb_cmdline_parse(&zcb_gate_argp, argc, argv, out, error) < 0 ||
        check_mode(out, error) < 0 ||
        (out->dir == NULL && zcb_set_text(&out->dir, "results/latest", error) < 0)) {
        zcb_gate_options_clear(out);
        return -1;
    }
    out->common.error = NULL;
    return 0;
}

void zcb_gate_options_clear(zcb_gate_options *o)
{
    zcb_common_options_clear(&o->common);
    zcb_texts_clear(&o->allowed);
    free(o->base);
    free(o->head);
    free(o->baseline);
    free(o->dir);
    *o = (zcb_gate_options){0};
}

/* Sets what one --allow says: how many pairs it means. */
static size_t apply(const char *text, const zcb_run *run, int has_pair, double *allowed)
{
    size_t meant = 0;
    const char *percent = percent_of(text);
    char *word = has_pair ? strndup(text, (size_t)(percent - text - 1)) : NULL;
    for (size_t i = 0; i < run->pair_count; i++) {
        if (!has_pair || (word != NULL && zcb_planned_pair_matches(&run->pairs[i], word))) {
            allowed[i] = share_of(percent);
            meant++;
        }
    }
    free(word);
    return meant;
}

double *zcb_gate_options_allowed(const zcb_gate_options *o, const zcb_run *run,
                                 zcb_error *error)
{
    double *allowed = zcb_allocate(run->pair_count, sizeof *allowed, error);
    double usual = o->baseline != NULL ? ZCB_GATE_ALLOWED_STORED : ZCB_GATE_ALLOWED_SIDE;
    for (size_t i = 0; allowed != NULL && i < run->pair_count; i++) {
        allowed[i] = usual;
    }
    for (int has_pair = 0; has_pair <= 1 && allowed != NULL; has_pair++) {
        for (size_t i = 0; i < o->allowed.count; i++) {
            const char *text = o->allowed.items[i];
            if ((percent_of(text) != text) == has_pair &&
                apply(text, run, has_pair, allowed) == 0 && has_pair) {
                zcb_fail(error, ZCB_EXIT_USAGE, "--allow '%s' means no pair of this run", text);
                free(allowed);
                return NULL;
            }
        }
    }
    return allowed;
}
