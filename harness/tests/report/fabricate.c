/* Why this file: a measured run has no known truth to test against, a made-up one has. */
#include "fabricate.h"

#include "base/random.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const cost USUAL_COPY = {60.0, 0.1, 0.0, 0.0};
const cost USUAL_VIEW = {90.0, 0.0, 0.0, 0.0};
static const cost NULL_COST = {20.0, 0.0, 0.0, 0.0};
static const cost LIMIT_COST = {5.0, 1.0 / 12.0, 0.0, 0.0};

double cost_at(const cost *cost, uint64_t size_bytes)
{
    double bytes = (double)size_bytes;
    int is_past = cost->kink_bytes > 0.0 && bytes >= cost->kink_bytes;
    return cost->fixed_ns + cost->ns_per_byte * bytes + (is_past ? cost->kink_ns : 0.0);
}

/* A standard normal number (Box, Muller, Annals of Mathematical Statistics 29, 1958). */
static double normal(zcb_random *random)
{
    double u = ((double)(zcb_random_next(random) >> 11) + 0.5) * 0x1p-53;
    double v = ((double)(zcb_random_next(random) >> 11) + 0.5) * 0x1p-53;
    return sqrt(-2.0 * log(u)) * cos(2.0 * acos(-1.0) * v);
}

static void must(int is_good)
{
    if (!is_good) {
        abort();
    }
}

static char *copy_text(const char *text)
{
    char *copy = strdup(text);
    must(copy != NULL);
    return copy;
}

/* The arms of a pair, in the order they are listed here. */
typedef struct arms {
    const char *names[ZCB_ARMS_MAX];
    cost costs[ZCB_ARMS_MAX];
    size_t count;
} arms;

static arms arms_of(const fabrication *fabrication, const fabricated_pair *pair)
{
    arms arms = {.count = 0};
    cost twin = pair->copy;
    if (fabrication->twin_factor > 0.0) {
        twin.fixed_ns *= fabrication->twin_factor;
        twin.ns_per_byte *= fabrication->twin_factor;
    }
    const char *names[] = {ZCB_ARM_NULL, ZCB_ARM_TWIN, ZCB_ARM_LIMIT, ZCB_ARM_COPY};
    const cost costs[] = {NULL_COST, twin, LIMIT_COST, pair->copy};
    for (size_t i = 0; i < 4; i++) {
        arms.names[arms.count] = names[i];
        arms.costs[arms.count++] = costs[i];
    }
    for (size_t i = 0; i < pair->alternative_count; i++) {
        arms.names[arms.count] = pair->alternatives[i];
        arms.costs[arms.count++] = pair->views[i];
    }
    return arms;
}

static int is_sparse_arm(const char *arm)
{
    return strcmp(arm, ZCB_ARM_TWIN) == 0 || strcmp(arm, ZCB_ARM_LIMIT) == 0;
}

/* All visits of one cell in one launch. */
static void add_launch(const fabrication *fabrication, const arms *arms, uint64_t size_bytes,
                       uint32_t cell, uint32_t launch, zcb_random *random, zcb_recorded *out)
{
    double level = fabrication->launch_sd * normal(random), own[ZCB_ARMS_MAX];
    for (size_t a = 0; a < arms->count; a++) {
        own[a] = level + fabrication->arm_sd * normal(random);
    }
    for (uint32_t block = 0; block < fabrication->blocks; block++) {
        uint32_t turn = (uint32_t)zcb_random_below(random, arms->count);
        int is_sparse = fabrication->sparse_every > 1 && size_bytes >= 1048576 &&
                        block % fabrication->sparse_every != 0;
        for (uint32_t order = 0; order < arms->count; order++) {
            size_t a = (order + turn) % arms->count;
            double ns = cost_at(&arms->costs[a], size_bytes) *
                        exp(own[a] + fabrication->visit_sd * normal(random));
            uint64_t iterations = ns > 5e5 ? 1 : (uint64_t)(5e5 / ns);
            zcb_sample sample = {
                .cell = cell,
                .launch = launch,
                .block = block,
                .order = order,
                .arm = zcb_cells_intern(out->cells, arms->names[a]),
                .iterations = iterations,
                .elapsed_ns = (uint64_t)llround(ns * (double)iterations),
                .minor_faults = size_bytes >= 1048576 ? iterations : 0,
            };
            if (!is_sparse || !is_sparse_arm(arms->names[a])) {
                must(zcb_samples_push(&out->samples, &sample, NULL) == 0);
            }
        }
    }
}

/* All sizes of one pair on one variant. */
static void add_pair(const fabrication *fabrication, const char *variant,
                     const fabricated_pair *pair, zcb_random *random, zcb_recorded *out)
{
    arms arms = arms_of(fabrication, pair);
    int is_measured = pair->status == ZCB_STATUS_OK || pair->status == ZCB_STATUS_NOISY;
    for (uint64_t size = fabrication->size_min; size <= fabrication->size_max; size *= 2) {
        zcb_cell cell = {
            .python = variant, .pair = pair->name, .lane = pair->lane, .size_bytes = size};
        int64_t index = zcb_cells_add(out->cells, &cell);
        must(index >= 0);
        zcb_cell_row *row = &out->cell_rows[out->cell_row_count++];
        *row = (zcb_cell_row){.cell = (uint32_t)index, .status = pair->status};
        snprintf(row->reason, sizeof row->reason, "%s", pair->reason ? pair->reason : "");
        for (uint32_t launch = 0; is_measured && launch < fabrication->launches; launch++) {
            add_launch(fabrication, &arms, size, (uint32_t)index, launch, random, out);
        }
    }
}

