/* From `--python` words to variants with a worker program that is there. */
#ifndef ZCB_DRIVER_INTERPRETERS_H
#define ZCB_DRIVER_INTERPRETERS_H

#include "base/error.h"
#include "driver/texts.h"
#include "store/run.h"

#define ZCB_VARIANTS_MAX 64 /* interpreters of one run */

/* Fills run->variants and run->left_out (both empty before): asks scripts/find-python for every
 * word in `asked` (none: the default interpreter), names the variants, builds workers that are
 * missing (scripts/build-worker; told on stderr). An interpreter found through `all` that can't
 * be used goes to left_out; one that was asked for, or a run without any, is an error with exit
 * code 2 and the reason. */
int zcb_interpreters_find(const zcb_texts *asked, zcb_run *run, zcb_error *error);

/* Makes sure that the worker of `variant` is there, building it if need be, and of this driver's
 * build: 0, or -1 with the reason. */
int zcb_interpreter_ensure_worker(const zcb_variant *variant, zcb_error *error);

/* Tries whether a small program can embed `variant`, as is done before its worker is built: 0,
 * or -1 with the reason. */
int zcb_interpreter_try(const zcb_variant *variant, zcb_error *error);

#endif
