/* The phases of a run, in order: every pair proved and its memory looked at, every cell
 * calibrated, every launch measured. */
#ifndef ZCB_DRIVER_PHASES_H
#define ZCB_DRIVER_PHASES_H

#include "base/error.h"
#include "driver/session.h"

/* All return 0 when the phase has ended, whatever became of single cells, or -1: a signal (130,
 * 143), or the driver's own trouble; what was finished before is kept in the session and the
 * folder. */

/* Proves each pair on each variant at its smallest planned size and the largest up to 16 MiB:
 * refused or failed pairs lose all their cells. Pairs with a calibrated cell (a resumed run)
 * have been proved. */
int zcb_run_proof(zcb_session *session, zcb_error *error);

/* Counts what the pairs that were proved allocate, observes what their results mean, and asks
 * about the lies: memory.csv, semantics.csv, lies.csv, each row once, also in a resumed run. A
 * job that fails is told and leaves no row. Takes at most a tenth of a budget. Nothing with
 * --no-memory. */
int zcb_run_memory(zcb_session *session, zcb_error *error);

/* Finds the counts of every open cell that has none, sizes ascending, starting from the size
 * before. */
int zcb_run_calibrate(zcb_session *session, zcb_error *error);

/* What is to be done when planned launch number `launch` has been measured: 0 or -1. */
typedef int zcb_after_launch(zcb_session *session, uint32_t launch, zcb_error *error);

/* Measures every launch of every open cell that is not recorded yet; the folder's tables are
 * written after each launch, then `after` is called (NULL: nothing), which may add calibrated
 * cells. Ends early, without failing, when the deadline of a budget comes. */
int zcb_run_launches(zcb_session *session, zcb_after_launch *after, zcb_error *error);

/* One launch of the questions marked in `wanted` (NULL: all) that are not recorded in it yet;
 * number is 1…launch_stride. Sets *is_over when the deadline came within it. */
int zcb_run_launch(zcb_session *session, uint32_t number, const unsigned char *wanted,
                   int *is_over, zcb_error *error);

/* Closes `cell` and tells it on stderr, the reason led in by `when` ("in launch 3") unless that
 * is NULL. For the phases only. */
void zcb_phase_close_cell(zcb_session *session, size_t cell, zcb_status status,
                          const char *when, const char *reason);

#endif
