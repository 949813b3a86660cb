/* The third phase: launch after launch, every cell once in each, variants side by side. */
#include "driver/phases.h"

#include "base/random.h"
#include "driver/amounts.h"
#include "driver/console.h"
#include "driver/interpreters.h"
#include "driver/pool.h"
#include "driver/run_folder.h"
#include "driver/signals.h"
#include "report/units.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STREAM_LAUNCH 0x6c61756e63680000u /* + launch: keeps the launches' seeds apart */
#define STREAM_ORDER 1u
#define LIMIT_FACTOR 20.0
#define LIMIT_LEAST_MS 10000u

/* One launch at work. */
typedef struct launch {
    zcb_session *session;
    zcb_pool pool;
    const unsigned char *wanted; /* per question; NULL: all. Borrowed */
    uint32_t number;
    uint64_t seed;
    uint32_t *left; /* per pair: questions still to come in this launch */
    int is_over;    /* the deadline has come: only what a resumed run still owes is measured */
} launch;

static unsigned limit_ms(const zcb_session *s, size_t cell)
{
    if (s->options.cell_limit_ms > 0) {
        return (unsigned)s->options.cell_limit_ms;
    }
    double ms = zcb_eta_cell_s(&s->eta, cell) * 1000 * LIMIT_FACTOR;
    return ms < LIMIT_LEAST_MS ? LIMIT_LEAST_MS : ms > 3.6e6 ? 3600000u : (unsigned)ms;
}

/* Hands all visits of one cell and launch to samples.csv in one call. */
static int append(launch *l, size_t cell, const zcb_calibration *c, const zcb_outcome *outcome,
                  zcb_error *error)
{
    zcb_session *s = l->session;
    zcb_sample *rows = zcb_allocate(outcome->visit_count, sizeof *rows, error);
    if (rows == NULL) {
        return -1;
    }
    uint64_t elapsed_ns = 0;
    for (size_t i = 0; i < outcome->visit_count; i++) {
        const zcb_visit_line *v = &outcome->visits[i];
        rows[i] = (zcb_sample){(uint32_t)cell,  l->number,     v->block,      v->order,
                               c->arms[v->arm], v->iterations, v->elapsed_ns, v->minor_faults};
        elapsed_ns += v->elapsed_ns;
    }
    int result =
        zcb_samples_writer_append(s->writer, s->cells, rows, outcome->visit_count, error);
    if (result == 0) {
        result = zcb_medians_take(&s->medians, cell, zcb_session_pair(s, cell), rows,
                                  outcome->visit_count, error);
    }
    free(rows);
    if (result == 0) {
        s->sample_rows += outcome->visit_count;
        s->timed_s += (double)elapsed_ns / 1e9;
        s->wall_last_ns = zcb_now_ns();
        zcb_session_mark_done(s, cell, l->number);
    }
    return result;
}

static void frozen_counts(const zcb_calibration *c, zcb_count counts[ZCB_ARMS_MAX])
{
    for (size_t i = 0; i < c->arm_count; i++) {
        counts[i] = (zcb_count){.iterations = c->counts[i], .visit_ns = c->visit_ns[i]};
        snprintf(counts[i].arm, sizeof counts[i].arm, "%s", c->arms[i]);
    }
}

static int ask(launch *l, zcb_worker *worker, size_t cell, zcb_outcome *outcome,
               zcb_error *error)
{
    zcb_session *s = l->session;
    const zcb_plan *plan = &s->run.plan;
    const zcb_calibration *c = &s->run.calibrations[s->states[cell].calibration];
    const zcb_cell *content = zcb_cells_at(s->cells, cell);
    zcb_count counts[ZCB_ARMS_MAX];
    frozen_counts(c, counts);
    zcb_job job = {.cell = content,
                   .seed = zcb_random_derive(l->seed, 1000000 + cell),
                   .limit_ms = limit_ms(s, cell),
                   .warmup = plan->warmup,
                   .blocks = c->blocks,
                   .sparse_every =
                       content->size_bytes >= plan->sparse_from_bytes ? plan->sparse_every : 1,
                   .counts = counts,
                   .count_count = c->arm_count};
    return zcb_worker_measure(worker, &job, outcome, error);
}

