/* The standard streams, taken care of as a Unix program must: closed ones, full ones, readers
 * that have gone. */
#ifndef ZCB_DRIVER_STREAMS_H
#define ZCB_DRIVER_STREAMS_H

#include "base/error.h"

#include <stdio.h>

/* At the start of the program: a standard descriptor that came closed is opened so that using
 * it fails, and no file of ours is ever taken for it; a write to a pipe without a reader fails
 * instead of ending the program before its files are written; an end by exit() checks stdout,
 * too. */
void zcb_streams_secure(void);

/* Flushes `stream`: 0, or -1 with "stdout can't be written" and why, exit code 1 (that of
 * SIGPIPE where its reader has gone, unless whoever started us ignores that signal). Errors of
 * earlier writes count. */
int zcb_stream_flush(FILE *stream, zcb_error *error);

/* At the end: stdout flushed and checked. Returns the exit code: `code`, or what could not be
 * written is told on stderr where nothing else was. Where the reader of stdout has gone, the
 * process ends by SIGPIPE, silently, under the same condition. */
int zcb_streams_finish(int code);

#endif
