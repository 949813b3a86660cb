/* pyperf's file format, version 1.0: one benchmark per cell and arm, one run with one value per
 * launch. Metadata are texts that are not blank and have no newline, or numbers; never null. */
#include "store/export_format.h"

#include "store/json_members.h"

#include <math.h>
#include <string.h>

#define SECONDS_PER_NS 1e-9

static int put_variant(json_t *metadata, const zcb_variant *variant)
{
    return zcb_export_text(metadata, "python_version", variant->version) < 0 ||
                   zcb_export_text(metadata, "python_executable", variant->executable) < 0 ||
                   zcb_export_text(metadata, "python_compiler", variant->compiler) < 0 ||
                   zcb_export_text(metadata, "python_config_args", variant->config_args) < 0 ||
                   zcb_export_text(metadata, "numpy_version", variant->numpy) < 0 ||
                   zcb_export_text(metadata, "zcbench_variant", variant->name) < 0 ||
                   zcb_export_text(metadata, "zcbench_path", variant->path) < 0
               ? -1
               : 0;
}

static int put_machine(json_t *metadata, const zcb_machine *machine)
{
    if (machine->cpus > 0 &&
        zcb_json_put(metadata, "cpu_count", json_integer(machine->cpus)) < 0) {
        return -1;
    }
    return zcb_export_text(metadata, "hostname", machine->host) < 0 ||
                   zcb_export_text(metadata, "cpu_model_name", machine->cpu_model) < 0 ||
                   zcb_export_text(metadata, "platform", machine->kernel) < 0 ||
                   zcb_export_text(metadata, "libc", machine->libc) < 0 ||
                   zcb_export_text(metadata, "os", machine->os) < 0
               ? -1
               : 0;
}

/* What holds for all benchmarks of the file. */
static json_t *suite_metadata(const zcb_export *export)
{
    json_t *metadata = json_object();
    if (metadata == NULL || zcb_json_put(metadata, "unit", json_string("second")) < 0 ||
        zcb_json_put(metadata, "timer", json_string("CLOCK_MONOTONIC_RAW")) < 0 ||
        zcb_json_put(metadata, "python_implementation", json_string("cpython")) < 0 ||
        zcb_json_put(metadata, "zcbench_version", json_string(ZCB_VERSION)) < 0 ||
        zcb_export_text(metadata, "zcbench_commit", export->run->tool_commit) < 0 ||
        zcb_export_text(metadata, "zcbench_run", export->run->run_id) < 0 ||
        put_machine(metadata, &export->run->machine) < 0 ||
        (export->variant != NULL && put_variant(metadata, export->variant) < 0)) {
        json_decref(metadata);
        return NULL;
    }
    return metadata;
}

static int begin(zcb_export *export)
{
    return zcb_json_stream_open(&export->json, NULL, '{') < 0 ||
                   zcb_json_stream_put(&export->json, "version", json_string("1.0")) < 0 ||
                   zcb_json_stream_put(&export->json, "metadata", suite_metadata(export)) < 0
               ? -1
               : zcb_json_stream_open(&export->json, "benchmarks", '[');
}

static json_t *benchmark_metadata(const zcb_export_cell *cell, const char *arm)
{
    char name[ZCB_EXPORT_NAME_MAX];
    json_t *metadata = json_object();
    zcb_export_name(cell->cell, arm, name, sizeof name);
    if (metadata == NULL || zcb_export_text(metadata, "name", name) < 0 ||
        zcb_export_text(metadata, "zcbench_status", zcb_status_name(cell->status)) < 0 ||
        zcb_export_text(metadata, "zcbench_reason", cell->reason) < 0 ||
        zcb_export_text(metadata, "zcbench_flags", cell->flags) < 0) {
        json_decref(metadata);
        return NULL;
    }
    return metadata;
}

/* "2026-11-22T12:00:00.123Z" as pyperf writes a date, without a zone: "2026-11-22
 * 12:00:00.123". 0, or -1 when the text is no such time. */
static int date_without_zone(const char *utc, char out[32])
{
    static const char shape[] = "0000-00-00T00:00:00.000Z";
    if (strlen(utc) != sizeof shape - 1) {
        return -1;
    }
    for (size_t i = 0; shape[i] != '\0'; i++) {
        int is_digit = utc[i] >= '0' && utc[i] <= '9';
        if (shape[i] == '0' ? !is_digit : utc[i] != shape[i]) {
            return -1;
        }
    }
    memcpy(out, utc, sizeof shape - 2);
    out[10] = ' ';
    out[sizeof shape - 2] = '\0';
    return 0;
}

/* The metadata of one launch. `loops` says how many operations stand behind its value. */
static json_t *launch_metadata(const zcb_export_launch *launch)
{
    char date[32];
    json_t *metadata = json_object();
    int has_date =
        launch->row != NULL && date_without_zone(launch->row->started_utc, date) == 0;
    int has_load = launch->row != NULL && launch->row->load1 >= 0;
    if (metadata == NULL ||
        zcb_json_put(metadata, "loops", zcb_json_whole(launch->iterations)) < 0 ||
        zcb_json_put(metadata, "zcbench_launch", json_integer(launch->launch)) < 0 ||
        (has_date && zcb_json_put(metadata, "date", json_string(date)) < 0) ||
        (has_load && zcb_export_number(metadata, "load_avg_1min", launch->row->load1) < 0)) {
        json_decref(metadata);
        return NULL;
    }
    return metadata;
}

static json_t *launch_run(const zcb_export_launch *launch)
{
    json_t *run = json_object(), *values = json_array();
    if (run == NULL ||
        zcb_json_append(values, json_real(launch->ns_per_op * SECONDS_PER_NS)) < 0 ||
        zcb_json_put(run, "metadata", launch_metadata(launch)) < 0) {
        json_decref(values);
        json_decref(run);
        return NULL;
    }
    json_object_set_new(run, "values", values);
    return run;
}

static int add_arm(zcb_export *export, const zcb_export_cell *cell, const zcb_export_arm *arm)
{
    zcb_json_stream *json = &export->json;
    if (zcb_json_stream_open(json, NULL, '{') < 0 ||
        zcb_json_stream_put(json, "metadata", benchmark_metadata(cell, arm->times->arm)) < 0 ||
        zcb_json_stream_open(json, "runs", '[') < 0) {
        return -1;
    }
    for (size_t i = 0; i < arm->launch_count; i++) {
        if (zcb_json_stream_put(json, NULL, launch_run(&arm->launches[i])) < 0) {
            return -1;
        }
    }
    zcb_json_stream_close(json);
    zcb_json_stream_close(json);
    export->rows++;
    return 0;
}

static int add(zcb_export *export, const zcb_export_cell *cell)
{
    for (size_t i = 0; i < cell->arm_count; i++) {
        if (add_arm(export, cell, &cell->arms[i]) < 0) {
            return -1;
        }
    }
    return 0;
}

const zcb_export_writer zcb_export_pyperf = {"pyperf", begin, add};
