/* See pool.h. */
#include "driver/pool.h"

#include "base/random.h"
#include "driver/amounts.h"
#include "driver/machine.h"
#include "driver/phases.h"
#include "driver/run_folder.h"
#include "driver/signals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define START_TRIES 2

/* The python-lane pairs of one set of modules. Owns `files`' texts; names are borrowed. */
typedef struct load_list {
    const char **names;
    const char **files;
    size_t count;
} load_list;

int zcb_pool_init(zcb_pool *pool, zcb_session *session, const char *phase, uint32_t launch,
                  uint64_t seed, const char *preload, zcb_error *error)
{
    *pool = (zcb_pool){session, phase, launch, seed, preload, NULL};
    size_t count = session->run.variant_count * session->modules.count;
    pool->slots = zcb_allocate(count, sizeof *pool->slots, error);
    return pool->slots == NULL ? -1 : 0;
}

static size_t slot_index(const zcb_pool *pool, size_t cell)
{
    const zcb_session *s = pool->session;
    const zcb_cell_state *state = &s->states[cell];
    uint32_t module = s->module_index[s->questions.items[state->question].pair];
    return state->variant * s->modules.count + module;
}

static void free_list(load_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free((char *)list->files[i]);
    }
    free(list->files);
    free(list->names);
}

static int make_list(const zcb_session *s, uint32_t module, load_list *out, zcb_error *error)
{
    *out = (load_list){zcb_allocate(s->run.pair_count, sizeof *out->names, error),
                       zcb_allocate(s->run.pair_count, sizeof *out->files, error), 0};
    if (out->names == NULL || out->files == NULL) {
        free_list(out);
        return -1;
    }
    for (size_t i = 0; i < s->run.pair_count; i++) {
        const zcb_planned_pair *pair = &s->run.pairs[i];
        if (pair->lane != ZCB_LANE_PYTHON || s->module_index[i] != module) {
            continue;
        }
        out->names[out->count] = pair->name;
        out->files[out->count] = zcb_pair_file_path(pair, error);
        if (out->files[out->count] == NULL) {
            free_list(out);
            return -1;
        }
        out->count++;
    }
    return 0;
}

/* Adds the row of a start that is about to happen. */
static int add_row(zcb_pool *pool, zcb_pool_slot *slot, const zcb_variant *variant,
                   uint64_t seed, zcb_error *error)
{
    zcb_session *s = pool->session;
    zcb_launch_row *grown = realloc(s->launches, (s->launch_count + 1) * sizeof *grown);
    if (grown == NULL) {
        return zcb_no_memory(error);
    }
    s->launches = grown;
    slot->row = s->launch_count++;
    slot->steal_ms = zcb_machine_steal_ms();
    zcb_launch_row *row = &grown[slot->row];
    *row = (zcb_launch_row){.python = zcb_cells_intern(s->cells, variant->name),
                            .launch = pool->launch,
                            .seed = seed,
                            .env_pad_bytes = (uint32_t)(zcb_random_derive(seed, 1) % 4096),
                            .load1 = zcb_machine_load1()};
    snprintf(row->phase, sizeof row->phase, "%s", pool->phase);
    snprintf(row->status, sizeof row->status, "ok");
    zcb_utc_text(row->started_utc);
    return row->python == NULL ? zcb_no_memory(error) : 0;
}

static int start_once(zcb_pool *pool, size_t index, const load_list *list, zcb_error *error)
{
    zcb_session *s = pool->session;
    zcb_pool_slot *slot = &pool->slots[index];
    const zcb_variant *variant = &s->run.variants[index / s->modules.count];
    uint64_t seed = zcb_random_derive(pool->seed, index * 1000 + slot->starts + 1);
    slot->starts++;
    if (add_row(pool, slot, variant, seed, error) < 0) {
        return -1;
    }
    zcb_worker_options options = {.variant = variant,
                                  .pair_names = list->names,
                                  .pair_files = list->files,
                                  .pair_count = list->count,
                                  .modules = s->modules.items[index % s->modules.count],
                                  .preload = pool->preload,
                                  .seed = seed,
                                  .env_pad_bytes = s->launches[slot->row].env_pad_bytes};
    uint64_t before = zcb_now_ns();
    if (zcb_worker_start(&options, &slot->worker, error) < 0) {
        snprintf(s->launches[slot->row].status, sizeof s->launches[slot->row].status, "lost");
        slot->worker = NULL;
        return -1;
    }
    slot->last = slot->before = ZCB_POOL_NO_CELL;
    zcb_worker_set_interrupt(slot->worker, zcb_signals_flag());
    s->start_s += (double)(zcb_now_ns() - before) / 1e9;
    s->start_count++;
    return 0;
}

