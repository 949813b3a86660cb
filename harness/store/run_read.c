/* run.json into a zcb_run. */
#include "store/run.h"

#include "store/json_file.h"
#include "store/run_members.h"
#include "store/utf8.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A standard run of six interpreters stays below 10 MiB; what is far above is no run.json. */
#define RUN_JSON_MAX ((size_t)256 * 1024 * 1024)

/* Reads element `i` of the list named `where` into the struct at `at`. */
typedef int (*element_reader)(const json_t *element, const char *where, zcb_cells *cells,
                              void *at, zcb_error *error);

static int read_table(const json_t *object, void *record, const zcb_json_table *table,
                      const char *where, zcb_error *error)
{
    return zcb_json_read(object, record, table->members, table->count, where, error);
}

static int read_argument(const json_t *element, const char *where, zcb_cells *cells, void *at,
                         zcb_error *error)
{
    (void)cells;
    if (!json_is_string(element)) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "%s is not a string", where);
    }
    *(char **)at = strdup(json_string_value(element));
    return *(char **)at != NULL ? 0 : zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
}

static int read_variant(const json_t *element, const char *where, zcb_cells *cells, void *at,
                        zcb_error *error)
{
    (void)cells;
    return read_table(element, at, &zcb_variant_members, where, error);
}

static int read_source(const json_t *element, const char *where, zcb_cells *cells, void *at,
                       zcb_error *error)
{
    (void)cells;
    zcb_source *source = at;
    char inside[96];
    snprintf(inside, sizeof inside, "%s.machine", where);
    if (read_table(element, source, &zcb_source_members, where, error) < 0) {
        return -1;
    }
    return read_table(json_object_get(element, "machine"), &source->machine,
                      &zcb_machine_members, inside, error);
}

static int read_left_out(const json_t *element, const char *where, zcb_cells *cells, void *at,
                         zcb_error *error)
{
    (void)cells;
    return read_table(element, at, &zcb_left_out_members, where, error);
}

static int read_pair(const json_t *element, const char *where, zcb_cells *cells, void *at,
                     zcb_error *error)
{
    (void)cells;
    zcb_planned_pair *pair = at;
    if (read_table(element, pair, &zcb_planned_pair_members, where, error) < 0) {
        return -1;
    }
    const json_t *names = json_object_get(element, "alternatives");
    if ((names != NULL && !json_is_array(names)) ||
        json_array_size(names) > ZCB_ALTERNATIVES_MAX) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "%s.alternatives is not a list of at most %d names", where,
                        ZCB_ALTERNATIVES_MAX);
    }
    for (size_t i = 0; i < json_array_size(names); i++) {
        const char *name = json_string_value(json_array_get(names, i));
        if (name == NULL || !zcb_name_is_valid(name) || !zcb_arm_is_alternative(name)) {
            return zcb_fail(error, ZCB_EXIT_USAGE,
                            "%s.alternatives[%zu] is not view or view:<name>", where, i);
        }
        char *copy = strdup(name);
        if (copy == NULL) {
            return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
        }
        pair->alternatives[pair->alternative_count++] = copy;
    }
    return 0;
}

/* counts and visit_ns; visit_ns of an arm may be missing (0, unknown). */
static int read_arms(const json_t *element, const char *where, zcb_cells *cells,
                     zcb_calibration *calibration, zcb_error *error)
{
    json_t *counts = json_object_get(element, "counts");
    const json_t *readings = json_object_get(element, "visit_ns");
    if (!json_is_object(counts) || json_object_size(counts) > ZCB_ARMS_MAX ||
        (readings != NULL && !json_is_object(readings))) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "%s.counts and .visit_ns are not objects of at most %d arms", where,
                        ZCB_ARMS_MAX);
    }
    const char *arm;
    const json_t *count;
    json_object_foreach(counts, arm, count)
    {
        size_t i = calibration->arm_count++;
        const json_t *reading = json_object_get(readings, arm);
        if (!zcb_name_is_valid(arm) ||
            zcb_json_as_whole(count, UINT64_MAX, &calibration->counts[i]) < 0 ||
            (reading != NULL &&
             zcb_json_as_whole(reading, UINT64_MAX, &calibration->visit_ns[i]) < 0)) {
            return zcb_fail(error, ZCB_EXIT_USAGE, "%s: arm '%.63s' has no whole numbers",
                            where, arm);
        }
        calibration->arms[i] = zcb_cells_intern(cells, arm);
        if (calibration->arms[i] == NULL) {
            return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
        }
    }
    return 0;
}

