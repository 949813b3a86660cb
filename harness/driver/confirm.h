/* Fresh launches of cells that a gate is about to fail: made by the same workers on the same
 * machine, and stored in the same run under phase `confirm`. */
#ifndef ZCB_DRIVER_CONFIRM_H
#define ZCB_DRIVER_CONFIRM_H

#include "base/error.h"
#include "store/cells.h"

#include <stddef.h>
#include <stdint.h>

/* Which questions: each of a cell, on whatever variant. Borrowed. */
typedef struct zcb_confirm_request {
    const zcb_cells *cells;
    const uint32_t *chosen; /* indices in `cells` */
    size_t count;
    uint32_t launches; /* of each, on every variant of the run */
} zcb_confirm_request;

/* Measures them, launch by launch, and writes the folder's tables. What became of cells in the
 * run itself (cells.csv) stays. 0; or -1 with the reason why launches can't be made: another
 * machine, interpreters or pairs that are gone, a folder in use or not writable, a cell that
 * fails now; exit code 130 or 143 for a signal. What was measured until then is kept. */
int zcb_confirm(const char *dir, const zcb_confirm_request *request, zcb_error *error);

#endif
