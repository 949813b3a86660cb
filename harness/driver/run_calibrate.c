/* The second phase: how many iterations of each arm make a visit. */
#include "driver/phases.h"

#include "base/random.h"
#include "driver/amounts.h"
#include "driver/pool.h"
#include "report/units.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define STREAM_CALIBRATE 0x63616c69u /* keeps this phase's seeds apart */
#define LIMIT_MS 60000u

static const zcb_question *question_of(const zcb_session *s, size_t cell)
{
    return &s->questions.items[s->states[cell].question];
}

/* The calibrated cell of the same series whose size is nearest, or `cell` itself. */
static size_t neighbour(const zcb_session *s, size_t cell)
{
    size_t variants = s->run.variant_count, found = cell;
    double least = INFINITY, size = (double)question_of(s, cell)->size_bytes;
    for (size_t i = s->states[cell].variant; i < s->cell_count; i += variants) {
        double distance = fabs(log((double)question_of(s, i)->size_bytes / size));
        if (i != cell && s->states[i].calibration != ZCB_NO_CALIBRATION && distance < least &&
            zcb_questions_share_series(question_of(s, i), question_of(s, cell))) {
            least = distance;
            found = i;
        }
    }
    return found;
}

/* Counts of the neighbouring size, for the arms whose time grows with the size scaled to this
 * one. */
static size_t start_counts(const zcb_session *s, size_t cell, zcb_count counts[ZCB_ARMS_MAX])
{
    size_t beside = neighbour(s, cell);
    if (beside == cell) {
        return 0;
    }
    const zcb_calibration *near = &s->run.calibrations[s->states[beside].calibration];
    const zcb_planned_pair *pair = zcb_session_pair(s, cell);
    double share =
        (double)question_of(s, beside)->size_bytes / (double)question_of(s, cell)->size_bytes;
    for (size_t i = 0; i < near->arm_count; i++) {
        int is_flat = strcmp(near->arms[i], ZCB_ARM_NULL) == 0 ||
                      (pair->kind == ZCB_KIND_Z && zcb_arm_is_alternative(near->arms[i]));
        double scaled = (double)near->counts[i] * (is_flat ? 1 : share);
        counts[i] = (zcb_count){.iterations = scaled < 1 ? 1 : (uint64_t)scaled};
        snprintf(counts[i].arm, sizeof counts[i].arm, "%s", near->arms[i]);
    }
    return near->arm_count;
}

static double copy_ns(const zcb_outcome *outcome)
{
    for (size_t i = 0; i < outcome->count_count; i++) {
        const zcb_count *count = &outcome->counts[i];
        if (strcmp(count->arm, ZCB_ARM_COPY) == 0 && count->iterations > 0) {
            return (double)count->visit_ns / (double)count->iterations;
        }
    }
    return 0;
}

/* Freezes the counts of `cell`, found in took_s seconds: with cold data nearly all of them are
 * set-up. */
static int keep(zcb_session *s, size_t cell, const zcb_outcome *outcome, double took_s,
                zcb_error *error)
{
    zcb_calibration *c = &s->run.calibrations[s->run.calibration_count];
    *c = (zcb_calibration){.cell = (uint32_t)cell,
                           .settled = outcome->settled,
                           .blocks = zcb_blocks_for(s->run.plan.blocks, copy_ns(outcome))};
    if (outcome->chained) { /* every visit makes its sources several times over */
        c->blocks = zcb_blocks_for(s->run.plan.blocks, INFINITY);
        zcb_session_flag(s, cell, "chained");
    }
    for (size_t i = 0; i < outcome->count_count; i++) {
        c->arms[i] = zcb_cells_intern(s->cells, outcome->counts[i].arm);
        if (c->arms[i] == NULL) {
            return zcb_no_memory(error);
        }
        c->counts[i] = outcome->counts[i].iterations;
        c->visit_ns[i] = outcome->counts[i].visit_ns;
    }
    c->arm_count = outcome->count_count;
    s->states[cell].calibration = (uint32_t)s->run.calibration_count++;
    const zcb_question *q = question_of(s, cell);
    double set_up_s = q->condition.cache == ZCB_CACHE_COLD ? took_s : 0;
    zcb_eta_expect(&s->eta, cell, set_up_s + zcb_expect_cell_s(c, q->size_bytes, &s->run.plan));
    if (!c->settled) {
        zcb_session_flag(s, cell, "calibration");
    }
    if (c->blocks < s->run.plan.blocks) {
        zcb_session_flag(s, cell, "few_blocks");
    }
    return 0;
}

