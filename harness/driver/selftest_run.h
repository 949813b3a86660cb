/* The measuring of a self-test: the phases of an ordinary run over the instrument's own pairs
 * and some real work, launch after launch until the time is up. */
#ifndef ZCB_DRIVER_SELFTEST_RUN_H
#define ZCB_DRIVER_SELFTEST_RUN_H

#include "base/error.h"
#include "driver/selftest_cost.h"
#include "driver/session.h"

/* Measures until `budget_ns` after session->started_ns. Before: session->options holds the
 * interpreter and seed asked for, and `out`, an empty folder, or NULL for one under results/;
 * the rest is set here. After, also on failure: session->dir, if set, is the folder with what
 * was recorded. Fills *costs first of all. 0, or -1. */
int zcb_selftest_measure(zcb_session *session, uint64_t budget_ns, zcb_costs *costs,
                         zcb_error *error);

#endif
