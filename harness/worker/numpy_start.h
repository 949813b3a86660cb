/* Start of numpy's C API, whether or not this worker was built with it. */
#ifndef ZCB_WORKER_NUMPY_START_H
#define ZCB_WORKER_NUMPY_START_H

/* Imports numpy's C API; after Python's start, once, and only in workers whose pairs need numpy.
 * 0, also when built without numpy; -1 with a Python exception set. */
int zcb_numpy_start(void);

#endif
