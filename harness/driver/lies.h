/* The statements that look like copies or views and are none, asked of a run's interpreters. */
#ifndef ZCB_DRIVER_LIES_H
#define ZCB_DRIVER_LIES_H

#include "base/error.h"
#include "store/memory_rows.h"
#include "store/run.h"

/* Asks the worker of every variant of `run` about bench/lies.py: 0 and *rows (owned by the
 * caller, names interned in `cells`) and *count set, in the order of variants and list; -1 when
 * a worker can't say or a signal came, with both untouched. */
int zcb_lies_ask(const zcb_run *run, zcb_cells *cells, zcb_lie_row **rows, size_t *count,
                 zcb_error *error);

#endif
