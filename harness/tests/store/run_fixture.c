/* See run_fixture.h. Written out member by member, without the tables of the code under test.
 */
#include "run_fixture.h"

#include "support.h"

#include <stdlib.h>
#include <string.h>

static void fill_variants(zcb_run *run)
{
    run->variants = calloc(2, sizeof *run->variants);
    run->variant_count = 2;
    run->variants[0] = (zcb_variant){
        .name = strdup("base"),
        .tag = strdup("cp311"),
        .executable = strdup("/usr/bin/python3.11"),
        .program = strdup("/venv/bin/python"),
        .worker = strdup("build/zcbench-worker-cp311"),
        .path = strdup(""),
        .version = strdup("3.11.7"),
        .compiler = strdup("GCC 12.2.0"),
        .config_args = strdup("'--enable-shared' '--with-lto'"),
        .numpy = strdup("1.26.4"),
        .prefix = strdup("/usr"),
        .pgo = 1,
        .lto = 0,
        .debug = 1,
        .gil = 0,
        .jit = 1,
        .shared = 0,
    };
    run->variants[1] = (zcb_variant){.name = strdup("cp313"),
                                     .pgo = 0,
                                     .lto = 1,
                                     .debug = 0,
                                     .gil = 1,
                                     .jit = -1,
                                     .shared = -1};
}

static void fill_machine(zcb_machine *machine)
{
    *machine = (zcb_machine){
        .host = strdup("host"),
        .cpu_model = strdup("CPU \xc2\xae"),
        .kernel = strdup("6.1"),
        .libc = strdup("glibc 2.36"),
        .libc_tunables = strdup(""),
        .thp = strdup("madvise"),
        .clocksource = strdup("tsc"),
        .governor = NULL,
        .turbo = strdup("on"),
        .virtualisation = strdup("kvm"),
        .os = strdup("Debian 12"),
        .memory_bytes = UINT64_C(25000000000),
        .l1d_bytes = 32768,
        .l2_bytes = 1048576,
        .l3_bytes = 0,
        .cpus = 2,
        .affinity_cpus = 1,
        .aslr = 1,
        .hardware_counters = -1,
    };
}

static void fill_lists(zcb_run *run, zcb_cells *cells)
{
    run->left_out = calloc(1, sizeof *run->left_out);
    run->left_out_count = 1;
    run->left_out[0] = (zcb_left_out){strdup("3.12"), strdup("no libpython")};
    run->pairs = calloc(1, sizeof *run->pairs);
    run->pair_count = 1;
    run->pairs[0] = (zcb_planned_pair){
        .id = strdup("C6"),
        .name = strdup("consume_front"),
        .group = strdup("core"),
        .note = strdup("fair because"),
        .requires = strdup("numpy"),
        .file = strdup("bench/python/consume_front.py"),
        .kind = ZCB_KIND_Q,
        .lane = ZCB_LANE_CAPI,
        .size_min = 1024,
        .size_max = 1048576,
        .alternative_count = 2,
        .alternatives = {strdup("view"), strdup("view:offset")},
    };
    zcb_cell cell = {"base",         "consume_front",   ZCB_LANE_CAPI, ZCB_HEAP_FRESH,
                     ZCB_CACHE_COLD, ZCB_CONSUMER_READ, 4096};
    run->calibrations = calloc(1, sizeof *run->calibrations);
    run->calibration_count = 1;
    run->calibrations[0] = (zcb_calibration){
        .cell = (uint32_t)zcb_cells_add(cells, &cell),
        .settled = 1,
        .blocks = 20,
        .arm_count = 3,
        .arms = {zcb_cells_intern(cells, "copy"), zcb_cells_intern(cells, "view"),
                 zcb_cells_intern(cells, "view:offset")},
        .counts = {1, 2, 3},
        .visit_ns = {500001, 500002, 500003},
    };
}

void fill_run(zcb_run *run, zcb_cells *cells)
{
    run->run_id = strdup("20261122T120000Z-host-abcdef0");
    run->complete = 1;
    run->tool_commit = strdup("abcdef0");
    run->tool_compiler = strdup("gcc 12.2.0");
    run->arguments = calloc(2, sizeof *run->arguments);
    run->argument_count = 2;
    run->arguments[0] = strdup("run");
    run->arguments[1] = strdup("--size=64..1M");
    run->seed = UINT64_MAX;
    run->started_utc = strdup("2026-11-22T12:00:00.123Z");
    run->ended_utc = strdup("2026-11-22T12:05:00.456Z");
    run->timed_share = 0.87654321;
    run->wall_s = 301.25;
    run->sample_rows = 1;
    run->plan = (zcb_plan){.profile = strdup("standard"),
                           .launches = 10,
                           .blocks = 20,
                           .visit_ns = 500000,
                           .warmup = 10000,
                           .budget_s = 60.5,
                           .sparse_from_bytes = 1048576,
                           .sparse_every = 4};
    fill_machine(&run->machine);
    fill_variants(run);
    fill_lists(run, cells);
}

static void assert_texts_equal(const char *a, const char *b)
{
    assert_int_equal(a == NULL, b == NULL);
    if (a != NULL) {
        assert_string_equal(a, b);
    }
}

static void assert_variants_equal(const zcb_variant *a, const zcb_variant *b)
{
    assert_texts_equal(a->name, b->name);
    assert_texts_equal(a->tag, b->tag);
    assert_texts_equal(a->executable, b->executable);
    assert_texts_equal(a->program, b->program);
    assert_texts_equal(a->worker, b->worker);
    assert_texts_equal(a->path, b->path);
    assert_texts_equal(a->version, b->version);
    assert_texts_equal(a->compiler, b->compiler);
    assert_texts_equal(a->config_args, b->config_args);
    assert_texts_equal(a->numpy, b->numpy);
    assert_texts_equal(a->prefix, b->prefix);
    assert_int_equal(a->pgo, b->pgo);
    assert_int_equal(a->lto, b->lto);
    assert_int_equal(a->debug, b->debug);
    assert_int_equal(a->gil, b->gil);
    assert_int_equal(a->jit, b->jit);
    assert_int_equal(a->shared, b->shared);
}

