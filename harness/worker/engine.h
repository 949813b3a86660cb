/* Visits: one arm timed through Google Benchmark, and a cell's warm-up and blocks made of them. */
#ifndef ZCB_WORKER_ENGINE_H
#define ZCB_WORKER_ENGINE_H

#include "worker/gbench.h"
#include "worker/prepared.h"

/* The clock that visits are timed by; zero value: CLOCK_MONOTONIC_RAW. Tests give a scripted one. */
typedef struct zcb_engine_clock {
    zcb_clock now;
    void *context;
} zcb_engine_clock;

typedef struct zcb_visit {
    uint32_t block, order, arm; /* arm: index in the zcb_prepared */
    uint64_t iterations, elapsed_ns, minor_faults;
} zcb_visit;

/* What a cell's measuring consists of. */
typedef struct zcb_blocks {
    uint64_t counts[ZCB_ARMS_MAX]; /* iterations per visit, by arm index; > 0 */
    uint32_t blocks;
    uint32_t sparse_every; /* twin and limit join blocks 0, s, 2s, …; 1: every block */
    uint64_t warmup;       /* iterations of a cheap arm before the first block */
    uint64_t seed;         /* of the orders */
} zcb_blocks;

/* One visit of `arm` (block, order and arm of *out are left alone): one timed region, or a
 * chain of them whose times are added where each operation consumes a source of a pool. Faults
 * are read outside the timed regions. 0, or -1 with a Python exception set. */
int zcb_visit_arm(const zcb_prepared_arm *arm, uint64_t iterations, zcb_engine_clock clock,
                  zcb_visit *out);

/* Visits every arm but twin (it is copy) before anything counts: C code a quarter of a visit (at least
 * 4 operations, or all of fewer), bytecode at least one visit and up to
 * `warmup` iterations as long as they take below 1 ms — the adaptive interpreter and JIT thresholds
 * are passed, slow arms cost no more than a visit. 0, or -1 with a Python exception set. */
int zcb_warm_up(const zcb_prepared *prepared, const zcb_blocks *blocks, zcb_engine_clock clock);

/* Number of visits that zcb_measure will make. */
size_t zcb_visit_count(const zcb_prepared *prepared, const zcb_blocks *blocks);

/* All blocks in random balanced order into visits[zcb_visit_count]. 0, or -1 with a Python exception
 * set. */
int zcb_measure(const zcb_prepared *prepared, const zcb_blocks *blocks, zcb_engine_clock clock,
                zcb_visit *visits);

#endif
