/* See worker_spawn.h. */
#include "driver/worker_spawn.h"

#include "base/random.h"
#include "driver/worker_environment.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define STREAM_HASH_SEED                                                                       \
    UINT64_C(0x68617368) /* keeps the hash seed apart from the launch's others */
#define FIRST_FREE 16    /* above every descriptor a worker has */

/* Both ends of all pipes, each read end first; all close on exec. */
typedef struct pipes {
    int null;
    int request[2], answer[2], noise[2];
    int report[2]; /* carries errno when exec fails, else its end */
} pipes;

/* What the child needs between fork and exec, where only async-signal-safe calls are allowed.
 */
typedef struct start_plan {
    const char *program;
    char *const *arguments;
    char *const *environment;
    pid_t parent;
} start_plan;

static void close_pair(int pair[2])
{
    for (int i = 0; i < 2; i++) {
        if (pair[i] >= 0) {
            close(pair[i]);
            pair[i] = -1;
        }
    }
}

static void pipes_close(pipes *all)
{
    if (all->null >= 0) {
        close(all->null);
        all->null = -1;
    }
    close_pair(all->request);
    close_pair(all->answer);
    close_pair(all->noise);
    close_pair(all->report);
}

static int pipes_open(pipes *all)
{
    *all = (pipes){-1, {-1, -1}, {-1, -1}, {-1, -1}, {-1, -1}};
    all->null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (all->null < 0 || pipe2(all->request, O_CLOEXEC) < 0 ||
        pipe2(all->answer, O_CLOEXEC) < 0 || pipe2(all->noise, O_CLOEXEC) < 0 ||
        pipe2(all->report, O_CLOEXEC) < 0 || fcntl(all->request[1], F_SETFL, O_NONBLOCK) < 0 ||
        fcntl(all->answer[0], F_SETFL, O_NONBLOCK) < 0 ||
        fcntl(all->noise[0], F_SETFL, O_NONBLOCK) < 0) {
        return -1;
    }
    return 0;
}

/* The driver's handlers and its ignored SIGPIPE are not the worker's; a mask would survive
 * exec. */
static void reset_signals(void)
{
    struct sigaction normal = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) {
        sigaction(number, &normal, NULL);
    }
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void close_from(unsigned first)
{
    if (close_range(first, ~0U, 0) == 0) {
        return;
    }
    struct rlimit limit; /* a kernel before 5.9 */
    int known = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 65536;
    for (unsigned i = first; i < (known ? (unsigned)limit.rlim_cur : 65536U); i++) {
        close((int)i);
    }
}

/* Puts the six descriptors at 0 … 5, the last closing on exec; by way of high numbers, since
 * any of them may stand where another belongs. 0, or -1 with *report still usable. */
static int place_descriptors(const pipes *all, int *report)
{
    const int wanted[6] = {all->null,       all->null,      all->noise[1],
                           all->request[0], all->answer[1], all->report[1]};
    int high[6];
    for (int i = 0; i < 6; i++) {
        high[i] = fcntl(wanted[i], F_DUPFD_CLOEXEC, FIRST_FREE);
        if (high[i] < 0) {
            errno = errno == EINVAL ? EMFILE : errno; /* the limit lies below FIRST_FREE */
            return -1;
        }
    }
    *report = high[5];
    for (int i = 0; i < 6; i++) {
        if (dup2(high[i], i) < 0) {
            return -1;
        }
    }
    *report = 5;
    close_from(6);
    return fcntl(5, F_SETFD, FD_CLOEXEC);
}

/* The child after fork: becomes the worker, or reports errno. */
static _Noreturn void become_worker(const start_plan *plan, const pipes *all)
{
    int report = all->report[1];
    const struct rlimit no_core = {0, 0};
    reset_signals();
    setpgid(0, 0);
    setrlimit(RLIMIT_CORE,
              &no_core); /* a pair that crashes is an outcome, not a file left behind */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && place_descriptors(all, &report) == 0) {
        if (getppid() != plan->parent) {
            _exit(127); /* the driver died before it could take us with it */
        }
        execve(plan->program, plan->arguments, plan->environment);
    }
    int failure = errno;
    ssize_t ignored = write(report, &failure, sizeof failure);
    (void)ignored;
    _exit(127);
}

/* Waits until exec has happened or failed: 0, or the errno of the failure. */
static int exec_result(int report)
{
    int failure = 0;
    ssize_t count;
    do {
        count = read(report, &failure, sizeof failure);
    } while (count < 0 && errno == EINTR);
    return count == (ssize_t)sizeof failure ? failure : 0;
}

/* Forks and sees the child through exec, so that its process group exists from here on: 0 and
 * *pid, or -1 with errno set and no child left. */
static int run(const start_plan *plan, pipes *all, pid_t *pid)
{
    pid_t child = fork();
    if (child < 0) {
        return -1;
    }
    if (child == 0) {
        become_worker(plan, all);
    }
    close(all->report[1]);
    all->report[1] = -1;
    int failure = exec_result(all->report[0]);
    if (failure != 0) {
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {
        }
        errno = failure;
        return -1;
    }
    *pid = child;
    return 0;
}

static char *or_empty(char *text)
{
    return text == NULL ? "" : text;
}

/* Python's own range is 0 … 2^32 - 1, where 0 means "no randomisation". */
static uint32_t hash_seed(uint64_t seed)
{
    uint32_t low = (uint32_t)zcb_random_derive(seed, STREAM_HASH_SEED);
    return low == 0 ? 1 : low;
}

static int spawn(const zcb_worker_options *options, char *const *environment, zcb_link *link)
{
    const zcb_variant *variant = options->variant;
    char hash[16];
    snprintf(hash, sizeof hash, "%" PRIu32, hash_seed(options->seed));
    char *modules = options->modules == NULL ? "" : (char *)options->modules;
    char *path = or_empty(variant->path);
    char *arguments[] = {
        variant->worker,
        "--serve",
        "--program",
        or_empty(variant->program),
        "--modules",
        modules,
        "--hash-seed",
        hash,
        path[0] == '\0' ? NULL : "--path",
        path,
        NULL,
    };
    start_plan plan = {variant->worker, arguments, environment, getpid()};
    pipes all;
    int result = pipes_open(&all) < 0 ? -1 : run(&plan, &all, &link->pid);
    if (result == 0) {
        link->to = all.request[1];
        link->from = all.answer[0];
        link->noise = all.noise[0];
        all.request[1] = all.answer[0] = all.noise[0] = -1;
    }
    int failure = errno;
    pipes_close(&all);
    errno = failure;
    return result;
}

int zcb_worker_spawn(const zcb_worker_options *options, zcb_link *link, zcb_error *error)
{
    const char *program = options->variant->worker;
    char **environment = zcb_worker_environment(options);
    if (environment == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    int result = spawn(options, environment, link);
    if (result < 0) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "can't start worker %s: %s", program,
                 strerror(errno));
    }
    zcb_worker_environment_free(environment);
    return result;
}
