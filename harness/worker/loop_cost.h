/* What the loops themselves cost: both lanes with an empty operation, beside timeit's own loop. */
#ifndef ZCB_WORKER_LOOP_COST_H
#define ZCB_WORKER_LOOP_COST_H

#include "base/error.h"

/* Measures in interleaved rounds and prints one CSV line per loop: the median of ns per iteration
 * with the lowest and highest round. 0, or -1 with the reason. */
int zcb_loop_cost(zcb_error *error);

#endif
