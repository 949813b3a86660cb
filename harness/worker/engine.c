/* See engine.h. */
#include "worker/engine.h"

#include "worker/schedule.h"

#include <string.h>
#include <sys/resource.h>

enum { WARM_UP_NS = 1000000 };

static uint64_t minor_faults(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (uint64_t)usage.ru_minflt;
}

/* One timed region: adds its time and faults to *out. */
static int run_region(const zcb_prepared_arm *arm, uint64_t iterations, zcb_engine_clock clock,
                      zcb_visit *out)
{
    uint64_t elapsed_ns = 0;
    if (arm->ready != NULL && arm->ready(arm->self, iterations) < 0) {
        return -1;
    }
    zcb_gbench_visit visit = {arm->loop, arm->self, iterations, clock.now, clock.context};
    uint64_t faults = minor_faults();
    int result = zcb_gbench_run(&visit, &elapsed_ns);
    out->minor_faults += minor_faults() - faults;
    out->elapsed_ns += elapsed_ns;
    if (arm->after != NULL) {
        arm->after(arm->self);
    }
    if (result < 0 && !PyErr_Occurred()) {
        PyErr_SetString(PyExc_RuntimeError, "the benchmark engine refused the visit");
    }
    return result;
}

int zcb_visit_arm(const zcb_prepared_arm *arm, uint64_t iterations, zcb_engine_clock clock,
                  zcb_visit *out)
{
    uint64_t left = iterations, most = arm->at_once > 0 ? arm->at_once : iterations;
    zcb_visit sum = *out;
    sum.iterations = iterations;
    sum.elapsed_ns = sum.minor_faults = 0;
    do {
        uint64_t now = left < most ? left : most;
        if (run_region(arm, now, clock, &sum) < 0) {
            return -1;
        }
        left -= now;
    } while (left > 0);
    *out = sum;
    return 0;
}

/* 1 when `arm` is visited in sparse blocks only. */
static int is_sparse(const zcb_prepared *prepared, size_t arm)
{
    return arm + 2 >= prepared->arm_count; /* twin and limit stand last */
}

/* A quarter of a visit for C code, which has only caches and an allocator to warm (at least 4
 * operations of a slow kind: the allocator's thresholds move with the first ones). Bytecode goes on
 * to `warmup` iterations or to the end of its time. */
static int warm_up_arm(const zcb_prepared_arm *arm, uint64_t count, uint64_t warmup,
                       zcb_engine_clock clock)
{
    zcb_visit visit = {0};
    uint64_t quarter = count / 4 > 4 ? count / 4 : count < 4 ? count : 4;
    uint64_t done = 0, spent_ns = 0, step = warmup > 0 ? count : quarter;
    do {
        if (zcb_visit_arm(arm, step, clock, &visit) < 0) {
            return -1;
        }
        done += step;
        spent_ns += visit.elapsed_ns;
        step = warmup > done && warmup - done < count ? warmup - done : count;
    } while (done < warmup &&
             spent_ns + visit.elapsed_ns / visit.iterations * step <= WARM_UP_NS);
    return 0;
}

int zcb_warm_up(const zcb_prepared *prepared, const zcb_blocks *blocks, zcb_engine_clock clock)
{
    for (size_t arm = 0; arm < prepared->arm_count; arm++) {
        if (arm == prepared->arm_count - 2) {
            continue;
        }
        int specialises = prepared->pair == NULL && !is_sparse(prepared, arm);
        if (warm_up_arm(&prepared->arms[arm], blocks->counts[arm],
                        specialises ? blocks->warmup : 0, clock) < 0) {
            return -1;
        }
    }
    return 0;
}

size_t zcb_visit_count(const zcb_prepared *prepared, const zcb_blocks *blocks)
{
    size_t full = (blocks->blocks + blocks->sparse_every - 1) / blocks->sparse_every;
    return blocks->blocks * (prepared->arm_count - 2) + full * 2;
}

int zcb_measure(const zcb_prepared *prepared, const zcb_blocks *blocks, zcb_engine_clock clock,
                zcb_visit *visits)
{
    zcb_random random = {blocks->seed};
    zcb_latin full = {.count = prepared->arm_count};
    zcb_latin reduced = {.count = prepared->arm_count - 2};
    size_t made = 0;
    for (uint32_t block = 0; block < blocks->blocks; block++) {
        zcb_latin *latin = block % blocks->sparse_every == 0 ? &full : &reduced;
        uint32_t order[ZCB_ARMS_MAX];
        zcb_latin_next(latin, &random, order);
        for (uint32_t place = 0; place < latin->count; place++) {
            uint32_t arm = order[place];
            zcb_visit *visit = &visits[made++];
            *visit = (zcb_visit){.block = block, .order = place, .arm = arm};
            if (zcb_visit_arm(&prepared->arms[arm], blocks->counts[arm], clock, visit) < 0) {
                return -1;
            }
        }
    }
    return 0;
}
