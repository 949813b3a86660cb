/* The phase that times nothing: what operations allocate, what their results mean, and what
 * only looks like a copy or a view. Its workers are counting ones, and end before anything is
 * timed. */
#include "driver/phases.h"

#include "base/random.h"
#include "driver/amounts.h"
#include "driver/console.h"
#include "driver/lies.h"
#include "driver/pool.h"
#include "driver/run_folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STREAM_MEMORY 0x6d656d6fu /* keeps this phase's seeds apart */
#define LIMIT_MS 30000u
#define BUDGET_SHARE 0.1 /* of a run's time, at most */

enum { SIZES_MAX = 4 };

/* What the phase works with. Owns rows and path texts; borrows the session. */
typedef struct pass {
    zcb_session *session;
    zcb_pool pool;
    uint64_t until_ns; /* 0: no limit */
    char *memory_path, *semantics_path, *lies_path;
    zcb_memory_row *memory;
    size_t memory_count;
    zcb_semantics_row *semantics;
    size_t semantics_count;
    zcb_lie_row *lies;
    size_t lie_count;
} pass;

static int exists(const char *path)
{
    return access(path, F_OK) == 0;
}

/* What an earlier sitting of a resumed run has recorded. */
static int take_recorded(pass *p, zcb_error *error)
{
    zcb_cells *cells = p->session->cells;
    return (exists(p->memory_path) && zcb_memory_rows_read(p->memory_path, cells, &p->memory,
                                                           &p->memory_count, error) < 0) ||
                   (exists(p->semantics_path) &&
                    zcb_semantics_rows_read(p->semantics_path, cells, &p->semantics,
                                            &p->semantics_count, error) < 0)
               ? -1
               : 0;
}

static int is_same_job(const zcb_arm_key *a, const zcb_arm_key *b)
{
    return a->size_bytes == b->size_bytes && a->lane == b->lane && a->python == b->python &&
           a->pair == b->pair; /* interned: equal texts are one */
}

/* Rows a whole job of `key`'s pair gives in each table; 0 when the run has no such pair. */
static size_t rows_of_job(const zcb_run *run, const zcb_arm_key *key)
{
    for (size_t i = 0; i < run->pair_count; i++) {
        if (run->pairs[i].lane == key->lane && strcmp(run->pairs[i].name, key->pair) == 0) {
            return run->pairs[i].alternative_count + 1;
        }
    }
    return 0;
}

/* 1 when the job of `key` has all its rows in both tables. */
static int is_whole(const pass *p, const zcb_arm_key *key)
{
    size_t memory = 0, semantics = 0, wanted = rows_of_job(&p->session->run, key);
    for (size_t i = 0; i < p->memory_count; i++) {
        memory += (size_t)is_same_job(&p->memory[i].key, key);
    }
    for (size_t i = 0; i < p->semantics_count; i++) {
        semantics += (size_t)is_same_job(&p->semantics[i].key, key);
    }
    return memory == wanted && semantics == wanted;
}

/* Drops the rows of jobs that are not whole: the tables are written one after the other, and
 * either may have been cut. */
static int keep_whole(pass *p, zcb_error *error)
{
    size_t kept = 0;
    unsigned char *memory = zcb_allocate(p->memory_count, 1, error);
    unsigned char *semantics = zcb_allocate(p->semantics_count, 1, error);
    int result = memory == NULL || semantics == NULL ? -1 : 0;
    for (size_t i = 0; result == 0 && i < p->memory_count; i++) {
        memory[i] = (unsigned char)is_whole(p, &p->memory[i].key);
    }
    for (size_t i = 0; result == 0 && i < p->semantics_count; i++) {
        semantics[i] = (unsigned char)is_whole(p, &p->semantics[i].key);
    }
    for (size_t i = 0; result == 0 && i < p->memory_count; i++) {
        p->memory[kept] = p->memory[i];
        kept += memory[i];
    }
    p->memory_count = result == 0 ? kept : p->memory_count;
    kept = 0;
    for (size_t i = 0; result == 0 && i < p->semantics_count; i++) {
        p->semantics[kept] = p->semantics[i];
        kept += semantics[i];
    }
    p->semantics_count = result == 0 ? kept : p->semantics_count;
    free(semantics);
    free(memory);
    return result;
}

