/* Named shared memory that a killed child leaves behind: Python's own tracker misses what is
 * made but not yet registered. Pairs that make some name it "zcb-<process id>", so that it can
 * be found. */
#ifndef ZCB_WORKER_SHARED_MEMORY_H
#define ZCB_WORKER_SHARED_MEMORY_H

#include <sys/types.h>

/* Removes what the process `pid`, which has ended, has left: nothing in most cases. */
void zcb_shared_memory_forget(pid_t pid);

/* Removes what processes that live no more have left, as after the end of a whole run by
 * SIGKILL. */
void zcb_shared_memory_sweep(void);

#endif