static void assert_machines_equal(const zcb_machine *a, const zcb_machine *b)
{
    assert_texts_equal(a->host, b->host);
    assert_texts_equal(a->cpu_model, b->cpu_model);
    assert_texts_equal(a->kernel, b->kernel);
    assert_texts_equal(a->libc, b->libc);
    assert_texts_equal(a->libc_tunables, b->libc_tunables);
    assert_texts_equal(a->thp, b->thp);
    assert_texts_equal(a->clocksource, b->clocksource);
    assert_texts_equal(a->governor, b->governor);
    assert_texts_equal(a->turbo, b->turbo);
    assert_texts_equal(a->virtualisation, b->virtualisation);
    assert_texts_equal(a->os, b->os);
    assert_int_equal(a->memory_bytes, b->memory_bytes);
    assert_int_equal(a->l1d_bytes, b->l1d_bytes);
    assert_int_equal(a->l2_bytes, b->l2_bytes);
    assert_int_equal(a->l3_bytes, b->l3_bytes);
    assert_int_equal(a->cpus, b->cpus);
    assert_int_equal(a->affinity_cpus, b->affinity_cpus);
    assert_int_equal(a->aslr, b->aslr);
    assert_int_equal(a->hardware_counters, b->hardware_counters);
}

static void assert_plans_equal(const zcb_plan *a, const zcb_plan *b)
{
    assert_texts_equal(a->profile, b->profile);
    assert_int_equal(a->launches, b->launches);
    assert_int_equal(a->blocks, b->blocks);
    assert_int_equal(a->visit_ns, b->visit_ns);
    assert_int_equal(a->warmup, b->warmup);
    assert_true(a->budget_s == b->budget_s);
    assert_int_equal(a->sparse_from_bytes, b->sparse_from_bytes);
    assert_int_equal(a->sparse_every, b->sparse_every);
}

static void assert_pairs_equal(const zcb_planned_pair *a, const zcb_planned_pair *b)
{
    assert_texts_equal(a->id, b->id);
    assert_texts_equal(a->name, b->name);
    assert_texts_equal(a->group, b->group);
    assert_texts_equal(a->note, b->note);
    assert_texts_equal(a->requires, b->requires);
    assert_texts_equal(a->file, b->file);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->lane, b->lane);
    assert_int_equal(a->size_min, b->size_min);
    assert_int_equal(a->size_max, b->size_max);
    assert_int_equal(a->alternative_count, b->alternative_count);
    for (size_t i = 0; i < a->alternative_count; i++) {
        assert_texts_equal(a->alternatives[i], b->alternatives[i]);
    }
}

static void assert_calibrations_equal(const zcb_calibration *a, const zcb_cells *cells_a,
                                      const zcb_calibration *b, const zcb_cells *cells_b)
{
    assert_int_equal(zcb_cells_find(cells_b, zcb_cells_at(cells_a, a->cell)), b->cell);
    assert_int_equal(a->settled, b->settled);
    assert_int_equal(a->blocks, b->blocks);
    assert_int_equal(a->arm_count, b->arm_count);
    for (size_t i = 0; i < a->arm_count; i++) {
        assert_string_equal(a->arms[i], b->arms[i]);
        assert_int_equal(a->counts[i], b->counts[i]);
        assert_int_equal(a->visit_ns[i], b->visit_ns[i]);
    }
}

void assert_runs_equal(const zcb_run *a, const zcb_cells *cells_a, const zcb_run *b,
                       const zcb_cells *cells_b)
{
    assert_texts_equal(a->run_id, b->run_id);
    assert_int_equal(a->complete, b->complete);
    assert_texts_equal(a->tool_commit, b->tool_commit);
    assert_texts_equal(a->tool_compiler, b->tool_compiler);
    assert_int_equal(a->seed, b->seed);
    assert_texts_equal(a->started_utc, b->started_utc);
    assert_texts_equal(a->ended_utc, b->ended_utc);
    assert_true(a->timed_share == b->timed_share);
    assert_true(a->wall_s == b->wall_s);
    assert_int_equal(a->sample_rows, b->sample_rows);
    assert_plans_equal(&a->plan, &b->plan);
    assert_machines_equal(&a->machine, &b->machine);
    assert_int_equal(a->argument_count, b->argument_count);
    for (size_t i = 0; i < a->argument_count; i++) {
        assert_texts_equal(a->arguments[i], b->arguments[i]);
    }
    assert_int_equal(a->variant_count, b->variant_count);
    for (size_t i = 0; i < a->variant_count; i++) {
        assert_variants_equal(&a->variants[i], &b->variants[i]);
    }
    assert_int_equal(a->left_out_count, b->left_out_count);
    for (size_t i = 0; i < a->left_out_count; i++) {
        assert_texts_equal(a->left_out[i].spec, b->left_out[i].spec);
        assert_texts_equal(a->left_out[i].reason, b->left_out[i].reason);
    }
    assert_int_equal(a->pair_count, b->pair_count);
    for (size_t i = 0; i < a->pair_count; i++) {
        assert_pairs_equal(&a->pairs[i], &b->pairs[i]);
    }
    assert_int_equal(a->calibration_count, b->calibration_count);
    for (size_t i = 0; i < a->calibration_count; i++) {
        assert_calibrations_equal(&a->calibrations[i], cells_a, &b->calibrations[i], cells_b);
    }
}
