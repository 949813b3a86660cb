/* `zcbench list --lies`: the statements that only look like copies or views. */
#ifndef ZCB_DRIVER_LIST_LIES_H
#define ZCB_DRIVER_LIST_LIES_H

#include "base/error.h"
#include "driver/common_options.h"

/* Asks the interpreters of `options` and prints what becomes of each statement, as a table or
 * as JSON: {"schema":1,"lies":[{"lie","statement","claim","note","found":{"cp311":"same
 * object"}}]}, found
 * "" where a module is missing. 0 or -1. */
int zcb_list_lies(const zcb_common_options *options, zcb_error *error);

#endif