static int ask(zcb_pool *pool, zcb_worker *worker, size_t cell, zcb_outcome *outcome,
               zcb_error *error)
{
    zcb_session *s = pool->session;
    zcb_count counts[ZCB_ARMS_MAX];
    zcb_job job = {.cell = zcb_cells_at(s->cells, cell),
                   .seed = zcb_random_derive(pool->seed, 1000000 + cell),
                   .limit_ms = s->options.cell_limit_ms > 0 ? (unsigned)s->options.cell_limit_ms
                                                            : LIMIT_MS,
                   .visit_ns = s->run.plan.visit_ns,
                   .counts = counts,
                   .count_count = start_counts(s, cell, counts)};
    if (s->wall_start_ns == 0) {
        s->wall_start_ns = zcb_now_ns();
    }
    return zcb_worker_calibrate(worker, &job, outcome, error);
}

static int calibrate(zcb_pool *pool, size_t cell, zcb_error *error)
{
    zcb_session *s = pool->session;
    zcb_worker *worker = NULL;
    int result = zcb_pool_worker(pool, cell, &worker, error);
    if (result > 0) {
        zcb_phase_close_cell(s, cell, ZCB_STATUS_FAILED, NULL, error->text);
    }
    if (result != 0) {
        return result < 0 ? -1 : 0;
    }
    zcb_outcome outcome = {0};
    uint64_t before = zcb_now_ns();
    if (ask(pool, worker, cell, &outcome, error) < 0) {
        return -1;
    }
    double took_s = (double)(zcb_now_ns() - before) / 1e9;
    if (strcmp(outcome.status, "ok") == 0 && outcome.count_count > 0) {
        result = keep(s, cell, &outcome, took_s, error);
    } else {
        zcb_phase_close_cell(s, cell, ZCB_STATUS_FAILED, "in its calibration", outcome.reason);
    }
    zcb_pool_note(pool, cell, &outcome);
    zcb_outcome_clear(&outcome);
    s->wall_last_ns = zcb_now_ns();
    return result;
}

static void show(zcb_session *s, size_t cell)
{
    char what[256], size[ZCB_UNIT_TEXT_MAX];
    const zcb_cell *content = zcb_cells_at(s->cells, cell);
    if (!zcb_progress_is_due(&s->progress)) {
        return;
    }
    snprintf(what, sizeof what, "%s %s %s  %s, calibrating", content->pair,
             zcb_lane_name(content->lane),
             zcb_unit_size((double)content->size_bytes, size, sizeof size), content->python);
    zcb_progress_show(&s->progress, what, zcb_session_left_s(s));
}

int zcb_run_calibrate(zcb_session *s, zcb_error *error)
{
    zcb_pool pool;
    uint64_t seed = zcb_random_derive(s->run.seed, STREAM_CALIBRATE);
    int result = zcb_pool_init(&pool, s, "calibrate", 0, seed, NULL, error);
    for (size_t cell = 0; result == 0 && cell < s->cell_count; cell++) {
        if (s->states[cell].calibration == ZCB_NO_CALIBRATION &&
            !zcb_session_is_closed(s, cell)) {
            show(s, cell);
            result = calibrate(&pool, cell, error);
            s->calibration_left_s -= zcb_guess_question_calibration_s(
                zcb_session_pair(s, cell), question_of(s, cell), &s->run.plan);
        }
    }
    s->calibration_left_s = 0;
    zcb_pool_close(&pool, result < 0 ? "interrupted" : "ok");
    return result;
}
