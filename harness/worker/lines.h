/* Lines on their way to the driver: gathered in one buffer, written when it is full. */
#ifndef ZCB_WORKER_LINES_H
#define ZCB_WORKER_LINES_H

#include "base/compiler.h"

#include <stddef.h>

/* Zero value with `to` set: empty. */
typedef struct zcb_lines {
    int to; /* descriptor */
    int failed;
    size_t length;
    char buffer[16384];
} zcb_lines;

/* Adds one printf-style line (with its newline, below 4 KiB). */
void zcb_lines_add(zcb_lines *lines, const char *format, ...) ZCB_PRINTF(2, 3);

/* Adds `verb token=… reason=…`, the reason encoded and cut to 500 bytes. */
void zcb_lines_reason(zcb_lines *lines, const char *verb, const char *token,
                      const char *reason);

/* Writes what is left: 0, or -1 when a write has failed since the start. */
int zcb_lines_flush(zcb_lines *lines);

#endif
