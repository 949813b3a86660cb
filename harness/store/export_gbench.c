/* Google Benchmark's JSON, schema 1: one row per cell, arm and launch, the launch being the
 * repetition. cpu_time repeats real_time: zcbench times the wall, on one thread that never
 * waits but where the pair itself does. */
#include "store/export_format.h"

#include "store/json_members.h"

#include <stdlib.h>
#include <string.h>

/* A cache of one core's view; nothing for one that is not known. */
static int add_cache(json_t *caches, const char *type, int level, uint64_t size_bytes)
{
    if (size_bytes == 0) {
        return 0;
    }
    return zcb_json_append(caches, json_pack("{s:s, s:i, s:I}", "type", type, "level", level,
                                             "size", (json_int_t)size_bytes));
}

static json_t *caches_of(const zcb_machine *machine)
{
    json_t *caches = json_array();
    if (caches == NULL || add_cache(caches, "Data", 1, machine->l1d_bytes) < 0 ||
        add_cache(caches, "Unified", 2, machine->l2_bytes) < 0 ||
        add_cache(caches, "Unified", 3, machine->l3_bytes) < 0) {
        json_decref(caches);
        return NULL;
    }
    return caches;
}

static json_t *context_of(const zcb_run *run)
{
    const zcb_machine *machine = &run->machine;
    json_t *context = json_object();
    if (context == NULL || zcb_export_text(context, "date", run->started_utc) < 0 ||
        zcb_export_text(context, "host_name", machine->host) < 0 ||
        zcb_json_put(context, "executable", json_string("zcbench")) < 0 ||
        zcb_json_put(context, "num_cpus", json_integer(machine->cpus)) < 0 ||
        zcb_export_text(context, "cpu_model", machine->cpu_model) < 0 ||
        (machine->aslr >= 0 &&
         zcb_json_put(context, "aslr_enabled", json_boolean(machine->aslr)) < 0) ||
        zcb_json_put(context, "caches", caches_of(machine)) < 0 ||
        zcb_json_put(context, "load_avg", json_array()) < 0 ||
        zcb_json_put(context, "library_build_type", json_string("release")) < 0 ||
        zcb_json_put(context, "json_schema_version", json_integer(1)) < 0 ||
        zcb_json_put(context, "zcbench_version", json_string(ZCB_VERSION)) < 0 ||
        zcb_export_text(context, "zcbench_commit", run->tool_commit) < 0 ||
        zcb_export_text(context, "zcbench_run", run->run_id) < 0) {
        json_decref(context);
        return NULL;
    }
    return context;
}

static int begin(zcb_export *export)
{
    return zcb_json_stream_open(&export->json, NULL, '{') < 0 ||
                   zcb_json_stream_put(&export->json, "context", context_of(export->run)) < 0
               ? -1
               : zcb_json_stream_open(&export->json, "benchmarks", '[');
}

/* Gives a capital letter to the words that filters ask for: `compare.py filters FILE copy view`
 * replaces them wherever they stand, and would lose the pair view_tobytes. */
static void disguise(char *name, size_t length)
{
    static const char *const words[] = {ZCB_ARM_COPY, ZCB_ARM_VIEW};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        for (char *at = name; (at = strstr(at, words[i])) != NULL && at < name + length; at++) {
            *at = (char)(*at - 'a' + 'A');
        }
    }
}

/* The arm's name in `out`, variant and pair disguised. */
static void name_arm(const zcb_cell *cell, const char *arm, char *out, size_t size)
{
    zcb_export_full_name(cell, arm, out, size);
    disguise(out, strlen(cell->python) + 1 + strlen(cell->pair));
}

static int is_same_series(const zcb_cell *left, const zcb_cell *right)
{
    return strcmp(left->python, right->python) == 0 && strcmp(left->pair, right->pair) == 0 &&
           left->lane == right->lane && left->heap == right->heap &&
           left->cache == right->cache && left->consumer == right->consumer;
}