static int read_calibration(const json_t *element, const char *where, zcb_cells *cells,
                            void *at, zcb_error *error)
{
    zcb_calibration *calibration = at;
    zcb_calibration_head head = {0};
    int status = read_table(element, &head, &zcb_calibration_members, where, error);
    if (status == 0) {
        zcb_cell cell = {head.python, head.pair,     head.lane,      head.heap,
                         head.cache,  head.consumer, head.size_bytes};
        int64_t index = zcb_cells_add(cells, &cell);
        status = index < 0 ? zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory") : 0;
        calibration->cell = (uint32_t)index;
        calibration->settled = head.settled;
        calibration->blocks = head.blocks;
    }
    free(head.python);
    free(head.pair);
    return status < 0 ? -1 : read_arms(element, where, cells, calibration, error);
}

/* Reads the list `name` of `root` into a new array of zeroed elements. *count grows with each
 * element begun, so that a failure leaves nothing that zcb_run_clear would miss. */
static int read_list(const json_t *root, const char *name, size_t element_size,
                     element_reader reader, zcb_cells *cells, void **array, size_t *count,
                     zcb_error *error)
{
    const json_t *list = json_object_get(root, name);
    if (list == NULL || (json_is_array(list) && json_array_size(list) == 0)) {
        return 0;
    }
    if (!json_is_array(list)) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "%s is not a list", name);
    }
    char *elements = calloc(json_array_size(list), element_size);
    if (elements == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    *array = elements;
    for (size_t i = 0; i < json_array_size(list); i++) {
        char where[64];
        snprintf(where, sizeof where, "%s[%zu]", name, i);
        *count = i + 1;
        if (reader(json_array_get(list, i), where, cells, elements + i * element_size, error) <
            0) {
            return -1;
        }
    }
    return 0;
}

static int read_lists(const json_t *root, zcb_cells *cells, zcb_run *run, zcb_error *error)
{
    void *arrays[6] = {NULL};
    int status = 0;
    if (read_list(root, "arguments", sizeof *run->arguments, read_argument, cells, &arrays[0],
                  &run->argument_count, error) < 0 ||
        read_list(root, "interpreters", sizeof *run->variants, read_variant, cells, &arrays[1],
                  &run->variant_count, error) < 0 ||
        read_list(root, "left_out", sizeof *run->left_out, read_left_out, cells, &arrays[2],
                  &run->left_out_count, error) < 0 ||
        read_list(root, "pairs", sizeof *run->pairs, read_pair, cells, &arrays[3],
                  &run->pair_count, error) < 0 ||
        read_list(root, "calibration", sizeof *run->calibrations, read_calibration, cells,
                  &arrays[4], &run->calibration_count, error) < 0 ||
        read_list(root, "sources", sizeof *run->sources, read_source, cells, &arrays[5],
                  &run->source_count, error) < 0) {
        status = -1;
    }
    run->arguments = arrays[0];
    run->variants = arrays[1];
    run->left_out = arrays[2];
    run->pairs = arrays[3];
    run->calibrations = arrays[4];
    run->sources = arrays[5];
    return status;
}

/* A section may be missing, but not of another type. */
static int read_section(const json_t *root, const char *name, void *record,
                        const zcb_json_table *table, zcb_error *error)
{
    json_t *empty = json_object();
    const json_t *section = json_object_get(root, name);
    int status = empty == NULL ? zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory")
                               : read_table(section == NULL ? empty : section, record, table,
                                            name, error);
    json_decref(empty);
    return status;
}

static int read_document(const json_t *root, zcb_cells *cells, zcb_run *run, zcb_error *error)
{
    uint64_t schema = 0;
    if (zcb_json_as_whole(json_object_get(root, "schema"), UINT64_MAX, &schema) < 0 ||
        schema == 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "it has no schema number");
    }
    if (schema > ZCB_RUN_SCHEMA) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "its schema %llu is newer than %d, the newest this zcbench reads",
                        (unsigned long long)schema, ZCB_RUN_SCHEMA);
    }
    if (read_table(root, run, &zcb_run_start_members, NULL, error) < 0 ||
        read_section(root, "tool", run, &zcb_run_tool_members, error) < 0 ||
        read_table(root, run, &zcb_run_time_members, NULL, error) < 0 ||
        read_section(root, "plan", &run->plan, &zcb_plan_members, error) < 0 ||
        read_section(root, "machine", &run->machine, &zcb_machine_members, error) < 0 ||
        read_lists(root, cells, run, error) < 0) {
        return -1;
    }
    if (run->run_id == NULL || !json_is_boolean(json_object_get(root, "complete"))) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "it has no run_id or no complete");
    }
    return 0;
}

int zcb_run_read(const char *path, zcb_cells *cells, zcb_run *out, zcb_error *error)
{
    *out = (zcb_run){0};
    json_t *root = zcb_json_load(path, RUN_JSON_MAX, error);
    if (root == NULL) {
        return -1;
    }
    zcb_error trouble = {.exit_code = ZCB_EXIT_OK};
    int status = read_document(root, cells, out, &trouble);
    json_decref(root);
    if (status < 0) {
        zcb_run_clear(out);
        return zcb_fail(error, trouble.exit_code, "'%s': %s", path, trouble.text);
    }
    return 0;
}
