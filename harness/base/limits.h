/* What a container or a shell allows this process: a machine may have more than a run gets. */
#ifndef ZCB_BASE_LIMITS_H
#define ZCB_BASE_LIMITS_H

#include <stdint.h>

/* 0 where nothing limits it, or where it can't be learnt. */
typedef struct zcb_limits {
    double cpus;           /* CPU time per second that control groups (v1 or v2) grant */
    uint64_t memory_bytes; /* the smaller of control groups' and RLIMIT_AS's */
} zcb_limits;

/* Reads the limits of this process and of all control groups above it. `root` is "" or, in
 * tests, a folder that stands for /. */
zcb_limits zcb_limits_read(const char *root);

#endif
