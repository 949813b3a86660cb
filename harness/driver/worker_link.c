/* See worker_link.h. */
#include "driver/worker_link.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SLICE_MS 200   /* the longest wait in which an interrupt or a death goes unseen */
#define DRAIN_READS 64 /* of 4 KiB: a flood on stderr must not keep us from the wire */

void zcb_link_init(zcb_link *link)
{
    memset(link, 0, sizeof *link);
    link->to = link->from = link->noise = -1;
}

static void close_one(int *descriptor)
{
    if (*descriptor >= 0) {
        close(*descriptor);
        *descriptor = -1;
    }
}

void zcb_link_close(zcb_link *link)
{
    close_one(&link->to);
    close_one(&link->from);
    close_one(&link->noise);
}

int64_t zcb_link_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int zcb_link_has_exited(const zcb_link *link)
{
    siginfo_t info = {0};
    return waitid(P_PID, (id_t)link->pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid != 0;
}

int zcb_link_has_news(const zcb_link *link)
{
    struct pollfd wire = {.fd = link->from, .events = POLLIN};
    return link->end > link->start || poll(&wire, 1, 0) > 0 || zcb_link_has_exited(link);
}

int zcb_link_has_bytes(const zcb_link *link)
{
    int waiting = 0;
    return link->end > link->start ||
           (link->from >= 0 && ioctl(link->from, FIONREAD, &waiting) == 0 && waiting > 0);
}

/* Keeps the last ZCB_LINK_TAIL_BYTES of everything given so far. */
static void keep_tail(zcb_link *link, const char *bytes, size_t count)
{
    if (count >= sizeof link->tail) {
        memcpy(link->tail, bytes + count - sizeof link->tail, sizeof link->tail);
        link->tail_length = sizeof link->tail;
        return;
    }
    size_t room = sizeof link->tail - count;
    if (link->tail_length > room) {
        memmove(link->tail, link->tail + link->tail_length - room, room);
        link->tail_length = room;
    }
    memcpy(link->tail + link->tail_length, bytes, count);
    link->tail_length += count;
}

void zcb_link_drain(zcb_link *link)
{
    char bytes[4096];
    for (int i = 0; i < DRAIN_READS && link->noise >= 0; i++) {
        ssize_t count = read(link->noise, bytes, sizeof bytes);
        if (count > 0) {
            keep_tail(link, bytes, (size_t)count);
        } else if (count < 0 && errno == EINTR) {
            continue;
        } else if (count < 0 && errno == EAGAIN) {
            return;
        } else {
            close_one(&link->noise);
        }
    }
}

/* Waits at most one slice for `events` on `descriptor`, draining stderr meanwhile. DONE: try
 * again, *quiet tells whether nothing happened; else LATE or INTERRUPTED. */
static zcb_link_event wait_slice(zcb_link *link, int descriptor, short events,
                                 int64_t deadline_ms, int *quiet)
{
    if (link->interrupt != NULL && *link->interrupt != 0) {
        return ZCB_LINK_INTERRUPTED;
    }
    int64_t left_ms = deadline_ms - zcb_link_now_ms();
    if (left_ms <= 0) {
        return ZCB_LINK_LATE;
    }
    struct pollfd waits[2] = {{.fd = descriptor, .events = events},
                              {.fd = link->noise, .events = POLLIN}};
    int count = poll(waits, 2, left_ms < SLICE_MS ? (int)left_ms : SLICE_MS);
    *quiet = count == 0;
    if (count > 0 && waits[1].revents != 0) {
        zcb_link_drain(link);
    }
    return ZCB_LINK_DONE;
}

zcb_link_event zcb_link_send(zcb_link *link, const char *line, int64_t deadline_ms)
{
    char bytes[ZCB_WIRE_LINE_MAX];
    size_t length = strlen(line), sent = 0;
    if (length >= sizeof bytes) {
        return ZCB_LINK_BROKEN;
    }
    memcpy(bytes, line, length);
    bytes[length++] = '\n';
    while (sent < length) {
        ssize_t count = write(link->to, bytes + sent, length - sent);
        if (count > 0) {
            sent += (size_t)count;
            continue;
        }
        if (count < 0 && errno != EAGAIN && errno != EINTR) {
            return ZCB_LINK_ENDED;
        }
        int quiet;
        zcb_link_event event = wait_slice(link, link->to, POLLOUT, deadline_ms, &quiet);
        if (event != ZCB_LINK_DONE) {
            return event;
        }
    }
    return ZCB_LINK_DONE;
}

/* Hands out the first whole line of the buffer: 1, 0 when there is none yet, -1 when what is
 * there can't be or become one. */
static int take_line(zcb_link *link, char **line)
{
    char *first = link->buffer + link->start;
    size_t unread = link->end - link->start;
    char *newline = unread == 0 ? NULL : memchr(first, '\n', unread);
    if (newline == NULL) {
        return unread == sizeof link->buffer || (unread > 0 && memchr(first, 0, unread)) ? -1
                                                                                         : 0;
    }
    *newline = '\0';
    link->start += (size_t)(newline - first) + 1;
    *line = first;
    return strlen(first) == (size_t)(newline - first) ? 1 : -1;
}

/* Reads once into the buffer. DONE also when there was nothing to read: *count is 0 then. */
static zcb_link_event read_more(zcb_link *link, size_t *count)
{
    memmove(link->buffer, link->buffer + link->start, link->end - link->start);
    link->end -= link->start;
    link->start = 0;
    ssize_t got = read(link->from, link->buffer + link->end, sizeof link->buffer - link->end);
    *count = got > 0 ? (size_t)got : 0;
    link->end += *count;
    if (got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR))) {
        return ZCB_LINK_DONE;
    }
    return ZCB_LINK_ENDED;
}

zcb_link_event zcb_link_receive(zcb_link *link, char **line, int64_t deadline_ms)
{
    int has_exited =
        0; /* seen before the last read: then nothing more can come from the worker */
    for (;;) {
        int taken = take_line(link, line);
        if (taken != 0) {
            return taken > 0 ? ZCB_LINK_DONE : ZCB_LINK_BROKEN;
        }
        size_t count;
        if (read_more(link, &count) == ZCB_LINK_ENDED || (count == 0 && has_exited)) {
            return ZCB_LINK_ENDED;
        }
        if (count > 0) {
            continue;
        }
        int quiet;
        zcb_link_event event = wait_slice(link, link->from, POLLIN, deadline_ms, &quiet);
        if (event != ZCB_LINK_DONE) {
            return event;
        }
        /* A process the worker left behind may hold the pipe open: silence asks for its pulse.
         */
        has_exited = quiet && zcb_link_has_exited(link);
    }
}
