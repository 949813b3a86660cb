/* The plan of a run looked at from a cell: which pair it asks, and where it stands in every
 * table. */
#ifndef ZCB_REPORT_PLAN_H
#define ZCB_REPORT_PLAN_H

#include "store/cells.h"
#include "store/run.h"

/* The planned pair that `cell` belongs to, or NULL; borrowed from the run. */
const zcb_planned_pair *zcb_plan_pair(const zcb_run *run, const zcb_cell *cell);

/* Which group of pairs `cell` belongs to: the index in run->pairs of the first pair that is of
 * the same group; run->pair_count for a cell that was not planned. */
size_t zcb_plan_group(const zcb_run *run, const zcb_cell *cell);

/* The name of that group: "other" where it has none. Borrowed. */
const char *zcb_plan_group_name(const zcb_run *run, size_t group);

/* Index of the variant named `python` in run->variants; run->variant_count when there is none.
 */
size_t zcb_plan_variant(const zcb_run *run, const char *python);

/* < 0, 0, > 0: the order of tables: variant, pair (both as planned, unknown ones after them by
 * name), lane, heap, cache, consumer, size. */
int zcb_plan_compare(const zcb_run *run, const zcb_cell *left, const zcb_cell *right);

/* 1 when both are of one pair, lane, heap, cache, consumer, on whichever variant and at whichever
 * size. */
int zcb_asks_the_same(const zcb_cell *left, const zcb_cell *right);

/* 1 when both are of one variant, pair, lane, heap, cache, consumer. */
int zcb_plan_same_series(const zcb_cell *left, const zcb_cell *right);

#endif
