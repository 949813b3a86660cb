/* Synthetic visits and launches whose truth is known, for the tests of coverage. Everything
 * follows from the generator's seed. */
#ifndef ZCB_TESTS_STATS_SIMULATE_H
#define ZCB_TESTS_STATS_SIMULATE_H

#include "base/random.h"
#include "stats/blocks.h"

#include <stddef.h>
#include <stdint.h>

/* Uniform in (0, 1); standard normal (Box, Muller, Ann. Math. Statist. 29, 1958). */
double zcb_sim_uniform(zcb_random *random);
double zcb_sim_normal(zcb_random *random);

/* How launches differ from each other. All have mean 0 and, but for HEAVY and SPIKY,
 * deviation 1. */
typedef enum zcb_sim_shape {
    ZCB_SIM_NORMAL,
    ZCB_SIM_SKEWED,    /* lognormal with sigma 0.6: a few slow layouts */
    ZCB_SIM_HEAVY,     /* Student with 3 degrees of freedom */
    ZCB_SIM_SPIKY,     /* normal, one launch in twenty 6 deviations off to either side */
    ZCB_SIM_TWO_MODES, /* one launch in four lies in a second mode */
    ZCB_SIM_SHAPES
} zcb_sim_shape;

const char *zcb_sim_shape_name(zcb_sim_shape shape);
double zcb_sim_draw(zcb_random *random, zcb_sim_shape shape);

/* The median of a shape, for the estimators that aim at it. */
double zcb_sim_shape_median(zcb_sim_shape shape);

#define ZCB_SIM_LAUNCHES_MAX 30
#define ZCB_SIM_BLOCKS_MAX 30
#define ZCB_SIM_ARMS_MAX 4

/* A cell to make up. An arm's time in a block is its true time × launch speed (common to all
 * arms) × drift (common) × its own launch factor × its own block noise, one block in twenty
 * disturbed. */
typedef struct zcb_sim_cell {
    size_t arms, launches, blocks;
    double true_ns[ZCB_SIM_ARMS_MAX];
    zcb_sim_shape shape; /* of the launch factors */
    double launch_sd;    /* of ln(launch factor) */
    double block_sd;     /* of ln(block noise) */
    double speed_sd;     /* of ln(launch speed) */
    double drift;        /* ln of the slow-down from first to last block */
} zcb_sim_cell;

typedef struct zcb_sim_visits {
    zcb_visit rows[ZCB_SIM_ARMS_MAX][ZCB_SIM_LAUNCHES_MAX * ZCB_SIM_BLOCKS_MAX];
    zcb_visits arms[ZCB_SIM_ARMS_MAX]; /* borrow rows */
} zcb_sim_visits;

/* Makes all visits of a cell, arms in random order within each block. */
void zcb_sim_visit(const zcb_sim_cell *cell, zcb_random *random, zcb_sim_visits *out);

#endif
