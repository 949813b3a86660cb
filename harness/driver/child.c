/* See child.h. */
#include "driver/child.h"

#include "driver/amounts.h"
#include "driver/signals.h"
#include "driver/texts.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Bytes read from one descriptor. Invariant: text is NULL or NUL-terminated at length. */
typedef struct stream {
    int fd; /* -1: closed */
    char *text;
    size_t length, capacity;
} stream;

/* 1 when bytes came, 0 at the end, -1 on trouble. */
static int stream_read(stream *s, zcb_error *error)
{
    if (s->length + 4096 > s->capacity) {
        size_t capacity = s->capacity * 2 + 16384;
        char *text = realloc(s->text, capacity);
        if (text == NULL) {
            return zcb_no_memory(error);
        }
        s->text = text;
        s->capacity = capacity;
    }
    ssize_t count = read(s->fd, s->text + s->length, s->capacity - s->length - 1);
    if (count < 0) {
        return errno == EINTR ? 1 : 0;
    }
    s->length += (size_t)count;
    s->text[s->length] = '\0';
    if (s->length > ZCB_CHILD_OUTPUT_MAX) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "a helper program printed too much");
    }
    return count > 0;
}

static void stream_close(stream *s)
{
    if (s->fd >= 0) {
        close(s->fd);
    }
    s->fd = -1;
}

static int wait_ms(uint64_t deadline_ns)
{
    if (deadline_ns == 0) {
        return -1;
    }
    uint64_t now = zcb_now_ns();
    return now >= deadline_ns ? 0 : (int)((deadline_ns - now) / 1000000 + 1);
}

/* Reads both streams to their ends. */
static int read_all(stream *streams, const char *program, uint64_t deadline_ns,
                    zcb_error *error)
{
    while (streams[0].fd >= 0 || streams[1].fd >= 0) {
        struct pollfd fds[2] = {{streams[0].fd, POLLIN, 0}, {streams[1].fd, POLLIN, 0}};
        if (*zcb_signals_flag() != 0) {
            return zcb_signals_fail(error);
        }
        int ready = poll(fds, 2, wait_ms(deadline_ns));
        if (ready == 0) {
            return zcb_fail(error, ZCB_EXIT_INTERNAL, "'%s' did not end in time", program);
        }
        for (int i = 0; ready > 0 && i < 2; i++) {
            int more = fds[i].revents == 0 ? 1 : stream_read(&streams[i], error);
            if (more < 0) {
                return -1;
            }
            if (more == 0) {
                stream_close(&streams[i]);
            }
        }
    }
    return 0;
}

/* Starts the program with its stdout and stderr on the given descriptors. */
static int spawn(const char *const *argv, char *const *environment, int out_fd, int err_fd,
                 pid_t *pid, zcb_error *error)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, defaults;
    sigemptyset(&none);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    sigaddset(&defaults, SIGXFSZ);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out_fd, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err_fd, STDERR_FILENO);
    int code = posix_spawnp(pid, argv[0], &actions, &attributes, (char *const *)argv,
                            environment == NULL ? environ : environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (code != 0) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "'%s' can't be started: %s", argv[0],
                        strerror(code));
    }
    return 0;
}

static int reap(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

static void keep_lines(zcb_child *child, char *text)
{
    for (char *line = text == NULL ? NULL : strtok(text, "\n"); line != NULL;
         line = strtok(NULL, "\n")) {
        if (line[strspn(line, " \t\r")] != '\0') {
            zcb_error visible;
            zcb_fail(&visible, ZCB_EXIT_OK, "%s", line);
            snprintf(child->last_line, sizeof child->last_line, "%.500s", visible.text);
            if (child->first_line[0] == '\0') {
                memcpy(child->first_line, child->last_line, sizeof child->first_line);
            }
        }
    }
}

/* Starts, reads, reaps; the read ends are in `streams`, the write ends are closed here. */
static int run_between(const char *const *argv, char *const *environment, stream *streams,
                       int out_fd, int err_fd, unsigned limit_ms, zcb_child *out,
                       zcb_error *error)
{
    pid_t pid = 0;
    int result = spawn(argv, environment, out_fd, err_fd, &pid, error);
    if (out_fd != STDERR_FILENO) {
        close(out_fd);
        close(err_fd);
    }
    if (result < 0) {
        return -1;
    }
    uint64_t deadline = limit_ms == 0 ? 0 : zcb_now_ns() + (uint64_t)limit_ms * 1000000u;
    result = read_all(streams, argv[0], deadline, error);
    if (result < 0) {
        kill(pid, SIGKILL);
    }
    out->status = reap(pid);
    return result;
}

int zcb_child_run_in(const char *const *argv, char *const *environment, zcb_child_stderr mode,
                     unsigned limit_ms, zcb_child *out, zcb_error *error)
{
    int fds[2][2] = {{-1, STDERR_FILENO}, {-1, STDERR_FILENO}};
    *out = (zcb_child){0};
    if (mode == ZCB_CHILD_KEEP && pipe2(fds[0], O_CLOEXEC) < 0) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "no pipe: %s", strerror(errno));
    }
    if (mode == ZCB_CHILD_KEEP && pipe2(fds[1], O_CLOEXEC) < 0) {
        close(fds[0][0]);
        close(fds[0][1]);
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "no pipe: %s", strerror(errno));
    }
    stream streams[2] = {{.fd = fds[0][0]}, {.fd = fds[1][0]}};
    int result =
        run_between(argv, environment, streams, fds[0][1], fds[1][1], limit_ms, out, error);
    stream_close(&streams[0]);
    stream_close(&streams[1]);
    keep_lines(out, streams[1].text);
    free(streams[1].text);
    out->out = streams[0].text;
    out->out_length = streams[0].length;
    return result;
}

int zcb_child_run(const char *const *argv, zcb_child_stderr mode, unsigned limit_ms,
                  zcb_child *out, zcb_error *error)
{
    return zcb_child_run_in(argv, NULL, mode, limit_ms, out, error);
}

int zcb_child_succeeded(const zcb_child *child)
{
    return WIFEXITED(child->status) && WEXITSTATUS(child->status) == 0;
}

char *zcb_child_status_text(const zcb_child *child, char *out, size_t size)
{
    if (WIFSIGNALED(child->status)) {
        int number = WTERMSIG(child->status);
        snprintf(out, size, "signal %d (%s)", number, strsignal(number));
    } else {
        snprintf(out, size, "exit %d", WEXITSTATUS(child->status));
    }
    return out;
}

void zcb_child_clear(zcb_child *child)
{
    free(child->out);
    *child = (zcb_child){0};
}
