/* One job in a child of its own: a proof, a calibration, the measuring of one cell, a memory pass,
 * a look for leaks. */
#ifndef ZCB_WORKER_JOB_H
#define ZCB_WORKER_JOB_H

#include "base/words.h"

#include <stddef.h>
#include <stdint.h>

typedef enum zcb_job_kind {
    ZCB_JOB_PROOF,
    ZCB_JOB_CALIBRATE,
    ZCB_JOB_MEASURE,
    ZCB_JOB_MEMORY,
    ZCB_JOB_LEAKS
} zcb_job_kind;

/* A job as it came over the wire (base/wire.h). */
typedef struct zcb_job {
    zcb_job_kind kind;
    char token[17];
    char pair[ZCB_NAME_MAX + 1];
    zcb_lane lane;
    zcb_heap heap;
    zcb_cache cache;
    zcb_consumer consumer;
    uint64_t size_bytes, seed, limit_ms, visit_ns, blocks, sparse_every, warmup;
    size_t count_count;
    char count_arms[ZCB_ARMS_MAX][ZCB_NAME_MAX + 1];
    uint64_t counts[ZCB_ARMS_MAX];
} zcb_job;

struct zcb_wire;

/* Reads a job from a message: 0, or -1 when a field is missing or malformed. */
int zcb_job_parse(const struct zcb_wire *wire, zcb_job *out);

/* How a child ends; the worker's parent turns it into `end status=`. */
enum { ZCB_CHILD_OK = 0, ZCB_CHILD_ERROR = 120, ZCB_CHILD_REFUSED = 121 };

/* Does the job in this process and writes its lines to descriptor `to`; returns the child's exit
 * code. Everything it made is left to the end of the process. */
int zcb_job_run(const zcb_job *job, int to);

#endif
