/* Why this file: a preload object that makes the k-th call of one system or library function
 * fail, so that scripts/torture can walk k over all of them. Acts in programs called `zcbench`
 * only, or as ZCB_FAULT_PROGRAM says: what the driver starts by way of scripts runs unharmed. A
 * fork's child counts on from its parent.
 *
 *   ZCB_FAULT=OP:K:ERRNO     call K (from 1) of OP fails with that errno
 *   ZCB_FAULT=OP:K+:ERRNO    so does every later one
 *   ZCB_FAULT=realtime:K:S   from call K on that clock stands S seconds (may be negative)
 * elsewhere; likewise `monotonic` ZCB_FAULT_COUNTS=FILE    at the end one line "OP CALLS" for
 * each OP goes to FILE
 *
 * `alloc` is malloc, calloc and realloc together; `open` is open, openat and fopen; `sync` is
 * fsync and fdatasync; `spawn` is posix_spawnp. stdio's own writes do not pass through here:
 * /dev/full is for those. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef enum operation {
    OP_WRITE,
    OP_SYNC,
    OP_RENAME,
    OP_OPEN,
    OP_FORK,
    OP_EXEC,
    OP_SPAWN,
    OP_MMAP,
    OP_ALLOC,
    OP_PIPE,
    OP_MKDIR,
    OP_FTRUNCATE,
    OP_READ,
    OP_REALTIME,
    OP_MONOTONIC,
    OP_COUNT
} operation;

static const char *const names[OP_COUNT] = {
    "write", "sync", "rename", "open",      "fork", "exec",     "spawn",     "mmap",
    "alloc", "pipe", "mkdir",  "ftruncate", "read", "realtime", "monotonic",
};

/* What was asked for. Invariant: once `is_known`, constant. */
static struct {
    atomic_int is_known;
    int is_meant; /* this program is the one to harm */
    operation op;
    unsigned long call;
    int goes_on;
    long value; /* errno, or seconds */
    const char *counts_path;
} fault = {.op = OP_COUNT};

static atomic_ulong calls[OP_COUNT];

/* glibc's own: found without dlsym, which allocates. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);

static void write_counts(void)
{
    char text[1024];
    int used = 0;
    for (int i = 0; i < OP_COUNT; i++) {
        used += snprintf(text + used, sizeof text - (size_t)used, "%s %lu\n", names[i],
                         (unsigned long)calls[i]);
    }
    fault.is_meant = 0;
    int fd = open(fault.counts_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0 || write(fd, text, (size_t)used) != used || close(fd) != 0) {
        abort();
    }
}

/* OP:K[+]:VALUE. What can't be understood is no fault to be tried: it ends the program. */
static void parse(const char *text)
{
    char op[16] = "", plus = 0;
    const char *first = strchr(text, ':');
    const char *second = first == NULL ? NULL : strchr(first + 1, ':');
    if (second == NULL || (size_t)(first - text) >= sizeof op) {
        abort();
    }
    memcpy(op, text, (size_t)(first - text));
    fault.call = strtoul(first + 1, NULL, 10);
    plus = second[-1];
    fault.value = strtol(second + 1, NULL, 10);
    while (fault.op == OP_COUNT || strcmp(names[fault.op], op) != 0) {
        fault.op = fault.op == OP_COUNT ? OP_WRITE : fault.op + 1;
        if (fault.op == OP_COUNT) {
            abort();
        }
    }
    fault.goes_on = plus == '+';
}

/* Reads the environment once, on the first call of anything. */
static int is_meant(void)
{
    if (!atomic_exchange(&fault.is_known, 1)) {
        const char *text = getenv("ZCB_FAULT");
        fault.counts_path = getenv("ZCB_FAULT_COUNTS");
        const char *program = getenv("ZCB_FAULT_PROGRAM");
        if (strcmp(program_invocation_short_name, program == NULL ? "zcbench" : program) == 0) {
            if (text != NULL) {
                parse(text);
            }
            if (fault.counts_path != NULL) {
                atexit(write_counts);
            }
            fault.is_meant = 1;
        }
    }
    return fault.is_meant;
}

/* Counts a call of `op`: 1, with errno set, when it is to fail. */
static int fails(operation op)
{
    if (!is_meant()) {
        return 0;
    }
    unsigned long call = atomic_fetch_add(&calls[op], 1) + 1;
    if (op != fault.op || call < fault.call || (call > fault.call && !fault.goes_on)) {
        return 0;
    }
    errno = (int)fault.value;
    return 1;
}

/* Puts the real function called `name` into *function. */
static void find(void *function, const char *name)
{
    void *found = dlsym(RTLD_NEXT, name);
    if (found == NULL) {
        abort();
    }
    memcpy(function, &found, sizeof found);
}

void *malloc(size_t size)
{
    return fails(OP_ALLOC) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails(OP_ALLOC) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    return fails(OP_ALLOC) ? NULL : __libc_realloc(block, size);
}

