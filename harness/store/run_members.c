/* See run_members.h. */
#include "store/run_members.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
static const zcb_json_member start[] = {
    {"run_id", ZCB_JSON_TEXT, offsetof(zcb_run, run_id)},
    {"complete", ZCB_JSON_YES_NO, offsetof(zcb_run, complete)},
};
const zcb_json_table zcb_run_start_members = {start, LENGTH(start)};

static const zcb_json_member tool[] = {
    {"commit", ZCB_JSON_TEXT, offsetof(zcb_run, tool_commit)},
    {"compiler", ZCB_JSON_TEXT, offsetof(zcb_run, tool_compiler)},
};
const zcb_json_table zcb_run_tool_members = {tool, LENGTH(tool)};

static const zcb_json_member times[] = {
    {"seed", ZCB_JSON_U64_TEXT, offsetof(zcb_run, seed)},
    {"started_utc", ZCB_JSON_TEXT, offsetof(zcb_run, started_utc)},
    {"ended_utc", ZCB_JSON_TEXT, offsetof(zcb_run, ended_utc)},
    {"timed_share", ZCB_JSON_REAL_KNOWN, offsetof(zcb_run, timed_share)},
    {"wall_s", ZCB_JSON_REAL_KNOWN, offsetof(zcb_run, wall_s)},
    {"sample_rows", ZCB_JSON_U64_KNOWN, offsetof(zcb_run, sample_rows)},
};
const zcb_json_table zcb_run_time_members = {times, LENGTH(times)};

static const zcb_json_member plan[] = {
    {"profile", ZCB_JSON_TEXT, offsetof(zcb_plan, profile)},
    {"launches", ZCB_JSON_U32, offsetof(zcb_plan, launches)},
    {"blocks", ZCB_JSON_U32, offsetof(zcb_plan, blocks)},
    {"visit_ns", ZCB_JSON_U64, offsetof(zcb_plan, visit_ns)},
    {"warmup", ZCB_JSON_U64, offsetof(zcb_plan, warmup)},
    {"budget_s", ZCB_JSON_REAL_KNOWN, offsetof(zcb_plan, budget_s)},
    {"sparse_from_bytes", ZCB_JSON_U64, offsetof(zcb_plan, sparse_from_bytes)},
    {"sparse_every", ZCB_JSON_U32, offsetof(zcb_plan, sparse_every)},
};
const zcb_json_table zcb_plan_members = {plan, LENGTH(plan)};

static const zcb_json_member machine[] = {
    {"host", ZCB_JSON_TEXT, offsetof(zcb_machine, host)},
    {"cpu_model", ZCB_JSON_TEXT, offsetof(zcb_machine, cpu_model)},
    {"kernel", ZCB_JSON_TEXT, offsetof(zcb_machine, kernel)},
    {"libc", ZCB_JSON_TEXT, offsetof(zcb_machine, libc)},
    {"libc_tunables", ZCB_JSON_TEXT, offsetof(zcb_machine, libc_tunables)},
    {"thp", ZCB_JSON_TEXT, offsetof(zcb_machine, thp)},
    {"clocksource", ZCB_JSON_TEXT, offsetof(zcb_machine, clocksource)},
    {"governor", ZCB_JSON_TEXT, offsetof(zcb_machine, governor)},
    {"turbo", ZCB_JSON_TEXT, offsetof(zcb_machine, turbo)},
    {"virtualisation", ZCB_JSON_TEXT, offsetof(zcb_machine, virtualisation)},
    {"os", ZCB_JSON_TEXT, offsetof(zcb_machine, os)},
    {"memory_bytes", ZCB_JSON_U64_KNOWN, offsetof(zcb_machine, memory_bytes)},
    {"l1d_bytes", ZCB_JSON_U64_KNOWN, offsetof(zcb_machine, l1d_bytes)},
    {"l2_bytes", ZCB_JSON_U64_KNOWN, offsetof(zcb_machine, l2_bytes)},
    {"l3_bytes", ZCB_JSON_U64_KNOWN, offsetof(zcb_machine, l3_bytes)},
    {"cpus", ZCB_JSON_U32, offsetof(zcb_machine, cpus)},
    {"affinity_cpus", ZCB_JSON_U32, offsetof(zcb_machine, affinity_cpus)},
    {"aslr", ZCB_JSON_TRISTATE, offsetof(zcb_machine, aslr)},
    {"hardware_counters", ZCB_JSON_TRISTATE, offsetof(zcb_machine, hardware_counters)},
};
const zcb_json_table zcb_machine_members = {machine, LENGTH(machine)};