static int begin(pass *p, zcb_session *s, zcb_error *error)
{
    *p = (pass){.session = s};
    p->memory_path = zcb_folder_path(s->dir, "memory.csv", error);
    p->semantics_path = zcb_folder_path(s->dir, "semantics.csv", error);
    p->lies_path = zcb_folder_path(s->dir, "lies.csv", error);
    if (p->memory_path == NULL || p->semantics_path == NULL || p->lies_path == NULL ||
        take_recorded(p, error) < 0 || keep_whole(p, error) < 0) {
        return -1;
    }
    if (s->deadline_ns > s->started_ns) {
        uint64_t whole_ns = s->deadline_ns - s->started_ns;
        p->until_ns = zcb_now_ns() + (uint64_t)((double)whole_ns * BUDGET_SHARE);
    }
    return zcb_pool_init(&p->pool, s, "memory", 0,
                         zcb_random_derive(s->run.seed, STREAM_MEMORY), s->preload, error);
}

static void end(pass *p)
{
    free(p->lies);
    free(p->semantics);
    free(p->memory);
    free(p->lies_path);
    free(p->semantics_path);
    free(p->memory_path);
}

/* The smallest and the largest planned size of the pair at question `first`, and 64 KiB and 1
 * MiB where they lie between: ascending into out[SIZES_MAX], their number. *next is the next
 * pair's question. */
static size_t choose_sizes(const zcb_session *s, size_t first, uint64_t *out, size_t *next)
{
    static const uint64_t between[] = {64 << 10, 1 << 20};
    const zcb_question *items = s->questions.items;
    uint64_t low = items[first].size_bytes, high = low;
    size_t i = first, count = 0;
    for (; i < s->questions.count && items[i].pair == items[first].pair; i++) {
        low = items[i].size_bytes < low ? items[i].size_bytes : low;
        high = items[i].size_bytes > high ? items[i].size_bytes : high;
    }
    *next = i;
    out[count++] = low;
    for (size_t k = 0; k < sizeof between / sizeof between[0]; k++) {
        if (between[k] > low && between[k] < high) {
            out[count++] = between[k];
        }
    }
    if (high > low) {
        out[count++] = high;
    }
    return count;
}

static int is_recorded(const pass *p, const zcb_cell *cell)
{
    const zcb_arm_key wanted = {cell->python, cell->pair, cell->lane, cell->size_bytes, NULL};
    for (size_t i = 0; i < p->memory_count; i++) {
        if (is_same_job(&p->memory[i].key, &wanted)) {
            return 1;
        }
    }
    return 0;
}

/* Adds the rows of one job. */
static int take(pass *p, const zcb_cell *cell, const zcb_outcome *outcome, zcb_error *error)
{
    size_t more = outcome->finding_count;
    zcb_memory_row *memory = realloc(p->memory, (p->memory_count + more) * sizeof *memory);
    p->memory = memory != NULL ? memory : p->memory;
    zcb_semantics_row *semantics =
        realloc(p->semantics, (p->semantics_count + more) * sizeof *semantics);
    p->semantics = semantics != NULL ? semantics : p->semantics;
    if (memory == NULL || semantics == NULL) {
        return zcb_no_memory(error);
    }
    for (size_t i = 0; i < more; i++) {
        const zcb_finding *f = &outcome->findings[i];
        zcb_arm_key key = {cell->python, cell->pair, cell->lane, cell->size_bytes,
                           zcb_cells_intern(p->session->cells, f->arm)};
        if (key.arm == NULL) {
            return zcb_no_memory(error);
        }
        memory[p->memory_count++] = (zcb_memory_row){key, f->figures};
        semantics[p->semantics_count++] = (zcb_semantics_row){key, f->meaning};
    }
    return 0;
}

