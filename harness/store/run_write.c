/* run.json from a zcb_run. */
#include "store/run.h"

#include "store/files.h"
#include "store/run_members.h"

#include <jansson.h>

static int write_table(json_t *object, const void *record, const zcb_json_table *table)
{
    return zcb_json_write(object, record, table->members, table->count);
}

/* A new object with one struct's members. New reference or NULL. */
static json_t *object_of(const void *record, const zcb_json_table *table)
{
    json_t *object = json_object();
    if (object != NULL && write_table(object, record, table) < 0) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static json_t *texts_of(char *const *texts, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; array != NULL && i < count; i++) {
        if (zcb_json_append(array, zcb_json_text(texts[i])) < 0) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

static json_t *tool_of(const zcb_run *run)
{
    json_t *tool = json_object();
    if (tool != NULL && (zcb_json_put(tool, "version", json_string(ZCB_VERSION)) < 0 ||
                         write_table(tool, run, &zcb_run_tool_members) < 0)) {
        json_decref(tool);
        return NULL;
    }
    return tool;
}

static json_t *pair_of(const zcb_planned_pair *pair)
{
    json_t *object = object_of(pair, &zcb_planned_pair_members);
    if (object != NULL && zcb_json_put(object, "alternatives",
                                       texts_of((char *const *)pair->alternatives,
                                                pair->alternative_count)) < 0) {
        json_decref(object);
        return NULL;
    }
    return object;
}

/* {"copy": numbers[0], …} in the order of the arms. New reference or NULL. */
static json_t *by_arm(const zcb_calibration *calibration, const uint64_t *numbers)
{
    json_t *object = json_object();
    for (size_t i = 0; object != NULL && i < calibration->arm_count; i++) {
        if (zcb_json_put(object, calibration->arms[i], zcb_json_whole(numbers[i])) < 0) {
            json_decref(object);
            return NULL;
        }
    }
    return object;
}

static json_t *calibration_of(const zcb_calibration *calibration, const zcb_cells *cells)
{
    if (calibration->cell >= zcb_cells_count(cells) || calibration->arm_count > ZCB_ARMS_MAX) {
        return NULL;
    }
    const zcb_cell *cell = zcb_cells_at(cells, calibration->cell);
    zcb_calibration_head head = {
        .python = (char *)cell->python, /* read only: the tables know one kind of text */
        .pair = (char *)cell->pair,
        .lane = cell->lane,
        .heap = cell->heap,
        .cache = cell->cache,
        .consumer = cell->consumer,
        .size_bytes = cell->size_bytes,
        .settled = calibration->settled,
        .blocks = calibration->blocks,
    };
    json_t *object = object_of(&head, &zcb_calibration_members);
    if (object != NULL &&
        (zcb_json_put(object, "counts", by_arm(calibration, calibration->counts)) < 0 ||
         zcb_json_put(object, "visit_ns", by_arm(calibration, calibration->visit_ns)) < 0)) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static json_t *source_of(const zcb_source *source)
{
    json_t *object = object_of(source, &zcb_source_members);
    if (object != NULL && zcb_json_put(object, "machine",
                                       object_of(&source->machine, &zcb_machine_members)) < 0) {
        json_decref(object);
        return NULL;
    }
    return object;
}

/* The list "sources", which only a merged run has. */
static int put_sources(json_t *root, const zcb_run *run)
{
    json_t *sources = json_array();
    int status = 0;
    for (size_t i = 0; status == 0 && i < run->source_count; i++) {
        status = zcb_json_append(sources, source_of(&run->sources[i]));
    }
    if (run->source_count == 0 || status < 0) {
        json_decref(sources);
        return status;
    }
    return zcb_json_put(root, "sources", sources);
}

/* The four lists: interpreters, left_out, pairs, calibration. */
static int put_lists(json_t *root, const zcb_run *run, const zcb_cells *cells)
{
    json_t *interpreters = json_array();
    json_t *left_out = json_array();
    json_t *pairs = json_array();
    json_t *calibration = json_array();
    int status = 0;
    for (size_t i = 0; status == 0 && i < run->variant_count; i++) {
        status =
            zcb_json_append(interpreters, object_of(&run->variants[i], &zcb_variant_members));
    }
    for (size_t i = 0; status == 0 && i < run->left_out_count; i++) {
        status = zcb_json_append(left_out, object_of(&run->left_out[i], &zcb_left_out_members));
    }
    for (size_t i = 0; status == 0 && i < run->pair_count; i++) {
        status = zcb_json_append(pairs, pair_of(&run->pairs[i]));
    }
    for (size_t i = 0; status == 0 && i < run->calibration_count; i++) {
        status = zcb_json_append(calibration, calibration_of(&run->calibrations[i], cells));
    }
    status |= zcb_json_put(root, "interpreters", interpreters);
    status |= zcb_json_put(root, "left_out", left_out);
    status |= zcb_json_put(root, "pairs", pairs);
    status |= zcb_json_put(root, "calibration", calibration);
    return status == 0 ? 0 : -1;
}

/* The whole document. New reference or NULL. */
static json_t *document_of(const zcb_run *run, const zcb_cells *cells)
{
    json_t *root = json_object();
    if (root == NULL) {
        return NULL;
    }
    if (zcb_json_put(root, "schema", json_integer(ZCB_RUN_SCHEMA)) < 0 ||
        write_table(root, run, &zcb_run_start_members) < 0 ||
        zcb_json_put(root, "tool", tool_of(run)) < 0 ||
        zcb_json_put(root, "arguments", texts_of(run->arguments, run->argument_count)) < 0 ||
        write_table(root, run, &zcb_run_time_members) < 0 ||
        zcb_json_put(root, "plan", object_of(&run->plan, &zcb_plan_members)) < 0 ||
        zcb_json_put(root, "machine", object_of(&run->machine, &zcb_machine_members)) < 0 ||
        put_sources(root, run) < 0 || put_lists(root, run, cells) < 0) {
        json_decref(root);
        return NULL;
    }
    return root;
}

int zcb_run_write(const char *path, const zcb_run *run, const zcb_cells *cells,
                  zcb_error *error)
{
    json_t *root = document_of(run, cells);
    if (root == NULL) {
        return zcb_fail(
            error, ZCB_EXIT_INTERNAL,
            "cannot write '%s': out of memory, or a name, number or cell out of range", path);
    }
    zcb_file *file = zcb_file_begin(path, error);
    if (file == NULL) {
        json_decref(root);
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    int status = json_dumpf(root, stream, JSON_INDENT(1));
    json_decref(root);
    if (status < 0 && !ferror(stream)) {
        zcb_file_discard(file);
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory writing '%s'", path);
    }
    putc('\n', stream);
    return zcb_file_commit(file, error); /* reports a write that failed */
}
