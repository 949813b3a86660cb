/* What the files behind worker_process.h share: the worker itself and its end. */
#ifndef ZCB_DRIVER_WORKER_PRIVATE_H
#define ZCB_DRIVER_WORKER_PRIVATE_H

#include "driver/worker_link.h"
#include "driver/worker_process.h"

#define ZCB_END_GRACE_MS 1000 /* from a closed wire to the end of the process */

/* How a pair's `load` went. */
typedef struct zcb_worker_load {
    char *pair;  /* owned */
    char *error; /* owned; NULL: it compiled */
} zcb_worker_load;

/* Invariant: link.pid is 0 exactly when the process is reaped, and is_alive implies it is not.
 */
struct zcb_worker {
    zcb_link link;
    int is_alive;
    uint64_t seed;
    uint64_t job_count; /* makes each job's token new */
    uint64_t token;     /* of the last job; 0 before the first */
    int is_belated;     /* the last job was met by lines of the one before */
    zcb_worker_load *loads;
    size_t load_count;
};

/* Sees the process end: waits up to grace_ms for it to do so by itself, then kills what is left
 * of its group, reaps it and closes the link; stderr's tail stays. *wait_status is set. 1 when
 * it ended by itself, else 0. Before: link.pid is not 0. */
int zcb_worker_bury(zcb_worker *worker, int64_t grace_ms, int *wait_status);

/* Adds ": " and the end of what the worker wrote to stderr to text[size], as far as it fits. */
void zcb_worker_add_tail(const zcb_worker *worker, char *text, size_t size);

#endif
