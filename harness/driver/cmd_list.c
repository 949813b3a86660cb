/* `zcbench list`: what pairs exist, and where they can run. */
#include "driver/commands.h"

#include "driver/cmdline.h"
#include "driver/console.h"
#include "driver/known_pairs.h"
#include "driver/list_lies.h"
#include "report/text.h"
#include "report/units.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char doc[] =
    "List the pairs: id, name, group, kind, lanes, sizes, and whether each interpreter can run "
    "them."
    "\v"
    "Examples:\n"
    "  zcbench list\n"
    "  zcbench list --python all --json\n"
    "  zcbench list --lies\n"
    "\n"
    "Kinds: Z a copy in Θ(n) against a view in Θ(1); R both Θ(n), one copy or allocation "
    "fewer; K the kernel's "
    "copy; L lazy, the cost moves to first touch; Q quadratic against linear.";

enum { KEY_LIES = 0x300 };

static const struct argp_option list_options[] = {
    {"lies", KEY_LIES, NULL, 0,
     "List instead what only looks like a copy or a view, and what becomes of it on each "
     "interpreter",
     0},
    {0}};

/* Zero value: nothing given. */
typedef struct list_options_given {
    zcb_common_options common;
    int lies;
} list_options_given;

static error_t parse(int key, char *arg, struct argp_state *state)
{
    list_options_given *given = state->input;
    zcb_common_options *o = &given->common;
    if (key == ARGP_KEY_INIT) {
        state->child_inputs[0] = o;
        state->child_inputs[1] = o;
        return 0;
    }
    if (key == KEY_LIES) {
        given->lies = 1;
        return 0;
    }
    if (key == ARGP_KEY_ARG) {
        zcb_fail(o->error, ZCB_EXIT_USAGE, "list takes no argument, but '%s' was given", arg);
        return EINVAL;
    }
    return ARGP_ERR_UNKNOWN;
}

/* The lane of `count` entries that variant `v` can run, else the first. */
static const zcb_availability *best(const zcb_entry *entries, size_t count, size_t v)
{
    for (size_t i = 0; i < count; i++) {
        if (entries[i].availability[v].ok) {
            return &entries[i].availability[v];
        }
    }
    return &entries[0].availability[v];
}

static json_t *availability_json(const zcb_run *run, const zcb_entry *entries, size_t count)
{
    json_t *object = json_object();
    for (size_t v = 0; v < run->variant_count; v++) {
        const zcb_availability *a = best(entries, count, v);
        json_t *one = json_object();
        json_object_set_new(one, "ok", json_boolean(a->ok));
        if (!a->ok) {
            json_object_set_new(one, "reason", json_string(a->reason));
        }
        if (a->without[0] != '\0') {
            json_object_set_new(one, "without", json_string(a->without));
        }
        json_object_set_new(object, run->variants[v].name, one);
    }
    return object;
}

static json_t *pair_json(const zcb_run *run, const zcb_entry *entries, size_t count)
{
    const zcb_planned_pair *pair = &entries[0].pair;
    json_t *lanes = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(lanes, json_string(zcb_lane_name(entries[i].pair.lane)));
    }
    json_t *sizes = json_array();
    json_array_append_new(sizes, json_integer((json_int_t)pair->size_min));
    json_array_append_new(sizes, json_integer((json_int_t)pair->size_max));
    json_t *object = json_object();
    json_object_set_new(object, "id", json_string(pair->id));
    json_object_set_new(object, "name", json_string(pair->name));
    json_object_set_new(object, "group", json_string(pair->group));
    json_object_set_new(object, "kind", json_string(zcb_kind_name(pair->kind)));
    json_object_set_new(object, "lanes", lanes);
    json_object_set_new(object, "sizes", sizes);
    json_object_set_new(object, "note", json_string(pair->note));
    json_object_set_new(object, "availability", availability_json(run, entries, count));
    return object;
}

static json_t *list_json(const zcb_run *run, const zcb_catalogue *catalogue)
{
    json_t *pairs = json_array();
    for (size_t i = 0; i < catalogue->count;) {
        size_t count = zcb_lanes_of(catalogue, i);
        if (!zcb_planned_pair_is_instruments(&catalogue->entries[i].pair)) {
            json_array_append_new(pairs, pair_json(run, &catalogue->entries[i], count));
        }
        i += count;
    }
    json_t *root = json_object();
    json_object_set_new(root, "schema", json_integer(1));
    json_object_set_new(root, "pairs", pairs);
    return root;
}

