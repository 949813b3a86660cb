/* Ctrl-C and SIGTERM end a run in order: a flag is set, whoever waits returns, files are
 * written. */
#ifndef ZCB_DRIVER_SIGNALS_H
#define ZCB_DRIVER_SIGNALS_H

#include "base/error.h"

/* From now on the first SIGINT or SIGTERM only sets the flag; a second one ends the process at
 * once (its workers die with it). SIGPIPE and SIGXFSZ are ignored: a closed
 * stdout and a file at its size limit become write errors. */
void zcb_signals_catch(void);

/* The flag: 0, or the number of the signal that came. Static storage. */
const volatile int *zcb_signals_flag(void);

/* 130 after SIGINT, 143 after SIGTERM, else 0. */
zcb_exit zcb_signals_exit_code(void);

/* Fills `error` with "interrupted" and the signal's exit code; returns -1. */
int zcb_signals_fail(zcb_error *error);

#endif
