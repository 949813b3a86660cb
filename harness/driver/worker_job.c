/* One job of a worker: the request, the conversation, and what became of it. See
 * worker_process.h. */
#include "base/random.h"
#include "base/wire.h"
#include "driver/worker_judge.h"
#include "driver/worker_private.h"
#include "driver/worker_text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define OVERTIME_MS 2000 /* from the job's limit, which the worker keeps, to ours */

/* A line being written. Invariant: text is terminated; is_cut tells whether anything was left
 * out. */
typedef struct request {
    char text[ZCB_WIRE_LINE_MAX];
    size_t length;
    int is_cut;
} request;

static void put(request *to, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put(request *to, const char *format, ...)
{
    size_t room = sizeof to->text - 1 - to->length; /* less the newline */
    va_list arguments;
    va_start(arguments, format);
    int count = vsnprintf(to->text + to->length, room, format, arguments);
    va_end(arguments);
    if (count < 0 || (size_t)count >= room) {
        to->is_cut = 1;
    } else {
        to->length += (size_t)count;
    }
}

static void put_text(request *to, const char *key, const char *value)
{
    char encoded[3 * ZCB_NAME_MAX + 1];
    to->is_cut |= strlen(value) > ZCB_NAME_MAX;
    put(to, " %s=%s", key, zcb_wire_encode(value, encoded, sizeof encoded));
}

static void put_counts(request *to, const zcb_job *job)
{
    put(to, " counts=");
    for (size_t i = 0; i < job->count_count && job->counts != NULL; i++) {
        char arm[3 * ZCB_NAME_MAX + 1];
        zcb_wire_encode(job->counts[i].arm, arm, sizeof arm);
        put(to, "%s%s:%" PRIu64, i == 0 ? "" : ",", arm, job->counts[i].iterations);
    }
}

/* The request of wire.h for this job: 0, or -1 when it does not fit a line. */
static int compose(zcb_job_kind kind, const zcb_job *job, uint64_t token, request *out)
{
    static const char *const verbs[] = {"proof", "calibrate", "measure", "memory"};
    const zcb_cell *cell = job->cell;
    *out = (request){0};
    put(out, "%s token=%016" PRIx64, verbs[kind], token);
    put_text(out, "pair", cell->pair);
    put_text(out, "lane", zcb_lane_name(cell->lane));
    int is_timed = kind == ZCB_JOB_CALIBRATE || kind == ZCB_JOB_MEASURE;
    if (is_timed) {
        put_text(out, "heap", zcb_heap_name(cell->heap));
        put_text(out, "cache", zcb_cache_name(cell->cache));
        put_text(out, "consumer", zcb_consumer_name(cell->consumer));
    }
    put(out, " size=%" PRIu64 " seed=%" PRIu64 " limit_ms=%u", cell->size_bytes, job->seed,
        job->limit_ms);
    if (kind == ZCB_JOB_CALIBRATE) {
        put(out, " visit_ns=%" PRIu64, job->visit_ns);
    } else if (kind == ZCB_JOB_MEASURE) {
        put(out, " blocks=%" PRIu32 " sparse_every=%" PRIu32 " warmup=%" PRIu64, job->blocks,
            job->sparse_every, job->warmup);
    }
    if (is_timed) {
        put_counts(out, job);
    }
    return out->is_cut ? -1 : 0;
}

/* Empties the outcome and gives it a bad end. */
static void spoil(zcb_outcome *out, const char *status, const char *reason)
{
    zcb_outcome_clear(out);
    snprintf(out->status, sizeof out->status, "%s", status);
    snprintf(out->reason, sizeof out->reason, "%s", reason);
}

/* Sends the request and gives every line to the judge, until the job or the conversation ends.
 */
static zcb_link_event converse(zcb_link *link, const request *sent, zcb_judge *judge,
                               zcb_verdict *verdict)
{
    int64_t deadline_ms = zcb_link_now_ms() + judge->job->limit_ms + OVERTIME_MS;
    zcb_link_event event = zcb_link_send(link, sent->text, deadline_ms);
    *verdict = ZCB_JUDGE_GOES_ON;
    while (event == ZCB_LINK_DONE && *verdict == ZCB_JUDGE_GOES_ON) {
        char *line;
        event = zcb_link_receive(link, &line, deadline_ms);
        if (event == ZCB_LINK_DONE) {
            *verdict = zcb_judge_line(judge, line);
        } else if (event == ZCB_LINK_BROKEN) {
            *verdict = zcb_judge_garbage(judge, "a line without an end, or with a NUL in it");
        }
    }
    if (*verdict == ZCB_JUDGE_ENDED && link->end > link->start) {
        *verdict = zcb_judge_garbage(judge, "the worker went on after the job's last line");
    }
    return event;
}

/* The worker has closed the wire: how did it end? */
static void lost_worker(zcb_worker *worker, zcb_outcome *out)
{
    int wait_status;
    char status[ZCB_WORKER_STATUS_BYTES], death[128], reason[160];
    if (!zcb_worker_bury(worker, ZCB_END_GRACE_MS, &wait_status)) {
        spoil(out, "lost", "the worker closed its side of the wire");
        return;
    }
    zcb_worker_text_status(wait_status, status);
    zcb_worker_text_death(status, death, sizeof death);
    snprintf(reason, sizeof reason, "the worker %s", death);
    spoil(out, status, reason);
}

/* Turns the end of a conversation into an outcome: 0, or -1 when interrupted. */
static int conclude(zcb_worker *worker, zcb_link_event event, zcb_verdict verdict,
                    const zcb_job *job, zcb_outcome *out, zcb_error *error)
{
    int wait_status;
    if (event == ZCB_LINK_INTERRUPTED) {
        zcb_worker_bury(worker, 0, &wait_status);
        zcb_outcome_clear(out);
        return zcb_fail(error, ZCB_EXIT_SIGINT, "interrupted");
    }
    if (event == ZCB_LINK_ENDED) {
        lost_worker(worker, out);
    } else if (event == ZCB_LINK_LATE) {
        char reason[128];
        zcb_worker_bury(worker, 0, &wait_status);
        snprintf(reason, sizeof reason,
                 "did not end within %g s: an endless loop, or too slow at this size",
                 job->limit_ms / 1e3);
        spoil(out, "lost", reason);
    } else if (verdict == ZCB_JUDGE_GARBAGE) {
        zcb_worker_bury(worker, 0, &wait_status);
    }
    zcb_link_drain(&worker->link);
    if (strcmp(out->status, "ok") != 0 && strcmp(out->status, "refused") != 0 &&
        strcmp(out->status, "error") != 0) {
        zcb_worker_add_tail(worker, out->reason, sizeof out->reason);
    }
    return 0;
}

/* What stderr held before a job is not that job's, unless it is the worker's last word. */
static void forget_tail(zcb_link *link)
{
    zcb_link_drain(link);
    if (!zcb_link_has_exited(link)) {
        link->tail_length = 0;
    }
}

static int run(zcb_worker *worker, zcb_job_kind kind, const zcb_job *job, zcb_outcome *out,
               zcb_error *error)
{
    request sent;
    zcb_judge judge;
    zcb_verdict verdict;
    uint64_t nonce = zcb_random_derive(worker->seed, ++worker->job_count);
    uint64_t token = zcb_random_derive(nonce, job->seed);
    *out = (zcb_outcome){0};
    if (!worker->is_alive) {
        spoil(out, "lost", "the worker had ended before");
        return 0;
    }
    if (compose(kind, job, token, &sent) < 0) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "the names of pair %s are too long",
                        job->cell->pair);
    }
    if (zcb_judge_begin(&judge, kind, job, token, out, error) < 0) {
        return -1;
    }
    if (worker->token != 0) {
        snprintf(judge.before, sizeof judge.before, "%016" PRIx64, worker->token);
    }
    worker->token = token;
    forget_tail(&worker->link);
    zcb_link_event event = converse(&worker->link, &sent, &judge, &verdict);
    worker->is_belated = judge.late_lines > 0;
    zcb_judge_end(&judge);
    return conclude(worker, event, verdict, job, out, error);
}

int zcb_worker_proof(zcb_worker *worker, const zcb_job *job, zcb_outcome *out, zcb_error *error)
{
    return run(worker, ZCB_JOB_PROOF, job, out, error);
}

int zcb_worker_calibrate(zcb_worker *worker, const zcb_job *job, zcb_outcome *out,
                         zcb_error *error)
{
    return run(worker, ZCB_JOB_CALIBRATE, job, out, error);
}

int zcb_worker_measure(zcb_worker *worker, const zcb_job *job, zcb_outcome *out,
                       zcb_error *error)
{
    return run(worker, ZCB_JOB_MEASURE, job, out, error);
}

int zcb_worker_memory(zcb_worker *worker, const zcb_job *job, zcb_outcome *out,
                      zcb_error *error)
{
    return run(worker, ZCB_JOB_MEMORY, job, out, error);
}