static const zcb_json_member variant[] = {
    {"name", ZCB_JSON_NAME, offsetof(zcb_variant, name)},
    {"tag", ZCB_JSON_TEXT, offsetof(zcb_variant, tag)},
    {"executable", ZCB_JSON_TEXT, offsetof(zcb_variant, executable)},
    {"program", ZCB_JSON_TEXT, offsetof(zcb_variant, program)},
    {"worker", ZCB_JSON_TEXT, offsetof(zcb_variant, worker)},
    {"path", ZCB_JSON_TEXT, offsetof(zcb_variant, path)},
    {"version", ZCB_JSON_TEXT, offsetof(zcb_variant, version)},
    {"compiler", ZCB_JSON_TEXT, offsetof(zcb_variant, compiler)},
    {"config_args", ZCB_JSON_TEXT, offsetof(zcb_variant, config_args)},
    {"numpy", ZCB_JSON_TEXT, offsetof(zcb_variant, numpy)},
    {"prefix", ZCB_JSON_TEXT, offsetof(zcb_variant, prefix)},
    {"source", ZCB_JSON_TEXT, offsetof(zcb_variant, source)},
    {"pgo", ZCB_JSON_TRISTATE, offsetof(zcb_variant, pgo)},
    {"lto", ZCB_JSON_TRISTATE, offsetof(zcb_variant, lto)},
    {"debug", ZCB_JSON_TRISTATE, offsetof(zcb_variant, debug)},
    {"gil", ZCB_JSON_TRISTATE, offsetof(zcb_variant, gil)},
    {"jit", ZCB_JSON_TRISTATE, offsetof(zcb_variant, jit)},
    {"shared", ZCB_JSON_TRISTATE, offsetof(zcb_variant, shared)},
};
const zcb_json_table zcb_variant_members = {variant, LENGTH(variant)};

static const zcb_json_member source[] = {
    {"run_id", ZCB_JSON_NAME, offsetof(zcb_source, run_id)},
    {"commit", ZCB_JSON_TEXT, offsetof(zcb_source, tool_commit)},
    {"compiler", ZCB_JSON_TEXT, offsetof(zcb_source, tool_compiler)},
    {"started_utc", ZCB_JSON_TEXT, offsetof(zcb_source, started_utc)},
    {"ended_utc", ZCB_JSON_TEXT, offsetof(zcb_source, ended_utc)},
};
const zcb_json_table zcb_source_members = {source, LENGTH(source)};

static const zcb_json_member left_out[] = {
    {"spec", ZCB_JSON_TEXT, offsetof(zcb_left_out, spec)},
    {"reason", ZCB_JSON_TEXT, offsetof(zcb_left_out, reason)},
};
const zcb_json_table zcb_left_out_members = {left_out, LENGTH(left_out)};

static const zcb_json_member planned_pair[] = {
    {"id", ZCB_JSON_TEXT, offsetof(zcb_planned_pair, id)},
    {"name", ZCB_JSON_NAME, offsetof(zcb_planned_pair, name)},
    {"group", ZCB_JSON_TEXT, offsetof(zcb_planned_pair, group)},
    {"note", ZCB_JSON_TEXT, offsetof(zcb_planned_pair, note)},
    {"requires", ZCB_JSON_TEXT, offsetof(zcb_planned_pair, requires)},
    {"file", ZCB_JSON_TEXT, offsetof(zcb_planned_pair, file)},
    {"kind", ZCB_JSON_KIND, offsetof(zcb_planned_pair, kind)},
    {"lane", ZCB_JSON_LANE, offsetof(zcb_planned_pair, lane)},
    {"size_min", ZCB_JSON_U64, offsetof(zcb_planned_pair, size_min)},
    {"size_max", ZCB_JSON_U64, offsetof(zcb_planned_pair, size_max)},
};
const zcb_json_table zcb_planned_pair_members = {planned_pair, LENGTH(planned_pair)};

static const zcb_json_member calibration[] = {
    {"python", ZCB_JSON_NAME, offsetof(zcb_calibration_head, python)},
    {"pair", ZCB_JSON_NAME, offsetof(zcb_calibration_head, pair)},
    {"lane", ZCB_JSON_LANE, offsetof(zcb_calibration_head, lane)},
    {"heap", ZCB_JSON_HEAP, offsetof(zcb_calibration_head, heap)},
    {"cache", ZCB_JSON_CACHE, offsetof(zcb_calibration_head, cache)},
    {"consumer", ZCB_JSON_CONSUMER, offsetof(zcb_calibration_head, consumer)},
    {"size_bytes", ZCB_JSON_U64, offsetof(zcb_calibration_head, size_bytes)},
    {"settled", ZCB_JSON_YES_NO, offsetof(zcb_calibration_head, settled)},
    {"blocks", ZCB_JSON_U32, offsetof(zcb_calibration_head, blocks)},
};
const zcb_json_table zcb_calibration_members = {calibration, LENGTH(calibration)};
