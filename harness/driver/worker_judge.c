/* See worker_judge.h. */
#include "driver/worker_judge.h"

#include "base/wire.h"
#include "driver/worker_judge_memory.h"
#include "driver/worker_text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LATE_LINES_MAX 10000 /* more are a flood */

_Static_assert(ZCB_ARMS_MAX <= 8, "a block's mask is one byte");
_Static_assert(sizeof((zcb_outcome *)0)->status == ZCB_WORKER_STATUS_BYTES, "one status size");

int zcb_judge_is_visited(const zcb_job *job, size_t index, uint32_t block)
{
    const char *arm = job->counts[index].arm;
    int is_sparse = strcmp(arm, ZCB_ARM_TWIN) == 0 || strcmp(arm, ZCB_ARM_LIMIT) == 0;
    return !is_sparse || job->sparse_every <= 1 || block % job->sparse_every == 0;
}

static uint32_t visits_of_block(const zcb_job *job, uint32_t block)
{
    uint32_t visits = 0;
    for (size_t i = 0; i < job->count_count; i++) {
        visits += (uint32_t)zcb_judge_is_visited(job, i, block);
    }
    return visits;
}

static size_t find_arm(const zcb_count *counts, size_t count, const char *arm)
{
    size_t i = 0;
    while (i < count && strcmp(counts[i].arm, arm) != 0) {
        i++;
    }
    return i;
}

static int counts_make_sense(const zcb_job *job)
{
    if (job->count_count == 0 || job->count_count > ZCB_ARMS_MAX || job->blocks == 0) {
        return 0;
    }
    for (size_t i = 0; i < job->count_count; i++) {
        if (job->counts[i].iterations == 0 ||
            find_arm(job->counts, i, job->counts[i].arm) < i) {
            return 0;
        }
    }
    return 1;
}

static int begin_measure(zcb_judge *judge, zcb_error *error)
{
    const zcb_job *job = judge->job;
    if (!counts_make_sense(job)) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL,
                        "a cell without blocks, or without a count for each of its arms");
    }
    uint64_t every = job->sparse_every <= 1 ? 1 : job->sparse_every;
    uint64_t full = (job->blocks + every - 1) / every;
    judge->visits_expected = full * visits_of_block(job, 0);
    if (every > 1) {
        judge->visits_expected += (job->blocks - full) * visits_of_block(job, 1);
    }
    judge->masks = calloc(job->blocks, 2);
    judge->out->visits = calloc(judge->visits_expected, sizeof *judge->out->visits);
    if (judge->masks == NULL || judge->out->visits == NULL) {
        zcb_judge_end(judge);
        zcb_outcome_clear(judge->out);
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    return 0;
}

int zcb_judge_begin(zcb_judge *judge, zcb_job_kind kind, const zcb_job *job, uint64_t token,
                    zcb_outcome *out, zcb_error *error)
{
    memset(judge, 0, sizeof *judge);
    judge->kind = kind;
    judge->job = job;
    judge->out = out;
    snprintf(judge->token, sizeof judge->token, "%016" PRIx64, token);
    return kind == ZCB_JOB_MEASURE ? begin_measure(judge, error) : 0;
}

void zcb_judge_end(zcb_judge *judge)
{
    free(judge->masks);
    judge->masks = NULL;
}

static void drop_figures(zcb_outcome *out)
{
    free(out->visits);
    out->visits = NULL;
    out->visit_count = 0;
    out->count_count = 0;
    out->finding_count = 0;
    out->settled = 0;
    out->chained = 0;
}

zcb_verdict zcb_judge_garbage(zcb_judge *judge, const char *format, ...)
{
    zcb_outcome *out = judge->out;
    char text[sizeof out->reason];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    drop_figures(out);
    snprintf(out->status, sizeof out->status, "garbage");
    zcb_worker_text_clean(text, strlen(text), out->reason, sizeof out->reason);
    return ZCB_JUDGE_GARBAGE;
}

/* null does nothing: where it has one iteration, as beside a slow view, its visit may be
 * shorter than the clock can tell. It is taken for the shortest time there is, 1 ns. */
static uint64_t tick(const char *arm, uint64_t ns)
{
    return ns == 0 && strcmp(arm, ZCB_ARM_NULL) == 0 ? 1 : ns;
}