/* One job. A job that fails costs its rows only; why is told. */
static int look(pass *p, size_t cell_index, const zcb_cell *cell, zcb_error *error)
{
    zcb_session *s = p->session;
    zcb_worker *worker = NULL;
    zcb_outcome outcome = {0};
    int result = zcb_pool_worker(&p->pool, cell_index, &worker, error);
    if (result != 0) {
        return result < 0 ? -1 : 0; /* its proof has told why */
    }
    zcb_job job = {.cell = cell,
                   .seed = zcb_random_derive(p->pool.seed, 1000000 + cell_index),
                   .limit_ms = s->options.cell_limit_ms > 0 ? (unsigned)s->options.cell_limit_ms
                                                            : LIMIT_MS};
    if (zcb_worker_memory(worker, &job, &outcome, error) < 0) {
        return -1;
    }
    if (outcome.finding_count > 0) {
        result = take(p, cell, &outcome, error);
    } else {
        zcb_note("note: no memory figures of %s %s on %s at %llu B: %s", cell->pair,
                 zcb_lane_name(cell->lane), cell->python, (unsigned long long)cell->size_bytes,
                 outcome.reason);
    }
    zcb_pool_note(&p->pool, cell_index, &outcome);
    zcb_outcome_clear(&outcome);
    return result;
}

static int is_time_up(const pass *p)
{
    return p->until_ns != 0 && zcb_now_ns() > p->until_ns;
}

static void show(pass *p, const zcb_cell *cell)
{
    zcb_progress *progress = &p->session->progress;
    if (zcb_progress_is_due(progress)) {
        char what[2 * ZCB_NAME_MAX];
        snprintf(what, sizeof what, "%s %s  memory", cell->pair, zcb_lane_name(cell->lane));
        zcb_progress_show(progress, what, zcb_session_left_s(p->session));
    }
}

/* All sizes of the pair of question `first` on variant `v`. */
static int look_at_pair(pass *p, size_t first, size_t v, const uint64_t *sizes, size_t count,
                        zcb_error *error)
{
    const zcb_session *s = p->session;
    size_t index = first * s->run.variant_count + v;
    int result = 0;
    for (size_t i = 0; i < count && result == 0 && !zcb_session_is_closed(s, index); i++) {
        zcb_cell cell = *zcb_cells_at(s->cells, index);
        cell.size_bytes = sizes[i];
        if (!is_recorded(p, &cell) && !is_time_up(p)) {
            show(p, &cell);
            result = look(p, index, &cell, error);
        }
    }
    return result;
}

static int look_at_all(pass *p, zcb_error *error)
{
    const zcb_session *s = p->session;
    uint64_t sizes[SIZES_MAX];
    int result = 0;
    for (size_t first = 0, next; result == 0 && first < s->questions.count; first = next) {
        size_t count = choose_sizes(s, first, sizes, &next);
        for (size_t v = 0; result == 0 && v < s->run.variant_count; v++) {
            result = look_at_pair(p, first, v, sizes, count, error);
        }
    }
    zcb_pool_close(&p->pool, result < 0 ? "interrupted" : "ok");
    return result;
}

/* A worker that can't answer about the lies costs their table only. A resumed run asks again:
 * what an earlier sitting recorded may have been cut. */
static int ask_about_lies(pass *p, zcb_error *error)
{
    const zcb_session *s = p->session;
    if (is_time_up(p)) {
        return 0;
    }
    if (zcb_lies_ask(&s->run, s->cells, &p->lies, &p->lie_count, error) < 0) {
        if (error->exit_code == ZCB_EXIT_SIGINT || error->exit_code == ZCB_EXIT_SIGTERM) {
            return -1;
        }
        zcb_note("note: no table of lies: %s", error->text);
    }
    return 0;
}

static int write_tables(const pass *p, zcb_error *error)
{
    return (p->memory_count > 0 &&
            (zcb_memory_rows_write(p->memory_path, p->memory, p->memory_count, error) < 0 ||
             zcb_semantics_rows_write(p->semantics_path, p->semantics, p->semantics_count,
                                      error) < 0)) ||
                   (p->lie_count > 0 &&
                    zcb_lie_rows_write(p->lies_path, p->lies, p->lie_count, error) < 0)
               ? -1
               : 0;
}

int zcb_run_memory(zcb_session *s, zcb_error *error)
{
    pass p;
    zcb_error later;
    if (s->options.no_memory) {
        return 0;
    }
    int result = begin(&p, s, error);
    if (result == 0) {
        result = look_at_all(&p, error);
        result = result == 0 ? ask_about_lies(&p, error) : result;
        if (write_tables(&p, &later) < 0 && result == 0) { /* also what a signal has left */
            *error = later;
            result = -1;
        }
    }
    end(&p);
    return result;
}
