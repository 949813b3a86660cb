/* See resume.h. */
#include "driver/resume.h"

#include "driver/interpreters.h"
#include "driver/run_folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The command line of run.json, parsed again. */
static int take_options(zcb_session *s, zcb_error *error)
{
    zcb_run_options options;
    char **argv = zcb_allocate(s->run.argument_count + 2, sizeof *argv, error);
    if (argv == NULL) {
        return -1;
    }
    argv[0] = (char *)"zcbench run";
    for (size_t i = 1; i < s->run.argument_count; i++) {
        argv[i] = s->run.arguments[i];
    }
    int count = s->run.argument_count == 0 ? 1 : (int)s->run.argument_count;
    int result = zcb_run_options_parse(count, argv, &options, error);
    free(argv);
    if (result == 0) {
        s->options.cell_limit_ms = options.cell_limit_ms;
        s->options.budget_ns = options.budget_ns;
        s->options.sizes = options.sizes;
        s->options.refine = options.refine;
        s->options.precision = options.precision;
        s->options.launches = options.launches;
        s->options.no_memory = options.no_memory;
        s->is_default_folder = options.out == NULL;
        zcb_run_options_clear(&options);
    }
    return result;
}

/* Users' pair files are the absolute ones. */
static int take_files(zcb_session *s, const zcb_run *run, zcb_error *error)
{
    zcb_texts *files = &s->options.common.pair_files;
    for (size_t i = 0; i < run->pair_count; i++) {
        const char *file = run->pairs[i].file;
        if (file[0] == '/' && zcb_texts_find(files, file) < 0 &&
            zcb_texts_add(files, file, error) < 0) {
            return -1;
        }
    }
    return 0;
}

static int check_variants(zcb_session *s, zcb_error *error)
{
    for (size_t i = 0; i < s->run.variant_count; i++) {
        zcb_variant *v = &s->run.variants[i];
        if (access(v->executable, X_OK) < 0) {
            return zcb_fail(error, ZCB_EXIT_USAGE,
                            "the interpreter %s of that run is gone: '%s'", v->name,
                            v->executable);
        }
        if (zcb_interpreter_ensure_worker(v, error) < 0) {
            return -1;
        }
    }
    return 0;
}

/* The pairs as they are now. What was measured so far had the numpy that run.json names: no
 * other may be mixed in. */
static int load_pairs(zcb_session *s, zcb_error *error)
{
    zcb_texts then = {0};
    int result = 0;
    for (size_t i = 0; i < s->run.variant_count && result == 0; i++) {
        const char *numpy = s->run.variants[i].numpy;
        result = zcb_texts_add(&then, numpy != NULL ? numpy : "", error);
    }
    if (result == 0) {
        result =
            zcb_catalogue_load(&s->run, &s->options.common.pair_files, &s->catalogue, error);
    }
    for (size_t i = 0; i < s->run.variant_count && result == 0; i++) {
        const char *now = s->run.variants[i].numpy, *was = then.items[i];
        if (strcmp(now != NULL ? now : "", was) != 0) {
            result = zcb_fail(error, ZCB_EXIT_USAGE,
                              "%s of that run had numpy %s and has %s now: measure anew",
                              s->run.variants[i].name, *was ? was : "none",
                              now != NULL && *now ? now : "none");
        }
    }
    zcb_texts_clear(&then);
    return result;
}

/* The same entries in the same order. */
static int take_selection(zcb_session *s, const zcb_run *run, zcb_error *error)
{
    s->selection.entries = zcb_allocate(run->pair_count, sizeof *s->selection.entries, error);
    if (s->selection.entries == NULL) {
        return -1;
    }
    for (size_t i = 0; i < run->pair_count; i++) {
        const zcb_planned_pair *pair = &run->pairs[i];
        const zcb_entry *entry = zcb_catalogue_find(&s->catalogue, pair->name, pair->lane);
        if (entry == NULL) {
            return zcb_fail(error, ZCB_EXIT_USAGE,
                            "pair '%s' (%s) of that run no longer exists", pair->name,
                            zcb_lane_name(pair->lane));
        }
        s->selection.entries[s->selection.count++] = entry;
    }
    return 0;
}