ssize_t write(int fd, const void *data, size_t size)
{
    static ssize_t (*real)(int, const void *, size_t);
    if (real == NULL) {
        find(&real, "write");
    }
    return fails(OP_WRITE) ? -1 : real(fd, data, size);
}

ssize_t read(int fd, void *data, size_t size)
{
    static ssize_t (*real)(int, void *, size_t);
    if (real == NULL) {
        find(&real, "read");
    }
    return fails(OP_READ) ? -1 : real(fd, data, size);
}

int fsync(int fd)
{
    static int (*real)(int);
    if (real == NULL) {
        find(&real, "fsync");
    }
    return fails(OP_SYNC) ? -1 : real(fd);
}

int fdatasync(int fd)
{
    static int (*real)(int);
    if (real == NULL) {
        find(&real, "fdatasync");
    }
    return fails(OP_SYNC) ? -1 : real(fd);
}

int rename(const char *from, const char *to)
{
    static int (*real)(const char *, const char *);
    if (real == NULL) {
        find(&real, "rename");
    }
    return fails(OP_RENAME) ? -1 : real(from, to);
}

int mkdir(const char *path, mode_t mode)
{
    static int (*real)(const char *, mode_t);
    if (real == NULL) {
        find(&real, "mkdir");
    }
    return fails(OP_MKDIR) ? -1 : real(path, mode);
}

int ftruncate(int fd, off_t length)
{
    static int (*real)(int, off_t);
    if (real == NULL) {
        find(&real, "ftruncate");
    }
    return fails(OP_FTRUNCATE) ? -1 : real(fd, length);
}

/* The mode behind `flags` where there is one. */
static mode_t mode_of(int flags, va_list arguments)
{
    return (flags & O_CREAT) != 0 ? (mode_t)va_arg(arguments, int) : 0;
}

int open(const char *path, int flags, ...)
{
    static int (*real)(const char *, int, ...);
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = mode_of(flags, arguments);
    va_end(arguments);
    if (real == NULL) {
        find(&real, "open");
    }
    return fails(OP_OPEN) ? -1 : real(path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    static int (*real)(int, const char *, int, ...);
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = mode_of(flags, arguments);
    va_end(arguments);
    if (real == NULL) {
        find(&real, "openat");
    }
    return fails(OP_OPEN) ? -1 : real(folder, path, flags, mode);
}

FILE *fopen(const char *path, const char *mode)
{
    static FILE *(*real)(const char *, const char *);
    if (real == NULL) {
        find(&real, "fopen");
    }
    return fails(OP_OPEN) ? NULL : real(path, mode);
}

pid_t fork(void)
{
    static pid_t (*real)(void);
    if (real == NULL) {
        find(&real, "fork");
    }
    return fails(OP_FORK) ? -1 : real();
}

int execve(const char *path, char *const arguments[], char *const environment[])
{
    static int (*real)(const char *, char *const[], char *const[]);
    if (real == NULL) {
        find(&real, "execve");
    }
    return fails(OP_EXEC) ? -1 : real(path, arguments, environment);
}

int posix_spawnp(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions,
                 const posix_spawnattr_t *attributes, char *const arguments[],
                 char *const environment[])
{
    static int (*real)(pid_t *, const char *, const posix_spawn_file_actions_t *,
                       const posix_spawnattr_t *, char *const[], char *const[]);
    if (real == NULL) {
        find(&real, "posix_spawnp");
    }
    return fails(OP_SPAWN) ? errno
                           : real(pid, file, actions, attributes, arguments, environment);
}

void *mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
    static void *(*real)(void *, size_t, int, int, int, off_t);
    if (real == NULL) {
        find(&real, "mmap");
    }
    return fails(OP_MMAP) ? MAP_FAILED : real(address, length, protection, flags, fd, offset);
}

int pipe2(int ends[2], int flags)
{
    static int (*real)(int[2], int);
    if (real == NULL) {
        find(&real, "pipe2");
    }
    return fails(OP_PIPE) ? -1 : real(ends, flags);
}

/* Seconds by which `op`'s clock is off from now on. */
static long jump(operation op)
{
    if (!is_meant()) {
        return 0;
    }
    unsigned long call = atomic_fetch_add(&calls[op], 1) + 1;
    return op == fault.op && call >= fault.call ? fault.value : 0;
}

int clock_gettime(clockid_t clock, struct timespec *out)
{
    static int (*real)(clockid_t, struct timespec *);
    if (real == NULL) {
        find(&real, "clock_gettime");
    }
    int result = real(clock, out);
    if (result == 0 && clock == CLOCK_REALTIME) {
        out->tv_sec += jump(OP_REALTIME);
    } else if (result == 0 && clock == CLOCK_MONOTONIC) {
        out->tv_sec += jump(OP_MONOTONIC);
    }
    return result;
}

time_t time(time_t *out)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (out != NULL) {
        *out = now.tv_sec;
    }
    return now.tv_sec;
}
