/* What a worker and its operating system say, made fit for a table: one line of clean UTF-8. */
#ifndef ZCB_DRIVER_WORKER_TEXT_H
#define ZCB_DRIVER_WORKER_TEXT_H

#include <stddef.h>

/* Copies `length` bytes into out[size] as one line: control characters and white space become
 * single spaces, none at the ends; bytes that are not UTF-8 become '?'; cut at a whole
 * character. Returns `out`. `bytes` may hold NUL. */
char *zcb_worker_text_clean(const char *bytes, size_t length, char *out, size_t size);

#define ZCB_WORKER_STATUS_BYTES 24 /* of an outcome's status */

/* How a process ended, from its wait status: "exit:3" or "signal:11". */
void zcb_worker_text_status(int wait_status, char status[ZCB_WORKER_STATUS_BYTES]);

/* Such a status as the end of a sentence: "was killed by signal 11 (Segmentation fault)". 0, or
 * -1 and `out` untouched when `status` is neither exit:N nor signal:N. */
int zcb_worker_text_death(const char *status, char *out, size_t size);

#endif
