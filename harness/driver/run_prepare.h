/* From the words after `zcbench run` to a planned session, before anything is written. */
#ifndef ZCB_DRIVER_RUN_PREPARE_H
#define ZCB_DRIVER_RUN_PREPARE_H

#include "base/error.h"
#include "driver/session.h"

/* Finds interpreters, pairs and the plan for session->options, which are set; makes cells.
 * Writes nothing. 0 or -1. */
int zcb_run_prepare(zcb_session *session, zcb_error *error);

/* libzcbcount.so beside the workers, if it is there: sets session->preload. */
int zcb_run_find_preload(zcb_session *session, zcb_error *error);

/* Before the first phase: sets the deadline of a budget, if there is one. */
void zcb_run_set_deadline(zcb_session *session);

/* After calibration: plans as many launches as fit before the deadline. */
void zcb_run_fit_budget(zcb_session *session);

/* Tells on stderr what will be measured with: version, interpreters, what was left out, the
 * machine. */
void zcb_run_announce(const zcb_session *session);

#endif
