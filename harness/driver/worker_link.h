/* The bytes between the driver and one worker: whole lines out and in against a deadline, with
 * the worker's stderr drained beside them, so that a talkative worker neither blocks nor fills
 * memory. Knows no verbs: what a line means is not its business. */
#ifndef ZCB_DRIVER_WORKER_LINK_H
#define ZCB_DRIVER_WORKER_LINK_H

#include "base/wire.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define ZCB_LINK_TAIL_BYTES 2048 /* of stderr that are kept */

/* How waiting for the worker ended. */
typedef enum zcb_link_event {
    ZCB_LINK_DONE,       /* the line is sent, or a whole one is here */
    ZCB_LINK_ENDED,      /* the worker has ended or closed its side */
    ZCB_LINK_BROKEN,     /* no line: too long, or it holds a NUL */
    ZCB_LINK_LATE,       /* the deadline has passed */
    ZCB_LINK_INTERRUPTED /* *interrupt became non-zero */
} zcb_link_event;

/* Invariant: descriptors are open, non-blocking and owned, or -1; the unread bytes are
 * buffer[start … end). Released by zcb_link_close. */
typedef struct zcb_link {
    pid_t pid; /* the worker, leader of its process group; 0: none, or reaped */
    int to;    /* what the worker reads as descriptor 3 */
    int from;  /* what it writes as descriptor 4 */
    int noise; /* its stderr */
    const volatile int *interrupt; /* borrowed; NULL: never */
    size_t start, end;
    char buffer[ZCB_WIRE_LINE_MAX];
    size_t tail_length;
    char tail[ZCB_LINK_TAIL_BYTES]; /* the last bytes of stderr */
} zcb_link;

/* An unconnected link. */
void zcb_link_init(zcb_link *link);

/* Closes the descriptors; the process is not touched. */
void zcb_link_close(zcb_link *link);

/* Milliseconds of CLOCK_MONOTONIC: what deadlines are given in. */
int64_t zcb_link_now_ms(void);

/* Sends `line` and a newline. BROKEN when it is too long to be sent; nothing has left then. */
zcb_link_event zcb_link_send(zcb_link *link, const char *line, int64_t deadline_ms);

/* Waits for a line; on DONE *line is it, without its newline, inside the link's buffer: the
 * caller may change it in place, and it is gone with the next call. A torn last line is never
 * handed out. */
zcb_link_event zcb_link_receive(zcb_link *link, char **line, int64_t deadline_ms);

/* 1 when a line, a part of one or the end of the worker is waiting to be received. */
int zcb_link_has_news(const zcb_link *link);

/* 1 when bytes are waiting to be received. */
int zcb_link_has_bytes(const zcb_link *link);

/* 1 when the process has ended; it stays unreaped, so that its group can still be named. */
int zcb_link_has_exited(const zcb_link *link);

/* Takes in what stderr holds by now, without waiting; what is older than the tail is dropped.
 */
void zcb_link_drain(zcb_link *link);

#endif
