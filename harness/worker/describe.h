/* What this worker is and which pairs it can run, as JSON for the driver. */
#ifndef ZCB_WORKER_DESCRIBE_H
#define ZCB_WORKER_DESCRIBE_H

#include "base/error.h"

/* Prints the description to stdout: the interpreter, all C pairs, and the `count` pair files at
 * `paths`; a file that can't be used is listed under "errors". 0, or -1 with the reason. */
int zcb_describe(char *const *paths, int count, zcb_error *error);

#endif
