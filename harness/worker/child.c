/* See child.h. */
#include "worker/child.h"

#include "worker/compat.h"
#include "worker/shared_memory.h"

#include "base/limits.h"
#include "base/wire.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PRIVATE_DESCRIPTOR = 100 }; /* out of the way of code that writes to 3 and 4 */
enum { LEAVING_MOST_KIB = 256 << 10 };

/* What a child says of itself when its work is done: taking its address space apart takes as
 * long as making it did, and the next child can be made meanwhile. */
typedef struct report {
    uint64_t token; /* REPORT, so that nobody else's bytes are taken for one */
    long involuntary_switches, peak_kib;
    long code; /* no padding: all its bytes are written */
} report;

#define REPORT UINT64_C(0x7a63622d646f6e65)

/* The child that has reported and not been reaped; 0: none. */
static pid_t leaving;

int zcb_child_block_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    return sigprocmask(SIG_BLOCK, &set, NULL);
}

int zcb_child_threads(void)
{
    DIR *tasks = opendir("/proc/self/task");
    if (tasks == NULL) {
        return 0;
    }
    int count = 0;
    for (struct dirent *entry = readdir(tasks); entry != NULL; entry = readdir(tasks)) {
        count += entry->d_name[0] != '.';
    }
    closedir(tasks);
    return count;
}

/* Half of what the machine has, or of what control groups grant, at most, and never more than
 * was allowed before: a pair that asks for more fails instead of the machine. A sanitizer maps far
 * more than it uses, so there the limit is left out. */
static void limit_memory(void)
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    rlim_t most = (rlim_t)sysconf(_SC_PHYS_PAGES) / 2 * (rlim_t)sysconf(_SC_PAGESIZE);
    uint64_t allowed = zcb_limits_read("").memory_bytes;
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0) {
        return;
    }
    if (allowed > 0 && allowed != limit.rlim_cur && allowed / 2 < most) {
        most = allowed / 2;
    }
    if (limit.rlim_cur == RLIM_INFINITY || most < limit.rlim_cur) {
        limit = (struct rlimit){most, most};
        setrlimit(RLIMIT_AS, &limit);
    }
#endif
}

/* The last word, after everything else was written. */
static void send_report(int to, int code)
{
    struct rusage usage = {0};
    getrusage(RUSAGE_SELF, &usage);
    report last = {.token = REPORT,
                   .involuntary_switches = usage.ru_nivcsw,
                   .peak_kib = usage.ru_maxrss,
                   .code = code};
    if (write(to, &last, sizeof last) < 0) {
        _exit(code); /* the parent waits for the end itself then */
    }
}

/* The child's side: dies with its parent, keeps the wire on a private descriptor, never
 * returns. */
static void be_child(const zcb_job *job, pid_t parent, int report_to)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        _exit(ZCB_CHILD_ERROR);
    }
    sigset_t set;
    sigemptyset(&set);
    sigprocmask(SIG_SETMASK, &set, NULL);
    PyOS_AfterFork_Child();
    int to = fcntl(ZCB_WIRE_TO_DRIVER, F_DUPFD_CLOEXEC, PRIVATE_DESCRIPTOR);
    int last_to = fcntl(report_to, F_DUPFD_CLOEXEC, PRIVATE_DESCRIPTOR);
    close(ZCB_WIRE_FROM_DRIVER);
    close(ZCB_WIRE_TO_DRIVER);
    close(report_to);
    if (to < 0 || last_to < 0) {
        _exit(ZCB_CHILD_ERROR);
    }
    limit_memory();
    int code = zcb_job_run(job, to);
    fflush(NULL);
    send_report(last_to, code);
    _exit(code);
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Waits for the child until the limit: 1 when it ended, 0 when time is up. */
static int wait_until(pid_t child, uint64_t limit_ms, int *status, struct rusage *usage)
{
    double until_s = seconds_now() + (double)limit_ms * 1e-3;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    for (;;) {
        if (wait4(child, status, WNOHANG, usage) == child) {
            return 1;
        }
        double left_s = until_s - seconds_now();
        if (left_s <= 0) {
            return 0;
        }
        struct timespec pause = {(time_t)left_s,
                                 (long)((left_s - (double)(time_t)left_s) * 1e9)};
        sigtimedwait(&set, NULL, &pause);
    }
}

