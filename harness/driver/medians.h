/* What the launches have shown so far, kept while a run goes on: how wide the intervals are and
 * where sharing begins to pay decide what is measured next. */
#ifndef ZCB_DRIVER_MEDIANS_H
#define ZCB_DRIVER_MEDIANS_H

#include "base/error.h"
#include "stats/interval.h"
#include "store/run.h"
#include "store/samples.h"

#include <stddef.h>
#include <stdint.h>

/* Median over the blocks of ln(copy / alternative), per cell, alternative (as in the pair) and
 * launch; NAN where there is none. Zero value: empty. Owns its array. */
typedef struct zcb_medians {
    double *values;
    size_t cells;
    uint32_t launches; /* at most */
} zcb_medians;

/* Makes room for `cells` cells of `launches` launches; what is there stays, and `launches` must
 * not change once there is something. 0, or -1 (memory) with nothing changed. */
int zcb_medians_resize(zcb_medians *medians, size_t cells, uint32_t launches, zcb_error *error);
void zcb_medians_clear(zcb_medians *medians);

/* Takes the rows of one launch of one cell of `pair`. 0 or -1 (memory). */
int zcb_medians_take(zcb_medians *medians, size_t cell, const zcb_planned_pair *pair,
                     const zcb_sample *rows, size_t count, zcb_error *error);

/* The launches' values of one alternative without gaps into values[launches]: how many. */
size_t zcb_medians_values(const zcb_medians *medians, size_t cell, size_t alternative,
                          double *values);

/* The interval at 95 % of ln(copy / alternative), as the report will show it; ends NAN below
 * two launches. 0 or -1 (memory). */
int zcb_medians_interval(const zcb_medians *medians, size_t cell, size_t alternative,
                         zcb_interval *out, zcb_error *error);

#endif
