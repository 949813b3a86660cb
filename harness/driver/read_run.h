/* A run read back from its folder with everything that is said about it: what commands that
 * look at runs, and measure none, begin with. */
#ifndef ZCB_DRIVER_READ_RUN_H
#define ZCB_DRIVER_READ_RUN_H

#include "base/error.h"
#include "report/analysis.h"
#include "report/launch_figures.h"
#include "store/recorded.h"

/* Zero value: empty. Owns its members; analysis and figures borrow from `recorded`, so that the
 * struct stays where it is. */
typedef struct zcb_read_run {
    zcb_recorded recorded;
    zcb_analysis analysis;
    zcb_launch_figures figures;
} zcb_read_run;

/* Reads the folder `dir` into the empty *out. 0, or -1 with *out empty: exit code 2 for what is
 * no folder or holds a malformed file, 5 for a folder that is no run. */
int zcb_read_run_open(const char *dir, zcb_read_run *out, zcb_error *error);
void zcb_read_run_clear(zcb_read_run *run);

/* 0, or -1 and exit code 5 for a run that is not complete: part of it says nothing of all. */
int zcb_read_run_check_complete(const zcb_read_run *run, const char *dir, zcb_error *error);

#endif
