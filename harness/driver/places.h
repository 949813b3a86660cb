/* Where the parts of zcbench lie on this machine. */
#ifndef ZCB_DRIVER_PLACES_H
#define ZCB_DRIVER_PLACES_H

#include "base/error.h"

/* The folder with scripts/, bench/ and plots/: environment ZCB_SHARE_DIR, else the place known
 * at build time. Static storage. */
const char *zcb_share_dir(void);

/* The folder with the worker programs and libzcbcount.so: environment ZCB_WORKER_DIR, else
 * where this program lies. Owned by the caller; NULL and `error` filled on failure. */
char *zcb_worker_dir(zcb_error *error);

/* The commit this program was built from, "nogit" where it is unknown. Static storage. */
const char *zcb_tool_commit(void);

/* The compiler this program was built with, e.g. "GCC 12.2.0". Static storage. */
const char *zcb_tool_compiler(void);

#endif
