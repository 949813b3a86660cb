/* Why this file: a measured run has no known truth to test against, a made-up one has. */
#include "fabricate.h"

#include "base/random.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const cost USUAL_COPY = COST(60.0, 0.1);
const cost USUAL_VIEW = COST(90.0, 0.0);
static const cost NULL_COST = COST(20.0, 0.0);
static const cost LIMIT_COST = COST(5.0, 1.0 / 12.0);

double cost_at(const cost *cost, uint64_t size_bytes)
{
    double bytes = (double)size_bytes;
    int is_past = cost->kink_bytes > 0.0 && bytes >= cost->kink_bytes;
    return cost->fixed_ns + cost->ns_per_byte * bytes + cost->ns_per_byte2 * bytes * bytes +
           (is_past ? cost->kink_ns : 0.0);
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

/* By how much the alternatives of a variant differ from the pair's own costs, of ln(time). */
static double variant_effect(const fabrication *fabrication, const char *variant,
                             const char *arm)
{
    size_t v = 0;
    if (fabrication->view_factors == NULL || !zcb_arm_is_alternative(arm)) {
        return 0.0;
    }
    while (strcmp(fabrication->variants[v], variant) != 0) {
        v++;
    }
    return log(fabrication->view_factors[v]);
}

/* What is wrong with a visit, of ln(time). */
static double fault(const fabrication *fabrication, const char *arm, uint32_t block,
                    uint32_t order)
{
    double share = (double)block / (double)fabrication->blocks;
    double drift = zcb_arm_is_alternative(arm) ? fabrication->drift * share : 0.0;
    return drift + fabrication->place_cost * order;
}

/* 0 … count − 1 in random order (Durstenfeld, Commun. ACM 7, 1964). */
static void shuffle(zcb_random *random, size_t *places, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t j = (size_t)zcb_random_below(random, i + 1);
        places[i] = places[j];
        places[j] = i;
    }
}

/* All visits of one cell in one launch. */
static void add_launch(const fabrication *fabrication, const arms *arms, uint64_t size_bytes,
                       uint32_t cell, uint32_t launch, zcb_random *random, zcb_recorded *out)
{
    double level = fabrication->launch_sd * normal(random), own[ZCB_ARMS_MAX] = {0};
    const char *variant = zcb_cells_at(out->cells, cell)->python;
    for (size_t a = 0; a < arms->count; a++) {
        own[a] = level + fabrication->arm_sd * normal(random) +
                 variant_effect(fabrication, variant, arms->names[a]);
    }
    for (uint32_t block = 0; block < fabrication->blocks; block++) {
        size_t places[ZCB_ARMS_MAX] = {0};
        shuffle(random, places, arms->count);
        int is_sparse = fabrication->sparse_every > 1 && size_bytes >= 1048576 &&
                        block % fabrication->sparse_every != 0;
        for (uint32_t order = 0; order < arms->count; order++) {
            size_t a = places[order];
            double ns = cost_at(&arms->costs[a], size_bytes) *
                        exp(own[a] + fabrication->visit_sd * normal(random) +
                            fault(fabrication, arms->names[a], block, order));
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
        zcb_cell cell = {.python = variant,
                         .pair = pair->name,
                         .lane = pair->lane,
                         .consumer = pair->consumer,
                         .size_bytes = size};
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
    {.name = "bytes_slice",
     .lane = ZCB_LANE_PYTHON,
     .kind = ZCB_KIND_Z,
     .copy = COST(60, 0.1),
     .alternative_count = 1,
     .alternatives = {"view"},
     .views = {COST(90, 0)},
     .status = ZCB_STATUS_OK,
     .reason = NULL},
    {.name = "bytes_slice",
     .lane = ZCB_LANE_CAPI,
     .kind = ZCB_KIND_Z,
     .copy = COST(40, 0.1),
     .alternative_count = 1,
     .alternatives = {"view"},
     .views = {COST(90, 0)},
     .status = ZCB_STATUS_OK,
     .reason = NULL},
    {.name = "never_pays",
     .lane = ZCB_LANE_PYTHON,
     .kind = ZCB_KIND_R,
     .copy = COST(60, 0.1),
     .alternative_count = 1,
     .alternatives = {"view"},
     .views = {COST(72, 0.12)},
     .status = ZCB_STATUS_OK,
     .reason = NULL},
    {.name = "always_pays",
     .lane = ZCB_LANE_PYTHON,
     .kind = ZCB_KIND_Z,
     .copy = COST(60, 0.1),
     .alternative_count = 1,
     .alternatives = {"view"},
     .views = {COST(30, 0)},
     .status = ZCB_STATUS_OK,
     .reason = NULL},
    {.name = "all_the_same",
     .lane = ZCB_LANE_PYTHON,
     .kind = ZCB_KIND_R,
     .copy = COST(60, 0.1),
     .alternative_count = 1,
     .alternatives = {"view"},
     .views = {COST(60, 0.1)},
     .status = ZCB_STATUS_OK,
     .reason = NULL},
    {.name = "there_and_back",
     .lane = ZCB_LANE_PYTHON,
     .kind = ZCB_KIND_R,
     .copy = COST(60, 0.1),
     .alternative_count = 1,
     .alternatives = {"view"},
     .views = {{.fixed_ns = 90, .ns_per_byte = 0, .kink_bytes = 131072, .kink_ns = 1e6}},
     .status = ZCB_STATUS_OK,
     .reason = NULL},
    {.name = HOSTILE_NAME,
     .lane = ZCB_LANE_PYTHON,
     .kind = ZCB_KIND_Z,
     .copy = COST(60, 0.1),
     .alternative_count = 2,
     .alternatives = {"view", HOSTILE_ARM},
     .views = {COST(90, 0), COST(200, 0.01)},
     .status = ZCB_STATUS_OK,
     .reason = NULL},
    {.name = "refused_pair",
     .lane = ZCB_LANE_CAPI,
     .kind = ZCB_KIND_Z,
     .copy = COST(60, 0.1),
     .alternative_count = 1,
     .alternatives = {"view"},
     .views = {COST(90, 0)},
     .status = ZCB_STATUS_REFUSED,
     .reason = HOSTILE_REASON},
    {.name = "failed_pair",
     .lane = ZCB_LANE_PYTHON,
     .kind = ZCB_KIND_Z,
     .copy = COST(60, 0.1),
     .alternative_count = 1,
     .alternatives = {"view"},
     .views = {COST(90, 0)},
     .status = ZCB_STATUS_FAILED,
     .reason = "the child died by signal 11"},
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
        .arm_sd = 0.006,
        .visit_sd = 0.01,
        .seed = 20261125,
    };
    return &usual;
}

fabrication small_fabrication(void)
{
    fabrication small = *usual_fabrication();
    small.variant_count = 1;
    small.pair_count = 1;
    small.size_max = 1024;
    return small;
}
