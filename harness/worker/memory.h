/* Counts of what operations allocate, for proofs and the memory pass; never during timed visits.
 *
 * Small blocks (up to 512 bytes) and live blocks are seen by hooks on Python's object and memory
 * domains; larger ones, and those that no Python allocator hands out, by the preload object
 * (count_preload.c) around malloc where the process was started with it. Without it the hooks count
 * all sizes and plain malloc stays unseen. */
#ifndef ZCB_WORKER_MEMORY_H
#define ZCB_WORKER_MEMORY_H

#include "worker/prepared.h"

/* Running totals since the hooks were put in. */
typedef struct zcb_memory_counts {
    uint64_t blocks; /* allocations */
    uint64_t bytes;  /* requested */
    int64_t live;    /* blocks of Python's allocators not yet freed */
} zcb_memory_counts;

/* Puts the hooks in; once per process, in a child that times nothing. */
void zcb_memory_hook(void);

/* 1 when plain malloc is seen too. */
int zcb_memory_sees_malloc(void);

zcb_memory_counts zcb_memory_read(void);

/* Allocations per operation of `arm`, call path subtracted: counts of 2k operations less those of k.
 * 0, or -1 with a Python exception set. */
int zcb_memory_per_operation(const zcb_prepared_arm *arm, uint64_t operations, double *blocks,
                             double *bytes);

#endif