static zcb_verdict take_visit(zcb_judge *judge, const zcb_wire *wire)
{
    const zcb_job *job = judge->job;
    const char *arm = zcb_wire_text(wire, "arm");
    uint64_t block, order, n, ns, faults;
    if (arm == NULL || zcb_wire_u64(wire, "block", &block) < 0 ||
        zcb_wire_u64(wire, "order", &order) < 0 || zcb_wire_u64(wire, "n", &n) < 0 ||
        zcb_wire_u64(wire, "ns", &ns) < 0 || zcb_wire_u64(wire, "faults", &faults) < 0) {
        return zcb_judge_garbage(judge, "a visit lacks a field, or a field is no number");
    }
    size_t index = find_arm(job->counts, job->count_count, arm);
    if (block >= job->blocks || index == job->count_count ||
        !zcb_judge_is_visited(job, index, (uint32_t)block) ||
        order >= visits_of_block(job, (uint32_t)block)) {
        return zcb_judge_garbage(
            judge, "an unplanned visit: block %" PRIu64 ", place %" PRIu64 ", arm %s", block,
            order, arm);
    }
    uint8_t *places = &judge->masks[2 * block], *arms = &judge->masks[2 * block + 1];
    if ((*places >> order & 1) != 0 || (*arms >> index & 1) != 0) {
        return zcb_judge_garbage(
            judge, "a visit came twice: block %" PRIu64 ", place %" PRIu64 ", arm %s", block,
            order, arm);
    }
    ns = tick(arm, ns);
    if (n != job->counts[index].iterations || ns == 0) {
        return zcb_judge_garbage(judge,
                                 "arm %s: %" PRIu64 " iterations in %" PRIu64
                                 " ns where %" PRIu64 " were asked for",
                                 arm, n, ns, job->counts[index].iterations);
    }
    *places |= (uint8_t)(1U << order);
    *arms |= (uint8_t)(1U << index);
    judge->out->visits[judge->out->visit_count++] =
        (zcb_visit_line){(uint32_t)block, (uint32_t)order, (uint32_t)index, n, ns, faults};
    return ZCB_JUDGE_GOES_ON;
}

/* One of the fixed arms, "view", or "view:" and a name of [A-Za-z0-9_.-]. */
static int is_arm(const char *arm)
{
    static const char *const known[] = {ZCB_ARM_COPY, ZCB_ARM_VIEW, ZCB_ARM_NULL, ZCB_ARM_TWIN,
                                        ZCB_ARM_LIMIT};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(arm, known[i]) == 0) {
            return 1;
        }
    }
    size_t length = strlen(arm), prefix = strlen(ZCB_ARM_VIEW ":");
    return strncmp(arm, ZCB_ARM_VIEW ":", prefix) == 0 && length > prefix &&
           length <= ZCB_NAME_MAX &&
           prefix + strspn(arm + prefix, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                         "0123456789_.-") ==
               length;
}

static zcb_verdict take_calibrated(zcb_judge *judge, const zcb_wire *wire)
{
    zcb_outcome *out = judge->out;
    const char *arm = zcb_wire_text(wire, "arm");
    uint64_t n, ns, tries, settled, chained = 0;
    if (arm == NULL || zcb_wire_u64(wire, "n", &n) < 0 || zcb_wire_u64(wire, "ns", &ns) < 0 ||
        zcb_wire_u64(wire, "tries", &tries) < 0 ||
        zcb_wire_u64(wire, "settled", &settled) < 0 ||
        (zcb_wire_text(wire, "chained") != NULL &&
         zcb_wire_u64(wire, "chained", &chained) < 0)) {
        return zcb_judge_garbage(judge, "a calibration lacks a field, or a field is no number");
    }
    if (!is_arm(arm) || out->count_count == ZCB_ARMS_MAX ||
        find_arm(out->counts, out->count_count, arm) < out->count_count) {
        return zcb_judge_garbage(judge, "an unknown arm was calibrated, or one twice: %s", arm);
    }
    ns = tick(arm, ns);
    if (n == 0 || ns == 0 || settled > 1) {
        return zcb_judge_garbage(judge,
                                 "arm %s: calibrated to %" PRIu64 " iterations in %" PRIu64
                                 " ns, settled %" PRIu64,
                                 arm, n, ns, settled);
    }
    zcb_count *count = &out->counts[out->count_count++];
    *count = (zcb_count){.iterations = n, .visit_ns = ns};
    snprintf(count->arm, sizeof count->arm, "%s", arm);
    out->settled = (out->count_count == 1 || out->settled) && settled == 1;
    out->chained = out->chained || chained != 0;
    return ZCB_JUDGE_GOES_ON;
}

/* Why an answer that ended well can't be believed, or NULL. */
static const char *contradiction(const zcb_judge *judge, uint64_t visits)
{
    const zcb_outcome *out = judge->out;
    if (judge->said[0] != '\0') {
        return "the worker gave a reason for failing and ended with ok";
    }
    if (judge->kind == ZCB_JOB_PROOF) {
        return judge->has_proved ? NULL : "the worker ended a proof with ok, but without proof";
    }
    if (judge->kind == ZCB_JOB_MEMORY) {
        return zcb_judge_memory_contradiction(out);
    }
    if (judge->kind == ZCB_JOB_MEASURE) {
        return out->visit_count < judge->visits_expected ? "visits are missing"
               : visits != out->visit_count ? "the worker counted other visits than came"
                                            : NULL;
    }
    static const char *const needed[] = {ZCB_ARM_COPY, ZCB_ARM_NULL, ZCB_ARM_TWIN,
                                         ZCB_ARM_LIMIT};
    const size_t fixed = sizeof needed / sizeof needed[0];
    for (size_t i = 0; i < fixed; i++) {
        if (find_arm(out->counts, out->count_count, needed[i]) == out->count_count) {
            return "an arm was not calibrated";
        }
    }
    return out->count_count == fixed ? "no view was calibrated" : NULL;
}

