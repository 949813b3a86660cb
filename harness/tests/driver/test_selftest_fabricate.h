/* Samples with a known truth, for the tests of the self-test's figures. */
#ifndef ZCB_TESTS_DRIVER_SELFTEST_FABRICATE_H
#define ZCB_TESTS_DRIVER_SELFTEST_FABRICATE_H

#include "driver/selftest_findings.h"

/* Made-up samples. Zero value: nothing yet. */
typedef struct fabric {
    zcb_cells *cells;
    zcb_samples samples;
} fabric;

/* What a made-up arm takes in one visit. */
typedef double (*fabric_law)(const void *context, uint32_t launch, uint32_t block,
                             uint32_t order);

void fabric_init(fabric *f);
void fabric_clear(fabric *f);

/* Adds `launches` launches, from 1 on, of `arm` in the cell of `pair`, `order` being its place
 * in even blocks and 9 - order in odd ones; 1000 iterations a visit. */
void fabric_add(fabric *f, const char *pair, const char *arm, uint32_t launches, uint32_t order,
                fabric_law law, const void *context);

/* Takes every visit of one launch away. */
void fabric_drop(fabric *f, const char *pair, const char *arm, uint32_t launch);

/* A steady arm: `ns` in all, on the launches of set `odd_set` (from 0; -1: none) `odd_ns`, up
 * and down by 0.1 % from launch to launch. */
typedef struct steady {
    double ns;
    int odd_set;
    double odd_ns;
} steady;
double fabric_steady(const void *context, uint32_t launch, uint32_t block, uint32_t order);

/* The findings; fails the test when they can't be made. */
zcb_findings fabric_findings(const fabric *f);

#endif