/* A family is an arm over all sizes of a series, an instance one of its sizes. */
static void count_series(zcb_gbench_families *families, const zcb_cell *cell)
{
    if (families->cell != NULL && is_same_series(families->cell, cell)) {
        families->instance++;
    } else {
        families->first += families->arm_count;
        families->arm_count = 0;
        families->instance = 0;
    }
    families->cell = cell;
}

/* Index of the arm's family, new ones added; a series has at most ZCB_ARMS_MAX arms. */
static size_t family_of(zcb_gbench_families *families, const char *arm)
{
    size_t i = 0;
    while (i < families->arm_count && strcmp(families->arms[i], arm) != 0) {
        i++;
    }
    if (i == families->arm_count && i < ZCB_ARMS_MAX) {
        families->arms[families->arm_count++] = arm;
    }
    return families->first + i;
}

/* What all rows of an arm have in common. The label has the exact name. */
static json_t *common_row(zcb_export *export, const zcb_export_cell *cell,
                          const zcb_export_arm *arm)
{
    char name[ZCB_EXPORT_NAME_MAX], label[ZCB_EXPORT_NAME_MAX];
    size_t family = family_of(&export->families, arm->times->arm);
    size_t instance = export->families.instance;
    name_arm(cell->cell, arm->times->arm, name, sizeof name);
    json_t *row = json_object();
    zcb_export_full_name(cell->cell, arm->times->arm, label, sizeof label);
    if (row == NULL || zcb_json_put(row, "name", zcb_json_text(name)) < 0 ||
        zcb_json_put(row, "family_index", zcb_json_whole(family)) < 0 ||
        zcb_json_put(row, "per_family_instance_index", zcb_json_whole(instance)) < 0 ||
        zcb_json_put(row, "run_name", zcb_json_text(name)) < 0 ||
        zcb_json_put(row, "run_type", json_string("iteration")) < 0 ||
        zcb_json_put(row, "repetitions", zcb_json_whole(arm->launch_count)) < 0 ||
        zcb_json_put(row, "repetition_index", json_null()) < 0 ||
        zcb_json_put(row, "threads", json_integer(1)) < 0 ||
        zcb_json_put(row, "iterations", json_null()) < 0 ||
        zcb_json_put(row, "real_time", json_null()) < 0 ||
        zcb_json_put(row, "cpu_time", json_null()) < 0 ||
        zcb_json_put(row, "time_unit", json_string("ns")) < 0 ||
        zcb_json_put(row, "label", zcb_json_text(label)) < 0) {
        json_decref(row);
        return NULL;
    }
    return row;
}

static int write_launch(zcb_export *export, json_t *row, const zcb_export_launch *launch)
{
    if (zcb_json_put(row, "repetition_index", json_integer(launch->launch)) < 0 ||
        zcb_json_put(row, "iterations", zcb_json_whole(launch->iterations)) < 0 ||
        zcb_json_put(row, "real_time", json_real(launch->ns_per_op)) < 0 ||
        zcb_json_put(row, "cpu_time", json_real(launch->ns_per_op)) < 0) {
        return -1;
    }
    export->rows++;
    return zcb_json_stream_write(&export->json, NULL, row);
}

static int add(zcb_export *export, const zcb_export_cell *cell)
{
    int result = 0;
    count_series(&export->families, cell->cell);
    for (size_t i = 0; result == 0 && i < cell->arm_count; i++) {
        const zcb_export_arm *arm = &cell->arms[i];
        json_t *row = common_row(export, cell, arm);
        result = row == NULL ? -1 : 0;
        for (size_t l = 0; result == 0 && l < arm->launch_count; l++) {
            result = write_launch(export, row, &arm->launches[l]);
        }
        json_decref(row);
    }
    return result;
}

const zcb_export_writer zcb_export_gbench = {"gbench", begin, add};
