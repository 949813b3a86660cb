/* Runs on disk, named on the command line, read and made ready to be held against each other.
 */
#ifndef ZCB_DRIVER_OPEN_RUNS_H
#define ZCB_DRIVER_OPEN_RUNS_H

#include "base/error.h"
#include "driver/texts.h"
#include "report/comparison.h"

#include <stddef.h>

/* One run's folder, read. Owned by zcb_open_runs; its address never changes. */
typedef struct zcb_open_run {
    char *dir;  /* as given */
    char *real; /* the same folder, however it is named */
    zcb_recorded recorded;
    zcb_analysis analysis;
    zcb_launch_figures figures;
} zcb_open_run;

/* Zero value: empty. Owns its runs. */
typedef struct zcb_open_runs {
    zcb_open_run **items;
    size_t count;
} zcb_open_runs;

/* The run in `dir`, read unless it is there already: NULL on failure. A folder that can't be
 * one has exit code 2, one that is no run or holds no sample 5. Borrowed. */
zcb_open_run *zcb_open_runs_get(zcb_open_runs *runs, const char *dir, zcb_error *error);

/* 0, or -1 and exit code 5 for a run that is not complete: a part of it says nothing of all. */
int zcb_open_run_check_complete(const zcb_open_run *run, zcb_error *error);

void zcb_open_runs_clear(zcb_open_runs *runs);

/* 1 when `dir` is a folder. */
int zcb_is_folder(const char *dir);

/* A variant of `run` by its index. */
zcb_side zcb_open_run_side(const zcb_open_run *run, size_t variant);

/* The index of the variant called `name`: -1 with exit code 2 and the names there are. */
int64_t zcb_open_run_variant(const zcb_open_run *run, const char *name, zcb_error *error);

#endif
