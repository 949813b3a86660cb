/* See session.h. */
#include "driver/session.h"

#include "driver/amounts.h"
#include "driver/narrow.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PENDING "not measured"

void zcb_session_clear(zcb_session *s)
{
    zcb_samples_writer_close(s->writer, NULL);
    zcb_eta_clear(&s->eta);
    zcb_medians_clear(&s->medians);
    free(s->launches);
    free(s->done);
    free(s->rows);
    free(s->states);
    zcb_cells_free(s->cells);
    free(s->module_index);
    zcb_texts_clear(&s->modules);
    zcb_questions_clear(&s->questions);
    zcb_selection_clear(&s->selection);
    zcb_catalogue_clear(&s->catalogue);
    zcb_run_clear(&s->run);
    zcb_run_options_clear(&s->options);
    free(s->preload);
    free(s->dir);
    if (s->lock_fd >= 0) {
        close(s->lock_fd);
    }
    *s = (zcb_session){.lock_fd = -1};
}

static int copy_pairs(zcb_session *s, zcb_error *error)
{
    s->run.pairs = zcb_allocate(s->selection.count, sizeof *s->run.pairs, error);
    if (s->run.pairs == NULL) {
        return -1;
    }
    for (size_t i = 0; i < s->selection.count; i++) {
        if (zcb_planned_pair_copy(&s->selection.entries[i]->pair, &s->run.pairs[i], error) <
            0) {
            return -1;
        }
        s->run.pair_count++;
    }
    return 0;
}

/* Pairs that need other modules are measured in other processes: an import leaves its history.
 */
static int sort_modules(zcb_session *s, zcb_error *error)
{
    s->module_index = zcb_allocate(s->run.pair_count, sizeof *s->module_index, error);
    if (s->module_index == NULL) {
        return -1;
    }
    for (size_t i = 0; i < s->run.pair_count; i++) {
        const char *requires = s->run.pairs[i].requires;
        int index = zcb_texts_find(&s->modules, requires);
        if (index < 0) {
            index = (int)s->modules.count;
            if (zcb_texts_add(&s->modules, requires, error) < 0) {
                return -1;
            }
        }
        s->module_index[i] = (uint32_t)index;
    }
    return 0;
}

/* Why a pair can't be measured on a variant under a condition, or NULL. */
static const char *why_unavailable(const zcb_entry *entry, size_t variant,
                                   zcb_condition condition)
{
    const zcb_availability *a = &entry->availability[variant];
    int is_cold = condition.cache == ZCB_CACHE_COLD;
    int is_read = condition.consumer == ZCB_CONSUMER_READ;
    return !a->ok                                   ? a->reason
           : is_cold && entry->hot_only[0] != '\0'  ? entry->hot_only
           : is_read && entry->drop_only[0] != '\0' ? entry->drop_only
                                                    : NULL;
}

static int add_cell(zcb_session *s, size_t cell, zcb_error *error)
{
    zcb_cell_state *state = &s->states[cell];
    const zcb_question *q = &s->questions.items[state->question];
    const zcb_planned_pair *pair = &s->run.pairs[q->pair];
    zcb_cell content = {s->run.variants[state->variant].name,
                        pair->name,
                        pair->lane,
                        q->condition.heap,
                        q->condition.cache,
                        q->condition.consumer,
                        q->size_bytes};
    if (zcb_cells_add(s->cells, &content) != (int64_t)cell) {
        return zcb_no_memory(error);
    }
    s->rows[cell] = (zcb_cell_row){.cell = (uint32_t)cell, .status = ZCB_STATUS_SKIPPED};
    snprintf(s->rows[cell].reason, sizeof s->rows[cell].reason, "%s", PENDING);
    const char *reason =
        why_unavailable(s->selection.entries[q->pair], state->variant, q->condition);
    if (reason != NULL) {
        zcb_session_close_cell(s, cell, ZCB_STATUS_UNAVAILABLE, reason);
        return 0;
    }
    zcb_eta_expect(&s->eta, cell, zcb_guess_question_s(pair, q, &s->run.plan));
    s->calibration_left_s += zcb_guess_question_calibration_s(pair, q, &s->run.plan);
    return 0;
}