/* Fills the reason of an answer that ended badly: 0, or -1 when `status` is no status. */
static int explain(const zcb_judge *judge, const char *status, char *reason, size_t size)
{
    char death[128];
    if (strcmp(status, "timeout") == 0) {
        snprintf(reason, size, "not finished within %u ms", judge->job->limit_ms);
    } else if (strcmp(status, "error") == 0 || strcmp(status, "refused") == 0) {
        snprintf(reason, size, "%s", judge->said[0] != '\0' ? judge->said : "no reason given");
    } else if (zcb_worker_text_death(status, death, sizeof death) == 0) {
        snprintf(reason, size, "the cell's process %s", death);
    } else {
        return -1;
    }
    return 0;
}

static zcb_verdict take_end(zcb_judge *judge, const zcb_wire *wire)
{
    zcb_outcome *out = judge->out;
    const char *status = zcb_wire_text(wire, "status");
    uint64_t visits =
        out->visit_count; /* a worker's parent need not know how many there were */
    if (status == NULL ||
        (zcb_wire_text(wire, "visits") != NULL && zcb_wire_u64(wire, "visits", &visits) < 0) ||
        zcb_wire_u64(wire, "switches", &out->involuntary_switches) < 0 ||
        zcb_wire_u64(wire, "peak_kib", &out->peak_kib) < 0) {
        return zcb_judge_garbage(judge, "the last line lacks a field, or a field is no number");
    }
    if (strcmp(status, "ok") == 0) {
        const char *why = contradiction(judge, visits);
        if (why != NULL) {
            return zcb_judge_garbage(judge, "%s", why);
        }
    } else if (explain(judge, status, out->reason, sizeof out->reason) < 0) {
        return zcb_judge_garbage(judge, "an unknown status: %s", status);
    } else {
        drop_figures(out);
    }
    snprintf(out->status, sizeof out->status, "%s", status);
    return ZCB_JUDGE_ENDED;
}

static zcb_verdict take_reason(zcb_judge *judge, const zcb_wire *wire)
{
    const char *reason = zcb_wire_text(wire, "reason");
    if (reason == NULL || judge->said[0] != '\0') {
        return zcb_judge_garbage(judge, "a failure without a reason, or with a second one");
    }
    zcb_worker_text_clean(reason, strlen(reason), judge->said, sizeof judge->said);
    if (judge->said[0] == '\0') {
        snprintf(judge->said, sizeof judge->said, "no reason given");
    }
    return ZCB_JUDGE_GOES_ON;
}

zcb_verdict zcb_judge_line(zcb_judge *judge, char *line)
{
    char start[64];
    zcb_worker_text_clean(line, strlen(line), start, sizeof start);
    zcb_wire wire;
    const char *token = zcb_wire_parse(line, &wire) < 0 ? NULL : zcb_wire_text(&wire, "token");
    if (token != NULL && judge->before[0] != '\0' && strcmp(token, judge->before) == 0 &&
        judge->late_lines < LATE_LINES_MAX) {
        judge->late_lines++;
        return ZCB_JUDGE_GOES_ON;
    }
    if (token == NULL || strcmp(token, judge->token) != 0) {
        return zcb_judge_garbage(judge, "a line that is not this job's: %s", start);
    }
    if (strcmp(wire.verb, "end") == 0) {
        return take_end(judge, &wire);
    }
    if (strcmp(wire.verb, "refused") == 0 || strcmp(wire.verb, "error") == 0) {
        return take_reason(judge, &wire);
    }
    if (judge->kind == ZCB_JOB_MEASURE && strcmp(wire.verb, "visit") == 0) {
        return take_visit(judge, &wire);
    }
    if (judge->kind == ZCB_JOB_CALIBRATE && strcmp(wire.verb, "calibrated") == 0) {
        return take_calibrated(judge, &wire);
    }
    if (judge->kind == ZCB_JOB_MEMORY && strcmp(wire.verb, "memory") == 0) {
        return zcb_judge_take_memory(judge, &wire);
    }
    if (judge->kind == ZCB_JOB_PROOF && strcmp(wire.verb, "proved") == 0 &&
        !judge->has_proved) {
        judge->has_proved = 1;
        return ZCB_JUDGE_GOES_ON;
    }
    return zcb_judge_garbage(judge, "an unexpected line: %s", start);
}

void zcb_outcome_clear(zcb_outcome *outcome)
{
    free(outcome->visits);
    *outcome = (zcb_outcome){0};
}
