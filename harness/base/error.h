/* How a failure travels: a function returns 0 or -1 and fills a caller-owned zcb_error.
 * Nothing below the command layer prints. */
#ifndef ZCB_BASE_ERROR_H
#define ZCB_BASE_ERROR_H

#include "base/compiler.h"

/* Exit codes of every zcbench command. */
typedef enum zcb_exit {
    ZCB_EXIT_OK = 0,
    ZCB_EXIT_INTERNAL = 1, /* internal error, disk full: data kept, resumable */
    ZCB_EXIT_USAGE = 2,    /* usage, bad input file, error in the user's code, unusable --out */
    ZCB_EXIT_REGRESSION = 3,   /* gate: a regression was shown */
    ZCB_EXIT_INCONCLUSIVE = 4, /* gate, selftest: too noisy to say */
    ZCB_EXIT_NOTHING = 5,      /* nothing measured, refused, not comparable, no baseline */
    ZCB_EXIT_SIGINT = 130,
    ZCB_EXIT_SIGPIPE = 141, /* nobody reads stdout any more: nothing is said */
    ZCB_EXIT_SIGTERM = 143
} zcb_exit;

/* Invariant: text is NUL-terminated, one line, without a final full stop or newline. */
typedef struct zcb_error {
    zcb_exit exit_code; /* what the process should exit with if nobody handles this */
    char text[1024];
} zcb_error;

/* Fills `error` (ignored when NULL) with a printf-style sentence, cut to fit; newlines and other
 * control characters become spaces. Always returns -1, so that callers write `return zcb_fail(…)`. */
int zcb_fail(zcb_error *error, zcb_exit exit_code, const char *format, ...) ZCB_PRINTF(3, 4);

#endif
