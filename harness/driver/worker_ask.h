/* A worker program asked something that is not measured: what pairs it has, what a loop costs,
 * whether the lies are lies. It sees the environment of one that measures, so that it answers for
 * it. */
#ifndef ZCB_DRIVER_WORKER_ASK_H
#define ZCB_DRIVER_WORKER_ASK_H

#include "driver/child.h"

/* As zcb_child_run with ZCB_CHILD_KEEP, in a worker's scrubbed environment. The caller clears *out
 * in every case. */
int zcb_worker_ask(const char *const *argv, unsigned limit_ms, zcb_child *out,
                   zcb_error *error);

#endif
