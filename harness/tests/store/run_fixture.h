/* A run with every member set to something of its own, and what it means that two runs are
 * equal. */
#ifndef ZCB_TESTS_STORE_RUN_FIXTURE_H
#define ZCB_TESTS_STORE_RUN_FIXTURE_H

#include "store/run.h"

/* Fills an empty run: two interpreters, one left out, one pair, one calibration. */
void fill_run(zcb_run *run, zcb_cells *cells);

/* Fails unless the runs are equal member by member, cells by content. */
void assert_runs_equal(const zcb_run *a, const zcb_cells *cells_a, const zcb_run *b,
                       const zcb_cells *cells_b);

#endif
