/* See run_options.h. */
#include "driver/run_options.h"

#include "driver/amounts.h"
#include "driver/cmdline.h"
#include "driver/commands.h"
#include "driver/nearest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define VISIT_LEAST_NS 22000u
#define VISIT_MOST_NS 10000000000u
#define PRECISION_PERCENT 3.0
#define PRECISION_LEAST 0.1 /* percent */
#define PRECISION_MOST 50.0

enum {
    KEY_LANE = 0x300,
    KEY_SIZE,
    KEY_HEAP,
    KEY_CACHE,
    KEY_CONSUMER,
    KEY_PROFILE,
    KEY_LAUNCHES,
    KEY_BLOCKS,
    KEY_VISIT,
    KEY_WARMUP,
    KEY_BUDGET,
    KEY_PRECISION,
    KEY_REFINE,
    KEY_NO_REFINE,
    KEY_CELL_LIMIT,
    KEY_NO_MEMORY,
    KEY_SEED,
    KEY_OUT,
    KEY_RESUME
};

static const struct argp_option run_options[] = {
    {"lane", KEY_LANE, "python|capi", 0,
     "How a pair is driven (repeatable; default: all a pair has)", 0},
    {"size", KEY_SIZE, "SIZES", 0,
     "Sizes in bytes: 4096, 4KiB, 64..64M (powers of two), 64..64M:4 (four points per octave), "
     "or a "
     "list (repeatable; default: the profile's)",
     0},
    {"heap", KEY_HEAP, "default|warm|fresh", 0,
     "Allocator condition: default (the platform's policy), warm (freed pages are kept), fresh "
     "(every large block faults in); of several the base is varied by one at a time",
     0},
    {"cache", KEY_CACHE, "hot|cold", 0,
     "hot (the same source every iteration) or cold (data as it arrives from outside); cold "
     "takes seconds of set-up per cell",
     0},
    {"consumer", KEY_CONSUMER, "drop|read", 0,
     "What is done with the result: drop, or read (every byte); conditions other than default, "
     "hot, drop are measured at 4 KiB, 64 KiB, 1 MiB, 16 MiB unless --size is given",
     0},
    {"profile", KEY_PROFILE, "quick|standard|rigorous|full", 0,
     "quick (6 launches × 10 blocks), standard (10 × 25), rigorous (30 × 30), full (6 × 10, "
     "all sizes, core and scenario pairs under all conditions)",
     0},
    {"launches", KEY_LAUNCHES, "N", 0, "Process starts per interpreter", 0},
    {"blocks", KEY_BLOCKS, "N", 0, "Blocks of visits per cell and launch", 0},
    {"visit", KEY_VISIT, "TIME", 0, "Length of one visit (default 500us)", 0},
    {"warmup", KEY_WARMUP, "N", 0,
     "Iterations of a cheap arm before its first visit (default 10000)", 0},
    {"budget", KEY_BUDGET, "TIME", 0,
     "Measure what can be measured in this time, such as 60s or 5m; what is left goes to the "
     "widest intervals",
     0},
    {"precision", KEY_PRECISION, "P%", OPTION_ARG_OPTIONAL,
     "Go on until the interval of every speed-up is within ±P% (default 3%), or the budget "
     "ends; "
     "what is not reached is told",
     0},
    {"refine", KEY_REFINE, NULL, 0,
     "Measure more sizes where a break-even lies, as is done by default unless --size is given",
     0},
    {"no-refine", KEY_NO_REFINE, NULL, 0, "Measure the planned sizes only", 0},
    {"cell-limit", KEY_CELL_LIMIT, "TIME", 0,
     "Give a cell up that takes longer in one launch (default: many times the expected time, "
     "at least 10s)",
     0},
    {"no-memory", KEY_NO_MEMORY, NULL, 0,
     "Leave out what is not timed: allocations, memory kept alive, what results mean, the lies",
     0},
    {"seed", KEY_SEED, "N", 0,
     "Seed of every random choice (default: from the system, recorded)", 0},
    {"out", KEY_OUT, "DIR", 0,
     "The run's folder, new or empty (default: a new one under results/)", 0},
    {"resume", KEY_RESUME, "DIR", 0,
     "Go on with an interrupted run; takes everything from its run.json, and runs the pair "
     "files "
     "and workers named there",
     0},
    {0}};

