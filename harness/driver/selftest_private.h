/* What the two halves of the findings share: trials counted by set, and figures pooled over all
 * launches. Not for others. */
#ifndef ZCB_DRIVER_SELFTEST_PRIVATE_H
#define ZCB_DRIVER_SELFTEST_PRIVATE_H

#include "driver/selftest_findings.h"
#include "report/grouping.h"

#define ZCB_SELFTEST_CONFIDENCE 0.95

/* Index of the slow-down pair called `pair` in base/selftest.h, or -1. */
int zcb_selftest_work_of(const char *pair);

/* What is gathered over the cells. Zero value: empty. Owns the array. */
typedef struct zcb_pooled {
    size_t launches, cell_count;
    double *order_effects; /* [launch × cells + cell], NAN where missing */
} zcb_pooled;

/* All return 0 or -1 (memory). */
int zcb_pooled_init(zcb_pooled *pooled, size_t launches, size_t cell_count, zcb_error *error);

/* Takes cell number `index` in, all launches of it: its part of the order effect, and whichever
 * figure of *out it is for. */
int zcb_pooled_add(zcb_pooled *pooled, const zcb_cell_visits *cell, const char *pair,
                   size_t index, zcb_findings *out);

/* Sets out->order: per launch the mean over its cells, which are not independent, then over
 * launches. The effects are used up. */
void zcb_pooled_finish(zcb_pooled *pooled, zcb_findings *out);
void zcb_pooled_clear(zcb_pooled *pooled);

#endif