static int measure_with(launch *l, zcb_worker *worker, size_t cell, zcb_error *error)
{
    zcb_session *s = l->session;
    char when[32];
    zcb_outcome outcome = {0};
    uint64_t before = zcb_now_ns();
    if (s->wall_start_ns == 0) {
        s->wall_start_ns = before;
    }
    if (ask(l, worker, cell, &outcome, error) < 0) {
        return -1;
    }
    int result = 0;
    if (strcmp(outcome.status, "ok") == 0) {
        result =
            append(l, cell, &s->run.calibrations[s->states[cell].calibration], &outcome, error);
        zcb_eta_measured(&s->eta, cell, (double)(zcb_now_ns() - before) / 1e9);
    } else {
        snprintf(when, sizeof when, "in launch %u", l->number);
        zcb_phase_close_cell(s, cell, ZCB_STATUS_FAILED, when, outcome.reason);
    }
    zcb_pool_note(&l->pool, cell, &outcome);
    zcb_outcome_clear(&outcome);
    return result;
}

static int is_wanted(const launch *l, size_t cell)
{
    const zcb_session *s = l->session;
    int is_chosen = l->wanted == NULL || l->wanted[s->states[cell].question];
    return is_chosen && !zcb_session_is_closed(s, cell) &&
           !zcb_session_is_done(s, cell, l->number) &&
           s->states[cell].calibration != ZCB_NO_CALIBRATION;
}

/* 1 when the budget does not let `cell` be measured; a resumed run owes every cell one launch.
 */
static int is_too_late(launch *l, size_t cell)
{
    const zcb_session *s = l->session;
    uint64_t cost_ns = (uint64_t)(zcb_eta_cell_s(&s->eta, cell) * 1e9);
    if (s->deadline_ns != 0 && zcb_now_ns() + cost_ns > s->deadline_ns) {
        l->is_over = 1;
    }
    return l->is_over && !(s->is_resumed && s->states[cell].launches == 0);
}

static void show(launch *l, size_t cell, int is_finished)
{
    zcb_session *s = l->session;
    char what[256], size[ZCB_UNIT_TEXT_MAX], of[16];
    const zcb_cell *c = zcb_cells_at(s->cells, cell);
    if (is_finished) {
        snprintf(what, sizeof what, "%s %s %s", c->pair, zcb_lane_name(c->lane),
                 s->is_refining ? "refined" : "finished");
        zcb_progress_line(&s->progress, what, zcb_session_left_s(s));
    } else if (zcb_progress_is_due(&s->progress)) {
        uint32_t planned = s->run.plan.launches;
        of[0] = '\0';
        if (l->number <= planned) {
            snprintf(of, sizeof of, "/%u", planned);
        }
        snprintf(
            what, sizeof what, "%s %s %s  %s, launch %u%s", c->pair, zcb_lane_name(c->lane),
            zcb_unit_size((double)c->size_bytes, size, sizeof size), c->python, l->number, of);
        zcb_progress_show(&s->progress, what, zcb_session_left_s(s));
    }
}

static int measure(launch *l, size_t cell, zcb_error *error)
{
    zcb_session *s = l->session;
    zcb_worker *worker = NULL;
    if (*zcb_signals_flag() != 0) {
        return zcb_signals_fail(error);
    }
    if (is_too_late(l, cell)) {
        return 0;
    }
    show(l, cell, 0);
    int result = zcb_pool_worker(&l->pool, cell, &worker, error);
    if (result > 0) {
        zcb_phase_close_cell(s, cell, ZCB_STATUS_FAILED, NULL, error->text);
    }
    if (result == 0) {
        result = measure_with(l, worker, cell, error);
    }
    return result < 0 ? -1 : 0;
}

static int question_is_wanted(const launch *l, size_t question)
{
    size_t variants = l->session->run.variant_count;
    for (size_t v = 0; v < variants; v++) {
        if (is_wanted(l, question * variants + v)) {
            return 1;
        }
    }
    return 0;
}

