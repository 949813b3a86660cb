/* The judge of one job: takes the worker's lines one by one and decides whether they are,
 * together, an answer that may be believed. Pure: no descriptors, no clock. */
#ifndef ZCB_DRIVER_WORKER_JUDGE_H
#define ZCB_DRIVER_WORKER_JUDGE_H

#include "driver/worker_process.h"

#define ZCB_TOKEN_DIGITS 16

typedef enum zcb_job_kind {
    ZCB_JOB_PROOF,
    ZCB_JOB_CALIBRATE,
    ZCB_JOB_MEASURE,
    ZCB_JOB_MEMORY
} zcb_job_kind;

typedef enum zcb_verdict {
    ZCB_JUDGE_GOES_ON,
    ZCB_JUDGE_ENDED,  /* the last line came: the outcome is complete */
    ZCB_JUDGE_GARBAGE /* the outcome says so and holds no figures: the worker can't be trusted
                       */
} zcb_verdict;

/* Invariant: job and out are borrowed; masks are owned and exist for `measure` only. */
typedef struct zcb_judge {
    zcb_job_kind kind;
    const zcb_job *job;
    zcb_outcome *out;
    char token[ZCB_TOKEN_DIGITS + 1];
    char before[ZCB_TOKEN_DIGITS +
                1];      /* the worker's job before, whose lines are passed over; "" */
    unsigned late_lines; /* of that job */
    int has_proved;
    char said[sizeof((zcb_outcome *)0)->reason]; /* by a `refused` or an `error` line */
    uint64_t visits_expected;
    uint8_t *masks; /* of block b: [2b] the places taken, [2b + 1] the arms seen, a bit each */
} zcb_judge;

/* 1 when arm `index` of the job is visited in `block`. */
int zcb_judge_is_visited(const zcb_job *job, size_t index, uint32_t block);

/* Before: the job stays as it is until the end; *out is empty. 0, or -1 (memory, a job that
 * makes no sense) with nothing to release. */
int zcb_judge_begin(zcb_judge *judge, zcb_job_kind kind, const zcb_job *job, uint64_t token,
                    zcb_outcome *out, zcb_error *error);

/* Takes `line` apart in place. */
zcb_verdict zcb_judge_line(zcb_judge *judge, char *line);

/* Declares the job's answer garbage for the printf-style reason; figures taken so far are
 * dropped. Always ZCB_JUDGE_GARBAGE. */
zcb_verdict zcb_judge_garbage(zcb_judge *judge, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Releases the judge, not the outcome. */
void zcb_judge_end(zcb_judge *judge);

#endif
