/* The facts of the machine that a run records. */
#ifndef ZCB_DRIVER_MACHINE_H
#define ZCB_DRIVER_MACHINE_H

#include "base/error.h"
#include "store/run.h"

/* Fills the empty *out with what /proc, /sys and the C library say; what can't be read stays
 * "", 0 or -1. 0, or -1 (memory). */
int zcb_machine_read(zcb_machine *out, zcb_error *error);

/* Milliseconds this machine's CPUs were taken by others so far (steal of /proc/stat); 0
 * unknown. */
uint64_t zcb_machine_steal_ms(void);

/* The load average over one minute; 0 unknown. */
double zcb_machine_load1(void);

#endif
