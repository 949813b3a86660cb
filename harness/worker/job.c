/* See job.h. */
#include "worker/job.h"

#include "worker/calibrate.h"
#include "worker/embed.h"
#include "worker/engine.h"
#include "worker/heap.h"
#include "worker/job_leaks.h"
#include "worker/job_memory.h"
#include "worker/lines.h"
#include "worker/memory.h"
#include "worker/proof.h"

#include "base/random.h"

#include <stdlib.h>
#include <string.h>

/* Says that a Python exception ended the job. */
static int report_exception(const zcb_job *job, zcb_lines *lines)
{
    zcb_error error;
    zcb_embed_error(&error);
    zcb_lines_reason(lines, "error", job->token, error.text);
    return ZCB_CHILD_ERROR;
}

static int prove(const zcb_job *job, zcb_lines *lines)
{
    zcb_refusal refusal;
    zcb_memory_hook();
    int result = zcb_prove(job->lane, job->pair, job->size_bytes, job->seed, &refusal);
    if (result < 0) {
        return report_exception(job, lines);
    }
    if (result == ZCB_REFUSED) {
        zcb_lines_reason(lines, "refused", job->token, refusal.reason);
        return ZCB_CHILD_REFUSED;
    }
    zcb_lines_add(lines, "proved token=%s\n", job->token);
    return ZCB_CHILD_OK;
}

static int look_at_memory(const zcb_job *job, zcb_lines *lines)
{
    zcb_memory_hook();
    return zcb_job_memory(job, lines) < 0 ? report_exception(job, lines) : ZCB_CHILD_OK;
}

static int look_for_leaks(const zcb_job *job, zcb_lines *lines)
{
    zcb_memory_hook();
    return zcb_job_leaks(job, lines) < 0 ? report_exception(job, lines) : ZCB_CHILD_OK;
}

/* The job's count for the arm called `name`, or 0. */
static uint64_t count_of(const zcb_job *job, const char *name)
{
    for (size_t i = 0; i < job->count_count; i++) {
        if (strcmp(job->count_arms[i], name) == 0) {
            return job->counts[i];
        }
    }
    return 0;
}

static int calibrate(const zcb_job *job, const zcb_prepared *prepared, zcb_lines *lines)
{
    zcb_calibrated found[ZCB_ARMS_MAX] = {{0}};
    for (size_t arm = 0; arm < prepared->arm_count; arm++) {
        found[arm].iterations = count_of(job, prepared->arms[arm].name);
    }
    if (zcb_calibrate(prepared, job->visit_ns, (zcb_engine_clock){0}, found) < 0) {
        return report_exception(job, lines);
    }
    for (size_t arm = 0; arm < prepared->arm_count; arm++) {
        zcb_lines_add(
            lines, "calibrated token=%s arm=%s n=%llu ns=%llu tries=%d settled=%d chained=%d\n",
            job->token, prepared->arms[arm].name, (unsigned long long)found[arm].iterations,
            (unsigned long long)found[arm].visit_ns, found[arm].tries, found[arm].settled,
            found[arm].is_chained);
    }
    return ZCB_CHILD_OK;
}

static void report_visits(const zcb_job *job, const zcb_prepared *prepared,
                          const zcb_visit *visits, size_t count, zcb_lines *lines)
{
    for (size_t i = 0; i < count; i++) {
        const zcb_visit *visit = &visits[i];
        zcb_lines_add(
            lines, "visit token=%s block=%u order=%u arm=%s n=%llu ns=%llu faults=%llu\n",
            job->token, visit->block, visit->order, prepared->arms[visit->arm].name,
            (unsigned long long)visit->iterations, (unsigned long long)visit->elapsed_ns,
            (unsigned long long)visit->minor_faults);
    }
}

static int measure(const zcb_job *job, const zcb_prepared *prepared, zcb_lines *lines)
{
    zcb_blocks blocks = {.blocks = (uint32_t)job->blocks,
                         .sparse_every = (uint32_t)job->sparse_every,
                         .warmup = job->warmup,
                         .seed = zcb_random_derive(job->seed, 1)};
    for (size_t arm = 0; arm < prepared->arm_count; arm++) {
        blocks.counts[arm] = count_of(job, prepared->arms[arm].name);
        if (blocks.counts[arm] == 0) {
            zcb_lines_reason(lines, "error", job->token, "an arm has no count");
            return ZCB_CHILD_ERROR;
        }
    }
    size_t count = zcb_visit_count(prepared, &blocks);
    zcb_visit *visits = calloc(count, sizeof *visits);
    if (visits == NULL) {
        zcb_lines_reason(lines, "error", job->token, "memory is short");
        return ZCB_CHILD_ERROR;
    }
    zcb_engine_clock clock = {0};
    int failed = zcb_warm_up(prepared, &blocks, clock) < 0 ||
                 zcb_measure(prepared, &blocks, clock, visits) < 0;
    int result = failed ? report_exception(job, lines) : ZCB_CHILD_OK;
    if (!failed) {
        report_visits(job, prepared, visits, count, lines);
    }
    free(visits);
    return result;
}

int zcb_job_run(const zcb_job *job, int to)
{
    zcb_lines lines = {.to = to};
    zcb_prepared prepared;
    int result;
    if (zcb_heap_set(job->heap) < 0) {
        zcb_lines_reason(&lines, "error", job->token,
                         "this platform has no such heap condition");
        result = ZCB_CHILD_ERROR;
    } else if (job->kind == ZCB_JOB_PROOF) {
        result = prove(job, &lines);
    } else if (job->kind == ZCB_JOB_MEMORY) {
        result = look_at_memory(job, &lines);
    } else if (job->kind == ZCB_JOB_LEAKS) {
        result = look_for_leaks(job, &lines);
    } else if (zcb_prepare_under(job->lane, job->pair, job->size_bytes, job->seed,
                                 (zcb_conditions){job->cache, job->consumer}, &prepared) < 0) {
        result = report_exception(job, &lines);
    } else if (job->kind == ZCB_JOB_CALIBRATE) {
        result = calibrate(job, &prepared, &lines);
    } else {
        result = measure(job, &prepared, &lines);
    }
    return zcb_lines_flush(&lines) < 0 ? ZCB_CHILD_ERROR : result;
}
