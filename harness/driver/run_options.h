/* The words after `zcbench run`. */
#ifndef ZCB_DRIVER_RUN_OPTIONS_H
#define ZCB_DRIVER_RUN_OPTIONS_H

#include "base/error.h"
#include "base/words.h"
#include "driver/common_options.h"
#include "driver/conditions.h"
#include "driver/profiles.h"
#include "driver/sizes.h"

#include <stdint.h>

/* Zero value: nothing given. Owns its members; the profile is static. */
typedef struct zcb_run_options {
    zcb_common_options common;
    zcb_texts pairs;
    int lanes[ZCB_LANE_COUNT];           /* 1: asked for; all 0: every lane */
    zcb_sizes sizes;                     /* empty: the profile's */
    zcb_factors factors;                 /* conditions asked for */
    const zcb_profile *profile;          /* NULL: standard */
    uint64_t launches, blocks, visit_ns; /* 0: the profile's */
    uint64_t warmup;
    int warmup_given;
    uint64_t budget_ns;     /* 0: none */
    double precision;       /* half-width of a speed-up's interval: 0.02 is ±2 %; 0: none */
    int precision_is_bare;  /* while parsing: its percentage may follow as a word */
    int refine;             /* 1 asked for, -1 refused; 0: where no sizes are given */
    uint64_t cell_limit_ms; /* 0: follows from the expected time */
    uint64_t seed;
    int seed_given;
    int no_memory; /* leave the memory pass out */
    char *out;     /* NULL: results/<run id> */
    char *resume;  /* NULL: a new run */
} zcb_run_options;

/* Parses argv (argv[0] is "zcbench run"). 0, or -1 with *out empty. Prints and ends the process
 * for
 * --help. */
int zcb_run_options_parse(int argc, char **argv, zcb_run_options *out, zcb_error *error);

void zcb_run_options_clear(zcb_run_options *options);

#endif
