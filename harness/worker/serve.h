/* The worker's parent process: loads pairs, then forks a child for each job and waits for it. */
#ifndef ZCB_WORKER_SERVE_H
#define ZCB_WORKER_SERVE_H

#include "base/error.h"

/* Serves the driver on descriptors ZCB_WIRE_FROM_DRIVER and ZCB_WIRE_TO_DRIVER until `quit` or the end
 * of input. Python is up and its modules are imported. After `ready` this process neither makes nor
 * frees a block of 128 KiB or more: glibc's thresholds depend on it, and every child inherits them.
 * 0 on `quit`, -1 with the reason on a broken protocol. */
int zcb_serve(zcb_error *error);

#endif
