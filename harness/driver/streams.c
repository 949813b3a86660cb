/* See streams.h. */
#include "driver/streams.h"

#include "driver/console.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The process has one set of standard streams: what is known of them is known once. */
static struct {
    int pipe_was_ignored; /* by whoever started us */
    int is_finished;
} streams;

static void finish_at_exit(void)
{
    if (!streams.is_finished) {
        int code = zcb_streams_finish(0);
        if (code != 0) {
            _exit(code);
        }
    }
}

/* Opens `fd` the wrong way round where it is closed: stdin for writing, the others for reading.
 */
static void open_if_closed(int fd)
{
    if (fcntl(fd, F_GETFD) < 0 && errno == EBADF) {
        int opened = open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        (void)opened; /* the lowest free one: descriptors are looked at in their order */
    }
}

void zcb_streams_secure(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        open_if_closed(fd);
    }
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, &before);
    streams.pipe_was_ignored = before.sa_handler == SIG_IGN;
    atexit(finish_at_exit);
}

/* 1 when `fd` is a pipe or socket that nobody reads. */
static int reader_has_gone(int fd)
{
    struct pollfd asked = {.fd = fd, .events = POLLOUT};
    return poll(&asked, 1, 0) == 1 && (asked.revents & POLLERR) != 0;
}

int zcb_stream_flush(FILE *stream, zcb_error *error)
{
    int number = fflush(stream) != 0 ? errno : 0;
    if (number == 0 && !ferror(stream)) {
        return 0;
    }
    zcb_exit code = !streams.pipe_was_ignored && reader_has_gone(fileno(stream))
                        ? ZCB_EXIT_SIGPIPE
                        : ZCB_EXIT_INTERNAL;
    return zcb_fail(error, code, "%s can't be written%s%s",
                    stream == stderr ? "stderr" : "stdout", number != 0 ? ": " : "",
                    number != 0 ? strerror(number) : "");
}

int zcb_streams_finish(int code)
{
    zcb_error error;
    streams.is_finished = 1;
    if (zcb_stream_flush(stdout, &error) == 0) {
        return code;
    }
    if (error.exit_code == ZCB_EXIT_SIGPIPE) {
        struct sigaction usual = {.sa_handler = SIG_DFL};
        sigemptyset(&usual.sa_mask);
        sigaction(SIGPIPE, &usual, NULL);
        raise(SIGPIPE);
    }
    return code != 0 ? code : zcb_complain("zcbench", &error);
}
