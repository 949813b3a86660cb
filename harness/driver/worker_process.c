/* A worker's life from start to stop; its jobs are in worker_job.c. See worker_process.h. */
#include "driver/worker_private.h"

#include "base/wire.h"
#include "driver/worker_environment.h"
#include "driver/worker_spawn.h"
#include "driver/worker_text.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#define START_LIMIT_MS 60000
#define STOP_STEP_MS 300 /* between asking, SIGTERM and SIGKILL */
#define PULSE_NS 2000000 /* between two looks at an ending process */
#define TAIL_SHOWN 320   /* bytes of stderr that go into a sentence */

/* A worker that dies while it is written to must not take the driver along. */
static void ignore_sigpipe(void)
{
    struct sigaction now;
    if (sigaction(SIGPIPE, NULL, &now) == 0 && now.sa_handler == SIG_DFL) {
        struct sigaction ignore = {.sa_handler = SIG_IGN};
        sigaction(SIGPIPE, &ignore, NULL);
    }
}

static int wait_exit(zcb_worker *worker, int64_t limit_ms)
{
    const struct timespec pulse = {0, PULSE_NS};
    int64_t deadline_ms = zcb_link_now_ms() + limit_ms;
    for (;;) {
        zcb_link_drain(&worker->link); /* one that blocks on a full pipe can't end */
        if (zcb_link_has_exited(&worker->link)) {
            return 1;
        }
        if (zcb_link_now_ms() >= deadline_ms) {
            return 0;
        }
        nanosleep(&pulse, NULL);
    }
}

int zcb_worker_bury(zcb_worker *worker, int64_t grace_ms, int *wait_status)
{
    zcb_link *link = &worker->link;
    int by_itself = wait_exit(worker, grace_ms);
    /* Before reaping: until then no other process can have got the group's number. */
    kill(-link->pid, SIGKILL);
    *wait_status = 0;
    while (waitpid(link->pid, wait_status, 0) < 0 && errno == EINTR) {
    }
    zcb_link_drain(link);
    zcb_link_close(link);
    link->pid = 0;
    worker->is_alive = 0;
    return by_itself;
}

void zcb_worker_add_tail(const zcb_worker *worker, char *text, size_t size)
{
    const zcb_link *link = &worker->link;
    size_t shown = link->tail_length < TAIL_SHOWN ? link->tail_length : TAIL_SHOWN;
    size_t used = strlen(text);
    if (shown == 0 || used + 3 > size) {
        return;
    }
    memcpy(text + used, ": ", 3);
    zcb_worker_text_clean(link->tail + link->tail_length - shown, shown, text + used + 2,
                          size - used - 2);
    if (text[used + 2] == '\0') {
        text[used] = '\0';
    }
}

void zcb_worker_stop(zcb_worker *worker)
{
    if (worker == NULL) {
        return;
    }
    zcb_link *link = &worker->link;
    if (link->pid != 0) {
        int wait_status;
        link->interrupt = NULL;
        zcb_link_send(link, "quit", zcb_link_now_ms());
        if (!wait_exit(worker, STOP_STEP_MS)) {
            kill(-link->pid, SIGTERM);
        }
        zcb_worker_bury(worker, STOP_STEP_MS, &wait_status);
    }
    for (size_t i = 0; i < worker->load_count; i++) {
        free(worker->loads[i].pair);
        free(worker->loads[i].error);
    }
    free(worker->loads);
    free(worker);
}

/* Why the worker never got ready, as an error. Buries it. */
static int fail_start(zcb_worker *worker, zcb_link_event event, zcb_error *error)
{
    if (event == ZCB_LINK_INTERRUPTED) {
        return zcb_fail(error, ZCB_EXIT_SIGINT, "interrupted");
    }
    int wait_status;
    int by_itself =
        zcb_worker_bury(worker, event == ZCB_LINK_ENDED ? ZCB_END_GRACE_MS : 0, &wait_status);
    char why[512] = "closed its side of the wire", status[ZCB_WORKER_STATUS_BYTES];
    if (event == ZCB_LINK_LATE) {
        snprintf(why, sizeof why, "took too long");
    } else if (event != ZCB_LINK_ENDED) {
        snprintf(why, sizeof why, "said something else than expected");
    } else if (by_itself) {
        zcb_worker_text_status(wait_status, status);
        zcb_worker_text_death(status, why, sizeof why);
    }
    zcb_worker_add_tail(worker, why, sizeof why);
    return zcb_fail(error, ZCB_EXIT_INTERNAL, "the worker %s before it was ready", why);
}

/* Sends `request` and takes the one line that answers it apart. */
static int ask(zcb_worker *worker, const char *request, const char *verb, int64_t deadline_ms,
               zcb_wire *answer, zcb_error *error)
{
    char *line;
    zcb_link_event event = zcb_link_send(&worker->link, request, deadline_ms);
    if (event == ZCB_LINK_DONE) {
        event = zcb_link_receive(&worker->link, &line, deadline_ms);
    }
    if (event == ZCB_LINK_DONE &&
        (zcb_wire_parse(line, answer) < 0 || strcmp(answer->verb, verb) != 0)) {
        event = ZCB_LINK_BROKEN;
    }
    return event == ZCB_LINK_DONE ? 0 : fail_start(worker, event, error);
}

