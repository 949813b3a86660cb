/* Whether a worker that is there was built from the sources this driver was built from. */
#ifndef ZCB_DRIVER_WORKER_IDENTITY_H
#define ZCB_DRIVER_WORKER_IDENTITY_H

#include "base/error.h"
#include "store/run.h"

/* Asks the worker of `variant`, without starting its Python, whether it and the libzcbcount.so that
 * would be put before it are of this build: 0 when they are, or when it can't be asked (starting it
 * says why); -1, exit code 2, with which isn't and how to build it anew. */
int zcb_worker_check_identity(const zcb_variant *variant, zcb_error *error);

#endif
