/* The parts of run.json when runs are merged: what their variants are called, and one list each of
 * what several runs have. */
#ifndef ZCB_DRIVER_MERGE_RUN_H
#define ZCB_DRIVER_MERGE_RUN_H

#include "base/error.h"
#include "driver/texts.h"
#include "store/run.h"

/* The names of one run's variants, before and after. Owned. */
typedef struct zcb_merge_run {
    char *run_id, *host;
    char **old_names, **new_names;
    size_t count;
} zcb_merge_run;

/* Zero value: empty. Owns its runs, in the order of the folders. */
typedef struct zcb_merge_names {
    zcb_merge_run *runs;
    size_t count;
} zcb_merge_names;

/* Reads every folder's run.json and settles a name for each variant; see merge.h. 0, or -1. */
int zcb_merge_names_make(const zcb_texts *dirs, zcb_merge_names *out, zcb_error *error);
void zcb_merge_names_clear(zcb_merge_names *names);

/* Moves what *from has into *into, a source of its own in there: variants under `new_names`, pairs
 * that *into lacks, calibrations with their cells looked up in `map` and their arms interned in
 * `cells`. *from stays to be cleared. A run merged before brings its sources. 0, or -1 (memory). */
int zcb_merge_run_take(zcb_run *into, zcb_run *from, char *const *new_names,
                       const uint32_t *map, zcb_cells *cells, zcb_error *error);

/* What is left to say once all are in: the command, and what of plan and machine they share. 0, or
 * -1 (memory). */
int zcb_merge_run_finish(zcb_run *run, const zcb_texts *dirs, zcb_error *error);

#endif
