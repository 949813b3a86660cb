/* `zcbench show PAIR`: why a pair is fair, and the code of both arms. */
#include "driver/commands.h"

#include "driver/cmdline.h"
#include "driver/console.h"
#include "driver/known_pairs.h"
#include "report/text.h"
#include "report/units.h"
#include "store/json_members.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CODE_MAX (1u << 20)

typedef struct show_options {
    zcb_common_options common;
    zcb_texts pairs;
} show_options;

static const char doc[] = "Show a pair: what it asks, its kind, sizes and availability, and "
                          "the code of both arms in each lane. "
                          "PAIR is a name, an id or a glob."
                          "\v"
                          "Examples:\n"
                          "  zcbench show bytes_slice\n"
                          "  zcbench show 'numpy_*'";

static const char *const kind_texts[ZCB_KIND_COUNT] = {
    [ZCB_KIND_Z] = "a copy in Θ(n) against a view in Θ(1)",
    [ZCB_KIND_R] = "both Θ(n), one copy or allocation fewer",
    [ZCB_KIND_K] = "the kernel's copy is saved",
    [ZCB_KIND_L] = "lazy: the cost moves to the first touch",
    [ZCB_KIND_Q] = "quadratic against linear"};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    show_options *o = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &o->common;
        state->child_inputs[1] = &o->common;
        return 0;
    case ARGP_KEY_ARG:
        return zcb_texts_add(&o->pairs, arg, o->common.error) < 0 ? EINVAL : 0;
    case ARGP_KEY_NO_ARGS:
        zcb_fail(o->common.error, ZCB_EXIT_USAGE,
                 "no PAIR given; `zcbench list` shows all names");
        return EINVAL;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* The text of a small file, owned by the caller; NULL and `error` filled when it can't be read.
 */
static char *read_code(const zcb_planned_pair *pair, zcb_error *error)
{
    char *path = zcb_pair_file_path(pair, error);
    if (path == NULL) {
        return NULL;
    }
    char *text = NULL;
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        zcb_fail(error, ZCB_EXIT_USAGE, "'%s' can't be read: %s", path, strerror(errno));
        goto done;
    }
    text = zcb_allocate(CODE_MAX + 1, 1, error);
    if (text != NULL) {
        text[fread(text, 1, CODE_MAX, file)] = '\0';
    }
    fclose(file);
done:
    free(path);
    return text;
}

/* Line by line, so that nothing in it acts on the terminal. */
static void print_code(char *code)
{
    char visible[4096];
    for (char *line = strsep(&code, "\n"); line != NULL; line = strsep(&code, "\n")) {
        if (line[0] != '\0' || code != NULL) {
            printf("    %s\n", zcb_text_visible(line, visible, sizeof visible));
        }
    }
}

static void print_lane(const zcb_run *run, const zcb_entry *entry)
{
    char visible[2048];
    const zcb_planned_pair *pair = &entry->pair;
    printf("\n%s lane, %s\n", zcb_lane_name(pair->lane),
           zcb_text_visible(pair->file, visible, sizeof visible));
    printf("  arms   copy");
    for (size_t i = 0; i < pair->alternative_count; i++) {
        printf(", %s", zcb_text_visible(pair->alternatives[i], visible, sizeof visible));
    }
    printf("\n  note   %s\n", zcb_text_visible(pair->note, visible, sizeof visible));
    for (size_t v = 0; v < run->variant_count; v++) {
        const zcb_availability *a = &entry->availability[v];
        printf("  %-6s %s", run->variants[v].name,
               a->ok ? "can run it" : zcb_text_visible(a->reason, visible, sizeof visible));
        int lacks = a->ok && a->without[0] != '\0';
        printf("%s%s\n", lacks ? ", but for " : "",
               zcb_text_visible(lacks ? a->without : "", visible, sizeof visible));
    }
    const char *const rules[] = {"hot only  ", entry->hot_only, "drop only ", entry->drop_only};
    for (size_t i = 0; i < 4; i += 2) {
        if (rules[i + 1][0] != '\0') {
            printf("  %s %s\n", rules[i],
                   zcb_text_visible(rules[i + 1], visible, sizeof visible));
        }
    }
    putchar('\n');
}

static int show_pair(const zcb_run *run, const zcb_entry *entries, size_t count,
                     zcb_error *error)
{
    char lo[ZCB_UNIT_TEXT_MAX], hi[ZCB_UNIT_TEXT_MAX], visible[512];
    const zcb_planned_pair *pair = &entries[0].pair;
    printf("%s%s%s\n", zcb_text_visible(pair->name, visible, sizeof visible),
           pair->id[0] != '\0' ? "  " : "", pair->id);
    printf("  group  %s\n", zcb_text_visible(pair->group, visible, sizeof visible));
    printf("  kind   %s: %s\n", zcb_kind_name(pair->kind), kind_texts[pair->kind]);
    printf("  sizes  %s to %s\n", zcb_unit_size((double)pair->size_min, lo, sizeof lo),
           zcb_unit_size((double)pair->size_max, hi, sizeof hi));
    if (pair->requires[0] != '\0') {
        printf("  needs  %s\n", zcb_text_visible(pair->requires, visible, sizeof visible));
    }
    for (size_t i = 0; i < count; i++) {
        char *code = read_code(&entries[i].pair, error);
        if (code == NULL) {
            return -1;
        }
        print_lane(run, &entries[i]);
        print_code(code);
        free(code);
    }
    return 0;
}

