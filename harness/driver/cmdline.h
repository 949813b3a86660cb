/* What argp can't do by itself: an unknown option gets one line with the nearest name, and exit
 * code 2. */
#ifndef ZCB_DRIVER_CMDLINE_H
#define ZCB_DRIVER_CMDLINE_H

#include "base/error.h"

#include <argp.h>

/* Parses `argv` (argv[0] is the command's name) with `argp` after checking every option's name
 * and need for an argument against argp's options and those of its children. Parsers report
 * their own errors by filling the zcb_error they find in their input and returning EINVAL.
 * --help, --usage and --version print and end the process with 0. 0, or -1 and `error` filled,
 * exit code 2 where nothing else was set. */
int zcb_cmdline_parse(const struct argp *argp, int argc, char **argv, void *input,
                      zcb_error *error);

/* Sets what argp keeps in globals: program version, exit code. Once, at the start of the
 * program. */
void zcb_cmdline_init(void);

#endif
