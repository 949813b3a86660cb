/* Where the parts of zcbench lie on this machine. */
#ifndef ZCB_DRIVER_PLACES_H
#define ZCB_DRIVER_PLACES_H

#include "base/error.h"

/* The folder with scripts/, bench/ and plots/: environment ZCB_SHARE_DIR, else that of the
 * installation this program lies in, else the tree it was built from. Static storage. */
const char *zcb_share_dir(void);

/* The folder where worker programs and libzcbcount.so are built: environment ZCB_WORKER_DIR;
 * else, when installed, one of the user's own under $XDG_CACHE_HOME or ~/.cache, which need not
 * exist; else where this program lies. Owned by the caller; NULL and `error` filled on failure.
 */
char *zcb_worker_dir(zcb_error *error);

/* The folder with the worker programs that were installed along, never written to; NULL where
 * ZCB_WORKER_DIR is set or this program isn't installed. Static storage. */
const char *zcb_installed_worker_dir(void);

/* 1 when workers are looked for where this program lies: what `make` builds together. */
int zcb_is_in_build_folder(void);

/* The path of the file `name` that lies beside the workers, the installed ones first, whether
 * it is there or not. Owned by the caller; NULL and `error` filled on failure. */
char *zcb_beside_workers(const char *name, zcb_error *error);

/* How to call zcbench again from here: as it was called where that names its file
 * ("build/zcbench"), else "zcbench". Static storage; not made safe for showing. */
const char *zcb_program(void);

/* The commit this program was built from, "nogit" where it is unknown. Static storage. */
const char *zcb_tool_commit(void);

/* Its date, as 2026-11-22; "" where it is unknown. Static storage. */
const char *zcb_tool_date(void);

/* The compiler this program was built with, e.g. "GCC 12.2.0". Static storage. */
const char *zcb_tool_compiler(void);

#endif