static const char doc[] =
    "Measure copying against sharing. PAIR is a name, an id or a glob; without PAIR the "
    "standard set is "
    "measured, `all` is everything."
    "\v"
    "Examples:\n"
    "  zcbench run\n"
    "  zcbench run bytes_slice --python 3.11 --python 3.13\n"
    "  zcbench run 'ndarray_*' --size 4KiB,64KiB,1MiB --profile rigorous\n"
    "  zcbench run bytes_slice --consumer drop,read --cache hot,cold\n"
    "  zcbench run --budget 60s --json\n"
    "\n"
    "Exit codes: 0 every planned cell has ended, 1 internal error or disk full, 2 usage, 5 "
    "nothing gave a "
    "figure, 130 and 143 interrupted (`--resume` goes on).";

static int parse_lane(const char *text, zcb_run_options *o, zcb_error *error)
{
    zcb_lane lane;
    if (zcb_lane_parse(text, &lane) == 0) {
        o->lanes[lane] = 1;
        return 0;
    }
    const char *names[ZCB_LANE_COUNT];
    for (int i = 0; i < ZCB_LANE_COUNT; i++) {
        names[i] = zcb_lane_name((zcb_lane)i);
    }
    const char *near = zcb_nearest(text, names, ZCB_LANE_COUNT);
    return zcb_fail(error, ZCB_EXIT_USAGE, "unknown lane '%s'%s%s; there are python and capi",
                    text, near == NULL ? "" : ", nearest is ", near == NULL ? "" : near);
}

static int parse_lanes(const char *text, zcb_run_options *o, zcb_error *error)
{
    char *copy = strdup(text), *rest = copy;
    int result = copy == NULL ? zcb_no_memory(error) : 0;
    for (char *word = strsep(&rest, ","); result == 0 && word != NULL;
         word = strsep(&rest, ",")) {
        result = parse_lane(word, o, error);
    }
    free(copy);
    return result;
}

static int parse_profile(const char *text, zcb_run_options *o, zcb_error *error)
{
    const char *names[16];
    size_t count = 0;
    o->profile = zcb_profile_find(text);
    if (o->profile != NULL) {
        return 0;
    }
    for (size_t i = 0; zcb_profile_at(i) != NULL && count < 16; i++) {
        names[count++] = zcb_profile_at(i)->name;
    }
    const char *near = zcb_nearest(text, names, count);
    return zcb_fail(error, ZCB_EXIT_USAGE,
                    "unknown profile '%s'%s%s; there are quick, standard, rigorous and full",
                    text, near == NULL ? "" : ", nearest is ", near == NULL ? "" : near);
}

static int parse_cell_limit(const char *text, zcb_run_options *o, zcb_error *error)
{
    uint64_t ns = 0;
    if (zcb_duration_parse(text, "cell limit", &ns, error) < 0) {
        return -1;
    }
    if (ns < 1000000 || ns > 3600ull * 24 * 1000000000) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "cell limit '%s' is out of range: 1ms to 24h",
                        text);
    }
    o->cell_limit_ms = ns / 1000000;
    return 0;
}

static int parse_visit(const char *text, zcb_run_options *o, zcb_error *error)
{
    uint64_t ns = 0;
    if (zcb_duration_parse(text, "visit", &ns, error) < 0) {
        return -1;
    }
    if (ns < VISIT_LEAST_NS || ns > VISIT_MOST_NS) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "visit '%s' is out of range: 22us (1000 readings of the clock) to 10s",
                        text);
    }
    o->visit_ns = ns;
    return 0;
}

static int is_percentage(const char *text)
{
    size_t digits = strspn(text, "0123456789.");
    return digits > 0 && strcmp(text + digits, "%") == 0;
}

/* `text` is NULL where the option stands bare. */
static int parse_precision(const char *text, zcb_run_options *o, zcb_error *error)
{
    o->precision = PRECISION_PERCENT / 100.0;
    if (text != NULL && zcb_percent_parse(text, "precision", PRECISION_LEAST, PRECISION_MOST,
                                          &o->precision, error) < 0) {
        return -1;
    }
    o->precision_is_bare = text == NULL;
    return 0;
}

/* A pair; but the percentage of `--precision 2%` arrives like one, for its option may stand
 * bare. */
static int take_word(const char *text, zcb_run_options *o, zcb_error *error)
{
    return o->precision_is_bare && is_percentage(text) ? parse_precision(text, o, error)
                                                       : zcb_texts_add(&o->pairs, text, error);
}

static int parse_folder(const char *text, const char *what, char **field, zcb_error *error)
{
    if (text[0] == '\0') {
        return zcb_fail(error, ZCB_EXIT_USAGE, "--%s needs a folder's name", what);
    }
    return zcb_set_text(field, text, error);
}

