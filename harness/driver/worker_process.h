/* A worker under supervision: started, spoken to, timed out, killed. Knows the wire, not the
 * plan.
 *
 * A worker that breaks the protocol, dies or outlives a limit costs the job at hand: the
 * outcome says why, and zcb_worker_is_alive tells whether the process can take another job. */
#ifndef ZCB_DRIVER_WORKER_PROCESS_H
#define ZCB_DRIVER_WORKER_PROCESS_H

#include "base/error.h"
#include "base/words.h"
#include "store/cells.h"
#include "store/memory_rows.h"
#include "store/run.h"

#include <stddef.h>
#include <stdint.h>

typedef struct zcb_worker zcb_worker;

/* What a worker is started with. Borrowed for the call. */
typedef struct zcb_worker_options {
    const zcb_variant *variant;
    const char *const *pair_names; /* python-lane pairs to compile … */
    const char *const *pair_files; /* … and their files */
    size_t pair_count;
    const char *modules;     /* imported at start-up, parted by commas; "" none */
    const char *preload;     /* shared object put before the worker (memory pass); NULL none */
    uint64_t seed;           /* hash seed and environment padding follow from it */
    uint32_t env_pad_bytes;  /* 0–4095, derived by the caller from seed and recorded */
    unsigned start_limit_ms; /* until hello; 0: 60 s */
    const volatile int *interrupt; /* see zcb_worker_set_interrupt; holds from the start on */
} zcb_worker_options;

/* Starts a worker in a process group of its own that dies with the driver, loads the pairs,
 * waits for hello. The environment is scrubbed: only PATH, HOME, TMPDIR, LANG, and the settings
 * numpy needs. 0 and *out set (owned by the caller), or -1. A pair that could not be compiled
 * does not fail the start: see zcb_worker_load_error. */
int zcb_worker_start(const zcb_worker_options *options, zcb_worker **out, zcb_error *error);

/* The worker's one line why `pair` could not be compiled, or NULL. Borrowed. */
const char *zcb_worker_load_error(const zcb_worker *worker, const char *pair);

/* 1 while the process can take a job. */
int zcb_worker_is_alive(const zcb_worker *worker);

/* Which job went on after its last line. */
typedef enum zcb_last_word {
    ZCB_LAST_WORD_NONE,
    ZCB_LAST_WORD_OF_JOB,       /* the last one: something waits to be received */
    ZCB_LAST_WORD_OF_JOB_BEFORE /* the one before: the last passed its lines over, and is good */
} zcb_last_word;

/* Asked between two jobs. A worker of which there is one can take no other job. */
zcb_last_word zcb_worker_last_word(const zcb_worker *worker);

/* Ends the worker: asks, waits shortly, kills its process group; NULL is allowed. */
void zcb_worker_stop(zcb_worker *worker);

/* An arm's count, as in zcb_calibration. */
typedef struct zcb_count {
    char arm[ZCB_NAME_MAX + 1];
    uint64_t iterations;
    uint64_t visit_ns; /* of that many iterations; 0 unknown */
} zcb_count;

/* One visit as it came over the wire. */
typedef struct zcb_visit_line {
    uint32_t block, order;
    uint32_t arm; /* index in the job's counts */
    uint64_t iterations, elapsed_ns, minor_faults;
} zcb_visit_line;

typedef struct zcb_job {
    const zcb_cell *cell;
    uint64_t seed;
    unsigned limit_ms; /* the whole job; the worker's parent kills the child then, the driver
                          kills the worker 2 s later */
    uint64_t visit_ns; /* calibrate: target */
    uint64_t warmup;   /* measure: iterations of a cheap arm */
    uint32_t blocks;   /* measure */
    uint32_t sparse_every; /* measure: twin and limit join every … block; 1: each */
    const zcb_count
        *counts; /* calibrate: start values, may be NULL; measure: the frozen counts */
    size_t count_count;
} zcb_job;

/* What the memory pass says of one arm. */
typedef struct zcb_finding {
    char arm[ZCB_NAME_MAX + 1];
    zcb_memory_figures figures;
    zcb_meaning meaning;
} zcb_finding;

/* How a job ended. Zero value: empty. */
typedef struct zcb_outcome {
    char status[24];  /* ok error refused exit:N signal:N timeout garbage lost */
    char reason[512]; /* one sentence; empty when ok */
    uint64_t involuntary_switches, peak_kib;
    zcb_count counts[ZCB_ARMS_MAX]; /* calibrate */
    size_t count_count;
    int settled;            /* calibrate: all arms settled */
    int chained;            /* calibrate: some arm's visits are several timed regions */
    zcb_visit_line *visits; /* measure; owned */
    size_t visit_count;
    zcb_finding findings[ZCB_ALTERNATIVES_MAX + 1]; /* memory: copy, then the alternatives */
    size_t finding_count;
} zcb_outcome;

/* 0 whenever an outcome is there, also a bad one; -1 only for the driver's own trouble (memory)
 * or when *interrupted becomes non-zero while waiting (error.exit_code then is
 * ZCB_EXIT_SIGINT). A `measure` outcome is ok only if every visit of every block came exactly
 * once with its arm's count. */
int zcb_worker_proof(zcb_worker *worker, const zcb_job *job, zcb_outcome *out,
                     zcb_error *error);
int zcb_worker_calibrate(zcb_worker *worker, const zcb_job *job, zcb_outcome *out,
                         zcb_error *error);
int zcb_worker_measure(zcb_worker *worker, const zcb_job *job, zcb_outcome *out,
                       zcb_error *error);

/* For a worker started with the preload; of the job only the cell's pair, lane and size count.
 */
int zcb_worker_memory(zcb_worker *worker, const zcb_job *job, zcb_outcome *out,
                      zcb_error *error);

void zcb_outcome_clear(zcb_outcome *outcome);

/* Waiting calls return early with -1 once *flag is non-zero (set by a signal handler); NULL:
 * never. */
void zcb_worker_set_interrupt(zcb_worker *worker, const volatile int *flag);

#endif
