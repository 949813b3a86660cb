/* Samples by cell and arm: a run's million rows are put into order once, by number and not by
 * name. */
#ifndef ZCB_REPORT_GROUPING_H
#define ZCB_REPORT_GROUPING_H

#include "base/error.h"
#include "base/words.h"
#include "stats/blocks.h"
#include "store/samples.h"

/* Which rows belong to which cell. Zero value: empty. Owns its arrays, borrows the samples.
 * Invariant: the rows of cell c are samples->rows[rows[starts[c]]] … rows[starts[c + 1] − 1],
 * in file order. */
typedef struct zcb_grouping {
    const zcb_samples *samples;
    uint32_t *rows;
    size_t *starts; /* cell_count + 1 */
    size_t cell_count;
} zcb_grouping;

/* Takes linear time. 0, or -1 (memory; more than 2^32 − 1 rows) with *out empty. */
int zcb_grouping_make(const zcb_samples *samples, size_t cell_count, zcb_grouping *out,
                      zcb_error *error);
void zcb_grouping_clear(zcb_grouping *grouping);

/* All visits of one arm of a cell. Invariant: visits ascend by launch, then block, one per
 * block. */
typedef struct zcb_arm_visits {
    const char *arm; /* borrowed from the samples */
    zcb_visits visits;
    uint64_t iterations, minor_faults; /* summed over the visits */
} zcb_arm_visits;

/* The visits of one cell. Zero value: empty. Owns its storage, which the next load uses again.
 */
typedef struct zcb_cell_visits {
    zcb_arm_visits arms[ZCB_ARMS_MAX]; /* in the order they first appear */
    size_t arm_count;
    zcb_visit *storage;
    struct zcb_grouped_row *rows;
    size_t capacity;
} zcb_cell_visits;

/* Fills `visits` with those of `cell` < cell_count. 0, or -1 (memory; a cell with more than
 * ZCB_ARMS_MAX arms: exit code 2). */
int zcb_cell_visits_load(const zcb_grouping *grouping, size_t cell, zcb_cell_visits *visits,
                         zcb_error *error);
void zcb_cell_visits_clear(zcb_cell_visits *visits);

/* The arm's visits, or NULL. */
const zcb_arm_visits *zcb_cell_visits_find(const zcb_cell_visits *visits, const char *arm);

#endif
