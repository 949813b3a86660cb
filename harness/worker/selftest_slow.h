/* What the slow-down pairs share: they differ in the length of one operation only. */
#ifndef ZCB_WORKER_SELFTEST_SLOW_H
#define ZCB_WORKER_SELFTEST_SLOW_H

#include "worker/selftest_work.h"

#define SELFTEST_SLOW_NOTE                                                                     \
    "multiplications in one chain; an alternative is copy's own code and one spin of the "     \
    "named share at a visit's end; null is the longest spin alone"

enum { SLOW_STEPS }; /* in numbers: multiplications per operation */

static int slow_set_up(zcb_case *c, Py_ssize_t steps)
{
    c->numbers[SLOW_STEPS] = steps;
    return zcb_selftest_set_up(c);
}

static uint64_t slow_steps(const zcb_case *c)
{
    return (uint64_t)c->numbers[SLOW_STEPS];
}

static int slow_copy_loop(const zcb_case *c, uint64_t iterations)
{
    return zcb_selftest_keep(zcb_selftest_work(1, iterations, slow_steps(c)));
}

static int slow_null_loop(const zcb_case *c, uint64_t iterations)
{
    return zcb_selftest_keep(
        zcb_selftest_spin(iterations, slow_steps(c), ZCB_SELFTEST_SPIN_PER_MILLE));
}

#define SLOW_LOOP(arm, per_mille)                                                              \
    static int slow_loop_##per_mille(const zcb_case *c, uint64_t iterations)                   \
    {                                                                                          \
        return zcb_selftest_keep(                                                              \
            zcb_selftest_slow_work(iterations, slow_steps(c), per_mille));                     \
    }
ZCB_SELFTEST_SLOW_ARMS(SLOW_LOOP)
#undef SLOW_LOOP

#define SLOW_VIEW(arm, per_mille) {arm, zcb_selftest_once, slow_loop_##per_mille},
#define SELFTEST_SLOW_VIEWS                                                                    \
    {                                                                                          \
        ZCB_SELFTEST_SLOW_ARMS(SLOW_VIEW)                                                      \
    }

#endif
