/* What looks like a copy or a view and is none, asked of this interpreter: bench/lies.py. */
#ifndef ZCB_WORKER_LIES_H
#define ZCB_WORKER_LIES_H

#include "base/error.h"

/* Prints what becomes of the statements listed at `path` as JSON to stdout: name, statement,
 * claim, found and note of each; found is empty where a module is missing, the note then says
 * which. Puts the memory hooks in. 0, or -1 with the reason. */
int zcb_lies(const char *path, zcb_error *error);

#endif
