/* What measuring itself costs: a reading of the clock, and the loops around operations. */
#ifndef ZCB_DRIVER_SELFTEST_COST_H
#define ZCB_DRIVER_SELFTEST_COST_H

#include "base/error.h"
#include "stats/interval.h"
#include "store/run.h"

/* Intervals at 95 %. */
typedef struct zcb_costs {
    zcb_interval clock_ns;    /* one reading of the visits' clock */
    zcb_interval capi_ns;     /* the C lane's loop, per iteration, around an empty operation */
    zcb_interval python_ns;   /* the python lane's loop likewise */
    zcb_interval over_timeit; /* the python lane's loop ÷ timeit's */
} zcb_costs;

/* Reads the clock in rounds, and starts the variant's worker some times to measure its loops:
 * the intervals are over rounds and over process starts. Takes about two seconds. 0, or -1 (the
 * worker fails, a signal). */
int zcb_costs_measure(const zcb_variant *variant, zcb_costs *out, zcb_error *error);

/* The `median_ns` of row `loop` in what a worker's --loop-cost prints, or NAN. */
double zcb_loop_cost_find(const char *table, const char *loop);

#endif
