/* The workers of one phase of a run: one process per variant and set of required modules,
 * started when first needed, restarted when lost, each start a row of launches.csv. */
#ifndef ZCB_DRIVER_POOL_H
#define ZCB_DRIVER_POOL_H

#include "base/error.h"
#include "driver/session.h"
#include "driver/worker_process.h"

#define ZCB_POOL_NO_CELL SIZE_MAX

/* One place for a worker. Invariant: worker is NULL or running, `row` its row in
 * session->launches. */
typedef struct zcb_pool_slot {
    zcb_worker *worker;
    size_t row;
    uint64_t steal_ms; /* of the machine, at the start */
    uint32_t starts;
    size_t last, before; /* cells of the worker's last two jobs; ZCB_POOL_NO_CELL: none */
    char given_up[512];  /* why no further start is tried; "" otherwise */
} zcb_pool_slot;

/* Borrows everything but the slots. */
typedef struct zcb_pool {
    zcb_session *session;
    const char *phase; /* proof calibrate measure memory confirm */
    uint32_t launch;   /* 0 outside measuring */
    uint64_t seed;
    const char *preload; /* NULL none */
    zcb_pool_slot *slots;
} zcb_pool;

/* Makes a pool without workers for a phase of the session's run, whose every variant and set of
 * modules gets a slot. The caller closes it, also after a failure. 0 or -1 (memory). */
int zcb_pool_init(zcb_pool *pool, zcb_session *session, const char *phase, uint32_t launch,
                  uint64_t seed, const char *preload, zcb_error *error);

/* The worker for `cell`, started if need be: 0 and *out set (borrowed, until the next call); 1
 * when this cell can't be measured, with why in `error`; -1 on the driver's own trouble or a
 * signal. */
int zcb_pool_worker(zcb_pool *pool, size_t cell, zcb_worker **out, zcb_error *error);

/* Notes a job's outcome for the worker of `cell`; a worker that is dead becomes a `lost` row,
 * and the next cell starts another. So does one that goes on after a job's last line: that job's cell
 * has failed, whichever job was met by it. */
void zcb_pool_note(zcb_pool *pool, size_t cell, const zcb_outcome *outcome);

/* Ends all workers, their rows get `status` (ok, interrupted); releases the slots. */
void zcb_pool_close(zcb_pool *pool, const char *status);

#endif
