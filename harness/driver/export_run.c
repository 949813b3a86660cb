/* See export_run.h. */
#include "driver/export_run.h"

#include "driver/texts.h"
#include "report/grouping.h"
#include "report/plan.h"
#include "report/text.h"
#include "stats/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What an export works with. Owns grouping, visits and the two arrays; `launches` holds those
 * of all arms of the cell at work. */
typedef struct work {
    const zcb_analysis *analysis;
    zcb_export_format format;
    const char *dir;
    zcb_grouping grouping;
    zcb_cell_visits visits;
    zcb_export_launch *launches;
    double *times; /* of one launch */
    size_t capacity;
} work;

static int has_figures(const zcb_cell_result *result)
{
    return (result->status == ZCB_STATUS_OK || result->status == ZCB_STATUS_NOISY) &&
           result->summary_count > 0;
}

int zcb_export_has_figures(const zcb_analysis *analysis)
{
    for (size_t i = 0; i < analysis->result_count; i++) {
        if (has_figures(&analysis->results[i])) {
            return 1;
        }
    }
    return 0;
}

/* Room for as many launches and times as the cell at work has visits. */
static int reserve(work *w, zcb_error *error)
{
    size_t count = 0;
    for (size_t i = 0; i < w->visits.arm_count; i++) {
        count += w->visits.arms[i].visits.count;
    }
    if (count <= w->capacity) {
        return 0;
    }
    free(w->launches);
    free(w->times);
    w->capacity = 0;
    w->launches = zcb_allocate(count, sizeof *w->launches, error);
    w->times = zcb_allocate(count, sizeof *w->times, error);
    if (w->launches == NULL || w->times == NULL) {
        return -1;
    }
    w->capacity = count;
    return 0;
}

/* The row of launches.csv in which `python` was measured, or NULL. */
static const zcb_launch_row *find_row(const zcb_recorded *recorded, const char *python,
                                      uint32_t launch)
{
    for (size_t i = 0; i < recorded->launch_count; i++) {
        const zcb_launch_row *row = &recorded->launches[i];
        int is_measured =
            strcmp(row->phase, "measure") == 0 || strcmp(row->phase, "confirm") == 0;
        if (row->launch == launch && is_measured && strcmp(row->python, python) == 0) {
            return row;
        }
    }
    return NULL;
}

/* The launches of one arm into to[]: their medians over usable visits. An arm's count of
 * iterations is the same in all its visits. Returns how many. */
static size_t take_launches(work *w, const zcb_arm_visits *arm, const char *python,
                            zcb_export_launch *to)
{
    const zcb_visits *visits = &arm->visits;
    double iterations = (double)arm->iterations / (double)visits->count;
    size_t made = 0;
    for (size_t i = 0; i < visits->count;) {
        uint32_t launch = visits->rows[i].launch;
        size_t usable = 0;
        for (; i < visits->count && visits->rows[i].launch == launch; i++) {
            double ns = visits->rows[i].ns_per_op;
            if (ns > 0 && isfinite(ns)) {
                w->times[usable++] = ns;
            }
        }
        if (usable > 0) {
            to[made++] = (zcb_export_launch){
                .launch = launch,
                .ns_per_op = zcb_median(w->times, usable),
                .iterations = (uint64_t)llround(iterations * (double)usable),
                .row = find_row(w->analysis->recorded, python, launch),
            };
        }
    }
    return made;
}

/* Fills *cell from one result; its launches stay in `w` until the next. */
static int take_cell(work *w, const zcb_cell_result *result, zcb_export_cell *cell,
                     zcb_error *error)
{
    const zcb_analysis *analysis = w->analysis;
    if (zcb_cell_visits_load(&w->grouping, result->cell, &w->visits, error) < 0 ||
        reserve(w, error) < 0) {
        return -1;
    }
    *cell = (zcb_export_cell){.cell = zcb_cells_at(analysis->recorded->cells, result->cell),
                              .status = result->status,
                              .reason = result->reason,
                              .flags = result->flags};
    size_t used = 0;
    for (size_t i = 0; i < result->summary_count; i++) {
        const zcb_summary_row *times = &analysis->summary[result->summary_first + i];
        const zcb_arm_visits *arm = zcb_cell_visits_find(&w->visits, times->arm);
        zcb_export_arm *to = &cell->arms[cell->arm_count];
        *to = (zcb_export_arm){.times = times,
                               .speedup = zcb_analysis_speedup(analysis, result, times->arm),
                               .launches = w->launches + used};
        to->launch_count =
            arm == NULL ? 0 : take_launches(w, arm, cell->cell->python, to->launches);
        used += to->launch_count;
        cell->arm_count += to->launch_count > 0 ? 1 : 0;
    }
    return 0;
}

