/* Figures of the self-test that take all launches together. See selftest_private.h. */
#include "driver/selftest_private.h"

#include "driver/texts.h"
#include "stats/location.h"
#include "stats/order.h"
#include "stats/ratio.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int zcb_pooled_init(zcb_pooled *pooled, size_t launches, size_t cell_count, zcb_error *error)
{
    *pooled = (zcb_pooled){.launches = launches, .cell_count = cell_count};
    pooled->order_effects =
        zcb_allocate(launches * cell_count, sizeof *pooled->order_effects, error);
    if (pooled->order_effects == NULL) {
        return -1;
    }
    for (size_t i = 0; i < launches * cell_count; i++) {
        pooled->order_effects[i] = NAN;
    }
    return 0;
}

void zcb_pooled_clear(zcb_pooled *pooled)
{
    free(pooled->order_effects);
    *pooled = (zcb_pooled){0};
}

/* ln(twin / copy) of one launch's blocks, apart by which came later. Invariant: room for all of
 * the launch's blocks in each. */
typedef struct by_order {
    double *later, *earlier; /* twin later; twin earlier */
    size_t later_count, earlier_count;
} by_order;

static void add_block(by_order *both, const zcb_visit *twin, const zcb_visit *copy)
{
    double log_ratio = log(twin->ns_per_op / copy->ns_per_op);
    if (!isfinite(log_ratio)) {
        return;
    }
    if (twin->order > copy->order) {
        both->later[both->later_count++] = log_ratio;
    } else {
        both->earlier[both->earlier_count++] = log_ratio;
    }
}

/* ln of what coming later costs a visit: half of the difference between the medians, because
 * it changes sides. NAN when one has no block. */
static double effect_of(by_order *both)
{
    double difference = zcb_median(both->later, both->later_count) -
                        zcb_median(both->earlier, both->earlier_count);
    both->later_count = both->earlier_count = 0;
    return difference / 2;
}

/* Blocks with both visits, launch by launch: effects[launch - 1] × stride. */
static void order_effects(zcb_visits twin, zcb_visits copy, by_order *both, double *effects,
                          size_t stride)
{
    uint32_t launch = 0;
    for (size_t t = 0, c = 0; t < twin.count && c < copy.count;) {
        const zcb_visit *a = &twin.rows[t], *b = &copy.rows[c];
        if (a->launch != b->launch ? a->launch < b->launch : a->block < b->block) {
            t++;
        } else if (a->launch != b->launch || a->block != b->block) {
            c++;
        } else {
            if (launch != 0 && a->launch != launch) {
                effects[(launch - 1) * stride] = effect_of(both);
            }
            launch = a->launch;
            add_block(both, a, b);
            t++;
            c++;
        }
    }
    if (launch != 0) {
        effects[(launch - 1) * stride] = effect_of(both);
    }
}

static int add_order(zcb_pooled *pooled, zcb_visits twin, zcb_visits copy, size_t index)
{
    by_order both = {0};
    size_t room = twin.count + 1;
    both.later = malloc(room * sizeof *both.later);
    both.earlier = malloc(room * sizeof *both.earlier);
    int result = both.later == NULL || both.earlier == NULL ? -1 : 0;
    if (result == 0) {
        order_effects(twin, copy, &both, pooled->order_effects + index, pooled->cell_count);
    }
    free(both.later);
    free(both.earlier);
    return result;
}

static zcb_visits visits_of(const zcb_cell_visits *cell, const char *arm)
{
    const zcb_arm_visits *found = zcb_cell_visits_find(cell, arm);
    return found == NULL ? (zcb_visits){NULL, 0} : found->visits;
}

static int pool_ratio(const zcb_cell_visits *cell, const char *top, const char *bottom,
                      zcb_interval *out)
{
    zcb_ratio ratio;
    int result = zcb_ratio_of_visits(visits_of(cell, top), visits_of(cell, bottom),
                                     ZCB_SELFTEST_CONFIDENCE, &ratio);
    *out = ratio.ratio;
    return result;
}

static int pool_linearity(const zcb_cell_visits *cell, zcb_interval *out)
{
    zcb_net net;
    int result =
        zcb_net_of_visits(visits_of(cell, ZCB_ARM_COPY), visits_of(cell, ZCB_ARM_VIEW),
                          visits_of(cell, ZCB_ARM_NULL), ZCB_SELFTEST_CONFIDENCE, &net);
    *out = (zcb_interval){net.ratio.estimate / ZCB_SELFTEST_LINEAR_NET,
                          net.ratio.lo / ZCB_SELFTEST_LINEAR_NET,
                          net.ratio.hi / ZCB_SELFTEST_LINEAR_NET};
    return result;
}

int zcb_pooled_add(zcb_pooled *pooled, const zcb_cell_visits *cell, const char *pair,
                   size_t index, zcb_findings *out)
{
    int work = zcb_selftest_work_of(pair);
    if (add_order(pooled, visits_of(cell, ZCB_ARM_TWIN), visits_of(cell, ZCB_ARM_COPY), index) <
        0) {
        return -1;
    }
    if (work >= 0) {
        return pool_ratio(cell, ZCB_ARM_NULL, ZCB_ARM_COPY, &out->injected[work]);
    }
    if (strcmp(pair, ZCB_SELFTEST_LINEAR_PAIR) == 0) {
        return pool_linearity(cell, &out->linearity);
    }
    if (strcmp(pair, ZCB_SELFTEST_MIRROR_PAIR) == 0) {
        return pool_ratio(cell, ZCB_SELFTEST_MIRROR_ARM, ZCB_ARM_COPY, &out->mirror);
    }
    return 0;
}

/* Mean of the cells of one launch that have an effect; NAN without any. */
static double mean_effect(const double *effects, size_t cells)
{
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < cells; i++) {
        if (!isnan(effects[i])) {
            sum += effects[i];
            count++;
        }
    }
    return count > 0 ? sum / (double)count : NAN;
}

void zcb_pooled_finish(zcb_pooled *pooled, zcb_findings *out)
{
    double *means = pooled->order_effects; /* a launch's mean never stands behind its effects */
    size_t count = 0;
    for (size_t launch = 0; launch < pooled->launches; launch++) {
        double mean = mean_effect(pooled->order_effects + launch * pooled->cell_count,
                                  pooled->cell_count);
        if (!isnan(mean)) {
            means[count++] = mean;
        }
    }
    out->order = zcb_interval_exp(zcb_primary_interval(means, count, ZCB_SELFTEST_CONFIDENCE));
}
