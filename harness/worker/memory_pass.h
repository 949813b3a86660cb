/* The memory pass: what one operation of an arm allocates, and what its result keeps alive.
 * Never timed. */
#ifndef ZCB_WORKER_MEMORY_PASS_H
#define ZCB_WORKER_MEMORY_PASS_H

#include "worker/prepared.h"

/* Figures of one arm. NAN: can't be seen on this build, or there is nothing of the kind. */
typedef struct zcb_arm_memory {
    /* Allocations per operation in the steady state, and the bytes asked for. NAN when the
     * result shows new memory that no allocator we see has made. */
    double blocks, bytes;
    /* Objects the cyclic collector looks at that live because one result lives: what each
     * result kept adds to every collection. Those that die within the operation are not among
     * them. */
    double gc_objects;
    /* The most bytes that the operation had asked for and not given back at one moment, its
     * result included; NAN like blocks. Counted, because the kernel's own mark (VmHWM after a 5
     * written to clear_refs) is kept per processor and summed up late: for a copy of 64 KiB it
     * rose by anything from 0 to 36 KiB. */
    double peak_bytes;
    double used_bytes; /* shown by the result: zcb_shown */
} zcb_arm_memory;

/* Fills the figures of arm `arm` of `prepared`. Memory hooks must be in. 0, or -1
 * with a Python exception set. */
int zcb_memory_count_arm(const zcb_prepared *prepared, size_t arm, zcb_arm_memory *out);

/* What a result keeps alive once all else of its case is gone. */
typedef struct zcb_arm_retained {
    /* Of the blocks that are freed with the result when source, arms and what SETUP made are
     * gone: its own, and what it keeps alive. NAN when they are not all seen, or when a cache
     * takes them instead of freeing them. */
    double bytes;
    /* 1 when memory of a source lives on and goes with the result, 0 when it went with the
     * source; -1 when that memory is not seen, or a cache has it. */
    int keeps_source;
} zcb_arm_retained;

/* Observes it on a case of its own: 0, or -1 with a Python exception set. */
int zcb_memory_retained(zcb_lane lane, const char *name, uint64_t size_bytes, uint64_t seed,
                        size_t arm, zcb_arm_retained *out);

#endif
