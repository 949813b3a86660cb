/* A run becomes what later runs are judged by: by `zcbench baseline`, and where a gate finds
 * none and is asked to create it. */
#ifndef ZCB_DRIVER_ACCEPT_BASELINE_H
#define ZCB_DRIVER_ACCEPT_BASELINE_H

#include "base/error.h"
#include "driver/open_runs.h"

#include <stdio.h>

/* What was accepted: counts of figures, of break-evens, and of cells that are not ok. */
typedef struct zcb_accepted {
    size_t figures, breakevens, left_out;
} zcb_accepted;

/* Writes the baseline of `run` to `path` and tells it on `stream`, with a note on
 * stderr where cells are left out. 0, or -1 with the file as it was. */
int zcb_baseline_accept(const zcb_open_run *run, const char *path, FILE *stream,
                        zcb_accepted *out, zcb_error *error);

#endif
