/* See child.h. */
#include "worker/child.h"

#include "worker/compat.h"

#include "base/wire.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PRIVATE_DESCRIPTOR = 100 }; /* out of the way of code that writes to 3 and 4 */

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

/* Half of the machine's memory at most: a pair that asks for more fails instead of the machine. A
 * sanitizer maps far more than it uses, so there the limit is left out. */
static void limit_memory(void)
{
#if !defined(__SANITIZE_ADDRESS__)
    rlim_t half = (rlim_t)sysconf(_SC_PHYS_PAGES) / 2 * (rlim_t)sysconf(_SC_PAGESIZE);
    struct rlimit limit = {half, half};
    setrlimit(RLIMIT_AS, &limit);
#endif
}

/* The child's side: dies with its parent, keeps the wire on a private descriptor, never returns. */
static void be_child(const zcb_job *job, pid_t parent)
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
    close(ZCB_WIRE_FROM_DRIVER);
    close(ZCB_WIRE_TO_DRIVER);
    if (to < 0) {
        _exit(ZCB_CHILD_ERROR);
    }
    limit_memory();
    int code = zcb_job_run(job, to);
    fflush(NULL);
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
        struct timespec pause = {(time_t)left_s, (long)((left_s - (double)(time_t)left_s) * 1e9)};
        sigtimedwait(&set, NULL, &pause);
    }
}

static void describe_end(int status, int timed_out, zcb_child_end *end)
{
    if (timed_out) {
        strcpy(end->status, "timeout");
    } else if (WIFSIGNALED(status)) {
        snprintf(end->status, sizeof end->status, "signal:%d", WTERMSIG(status));
    } else if (WEXITSTATUS(status) == ZCB_CHILD_OK) {
        strcpy(end->status, "ok");
    } else if (WEXITSTATUS(status) == ZCB_CHILD_ERROR) {
        strcpy(end->status, "error");
    } else if (WEXITSTATUS(status) == ZCB_CHILD_REFUSED) {
        strcpy(end->status, "refused");
    } else {
        snprintf(end->status, sizeof end->status, "exit:%d", WEXITSTATUS(status));
    }
}

int zcb_child_run(const zcb_job *job, zcb_child_end *end)
{
    *end = (zcb_child_end){.peak_kib = 0};
    pid_t parent = getpid();
    PyOS_BeforeFork();
    pid_t child = fork();
    if (child == 0) {
        be_child(job, parent);
    }
    PyOS_AfterFork_Parent();
    if (child < 0) {
        return -1;
    }
    int status = 0;
    struct rusage usage = {0};
    int timed_out = !wait_until(child, job->limit_ms, &status, &usage);
    if (timed_out) {
        kill(child, SIGKILL);
        while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {
        }
    }
    describe_end(status, timed_out, end);
    end->involuntary_switches = usage.ru_nivcsw;
    end->peak_kib = usage.ru_maxrss;
    return 0;
}