static json_t *lane_json(const zcb_run *run, const zcb_entry *entry, const char *code)
{
    json_t *availability = json_object(), *arms = json_array(), *object = json_object();
    for (size_t v = 0; v < run->variant_count; v++) {
        const zcb_availability *a = &entry->availability[v];
        json_t *one = json_pack("{s:b}", "ok", a->ok);
        if (!a->ok) {
            json_object_set_new(one, "reason", json_string(a->reason));
        }
        json_object_set_new(availability, run->variants[v].name, one);
    }
    json_array_append_new(arms, json_string(ZCB_ARM_COPY));
    for (size_t i = 0; i < entry->pair.alternative_count; i++) {
        json_array_append_new(arms, json_string(entry->pair.alternatives[i]));
    }
    json_object_set_new(object, "lane", json_string(zcb_lane_name(entry->pair.lane)));
    json_object_set_new(object, "arms", arms);
    json_object_set_new(object, "note", json_string(entry->pair.note));
    json_object_set_new(object, "file", zcb_json_text(entry->pair.file));
    json_object_set_new(object, "availability", availability);
    json_object_set_new(object, "code", zcb_json_text(code));
    return object;
}

static json_t *pair_json(const zcb_run *run, const zcb_entry *entries, size_t count,
                         zcb_error *error)
{
    const zcb_planned_pair *pair = &entries[0].pair;
    json_t *lanes = json_array();
    for (size_t i = 0; i < count; i++) {
        char *code = read_code(&entries[i].pair, error);
        if (code == NULL) {
            json_decref(lanes);
            return NULL;
        }
        json_array_append_new(lanes, lane_json(run, &entries[i], code));
        free(code);
    }
    return json_pack("{s:s, s:s, s:s, s:s, s:[I,I], s:s, s:o}", "id", pair->id, "name",
                     pair->name, "group", pair->group, "kind", zcb_kind_name(pair->kind),
                     "sizes", (json_int_t)pair->size_min, (json_int_t)pair->size_max,
                     "requires", pair->requires, "lanes", lanes);
}

/* Shows or collects every pair that `word` means; returns how many, -1 on an error. */
static int show_word(const show_options *o, const zcb_run *run, const zcb_catalogue *catalogue,
                     const char *word, json_t *pairs, zcb_error *error)
{
    int shown = 0;
    for (size_t i = 0; i < catalogue->count;) {
        size_t count = zcb_lanes_of(catalogue, i);
        const zcb_entry *entries = &catalogue->entries[i];
        i += count;
        if (!zcb_planned_pair_matches(&entries[0].pair, word)) {
            continue;
        }
        if (o->common.json) {
            json_t *object = pair_json(run, entries, count, error);
            if (object == NULL || json_array_append_new(pairs, object) < 0) {
                return -1;
            }
        }
        if ((!o->common.json || o->common.json_file != NULL) &&
            show_pair(run, entries, count, error) < 0) {
            return -1;
        }
        shown++;
    }
    return shown;
}

static int show(const show_options *o, zcb_error *error)
{
    zcb_run run = {0};
    zcb_catalogue catalogue = {0};
    json_t *pairs = json_array();
    int result = zcb_pairs_known(&o->common, &run, &catalogue, error);
    for (size_t i = 0; result == 0 && i < o->pairs.count; i++) {
        const char *word = o->pairs.items[i];
        int shown = show_word(o, &run, &catalogue, word, pairs, error);
        result = shown < 0   ? -1
                 : shown > 0 ? 0
                             : zcb_catalogue_unknown(&catalogue, word, error);
    }
    if (result == 0 && o->common.json) {
        json_t *root = json_pack("{s:i, s:O}", "schema", 1, "pairs", pairs);
        result = zcb_common_print_json(&o->common, root, error);
    }
    json_decref(pairs);
    zcb_catalogue_clear(&catalogue);
    zcb_run_clear(&run);
    return result;
}

static const struct argp_child children[] = {
    {&zcb_source_argp, 0, NULL, 0}, {&zcb_output_argp, 0, NULL, 0}, {0}};
const struct argp zcb_show_argp = {
    .parser = parse, .args_doc = "PAIR...", .doc = doc, .children = children};

int zcb_cmd_show(int argc, char **argv)
{
    zcb_error error = {0};
    show_options options = {.common.error = &error};
    int result = zcb_cmdline_parse(&zcb_show_argp, argc, argv, &options, &error);
    if (result == 0) {
        result = show(&options, &error);
    }
    zcb_texts_clear(&options.pairs);
    zcb_common_options_clear(&options.common);
    return result < 0 ? zcb_complain(argv[0], &error) : 0;
}