/* Copies what the worker said against a pair into a new text; NULL when memory is short. */
static char *load_error(const char *text)
{
    char clean[1024];
    zcb_worker_text_clean(text, strlen(text), clean, sizeof clean);
    return strdup(clean[0] == '\0' ? "no reason given" : clean);
}

/* Has one pair compiled; a failure of the pair is kept in *load. */
static int load_pair(zcb_worker *worker, const char *pair, const char *file,
                     int64_t deadline_ms, zcb_worker_load *load, zcb_error *error)
{
    char request[ZCB_WIRE_LINE_MAX], name[3 * ZCB_NAME_MAX + 1], path[ZCB_WIRE_LINE_MAX];
    zcb_wire_encode(pair, name, sizeof name);
    zcb_wire_encode(file, path, sizeof path);
    load->pair = strdup(pair);
    const char *trouble = NULL;
    if (snprintf(request, sizeof request, "load pair=%s path=%s", name, path) >=
        (int)sizeof request - 1) {
        trouble = "the path of its file is too long";
    } else {
        zcb_wire answer;
        if (ask(worker, request, "loaded", deadline_ms, &answer, error) < 0) {
            return -1;
        }
        const char *loaded = zcb_wire_text(&answer, "pair");
        if (loaded == NULL || strcmp(loaded, pair) != 0) {
            return fail_start(worker, ZCB_LINK_BROKEN, error);
        }
        trouble = zcb_wire_text(&answer, "error");
    }
    load->error = trouble == NULL ? NULL : load_error(trouble);
    if (load->pair == NULL || (trouble != NULL && load->error == NULL)) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    return 0;
}

/* From a running process to a worker that has said hello. */
static int greet(zcb_worker *worker, const zcb_worker_options *options, zcb_error *error)
{
    unsigned limit_ms = options->start_limit_ms == 0 ? START_LIMIT_MS : options->start_limit_ms;
    int64_t deadline_ms = zcb_link_now_ms() + limit_ms;
    worker->loads = calloc(options->pair_count + 1, sizeof *worker->loads);
    if (worker->loads == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    for (size_t i = 0; i < options->pair_count; i++) {
        zcb_worker_load *load = &worker->loads[worker->load_count++];
        if (load_pair(worker, options->pair_names[i], options->pair_files[i], deadline_ms, load,
                      error) < 0) {
            return -1;
        }
    }
    zcb_wire hello;
    uint64_t pid;
    if (ask(worker, "ready", "hello", deadline_ms, &hello, error) < 0) {
        return -1;
    }
    if (zcb_wire_u64(&hello, "pid", &pid) < 0 || pid != (uint64_t)worker->link.pid) {
        return fail_start(worker, ZCB_LINK_BROKEN, error);
    }
    return 0;
}

int zcb_worker_start(const zcb_worker_options *options, zcb_worker **out, zcb_error *error)
{
    if (options->variant->worker == NULL || options->env_pad_bytes > ZCB_ENV_PAD_MAX) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL,
                        "a worker without a program, or padded too far");
    }
    zcb_worker *worker = calloc(1, sizeof *worker);
    if (worker == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    ignore_sigpipe();
    zcb_link_init(&worker->link);
    worker->seed = options->seed;
    worker->link.interrupt = options->interrupt;
    if (zcb_worker_spawn(options, &worker->link, error) < 0 ||
        greet(worker, options, error) < 0) {
        zcb_worker_stop(worker);
        return -1;
    }
    worker->is_alive = 1;
    *out = worker;
    return 0;
}

const char *zcb_worker_load_error(const zcb_worker *worker, const char *pair)
{
    for (size_t i = 0; i < worker->load_count; i++) {
        if (strcmp(worker->loads[i].pair, pair) == 0) {
            return worker->loads[i].error;
        }
    }
    return NULL;
}

int zcb_worker_is_alive(const zcb_worker *worker)
{
    /* News between two jobs is the worker's end, or a word out of turn: either way no other
     * job. */
    return worker->is_alive && !worker->is_belated && !zcb_link_has_news(&worker->link);
}

zcb_last_word zcb_worker_last_word(const zcb_worker *worker)
{
    if (worker->is_belated) {
        return ZCB_LAST_WORD_OF_JOB_BEFORE;
    }
    return worker->is_alive && zcb_link_has_bytes(&worker->link) ? ZCB_LAST_WORD_OF_JOB
                                                                 : ZCB_LAST_WORD_NONE;
}

void zcb_worker_set_interrupt(zcb_worker *worker, const volatile int *flag)
{
    worker->link.interrupt = flag;
}
