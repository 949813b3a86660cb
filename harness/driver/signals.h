/* Ctrl-C and SIGTERM end a run in order: a flag is set, whoever waits returns, files are
 * written. */
#ifndef ZCB_DRIVER_SIGNALS_H
#define ZCB_DRIVER_SIGNALS_H

#include "base/error.h"

/* From now on the first SIGINT or SIGTERM only sets the flag; another one more than half a
 * second later ends the process at once (its workers die with it), one that comes sooner says
 * the same again: `timeout` signals a process, then its group. SIGINT is caught also where it
 * came ignored, as in a script's background job: whoever sends it there means it. SIGXFSZ is
 * ignored: a file at its size limit becomes a write error, as a pipe without a reader does
 * (streams.h). */
void zcb_signals_catch(void);

/* The flag: 0, or the number of the signal that came. Static storage. */
const volatile int *zcb_signals_flag(void);

/* 130 after SIGINT, 143 after SIGTERM, else 0. */
zcb_exit zcb_signals_exit_code(void);

/* Fills `error` with "interrupted" and the signal's exit code; returns -1. */
int zcb_signals_fail(zcb_error *error);

#endif