/* Writes the cells of results first … last - 1 that have figures into one file. */
static int write_cells(work *w, size_t first, size_t last, zcb_export *export, zcb_error *error)
{
    for (size_t i = first; i < last; i++) {
        const zcb_cell_result *result = &w->analysis->results[i];
        zcb_export_cell cell;
        if (!has_figures(result)) {
            continue;
        }
        if (take_cell(w, result, &cell, error) < 0 ||
            (cell.arm_count > 0 && zcb_export_add(export, &cell, error) < 0)) {
            return -1;
        }
    }
    return 0;
}

static const char *python_of(const zcb_analysis *analysis, size_t result)
{
    return zcb_cells_at(analysis->recorded->cells, analysis->results[result].cell)->python;
}

/* "dir/cp311.pyperf.json" or "dir/gbench.json", owned by the caller. */
static char *path_of(const work *w, const char *python, zcb_error *error)
{
    char name[2 * ZCB_NAME_MAX];
    const char *format = zcb_export_format_name(w->format);
    return w->format == ZCB_EXPORT_PYPERF
               ? zcb_format(error, "%s/%s.%s.json", w->dir,
                            zcb_text_filename(python, name, sizeof name), format)
               : zcb_format(error, "%s/%s.json", w->dir, format);
}

/* Adds a file to the list, which takes `path` over; NULL fails. Returns it, or NULL. */
static zcb_exported_file *add_file(zcb_exported *out, char *path, zcb_error *error)
{
    zcb_exported_file *grown =
        path == NULL ? NULL : realloc(out->files, (out->count + 1) * sizeof *grown);
    if (grown == NULL) {
        free(path);
        zcb_no_memory(error);
        return NULL;
    }
    out->files = grown;
    out->files[out->count] = (zcb_exported_file){.path = path};
    return &out->files[out->count++];
}

/* One file of results first … last - 1. */
static int write_file(work *w, size_t first, size_t last, zcb_exported *out, zcb_error *error)
{
    const zcb_run *run = &w->analysis->recorded->run;
    const char *python = python_of(w->analysis, first);
    size_t variant = zcb_plan_variant(run, python);
    zcb_exported_file *file = add_file(out, path_of(w, python, error), error);
    zcb_export *export =
        file == NULL
            ? NULL
            : zcb_export_begin(w->format, run,
                               variant < run->variant_count ? &run->variants[variant] : NULL,
                               file->path, error);
    if (export == NULL || write_cells(w, first, last, export, error) < 0) {
        zcb_export_discard(export);
        return -1;
    }
    return zcb_export_commit(export, &file->rows, error);
}

/* First result after those of the same variant. */
static size_t end_of_variant(const zcb_analysis *analysis, size_t first)
{
    size_t last = first + 1;
    while (last < analysis->result_count &&
           strcmp(python_of(analysis, first), python_of(analysis, last)) == 0) {
        last++;
    }
    return last;
}

static int any_figures(const zcb_analysis *analysis, size_t first, size_t last)
{
    int found = 0;
    for (size_t i = first; i < last; i++) {
        found |= has_figures(&analysis->results[i]);
    }
    return found;
}

static int write_files(work *w, zcb_exported *out, zcb_error *error)
{
    const zcb_analysis *analysis = w->analysis;
    if (w->format != ZCB_EXPORT_PYPERF) {
        return write_file(w, 0, analysis->result_count, out, error);
    }
    for (size_t first = 0; first < analysis->result_count;) {
        size_t last = end_of_variant(analysis, first);
        if (any_figures(analysis, first, last) && write_file(w, first, last, out, error) < 0) {
            return -1;
        }
        first = last;
    }
    return 0;
}

int zcb_export_run(const zcb_analysis *analysis, zcb_export_format format, const char *dir,
                   zcb_exported *out, zcb_error *error)
{
    work w = {.analysis = analysis, .format = format, .dir = dir};
    const zcb_recorded *recorded = analysis->recorded;
    int result = zcb_grouping_make(&recorded->samples, zcb_cells_count(recorded->cells),
                                   &w.grouping, error);
    if (result == 0) {
        result = write_files(&w, out, error);
    }
    for (size_t i = 0; result < 0 && i < out->count; i++) {
        unlink(out->files[i].path);
    }
    free(w.times);
    free(w.launches);
    zcb_cell_visits_clear(&w.visits);
    zcb_grouping_clear(&w.grouping);
    return result;
}

void zcb_exported_clear(zcb_exported *exported)
{
    for (size_t i = 0; i < exported->count; i++) {
        free(exported->files[i].path);
    }
    free(exported->files);
    *exported = (zcb_exported){0};
}
