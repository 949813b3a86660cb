/* Start and end of the embedded interpreter, and its errors as zcb_error. */
#ifndef ZCB_WORKER_EMBED_H
#define ZCB_WORKER_EMBED_H

#include "worker/compat.h"

#include "base/error.h"

#include <stdint.h>

typedef struct zcb_embed_options {
    const char
        *program; /* the python to pose as: its prefix and site-packages are found from it */
    const char *path;   /* put first on sys.path; NULL or "" none */
    uint32_t hash_seed; /* 0: hash randomisation off */
} zcb_embed_options;

/* Initialises Python in isolated mode, UTF-8, without its command line and environment. Once per
 * process. 0, or -1 with the reason. */
int zcb_embed_start(const zcb_embed_options *options, zcb_error *error);

/* Imports each of `modules` (parted by commas, may be ""). 0, or -1 with the reason. */
int zcb_embed_import(const char *modules, zcb_error *error);

/* Collects garbage, freezes what is left and disables the collector: nothing of start-up is looked
 * at or moved again. 0, or -1. */
int zcb_embed_freeze(zcb_error *error);

/* Py_FinalizeEx: 0, or -1 when Python reports an error. All references of ours must be gone. */
int zcb_embed_finish(void);

/* Turns the Python exception that is set into `error` (one line that points at the user's line where
 * there is one) and clears it. Always -1. */
int zcb_embed_error(zcb_error *error);

#endif
