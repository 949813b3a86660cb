/* `zcbench threshold`: the cut-off to paste into a library, from a run that is there already.
 */
#include "driver/commands.h"

#include "driver/cmdline.h"
#include "driver/common_options.h"
#include "driver/console.h"
#include "driver/outcome_json.h"
#include "driver/planned_pair.h"
#include "driver/run_folder.h"
#include "report/answers.h"
#include "report/cutoff.h"
#include "report/text.h"
#include "report/units.h"
#include "store/recorded.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct threshold_options {
    zcb_common_options common;
    zcb_texts words; /* PAIR, DIR */
} threshold_options;

static const char doc[] =
    "The size below which a library should copy, as measured: a constant to paste, for every "
    "interpreter, lane and consumer of a run. PAIR is a name, an id or a glob; DIR is a run's "
    "folder, results/latest by default."
    "\v"
    "The constant is a round number inside the 95 % interval of the break-even. Where sharing "
    "always or never pays, or nothing was shown, this is said instead.\n\n"
    "Examples:\n"
    "  zcbench threshold bytes_slice\n"
    "  zcbench threshold 'bytes_*' results/latest --json\n"
    "\n"
    "Exit codes: 0 done, 1 internal error, 2 usage or a malformed file, 5 DIR is no run or has "
    "no such pair.";

static error_t parse(int key, char *arg, struct argp_state *state)
{
    threshold_options *o = state->input;
    if (key == ARGP_KEY_INIT) {
        state->child_inputs[0] = &o->common;
        return 0;
    }
    if (key == ARGP_KEY_ARG) {
        return zcb_texts_add(&o->words, arg, o->common.error) < 0 ? EINVAL : 0;
    }
    return ARGP_ERR_UNKNOWN;
}

static int is_asked_for(const zcb_run *run, const zcb_cell *cell, const char *word)
{
    for (size_t i = 0; i < run->pair_count; i++) {
        const zcb_planned_pair *pair = &run->pairs[i];
        if (strcmp(pair->name, cell->pair) == 0 && pair->lane == cell->lane) {
            return zcb_planned_pair_matches(pair, word);
        }
    }
    return strcmp(cell->pair, word) == 0;
}

/* Says which pairs the run has, each once. */
static int fail_unknown(const zcb_run *run, const char *dir, const char *word, zcb_error *error)
{
    char names[700] = "";
    for (size_t i = 0; i < run->pair_count; i++) {
        size_t used = strlen(names);
        if (i > 0 && strcmp(run->pairs[i].name, run->pairs[i - 1].name) == 0) {
            continue;
        }
        snprintf(names + used, sizeof names - used, "%s%s", used > 0 ? ", " : "",
                 run->pairs[i].name);
    }
    return zcb_fail(error, ZCB_EXIT_NOTHING, "the run in '%s' has no pair '%s'; it has %s", dir,
                    word, names[0] != '\0' ? names : "none");
}

/* Text inside a C comment: nothing in it may end the comment. */
static const char *comment_text(const char *text, char *out, size_t size)
{
    zcb_text_visible(text == NULL ? "" : text, out, size);
    for (char *at = out; (at = strstr(at, "*/")) != NULL;) {
        at[1] = '|';
    }
    return out;
}

static void print_constant(const zcb_cutoff *c, const zcb_run *run)
{
    char python[256], processor[256], interval[96] = "no interval";
    comment_text(c->cell->python, python, sizeof python);
    comment_text(run->machine.cpu_model, processor, sizeof processor);
    if (isfinite(c->lo) && isfinite(c->hi)) {
        snprintf(interval, sizeof interval, "%.0f–%.0f B, 95 %%", c->lo, c->hi);
    }
    switch (c->rule) {
    case ZCB_CUTOFF_COPY_BELOW:
    case ZCB_CUTOFF_COPY_ABOVE:
        printf("#define ZCB_COPY_%s %" PRIu64 " /* %s, %s: %s */\n",
               c->rule == ZCB_CUTOFF_COPY_BELOW ? "BELOW" : "ABOVE", c->bytes, python,
               processor, interval);
        break;
    case ZCB_CUTOFF_SHARE:
        printf("#define ZCB_COPY_BELOW 0 /* %s, %s: always share */\n", python, processor);
        break;
    case ZCB_CUTOFF_COPY:
        printf("#define ZCB_COPY_BELOW SIZE_MAX /* %s, %s: always copy */\n", python,
               processor);
        break;
    case ZCB_CUTOFF_NONE:
        break;
    }
}

