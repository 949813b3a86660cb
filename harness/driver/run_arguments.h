/* The words of the command line as run.json keeps them: enough to run the same again. */
#ifndef ZCB_DRIVER_RUN_ARGUMENTS_H
#define ZCB_DRIVER_RUN_ARGUMENTS_H

#include "base/error.h"
#include "store/run.h"

/* Fills run->arguments (empty before) with `run` and argv[1…argc), a user's pair files with
 * their full path, so that a resumed run finds them from anywhere. To be called before the
 * words are parsed, which reorders them. 0 or -1 (memory). */
int zcb_run_record_arguments(zcb_run *run, int argc, char **argv, zcb_error *error);

#endif