/* One question on all variants, one right after the other, in random order. */
static int measure_question(launch *l, size_t question, zcb_error *error)
{
    zcb_session *s = l->session;
    size_t variants = s->run.variant_count;
    size_t order[ZCB_VARIANTS_MAX];
    uint32_t pair = s->questions.items[question].pair;
    zcb_shuffled_order(zcb_random_derive(l->seed, 500000 + question), order, variants);
    for (size_t i = 0; i < variants; i++) {
        size_t cell = question * variants + order[i];
        if (is_wanted(l, cell) && measure(l, cell, error) < 0) {
            return -1;
        }
    }
    if (--l->left[pair] == 0 && l->number == s->run.plan.launches && !l->is_over) {
        show(l, question * variants, 1);
    }
    return 0;
}

static int measure_questions(launch *l, zcb_error *error)
{
    zcb_session *s = l->session;
    size_t *order = zcb_allocate(s->questions.count, sizeof *order, error);
    if (order == NULL) {
        return -1;
    }
    for (size_t q = 0; q < s->questions.count; q++) {
        l->left[s->questions.items[q].pair] += (uint32_t)question_is_wanted(l, q);
    }
    zcb_shuffled_order(zcb_random_derive(l->seed, STREAM_ORDER), order, s->questions.count);
    int result = 0;
    for (size_t i = 0; result == 0 && i < s->questions.count; i++) {
        if (question_is_wanted(l, order[i])) {
            result = measure_question(l, order[i], error);
        }
    }
    free(order);
    return result;
}

int zcb_run_launch(zcb_session *s, uint32_t number, const unsigned char *wanted, int *is_over,
                   zcb_error *error)
{
    launch l = {.session = s,
                .wanted = wanted,
                .number = number,
                .seed = zcb_random_derive(s->run.seed, STREAM_LAUNCH + number)};
    l.left = zcb_allocate(s->run.pair_count, sizeof *l.left, error);
    const char *phase = s->launch_phase != NULL ? s->launch_phase : "measure";
    if (l.left == NULL || zcb_pool_init(&l.pool, s, phase, number, l.seed, NULL, error) < 0) {
        free(l.left);
        return -1;
    }
    int result = measure_questions(&l, error);
    zcb_pool_close(&l.pool, result < 0 ? "interrupted" : "ok");
    free(l.left);
    *is_over = l.is_over;
    return result;
}

static int anything_is_wanted(const zcb_session *s, uint32_t number)
{
    const launch l = {.session = (zcb_session *)s, .number = number};
    for (size_t question = 0; question < s->questions.count; question++) {
        if (question_is_wanted(&l, question)) {
            return 1;
        }
    }
    return 0;
}

/* The most launches any cell has, at least 1. */
static uint32_t launches_made(const zcb_session *s)
{
    uint32_t most = 1;
    for (size_t cell = 0; cell < s->cell_count; cell++) {
        most = s->states[cell].launches > most ? s->states[cell].launches : most;
    }
    return most;
}

/* Cells whose turn never came are recorded with why. */
static void tell_skipped(zcb_session *s)
{
    size_t count = 0;
    for (size_t cell = 0; cell < s->cell_count; cell++) {
        if (s->rows[cell].status == ZCB_STATUS_SKIPPED) {
            zcb_session_close_cell(s, cell, ZCB_STATUS_SKIPPED,
                                   "the budget ended before its turn");
            count++;
        }
    }
    if (count > 0) {
        zcb_note("note: the budget ended before %zu of %zu cells were measured", count,
                 s->cell_count);
    }
}

int zcb_run_launches(zcb_session *s, zcb_after_launch *after, zcb_error *error)
{
    int is_over = 0;
    for (uint32_t number = 1; number <= s->run.plan.launches && !is_over; number++) {
        if (!anything_is_wanted(s, number)) {
            continue;
        }
        if (zcb_run_launch(s, number, NULL, &is_over, error) < 0) {
            return -1;
        }
        if (is_over) {
            s->run.plan.launches = launches_made(s);
            tell_skipped(s);
        }
        if (zcb_folder_write(s, error) < 0 ||
            (after != NULL && !is_over && after(s, number, error) < 0)) {
            return -1;
        }
    }
    return 0;
}
