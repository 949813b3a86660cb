/* Whether driver, worker and libzcbcount.so were built from the same sources: asked before a worker
 * is used, since others would misread each other's structures and crash, or count wrongly. */
#ifndef ZCB_WORKER_IDENTITY_CHECK_H
#define ZCB_WORKER_IDENTITY_CHECK_H

#include "base/error.h"

/* Answers a driver that was built from the sources of `driver` (see base/identity.h); `library` is
 * the path of libzcbcount.so, or NULL. Prints nothing and returns ZCB_EXIT_OK when all are alike; else
 * prints which part is not, "worker" or "library", and returns ZCB_EXIT_USAGE. */
zcb_exit zcb_identity_answer(const char *driver, const char *library);

/* 0 when the preload object in this process is of this worker's build, or there is none; else -1
 * with a sentence. */
int zcb_identity_check_preload(zcb_error *error);

#endif
