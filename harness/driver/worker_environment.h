/* What a worker's environment holds: built from nothing, so that no variable of the caller's
 * shell reaches the measurement unseen. */
#ifndef ZCB_DRIVER_WORKER_ENVIRONMENT_H
#define ZCB_DRIVER_WORKER_ENVIRONMENT_H

#include "driver/worker_process.h"

#define ZCB_ENV_PAD_MAX 4095

/* PATH, HOME, TMPDIR where the driver has them, the locale, one thread for BLAS, no huge-page
 * advice from numpy (it depends on history), ZCB_PAD with env_pad_bytes characters, LD_PRELOAD
 * when asked for, and a sanitizer's options. NULL-terminated, owned by the caller; NULL when
 * memory is short. */
char **zcb_worker_environment(const zcb_worker_options *options);

/* NULL is allowed. */
void zcb_worker_environment_free(char **environment);

#endif