/* *array has room for `count` elements afterwards, or is as it was: 0 or -1. */
static int grow(void *array, size_t count, size_t size, zcb_error *error)
{
    void *old, *grown;
    memcpy(&old, array, sizeof old);
    grown = realloc(old, (count > 0 ? count : 1) * size);
    if (grown == NULL) {
        return zcb_no_memory(error);
    }
    memcpy(array, &grown, sizeof grown);
    return 0;
}

/* Room for `count` cells; what is new in `done` is 0. */
static int grow_cells(zcb_session *s, size_t count, zcb_error *error)
{
    if (grow(&s->states, count, sizeof *s->states, error) < 0 ||
        grow(&s->rows, count, sizeof *s->rows, error) < 0 ||
        grow(&s->done, count * s->launch_stride, 1, error) < 0 ||
        grow(&s->run.calibrations, count, sizeof *s->run.calibrations, error) < 0 ||
        zcb_medians_resize(&s->medians, count, s->launch_stride, error) < 0 ||
        zcb_eta_grow(&s->eta, count, error) < 0) {
        return -1;
    }
    memset(s->done + s->cell_count * s->launch_stride, 0,
           (count - s->cell_count) * s->launch_stride);
    return 0;
}

/* The cells of the questions that have none yet. */
static int add_cells(zcb_session *s, zcb_error *error)
{
    size_t variants = s->run.variant_count, count = s->questions.count * variants;
    if (grow_cells(s, count, error) < 0) {
        return -1;
    }
    for (; s->cell_count < count; s->cell_count++) {
        s->states[s->cell_count] =
            (zcb_cell_state){.question = (uint32_t)(s->cell_count / variants),
                             .variant = (uint32_t)(s->cell_count % variants),
                             .calibration = ZCB_NO_CALIBRATION};
        if (add_cell(s, s->cell_count, error) < 0) {
            return -1;
        }
    }
    return 0;
}

/* 1 when more launches than planned may come: until a precision is reached or a budget ends. */
static int goes_on(const zcb_session *s)
{
    return s->options.launches == 0 && (s->options.precision > 0 || s->options.budget_ns > 0);
}

uint32_t zcb_session_last_launch(const zcb_session *s)
{
    uint32_t last = 0;
    for (size_t i = 0; i < s->launch_count; i++) {
        last = s->launches[i].launch > last ? s->launches[i].launch : last;
    }
    return last;
}

int zcb_session_plan(zcb_session *s, zcb_error *error)
{
    if (copy_pairs(s, error) < 0 || sort_modules(s, error) < 0) {
        return -1;
    }
    s->launch_stride = goes_on(s) ? ZCB_LAUNCHES_MAX : s->run.plan.launches;
    if (s->extra_launches > 0) {
        uint32_t made = zcb_session_last_launch(s);
        s->launch_stride =
            (made > s->launch_stride ? made : s->launch_stride) + s->extra_launches;
    }
    s->cells = zcb_cells_new();
    return s->cells == NULL ? zcb_no_memory(error) : add_cells(s, error);
}

/* A row that tells why the pair of `cell` was given up on its variant before anything of it was
 * measured; NULL when it was not. */
static const zcb_cell_row *pair_given_up(const zcb_session *s, size_t cell)
{
    const zcb_cell_row *row = NULL;
    for (size_t i = s->states[cell].variant; i < cell; i += s->run.variant_count) {
        if (zcb_session_pair(s, i) == zcb_session_pair(s, cell)) {
            if (s->states[i].calibration != ZCB_NO_CALIBRATION) {
                return NULL;
            }
            row = zcb_session_is_closed(s, i) ? &s->rows[i] : row;
        }
    }
    return row;
}