/* "bytes_slice, python lane, result dropped": what the constant holds for. */
static void print_text(const zcb_cutoff *c, const zcb_run *run)
{
    char pair[256], python[256], arm[256], conditions[64] = "";
    comment_text(c->cell->pair, pair, sizeof pair);
    comment_text(c->cell->python, python, sizeof python);
    comment_text(c->series->arm, arm, sizeof arm);
    if (c->cell->heap != ZCB_HEAP_DEFAULT || c->cell->cache != ZCB_CACHE_HOT) {
        snprintf(conditions, sizeof conditions, ", heap %s, cache %s",
                 zcb_heap_name(c->cell->heap), zcb_cache_name(c->cell->cache));
    }
    printf("/* %s, %s lane, %s against copy, %s%s, on %s: %s. */\n", pair,
           zcb_lane_name(c->cell->lane), arm,
           c->cell->consumer == ZCB_CONSUMER_READ ? "every byte read" : "result dropped",
           conditions, python, c->sentence);
    print_constant(c, run);
}

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *cutoff_json(const zcb_cutoff *c)
{
    int is_below = c->rule == ZCB_CUTOFF_COPY_BELOW,
        is_above = c->rule == ZCB_CUTOFF_COPY_ABOVE;
    json_t *bytes = json_integer((json_int_t)c->bytes);
    json_t *object = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:O, s:O, s:o, s:o, s:o, s:s}", "python",
        c->cell->python, "pair", c->cell->pair, "lane", zcb_lane_name(c->cell->lane), "heap",
        zcb_heap_name(c->cell->heap), "cache", zcb_cache_name(c->cell->cache), "consumer",
        zcb_consumer_name(c->cell->consumer), "arm", c->series->arm, "status", c->status,
        "copy_below", is_below ? bytes : json_null(), "copy_above",
        is_above ? bytes : json_null(), "bytes", number(c->estimate), "ci_lo", number(c->lo),
        "ci_hi", number(c->hi), "sentence", c->sentence);
    json_decref(bytes);
    return object;
}

/* Prints every series that is asked for and adds it to `array`; returns how many. */
static size_t tell(const zcb_analysis *analysis, const threshold_options *o, json_t *array)
{
    const zcb_run *run = &analysis->recorded->run;
    int is_text = !o->common.json || o->common.json_file != NULL;
    size_t told = 0;
    for (size_t i = 0; i < analysis->series_count; i++) {
        zcb_cutoff cutoff;
        zcb_cutoff_make(analysis, &analysis->series[i], &cutoff);
        if (!is_asked_for(run, cutoff.cell, o->words.items[0])) {
            continue;
        }
        if (is_text) {
            print_text(&cutoff, run);
        }
        json_array_append_new(array, cutoff_json(&cutoff));
        told++;
    }
    return told;
}

static int threshold(const threshold_options *o, zcb_error *error)
{
    const char *dir = o->words.count > 1 ? o->words.items[1] : "results/latest";
    zcb_recorded recorded = {0};
    zcb_analysis analysis = {0};
    json_t *array = json_array();
    int result = -1;
    if (zcb_folder_check_run(dir, error) < 0 || zcb_recorded_read(dir, &recorded, error) < 0 ||
        zcb_analyse(&recorded, &analysis, error) < 0) {
        goto done;
    }
    if (tell(&analysis, o, array) == 0) {
        fail_unknown(&recorded.run, dir, o->words.items[0], error);
        goto done;
    }
    result = 0;
    if (o->common.json) {
        json_t *root = json_pack("{s:i}", "schema", 1);
        zcb_json_set_text(root, "run_id", recorded.run.run_id);
        zcb_json_set_text(root, "folder", dir);
        json_object_set(root, "cutoffs", array);
        result = zcb_common_print_json(&o->common, root, error);
    }
done:
    json_decref(array);
    zcb_analysis_clear(&analysis);
    zcb_recorded_clear(&recorded);
    return result;
}

static const struct argp_child children[] = {{&zcb_output_argp, 0, NULL, 0}, {0}};
const struct argp zcb_threshold_argp = {
    .parser = parse, .args_doc = "PAIR [DIR]", .doc = doc, .children = children};

int zcb_cmd_threshold(int argc, char **argv)
{
    zcb_error error = {0};
    threshold_options options = {.common.error = &error};
    int result = zcb_cmdline_parse(&zcb_threshold_argp, argc, argv, &options, &error);
    if (result == 0 && (options.words.count < 1 || options.words.count > 2)) {
        result = zcb_fail(&error, ZCB_EXIT_USAGE,
                          "PAIR and at most one DIR are taken, %zu words were given",
                          options.words.count);
    }
    if (result == 0) {
        result = threshold(&options, &error);
    }
    int code = result < 0 ? zcb_complain(argv[0], &error) : 0;
    zcb_texts_clear(&options.words);
    zcb_common_options_clear(&options.common);
    return code;
}
