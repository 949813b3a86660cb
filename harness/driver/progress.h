/* What is going on, how far it is, how long it will take: a bar on a terminal, else a line now
 * and then. */
#ifndef ZCB_DRIVER_PROGRESS_H
#define ZCB_DRIVER_PROGRESS_H

#include <stddef.h>
#include <stdint.h>

#define ZCB_PROGRESS_EVERY_S 30.0 /* without a terminal */

/* Zero value: not started, shows nothing. */
typedef struct zcb_progress {
    int is_started, is_terminal, is_colored;
    uint64_t started_ns, shown_ns;
} zcb_progress;

/* From now on progress is shown on stderr; `started_ns` (zcb_now_ns) is where elapsed time
 * counts from. */
void zcb_progress_start(zcb_progress *progress, uint64_t started_ns, int is_colored);

/* 1 when it is time to show something again: asking is cheap. */
int zcb_progress_is_due(const zcb_progress *progress);

/* Shows `what` ("bytes_slice python 64 KiB  cp311, launch 4/10") with elapsed and left time. */
void zcb_progress_show(zcb_progress *progress, const char *what, double left_s);

/* Without a terminal: a line now, due or not. On a terminal nothing: the bar is there. */
void zcb_progress_line(zcb_progress *progress, const char *what, double left_s);

/* Wipes the bar. */
void zcb_progress_stop(zcb_progress *progress);

/* The text of the bar, at most `columns` columns: "[####------------] 34 %  what   1:02
 * elapsed, about 2:01 left"; with columns 0 no bar and no limit. Returns `out`. */
char *zcb_progress_text(const char *what, double elapsed_s, double left_s, unsigned columns,
                        char *out, size_t size);

#endif