/* One option with its value: 0, -1, or 1 when the key isn't one of ours. */
static int take_option(int key, const char *arg, zcb_run_options *o, zcb_error *error)
{
    switch (key) {
    case KEY_LANE:
        return parse_lanes(arg, o, error);
    case KEY_SIZE:
        return zcb_sizes_parse(arg, &o->sizes, error);
    case KEY_HEAP:
        return zcb_factors_add_heaps(arg, &o->factors, error);
    case KEY_CACHE:
        return zcb_factors_add_caches(arg, &o->factors, error);
    case KEY_CONSUMER:
        return zcb_factors_add_consumers(arg, &o->factors, error);
    case KEY_PROFILE:
        return parse_profile(arg, o, error);
    case KEY_LAUNCHES:
        return zcb_count_parse(arg, "number of launches", 1, 1000, &o->launches, error);
    case KEY_BLOCKS:
        return zcb_count_parse(arg, "number of blocks", 1, 10000, &o->blocks, error);
    case KEY_VISIT:
        return parse_visit(arg, o, error);
    case KEY_WARMUP:
        o->warmup_given = 1;
        return zcb_count_parse(arg, "warm-up", 0, 1000000000, &o->warmup, error);
    case KEY_BUDGET:
        return zcb_duration_parse(arg, "budget", &o->budget_ns, error);
    case KEY_PRECISION:
        return parse_precision(arg, o, error);
    case KEY_REFINE:
    case KEY_NO_REFINE:
        o->refine = key == KEY_REFINE ? 1 : -1;
        return 0;
    case KEY_CELL_LIMIT:
        return parse_cell_limit(arg, o, error);
    case KEY_NO_MEMORY:
        o->no_memory = 1;
        return 0;
    case KEY_SEED:
        o->seed_given = 1;
        return zcb_count_parse(arg, "seed", 0, UINT64_MAX, &o->seed, error);
    case KEY_OUT:
        return parse_folder(arg, "out", &o->out, error);
    case KEY_RESUME:
        return parse_folder(arg, "resume", &o->resume, error);
    case ARGP_KEY_ARG:
        return take_word(arg, o, error);
    default:
        return 1;
    }
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    zcb_run_options *o = state->input;
    if (key == ARGP_KEY_INIT) {
        state->child_inputs[0] = &o->common;
        state->child_inputs[1] = &o->common;
        return 0;
    }
    int result = take_option(key, arg, o, o->common.error);
    return result > 0 ? ARGP_ERR_UNKNOWN : result < 0 ? EINVAL : 0;
}

/* --resume takes everything from run.json: what else is given would be silently lost. */
static int check_resume(const zcb_run_options *o, zcb_error *error)
{
    int lanes = 0;
    for (int i = 0; i < ZCB_LANE_COUNT; i++) {
        lanes += o->lanes[i];
    }
    if (o->resume == NULL ||
        (o->pairs.count == 0 && o->common.pythons.count == 0 &&
         o->common.pair_files.count == 0 && lanes == 0 && o->sizes.count == 0 &&
         !zcb_factors_any(&o->factors) && o->refine == 0 && o->precision == 0 &&
         o->profile == NULL && o->launches == 0 && o->blocks == 0 && o->visit_ns == 0 &&
         !o->warmup_given && o->budget_ns == 0 && o->cell_limit_ms == 0 && !o->no_memory &&
         !o->seed_given && o->out == NULL)) {
        return 0;
    }
    return zcb_fail(
        error, ZCB_EXIT_USAGE,
        "--resume takes every argument from run.json: only --json and --color may stand "
        "beside it");
}

static const struct argp_child children[] = {
    {&zcb_source_argp, 0, NULL, 0}, {&zcb_output_argp, 0, NULL, 0}, {0}};
const struct argp zcb_run_argp = {.options = run_options,
                                  .parser = parse,
                                  .args_doc = "[PAIR...]",
                                  .doc = doc,
                                  .children = children};

int zcb_run_options_parse(int argc, char **argv, zcb_run_options *out, zcb_error *error)
{
    *out = (zcb_run_options){.common.error = error};
    if (zcb_cmdline_parse(&zcb_run_argp, argc, argv, out, error) < 0 ||
        check_resume(out, error) < 0) {
        zcb_run_options_clear(out);
        return -1;
    }
    out->common.error = NULL;
    return 0;
}

void zcb_run_options_clear(zcb_run_options *o)
{
    zcb_common_options_clear(&o->common);
    zcb_texts_clear(&o->pairs);
    free(o->out);
    free(o->resume);
    *o = (zcb_run_options){0};
}
