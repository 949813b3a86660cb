/* Counts of what operations allocate, for proofs and the memory pass; never during timed
 * visits.
 *
 * Two kinds of eyes: hooks on Python's allocator domains see their blocks on every build;
 * plain malloc and mmap — numpy's data before numpy 2.5, mapped files — are seen through the
 * preload object (count_preload.c) where the process was started with it. A block that comes
 * through both is counted once, by the hooks, at the size asked for. Only the thread that put
 * the hooks in is seen. */
#ifndef ZCB_WORKER_MEMORY_H
#define ZCB_WORKER_MEMORY_H

#include "worker/prepared.h"

/* Running totals since the hooks were put in. */
typedef struct zcb_memory_counts {
    uint64_t blocks;    /* allocations; one that is resized stays the same block */
    uint64_t bytes;     /* requested; of a resized block what it grew by */
    int64_t live;       /* blocks of Python's allocators not yet freed */
    uint64_t passed;    /* bytes that calls have copied between program and kernel */
    int64_t live_bytes; /* requested by the blocks made since then that are not yet freed */
} zcb_memory_counts;

/* Puts the hooks in; once per process, in a child that times nothing. */
void zcb_memory_hook(void);

/* 1 when plain malloc and mmap are seen too, and the calls that pass bytes. */
int zcb_memory_sees_malloc(void);

/* The totals by now. After zcb_memory_hook only. */
zcb_memory_counts zcb_memory_read(void);

/* Begins a new search for the peak. */
void zcb_memory_mark(void);

/* The most bytes that lived at once since the last zcb_memory_mark, above what lived then. */
uint64_t zcb_memory_peak(void);

/* Serial number, never given twice, of the seen and living block that `address` lies in; 0:
 * none. */
uint64_t zcb_memory_serial(const void *address);

/* Allocations per operation of `arm`, call path subtracted: counts of 2k operations less those
 * of k. 0, or -1 with a Python exception set. */
int zcb_memory_per_operation(const zcb_prepared_arm *arm, uint64_t operations, double *blocks,
                             double *bytes);

#endif
