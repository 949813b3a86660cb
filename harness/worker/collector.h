/* Python's cyclic collector, asked by name so that every version and build answers. */
#ifndef ZCB_WORKER_COLLECTOR_H
#define ZCB_WORKER_COLLECTOR_H

#include "worker/compat.h"

/* gc.collect(): 0, or -1 with a Python exception set. */
int zcb_collector_collect(void);

/* Number of objects tracked now, those frozen at start-up left out: 0, or -1 with an exception.
 */
int zcb_collector_tracked(Py_ssize_t *out);

#endif