int zcb_session_add_question(zcb_session *s, const zcb_question *question, zcb_error *error)
{
    if (grow(&s->questions.items, s->questions.count + 1, sizeof *s->questions.items, error) <
        0) {
        return -1;
    }
    s->questions.items[s->questions.count++] = *question;
    if (add_cells(s, error) < 0) {
        return -1;
    }
    for (size_t i = s->cell_count - s->run.variant_count; i < s->cell_count; i++) {
        const zcb_cell_row *given_up = pair_given_up(s, i);
        if (given_up != NULL && !zcb_session_is_closed(s, i)) {
            zcb_session_close_cell(s, i, given_up->status, given_up->reason);
        }
    }
    return 0;
}

int zcb_session_is_closed(const zcb_session *s, size_t cell)
{
    zcb_status status = s->rows[cell].status;
    return status == ZCB_STATUS_REFUSED || status == ZCB_STATUS_FAILED ||
           status == ZCB_STATUS_UNAVAILABLE;
}

void zcb_session_close_cell(zcb_session *s, size_t cell, zcb_status status, const char *reason)
{
    zcb_cell_row *row = &s->rows[cell];
    row->status = status;
    snprintf(row->reason, sizeof row->reason, "%s", reason);
}

static int has_flag(const char *flags, const char *flag)
{
    size_t length = strlen(flag);
    for (const char *at = flags; (at = strstr(at, flag)) != NULL; at += length) {
        if ((at == flags || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) {
            return 1;
        }
    }
    return 0;
}

void zcb_session_flag(zcb_session *s, size_t cell, const char *flag)
{
    char *flags = s->rows[cell].flags;
    size_t used = strlen(flags);
    if (!has_flag(flags, flag)) {
        snprintf(flags + used, sizeof s->rows[cell].flags - used, "%s%s", used > 0 ? " " : "",
                 flag);
    }
}

const zcb_planned_pair *zcb_session_pair(const zcb_session *s, size_t cell)
{
    return &s->run.pairs[s->questions.items[s->states[cell].question].pair];
}

int zcb_session_is_done(const zcb_session *s, size_t cell, uint32_t launch)
{
    return s->done[cell * s->launch_stride + launch - 1];
}

void zcb_session_mark_done(zcb_session *s, size_t cell, uint32_t launch)
{
    unsigned char *mark = &s->done[cell * s->launch_stride + launch - 1];
    if (*mark) {
        return;
    }
    *mark = 1;
    s->states[cell].launches++;
    if (s->rows[cell].status == ZCB_STATUS_SKIPPED) {
        const zcb_cell_state *state = &s->states[cell];
        const zcb_question *q = &s->questions.items[state->question];
        zcb_session_close_cell(
            s, cell, ZCB_STATUS_OK,
            s->selection.entries[q->pair]->availability[state->variant].without);
    }
}

double zcb_session_planned_left_s(const zcb_session *s)
{
    double left = s->calibration_left_s;
    uint32_t starts = 0;
    for (size_t cell = 0; cell < s->cell_count; cell++) {
        if (!zcb_session_is_closed(s, cell)) {
            uint32_t done = s->states[cell].launches, planned = s->run.plan.launches;
            uint32_t launches = done < planned ? planned - done : 0;
            left += launches * zcb_eta_cell_s(&s->eta, cell);
            starts = launches > starts ? launches : starts;
        }
    }
    double start_s = s->start_count > 0 ? s->start_s / s->start_count : ZCB_OVERHEAD_START_S;
    return left + start_s * starts * (double)(s->run.variant_count * s->modules.count);
}

double zcb_session_left_s(const zcb_session *s)
{
    double left = zcb_session_planned_left_s(s) + s->narrowing_left_s;
    if (s->deadline_ns != 0) { /* the plan may be larger than the budget, or end before it */
        uint64_t now = zcb_now_ns();
        double rest = s->deadline_ns > now ? (double)(s->deadline_ns - now) / 1e9 : 0;
        left = goes_on(s) ? rest : fmin(left, rest);
    }
    return left + zcb_guess_report_s(s->run.pair_count * s->run.variant_count);
}
