/* From a run's folder to its verdict: what `run` and every command that measures a user's own
 * code have in common. */
#ifndef ZCB_DRIVER_RUN_MEASURE_H
#define ZCB_DRIVER_RUN_MEASURE_H

#include "base/error.h"
#include "driver/session.h"

/* Before: planned, the folder made, locked and written, samples.csv open. Announces, measures,
 * and tells what there is, also after an interruption; the folder is then as whole as it can
 * be. Complains as `command` where something went wrong. Returns the exit code. */
int zcb_run_measure_and_tell(zcb_session *session, const char *command, zcb_error *error);

/* For folder `dir` of a complete run: tells it where that was broken off, else does nothing. 0
 * or -1. */
int zcb_run_tell_again(const zcb_session *session, const char *dir, zcb_error *error);

#endif
