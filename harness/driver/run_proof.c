/* The first phase: nothing is timed before its proof has passed. */
#include "driver/phases.h"

#include "base/random.h"
#include "driver/pool.h"

#include <stdio.h>
#include <string.h>

#define STREAM_PROOF 0x70726f6fu /* keeps this phase's seeds apart */
#define LIMIT_MS 30000u
#define PROVED_MOST_BYTES                                                                      \
    (UINT64_C(16) << 20)       /* beyond the last threshold; 64 MiB take minutes */
#define LIMIT_MS_PER_MIB 1000u /* strided work on 64 MiB takes more, dozens of times */

/* Gives up every open cell of the pair and variant of `cell`; told once. */
static void close_pair(zcb_session *s, size_t cell, zcb_status status, const char *reason)
{
    zcb_phase_close_cell(s, cell, status, status == ZCB_STATUS_FAILED ? "in its proof" : NULL,
                         reason);
    for (size_t i = 0; i < s->cell_count; i++) {
        if (s->states[i].variant == s->states[cell].variant &&
            zcb_session_pair(s, i) == zcb_session_pair(s, cell) &&
            !zcb_session_is_closed(s, i)) {
            zcb_session_close_cell(s, i, status, s->rows[cell].reason);
        }
    }
}

/* 1 when some cell of the pair and variant of `cell` has its counts. */
static int is_proved(const zcb_session *s, size_t cell)
{
    for (size_t i = 0; i < s->cell_count; i++) {
        if (s->states[i].variant == s->states[cell].variant &&
            zcb_session_pair(s, i) == zcb_session_pair(s, cell) &&
            s->states[i].calibration != ZCB_NO_CALIBRATION) {
            return 1;
        }
    }
    return 0;
}

/* A pair that raises has failed its proof like one that lies: refused. One that dies, hangs or
 * speaks garbage could not be proved at all: failed. */
static void judge(zcb_session *s, size_t cell, const zcb_outcome *outcome)
{
    if (strcmp(outcome->status, "ok") != 0) {
        int is_refused =
            strcmp(outcome->status, "refused") == 0 || strcmp(outcome->status, "error") == 0;
        close_pair(s, cell, is_refused ? ZCB_STATUS_REFUSED : ZCB_STATUS_FAILED,
                   outcome->reason);
    }
}

static unsigned limit_ms(const zcb_session *s, size_t cell)
{
    uint64_t mib = zcb_cells_at(s->cells, cell)->size_bytes >> 20;
    return s->options.cell_limit_ms > 0
               ? (unsigned)s->options.cell_limit_ms
               : LIMIT_MS + LIMIT_MS_PER_MIB * (unsigned)(mib < 600 ? mib : 600);
}

static int prove(zcb_pool *pool, size_t cell, zcb_error *error)
{
    zcb_session *s = pool->session;
    zcb_worker *worker = NULL;
    int result = zcb_pool_worker(pool, cell, &worker, error);
    if (result != 0) {
        if (result > 0) {
            close_pair(s, cell, ZCB_STATUS_FAILED, error->text);
        }
        return result < 0 ? -1 : 0;
    }
    zcb_outcome outcome = {0};
    zcb_job job = {.cell = zcb_cells_at(s->cells, cell),
                   .seed = zcb_random_derive(pool->seed, 1000000 + cell),
                   .limit_ms = limit_ms(s, cell)};
    if (zcb_worker_proof(worker, &job, &outcome, error) < 0) {
        return -1;
    }
    judge(s, cell, &outcome);
    zcb_pool_note(pool, cell, &outcome);
    zcb_outcome_clear(&outcome);
    return 0;
}

/* 1 when a size is to be proved rather than another: the larger of those small enough, else the
 * smaller. */
static int is_better_proof(uint64_t size, uint64_t other)
{
    if (size <= PROVED_MOST_BYTES && other <= PROVED_MOST_BYTES) {
        return size >= other;
    }
    return size <= other;
}

/* The questions of the smallest and the largest size of pair `pair`, the latter at most
 * PROVED_MOST_BYTES unless all are larger; 0, or -1 when it has none. */
static int find_ends(const zcb_questions *questions, size_t pair, size_t *small, size_t *large)
{
    int is_found = 0;
    for (size_t q = 0; q < questions->count; q++) {
        const zcb_question *items = questions->items;
        if (items[q].pair == pair) {
            *small = is_found && items[*small].size_bytes <= items[q].size_bytes ? *small : q;
            *large = is_found && is_better_proof(items[*large].size_bytes, items[q].size_bytes)
                         ? *large
                         : q;
            is_found = 1;
        }
    }
    return is_found ? 0 : -1;
}

/* Questions `first` and `last` of one pair, on one variant. */
static int prove_pair(zcb_pool *pool, size_t first, size_t last, size_t variant,
                      zcb_error *error)
{
    zcb_session *s = pool->session;
    size_t variants = s->run.variant_count;
    size_t small = first * variants + variant, large = last * variants + variant;
    if (is_proved(s, small) || zcb_session_is_closed(s, small)) {
        return 0;
    }
    if (zcb_progress_is_due(&s->progress)) {
        char what[128];
        snprintf(what, sizeof what, "%s %s  proof", zcb_session_pair(s, small)->name,
                 zcb_lane_name(zcb_session_pair(s, small)->lane));
        zcb_progress_show(&s->progress, what, zcb_session_left_s(s));
    }
    if (prove(pool, small, error) < 0) {
        return -1;
    }
    if (large == small || zcb_session_is_closed(s, large)) {
        return 0;
    }
    return prove(pool, large, error);
}

int zcb_run_proof(zcb_session *s, zcb_error *error)
{
    zcb_pool pool;
    uint64_t seed = zcb_random_derive(s->run.seed, STREAM_PROOF);
    int result = zcb_pool_init(&pool, s, "proof", 0, seed, s->preload, error);
    for (size_t pair = 0; result == 0 && pair < s->run.pair_count; pair++) {
        size_t first = 0, last = 0;
        if (find_ends(&s->questions, pair, &first, &last) < 0) {
            continue;
        }
        for (size_t v = 0; result == 0 && v < s->run.variant_count; v++) {
            result = prove_pair(&pool, first, last, v, error);
        }
    }
    zcb_pool_close(&pool, result < 0 ? "interrupted" : "ok");
    return result;
}