static int pair_index(const zcb_run *run, const zcb_cell *cell)
{
    for (size_t i = 0; i < run->pair_count; i++) {
        if (run->pairs[i].lane == cell->lane && strcmp(run->pairs[i].name, cell->pair) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* cells.csv holds every planned cell in the plan's order: the first variant's are the
 * questions. */
static int take_questions(zcb_session *s, const zcb_recorded *recorded, const zcb_run *run,
                          zcb_error *error)
{
    s->questions.items =
        zcb_allocate(recorded->cell_row_count, sizeof *s->questions.items, error);
    if (s->questions.items == NULL) {
        return -1;
    }
    for (size_t i = 0; i < recorded->cell_row_count; i++) {
        const zcb_cell *cell = zcb_cells_at(recorded->cells, recorded->cell_rows[i].cell);
        if (strcmp(cell->python, s->run.variants[0].name) != 0) {
            continue;
        }
        int pair = pair_index(run, cell);
        if (pair < 0) {
            return zcb_fail(error, ZCB_EXIT_USAGE,
                            "cells.csv of '%s' names a pair that run.json does "
                            "not: '%s'",
                            s->dir, cell->pair);
        }
        s->questions.items[s->questions.count++] = (zcb_question){
            (uint32_t)pair, cell->size_bytes, {cell->heap, cell->cache, cell->consumer}};
    }
    if (s->questions.count == 0) {
        return zcb_fail(error, ZCB_EXIT_NOTHING, "'%s' holds no planned cells: start a new run",
                        s->dir);
    }
    return 0;
}

/* Index in the session of a recorded cell, or -1. */
static int64_t own_index(const zcb_session *s, const zcb_recorded *recorded, uint32_t cell)
{
    return zcb_cells_find(s->cells, zcb_cells_at(recorded->cells, cell));
}

static void take_rows(zcb_session *s, const zcb_recorded *recorded)
{
    for (size_t i = 0; i < recorded->cell_row_count; i++) {
        const zcb_cell_row *row = &recorded->cell_rows[i];
        int64_t cell = own_index(s, recorded, row->cell);
        if (cell < 0) {
            continue;
        }
        memcpy(s->rows[cell].flags, row->flags, sizeof row->flags);
        if (s->rows[cell].status == ZCB_STATUS_SKIPPED && row->status == ZCB_STATUS_SKIPPED) {
            memcpy(s->rows[cell].reason, row->reason, sizeof row->reason);
        }
        if (row->status == ZCB_STATUS_REFUSED || row->status == ZCB_STATUS_FAILED ||
            row->status == ZCB_STATUS_UNAVAILABLE) {
            zcb_session_close_cell(s, (size_t)cell, row->status, row->reason);
        }
    }
}

static int take_calibrations(zcb_session *s, const zcb_recorded *recorded, const zcb_run *run,
                             zcb_error *error)
{
    for (size_t i = 0; i < run->calibration_count; i++) {
        const zcb_calibration *from = &run->calibrations[i];
        int64_t cell = own_index(s, recorded, from->cell);
        if (cell < 0 || s->states[cell].calibration != ZCB_NO_CALIBRATION) {
            continue;
        }
        zcb_calibration *to = &s->run.calibrations[s->run.calibration_count];
        *to = *from;
        to->cell = (uint32_t)cell;
        for (size_t arm = 0; arm < to->arm_count; arm++) {
            to->arms[arm] = zcb_cells_intern(s->cells, from->arms[arm]);
            if (to->arms[arm] == NULL) {
                return zcb_no_memory(error);
            }
        }
        s->states[cell].calibration = (uint32_t)s->run.calibration_count++;
        zcb_eta_expect(&s->eta, (size_t)cell,
                       zcb_expect_cell_s(to, zcb_cells_at(s->cells, (size_t)cell)->size_bytes,
                                         &s->run.plan));
    }
    return 0;
}

/* 1 when the group from `first` to `last` lies in one piece. */
static int is_one_group(const zcb_sample *first, const zcb_sample *last)
{
    return first->cell == last->cell && first->launch == last->launch;
}

/* Marks the launches that are whole, row by row: a group is whole when it has all its rows. */
static int take_samples(zcb_session *s, const zcb_recorded *recorded, const zcb_run *run,
                        size_t rows, zcb_error *error)
{
    uint32_t *counts = zcb_allocate(s->cell_count * s->launch_stride, sizeof *counts, error);
    uint64_t *wanted = zcb_allocate(s->cell_count, sizeof *wanted, error);
    if (counts == NULL || wanted == NULL) {
        free(counts);
        free(wanted);
        return -1;
    }
    for (size_t i = 0; i < run->calibration_count; i++) {
        int64_t cell = own_index(s, recorded, run->calibrations[i].cell);
        if (cell >= 0) {
            wanted[cell] = zcb_group_rows(run, recorded->cells, run->calibrations[i].cell);
        }
    }
    int result = 0;
    for (size_t i = 0; result == 0 && i < rows; i++) {
        const zcb_sample *row = &recorded->samples.rows[i];
        int64_t cell = own_index(s, recorded, row->cell);
        s->timed_s += (double)row->elapsed_ns / 1e9;
        if (cell < 0 || row->launch < 1 || row->launch > s->launch_stride) {
            continue;
        }
        uint32_t group = ++counts[(size_t)cell * s->launch_stride + row->launch - 1];
        if (group == wanted[cell]) {
            zcb_session_mark_done(s, (size_t)cell, row->launch);
        }
        if (group == wanted[cell] && is_one_group(row + 1 - group, row) &&
            zcb_medians_take(&s->medians, (size_t)cell, zcb_session_pair(s, (size_t)cell),
                             row + 1 - group, group, error) < 0) {
            result = -1;
        }
    }
    s->sample_rows = rows;
    free(counts);
    free(wanted);
    return result;
}

static int take_launches(zcb_session *s, const zcb_recorded *recorded, zcb_error *error)
{
    s->launches = zcb_allocate(recorded->launch_count, sizeof *s->launches, error);
    if (s->launches == NULL) {
        return -1;
    }
    for (size_t i = 0; i < recorded->launch_count; i++) {
        s->launches[s->launch_count++] = recorded->launches[i];
    }
    return 0;
}

/* Their names, still borrowed from what was read, become the session's own. */
static int name_launches(zcb_session *s, zcb_error *error)
{
    for (size_t i = 0; i < s->launch_count; i++) {
        zcb_launch_row *row = &s->launches[i];
        row->python = zcb_cells_intern(s->cells, row->python);
        if (row->python == NULL) {
            return zcb_no_memory(error);
        }
    }
    return 0;
}

/* What earlier sittings took: run.json was last written when it said, samples.csv a little
 * later. */
static void take_wall(zcb_session *s, const char *samples_path)
{
    struct stat run_info, samples_info;
    s->wall_before_s = s->run.wall_s;
    char *run_path = zcb_folder_path(s->dir, "run.json", NULL);
    if (run_path != NULL && stat(run_path, &run_info) == 0 &&
        stat(samples_path, &samples_info) == 0) {
        double later = (double)(samples_info.st_mtim.tv_sec - run_info.st_mtim.tv_sec) +
                       (double)(samples_info.st_mtim.tv_nsec - run_info.st_mtim.tv_nsec) / 1e9;
        s->wall_before_s += later > 0 ? later : 0;
    }
    free(run_path);
}

/* Where samples.csv ends once the torn part is gone; 0: nothing to cut. */
static int find_cut(zcb_session *s, const zcb_recorded *recorded, const char *path,
                    const zcb_kept *kept, uint64_t *truncate_to, zcb_error *error)
{
    struct stat info;
    *truncate_to = recorded->torn || kept->dropped > 0 ? recorded->samples_valid_bytes : 0;
    if (stat(path, &info) < 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "'%s' can't be resumed: it has no samples.csv",
                        s->dir);
    }
    if (kept->dropped == 0) {
        return 0;
    }
    return zcb_offset_before_lines(path, recorded->samples_valid_bytes, kept->dropped,
                                   truncate_to, error);
}

/* Everything that follows from the pairs and cells of `run`, which was taken from `recorded`.
 */
static int rebuild(zcb_session *s, const zcb_recorded *recorded, const zcb_run *run,
                   uint64_t *truncate_to, zcb_error *error)
{
    zcb_kept kept = zcb_resume_kept(run, recorded->cells, &recorded->samples);
    char *path = zcb_folder_path(s->dir, "samples.csv", error);
    int result = -1;
    if (path != NULL && take_options(s, error) == 0 && take_files(s, run, error) == 0 &&
        check_variants(s, error) == 0 && load_pairs(s, error) == 0 &&
        take_selection(s, run, error) == 0 && take_questions(s, recorded, run, error) == 0 &&
        take_launches(s, recorded, error) == 0 && zcb_session_plan(s, error) == 0 &&
        name_launches(s, error) == 0 && take_calibrations(s, recorded, run, error) == 0 &&
        take_samples(s, recorded, run, kept.rows, error) == 0 &&
        find_cut(s, recorded, path, &kept, truncate_to, error) == 0) {
        take_rows(s, recorded);
        take_wall(s, path);
        result = 0;
    }
    free(path);
    return result;
}

/* Splits the recorded run: what stays as it is goes to the session, what refers to recorded
 * cells to *old. */
static void split_run(zcb_session *s, zcb_run *recorded, zcb_run *old)
{
    s->run = *recorded;
    *old = (zcb_run){.plan = recorded->plan,
                     .pairs = recorded->pairs,
                     .pair_count = recorded->pair_count,
                     .calibrations = recorded->calibrations,
                     .calibration_count = recorded->calibration_count};
    old->plan.profile = NULL; /* stays with the session */
    s->run.pairs = NULL;
    s->run.pair_count = 0;
    s->run.calibrations = NULL;
    s->run.calibration_count = 0;
    *recorded = (zcb_run){0};
}

int zcb_resume_load(zcb_session *s, uint64_t *truncate_to, zcb_error *error)
{
    zcb_recorded recorded = {0};
    zcb_run old = {0};
    if (zcb_recorded_read(s->dir, &recorded, error) < 0) {
        return -1;
    }
    int result = 1;
    int has_lost_rows = zcb_recorded_missing_rows(&recorded) > 0;
    if (!recorded.run.complete || has_lost_rows || s->extra_launches > 0) {
        recorded.run.complete = recorded.run.complete && !has_lost_rows;
        s->is_resumed = 1;
        split_run(s, &recorded.run, &old);
        result = s->run.variant_count == 0
                     ? zcb_fail(error, ZCB_EXIT_USAGE, "'%s' names no interpreter", s->dir)
                     : rebuild(s, &recorded, &old, truncate_to, error);
    }
    zcb_run_clear(&old);
    zcb_recorded_clear(&recorded);
    return result;
}