/* 0 started, 1 given up, -1 interrupted or out of memory. */
static int start(zcb_pool *pool, size_t index, zcb_error *error)
{
    load_list list;
    zcb_pool_slot *slot = &pool->slots[index];
    if (make_list(pool->session, (uint32_t)(index % pool->session->modules.count), &list,
                  error) < 0) {
        return -1;
    }
    int result = -1;
    for (int i = 0; i < START_TRIES && result < 0; i++) {
        if (*zcb_signals_flag() != 0) {
            free_list(&list);
            return zcb_signals_fail(error);
        }
        result = start_once(pool, index, &list, error);
    }
    free_list(&list);
    if (*zcb_signals_flag() != 0) {
        return zcb_signals_fail(error);
    }
    if (result < 0) {
        snprintf(slot->given_up, sizeof slot->given_up, "the worker does not start: %.400s",
                 error->text);
        return 1;
    }
    return 0;
}

static void end_row(zcb_pool *pool, zcb_pool_slot *slot, const char *status)
{
    zcb_launch_row *row = &pool->session->launches[slot->row];
    uint64_t steal = zcb_machine_steal_ms();
    row->steal_ms = steal > slot->steal_ms ? steal - slot->steal_ms : 0;
    snprintf(row->status, sizeof row->status, "%s", status);
}

/* Fails the cell whose job went on after its last line, if one did. What the memory pass counted has
 * nothing to do with a cell's times: there the worker alone is given up. */
static void blame(zcb_pool *pool, const zcb_pool_slot *slot)
{
    char when[32];
    zcb_last_word word = zcb_worker_last_word(slot->worker);
    size_t cell = word == ZCB_LAST_WORD_OF_JOB          ? slot->last
                  : word == ZCB_LAST_WORD_OF_JOB_BEFORE ? slot->before
                                                        : ZCB_POOL_NO_CELL;
    if (cell == ZCB_POOL_NO_CELL || strcmp(pool->phase, "memory") == 0 ||
        zcb_session_is_closed(pool->session, cell)) {
        return;
    }
    snprintf(when, sizeof when, "in launch %u", pool->launch);
    zcb_phase_close_cell(pool->session, cell, ZCB_STATUS_FAILED, pool->launch > 0 ? when : NULL,
                         "the worker went on after the job's last line");
}

/* Gives the slot's worker up when it can't take another job. */
static void drop_unfit(zcb_pool *pool, zcb_pool_slot *slot)
{
    if (slot->worker != NULL && !zcb_worker_is_alive(slot->worker)) {
        blame(pool, slot);
        zcb_worker_stop(slot->worker);
        slot->worker = NULL;
        end_row(pool, slot, "lost");
    }
}

int zcb_pool_worker(zcb_pool *pool, size_t cell, zcb_worker **out, zcb_error *error)
{
    size_t index = slot_index(pool, cell);
    zcb_pool_slot *slot = &pool->slots[index];
    const zcb_planned_pair *pair = zcb_session_pair(pool->session, cell);
    drop_unfit(pool, slot);
    if (slot->worker == NULL && slot->given_up[0] == '\0') {
        int result = start(pool, index, error);
        if (result < 0) {
            return -1;
        }
    }
    if (slot->worker == NULL) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "%s", slot->given_up);
        return 1;
    }
    const char *why =
        pair->lane == ZCB_LANE_PYTHON ? zcb_worker_load_error(slot->worker, pair->name) : NULL;
    if (why != NULL) {
        zcb_fail(error, ZCB_EXIT_USAGE, "%s", why);
        return 1;
    }
    *out = slot->worker;
    return 0;
}

void zcb_pool_note(zcb_pool *pool, size_t cell, const zcb_outcome *outcome)
{
    zcb_pool_slot *slot = &pool->slots[slot_index(pool, cell)];
    pool->session->launches[slot->row].involuntary_switches += outcome->involuntary_switches;
    slot->before = slot->last;
    slot->last = cell;
    drop_unfit(pool, slot);
}

void zcb_pool_close(zcb_pool *pool, const char *status)
{
    const zcb_session *s = pool->session;
    for (size_t i = 0; pool->slots != NULL && i < s->run.variant_count * s->modules.count;
         i++) {
        zcb_pool_slot *slot = &pool->slots[i];
        if (slot->worker != NULL) {
            blame(pool, slot);
            zcb_worker_stop(slot->worker);
            slot->worker = NULL;
            end_row(pool, slot, status);
        }
    }
    free(pool->slots);
    pool->slots = NULL;
}