static void describe_run(const fabrication *fabrication, zcb_run *run)
{
    run->run_id = copy_text("20261122T120000Z-testhost-0000000");
    run->complete = 1;
    run->timed_share = 0.88;
    run->plan.profile = copy_text("standard");
    run->plan.launches = fabrication->launches;
    run->plan.blocks = fabrication->blocks;
    run->machine.host = copy_text("test<host>|`x`");
    run->machine.cpu_model = copy_text("Fabricated CPU");
    run->machine.cpus = run->machine.affinity_cpus = 2;
    run->machine.l1d_bytes = 32768;
    run->machine.l2_bytes = 1048576;
    run->machine.l3_bytes = 34603008;
    run->variants = calloc(fabrication->variant_count, sizeof *run->variants);
    run->pairs = calloc(fabrication->pair_count, sizeof *run->pairs);
    must(run->variants != NULL && run->pairs != NULL);
    for (size_t v = 0; v < fabrication->variant_count; v++) {
        run->variants[v].name = copy_text(fabrication->variants[v]);
        run->variants[v].version = copy_text("3.11.7");
        run->variants[v].jit = -1;
        run->variant_count++;
    }
    for (size_t p = 0; p < fabrication->pair_count; p++) {
        zcb_planned_pair *planned = &run->pairs[run->pair_count++];
        planned->name = copy_text(fabrication->pairs[p].name);
        planned->kind = fabrication->pairs[p].kind;
        planned->lane = fabrication->pairs[p].lane;
        planned->alternative_count = fabrication->pairs[p].alternative_count;
        for (size_t a = 0; a < planned->alternative_count; a++) {
            planned->alternatives[a] = copy_text(fabrication->pairs[p].alternatives[a]);
        }
    }
}

void fabricate(const fabrication *fabrication, zcb_recorded *out)
{
    zcb_random random = {fabrication->seed};
    *out = (zcb_recorded){.cells = zcb_cells_new()};
    must(out->cells != NULL);
    describe_run(fabrication, &out->run);
    out->cell_rows = calloc(fabrication->variant_count * fabrication->pair_count * 64,
                            sizeof *out->cell_rows);
    must(out->cell_rows != NULL);
    for (size_t v = 0; v < fabrication->variant_count; v++) {
        for (size_t p = 0; p < fabrication->pair_count; p++) {
            add_pair(fabrication, fabrication->variants[v], &fabrication->pairs[p], &random,
                     out);
        }
    }
}

/* A pair of every fate. */
static const fabricated_pair PAIRS[] = {
    {"bytes_slice",
     ZCB_LANE_PYTHON,
     ZCB_KIND_Z,
     {60, 0.1, 0, 0},
     1,
     {"view"},
     {{90, 0, 0, 0}},
     ZCB_STATUS_OK,
     NULL},
    {"bytes_slice",
     ZCB_LANE_CAPI,
     ZCB_KIND_Z,
     {40, 0.1, 0, 0},
     1,
     {"view"},
     {{90, 0, 0, 0}},
     ZCB_STATUS_OK,
     NULL},
    {"never_pays",
     ZCB_LANE_PYTHON,
     ZCB_KIND_R,
     {60, 0.1, 0, 0},
     1,
     {"view"},
     {{72, 0.12, 0, 0}},
     ZCB_STATUS_OK,
     NULL},
    {"always_pays",
     ZCB_LANE_PYTHON,
     ZCB_KIND_Z,
     {60, 0.1, 0, 0},
     1,
     {"view"},
     {{30, 0, 0, 0}},
     ZCB_STATUS_OK,
     NULL},
    {"all_the_same",
     ZCB_LANE_PYTHON,
     ZCB_KIND_R,
     {60, 0.1, 0, 0},
     1,
     {"view"},
     {{60, 0.1, 0, 0}},
     ZCB_STATUS_OK,
     NULL},
    {"there_and_back",
     ZCB_LANE_PYTHON,
     ZCB_KIND_R,
     {60, 0.1, 0, 0},
     1,
     {"view"},
     {{90, 0, 131072, 1e6}},
     ZCB_STATUS_OK,
     NULL},
    {HOSTILE_NAME,
     ZCB_LANE_PYTHON,
     ZCB_KIND_Z,
     {60, 0.1, 0, 0},
     2,
     {"view", HOSTILE_ARM},
     {{90, 0, 0, 0}, {200, 0.01, 0, 0}},
     ZCB_STATUS_OK,
     NULL},
    {"refused_pair",
     ZCB_LANE_CAPI,
     ZCB_KIND_Z,
     {60, 0.1, 0, 0},
     1,
     {"view"},
     {{90, 0, 0, 0}},
     ZCB_STATUS_REFUSED,
     HOSTILE_REASON},
    {"failed_pair",
     ZCB_LANE_PYTHON,
     ZCB_KIND_Z,
     {60, 0.1, 0, 0},
     1,
     {"view"},
     {{90, 0, 0, 0}},
     ZCB_STATUS_FAILED,
     "the child died by signal 11"},
};

const fabrication *usual_fabrication(void)
{
    static const char *const variants[] = {"cp311", "cp313"};
    static const fabrication usual = {
        .variants = variants,
        .variant_count = 2,
        .pairs = PAIRS,
        .pair_count = sizeof PAIRS / sizeof PAIRS[0],
        .size_min = 64,
        .size_max = 4194304,
        .launches = 10,
        .blocks = 20,
        .sparse_every = 4,
        .launch_sd = 0.05,
        .arm_sd = 0.01,
        .visit_sd = 0.01,
        .seed = 20261122,
    };
    return &usual;
}
