/* Other programs run to their end — scripts, a worker that describes its pairs — with what they
 * print caught. */
#ifndef ZCB_DRIVER_CHILD_H
#define ZCB_DRIVER_CHILD_H

#include "base/error.h"

#include <stddef.h>

#define ZCB_CHILD_OUTPUT_MAX (32u << 20) /* bytes of stdout; more is an error */

/* What a program left. Zero value: empty. Owns `out`. */
typedef struct zcb_child {
    int status;        /* as from waitpid */
    char *out;         /* stdout, NUL-terminated */
    size_t out_length; /* bytes without the NUL: shorter than strlen if it held NULs */
    /* The first and the last line of stderr that aren't empty, without control characters. */
    char first_line[512], last_line[512];
} zcb_child;

/* Where the program's stderr goes. */
typedef enum zcb_child_stderr { ZCB_CHILD_KEEP, ZCB_CHILD_PASS } zcb_child_stderr;

/* Runs argv[0] (looked up on PATH when it has no slash) without a shell, stdin empty, and
 * waits. With ZCB_CHILD_PASS stdout and stderr both go to our stderr and nothing is kept.
 * limit_ms 0: no limit; a program that outlives it is killed. 0 when it was started and ended
 * by itself, whatever its status; -1 when it can't be started, was killed for its limit or for
 * too much output, or when a signal asked the driver to stop. The caller clears *out in every
 * case. */
int zcb_child_run(const char *const *argv, zcb_child_stderr mode, unsigned limit_ms,
                  zcb_child *out, zcb_error *error);

/* The same with an environment of its own, NULL-terminated; NULL: ours. */
int zcb_child_run_in(const char *const *argv, char *const *environment, zcb_child_stderr mode,
                     unsigned limit_ms, zcb_child *out, zcb_error *error);

/* 1 when the program ended by exiting with 0. */
int zcb_child_succeeded(const zcb_child *child);

/* How it ended in words: "exit 3", "signal 11 (Segmentation fault)". Returns `out`. */
char *zcb_child_status_text(const zcb_child *child, char *out, size_t size);

void zcb_child_clear(zcb_child *child);

#endif