static void print_padded(const char *text, size_t columns)
{
    char visible[256];
    zcb_text_visible(text, visible, sizeof visible);
    size_t width = zcb_text_width(visible);
    printf("%s%*s  ", visible, (int)(width < columns ? columns - width : 0), "");
}

static void print_pair(const zcb_run *run, const zcb_entry *entries, size_t count)
{
    const zcb_planned_pair *pair = &entries[0].pair;
    char lanes[64] = "", sizes[2 * ZCB_UNIT_TEXT_MAX + 4], lo[ZCB_UNIT_TEXT_MAX],
         hi[ZCB_UNIT_TEXT_MAX];
    for (size_t i = 0; i < count; i++) {
        size_t used = strlen(lanes);
        snprintf(lanes + used, sizeof lanes - used, "%s%s", i > 0 ? " " : "",
                 zcb_lane_name(entries[i].pair.lane));
    }
    snprintf(sizes, sizeof sizes, "%s–%s", zcb_unit_size((double)pair->size_min, lo, sizeof lo),
             zcb_unit_size((double)pair->size_max, hi, sizeof hi));
    print_padded(pair->id, 4);
    print_padded(pair->name, 22);
    print_padded(pair->group, 16);
    print_padded(zcb_kind_name(pair->kind), 4);
    print_padded(lanes, 11);
    print_padded(sizes, 15);
    for (size_t v = 0; v < run->variant_count; v++) {
        print_padded(best(entries, count, v)->ok ? "yes" : "no", strlen(run->variants[v].name));
    }
    putchar('\n');
}

/* Every `no` of the table with its reason, and what else a variant is too old for. */
static void print_reasons(const zcb_run *run, const zcb_catalogue *catalogue)
{
    char visible[1024];
    for (size_t i = 0; i < catalogue->count; i++) {
        const zcb_entry *entry = &catalogue->entries[i];
        for (size_t v = 0; v < run->variant_count; v++) {
            const zcb_availability *a = &entry->availability[v];
            const char *why = a->ok ? a->without : a->reason;
            if (why[0] != '\0') {
                printf("%s: %s %s on %s: %s\n", a->ok ? "not all" : "no", entry->pair.name,
                       zcb_lane_name(entry->pair.lane), run->variants[v].name,
                       zcb_text_visible(why, visible, sizeof visible));
            }
        }
    }
}

static void print_table(const zcb_run *run, const zcb_catalogue *catalogue)
{
    static const struct {
        const char *title;
        size_t columns;
    } heads[] = {{"ID", 4},   {"NAME", 22},  {"GROUP", 16},
                 {"KIND", 4}, {"LANES", 11}, {"SIZES", 15}};
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        print_padded(heads[i].title, heads[i].columns);
    }
    for (size_t v = 0; v < run->variant_count; v++) {
        print_padded(run->variants[v].name, strlen(run->variants[v].name));
    }
    putchar('\n');
    for (size_t i = 0; i < catalogue->count;) {
        size_t count = zcb_lanes_of(catalogue, i);
        if (!zcb_planned_pair_is_instruments(&catalogue->entries[i].pair)) {
            print_pair(run, &catalogue->entries[i], count);
        }
        i += count;
    }
}

static int list(const zcb_common_options *options, zcb_error *error)
{
    zcb_run run = {0};
    zcb_catalogue catalogue = {0};
    int result = zcb_pairs_known(options, &run, &catalogue, error);
    if (result == 0) {
        for (size_t i = 0; i < run.left_out_count; i++) {
            zcb_note("left out: %s — %s", run.left_out[i].spec, run.left_out[i].reason);
        }
        if (!options->json || options->json_file != NULL) {
            print_table(&run, &catalogue);
            print_reasons(&run, &catalogue);
        }
        result = options->json
                     ? zcb_common_print_json(options, list_json(&run, &catalogue), error)
                     : 0;
    }
    zcb_catalogue_clear(&catalogue);
    zcb_run_clear(&run);
    return result;
}

static const struct argp_child children[] = {
    {&zcb_source_argp, 0, NULL, 0}, {&zcb_output_argp, 0, NULL, 0}, {0}};
const struct argp zcb_list_argp = {
    .options = list_options, .parser = parse, .doc = doc, .children = children};

int zcb_cmd_list(int argc, char **argv)
{
    zcb_error error = {0};
    list_options_given given = {.common.error = &error};
    int result = zcb_cmdline_parse(&zcb_list_argp, argc, argv, &given, &error);
    if (result == 0) {
        result =
            given.lies ? zcb_list_lies(&given.common, &error) : list(&given.common, &error);
    }
    zcb_common_options_clear(&given.common);
    return result < 0 ? zcb_complain(argv[0], &error) : 0;
}