static void describe_code(int code, zcb_child_end *end)
{
    if (code == ZCB_CHILD_OK) {
        strcpy(end->status, "ok");
    } else if (code == ZCB_CHILD_ERROR) {
        strcpy(end->status, "error");
    } else if (code == ZCB_CHILD_REFUSED) {
        strcpy(end->status, "refused");
    } else {
        snprintf(end->status, sizeof end->status, "exit:%d", code);
    }
}

/* Waits for the child itself to end, and kills it when time is up. */
static void wait_for_end(pid_t child, uint64_t limit_ms, zcb_child_end *end)
{
    int status = 0;
    struct rusage usage = {0};
    int timed_out = !wait_until(child, limit_ms, &status, &usage);
    if (timed_out) {
        kill(child, SIGKILL);
        while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
        }
        strcpy(end->status, "timeout");
    } else if (WIFSIGNALED(status)) {
        snprintf(end->status, sizeof end->status, "signal:%d", WTERMSIG(status));
    } else {
        describe_code(WEXITSTATUS(status), end);
    }
    zcb_shared_memory_forget(child);
    end->involuntary_switches = usage.ru_nivcsw;
    end->peak_kib = usage.ru_maxrss;
}

/* 1 with *out filled when the child reports within the limit; 0 when it ends, closes the
 * descriptor or goes on without. *left_ms: what is left of the limit then. */
static int wait_for_report(int from, uint64_t limit_ms, report *out, uint64_t *left_ms)
{
    double until_s = seconds_now() + (double)limit_ms * 1e-3;
    struct pollfd ready = {.fd = from, .events = POLLIN};
    int seen;
    do {
        double left = (until_s - seconds_now()) * 1e3;
        *left_ms = left > 0 ? (uint64_t)left : 0;
        seen = poll(&ready, 1, *left_ms > INT_MAX ? INT_MAX : (int)*left_ms);
    } while (seen < 0 && errno == EINTR);
    return seen > 0 && read(from, out, sizeof *out) == (ssize_t)sizeof *out &&
           out->token == REPORT;
}

void zcb_child_reap(void)
{
    if (leaving == 0) {
        return;
    }
    while (waitpid(leaving, NULL, 0) < 0 && errno == EINTR) {
    }
    zcb_shared_memory_forget(leaving);
    leaving = 0;
}

/* The parent's side. A small child that measured and said so is left to take itself apart. */
static void be_parent(const zcb_job *job, pid_t child, int report_from, zcb_child_end *end)
{
    report last;
    uint64_t left_ms;
    int reported = wait_for_report(report_from, job->limit_ms, &last, &left_ms);
    zcb_child_reap();
    if (reported && job->kind == ZCB_JOB_MEASURE && last.peak_kib <= LEAVING_MOST_KIB) {
        leaving = child;
        describe_code((int)last.code, end);
        end->involuntary_switches = last.involuntary_switches;
        end->peak_kib = last.peak_kib;
    } else {
        wait_for_end(child, left_ms, end);
    }
}

int zcb_child_run(const zcb_job *job, zcb_child_end *end)
{
    *end = (zcb_child_end){.peak_kib = 0};
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) {
        return -1;
    }
    pid_t parent = getpid();
    PyOS_BeforeFork();
    pid_t child = fork();
    if (child == 0) {
        be_child(job, parent, ends[1]);
    }
    PyOS_AfterFork_Parent();
    close(ends[1]);
    if (child > 0) {
        be_parent(job, child, ends[0], end);
    }
    close(ends[0]);
    return child < 0 ? -1 : 0;
}
