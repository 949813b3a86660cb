/* Why this file: it leads each cell from its samples to its figures, in the order of the
 * tables. */
#include "report/analysis.h"

#include "report/figures.h"
#include "report/grouping.h"
#include "report/launch_values.h"
#include "report/plan.h"
#include "report/reuse.h"
#include "report/scaling.h"
#include "report/series.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What one pass over the cells needs besides the analysis it fills. Zero value: empty. */
typedef struct work {
    zcb_grouping grouping;
    zcb_cell_visits visits;
    zcb_launch_values twin, limit;
    zcb_launch_logs logs;
    zcb_steadiness_values steadiness;
    const zcb_cell_row **rows; /* by cell: its row in cells.csv or NULL */
} work;

static void work_clear(work *work)
{
    zcb_grouping_clear(&work->grouping);
    zcb_cell_visits_clear(&work->visits);
    zcb_launch_values_clear(&work->twin);
    zcb_launch_values_clear(&work->limit);
    zcb_launch_logs_clear(&work->logs);
    zcb_steadiness_values_clear(&work->steadiness);
    free(work->rows);
}

static const zcb_cell *cell_of(const zcb_analysis *analysis, const zcb_cell_result *result)
{
    return zcb_cells_at(analysis->recorded->cells, result->cell);
}

static int compare_results(const void *left, const void *right, void *context)
{
    const zcb_recorded *recorded = context;
    const zcb_cell_result *a = left, *b = right;
    return zcb_plan_compare(&recorded->run, zcb_cells_at(recorded->cells, a->cell),
                            zcb_cells_at(recorded->cells, b->cell));
}

/* Reads the recorded rows by cell and groups the samples. */
static int work_begin(work *work, const zcb_recorded *recorded, zcb_error *error)
{
    size_t cell_count = zcb_cells_count(recorded->cells);
    work->rows = calloc(cell_count + 1, sizeof *work->rows);
    if (work->rows == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    for (size_t i = 0; i < recorded->cell_row_count; i++) {
        work->rows[recorded->cell_rows[i].cell] = &recorded->cell_rows[i];
    }
    return zcb_grouping_make(&recorded->samples, cell_count, &work->grouping, error);
}

static int is_measured(const work *work, size_t cell)
{
    return work->grouping.starts[cell + 1] > work->grouping.starts[cell];
}

/* One result per cell that ended or gave samples (run.json may name cells that were never
 * reached), and room for all their rows. */
static int make_results(zcb_analysis *analysis, const work *work, zcb_error *error)
{
    size_t cell_count = zcb_cells_count(analysis->recorded->cells), measured = 0;
    analysis->results = calloc(cell_count + 1, sizeof *analysis->results);
    if (analysis->results == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    for (size_t cell = 0; cell < cell_count; cell++) {
        if (work->rows[cell] != NULL || is_measured(work, cell)) {
            analysis->results[analysis->result_count++].cell = (uint32_t)cell;
            measured += is_measured(work, cell) ? 1 : 0;
        }
    }
    qsort_r(analysis->results, analysis->result_count, sizeof *analysis->results,
            compare_results, (void *)analysis->recorded);
    analysis->summary = calloc(measured * ZCB_ARMS_MAX + 1, sizeof *analysis->summary);
    analysis->speedup = calloc(measured * ZCB_ARMS_MAX + 1, sizeof *analysis->speedup);
    if (analysis->summary == NULL || analysis->speedup == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    return 0;
}

/* Adds `word` to the words in text[size] unless it stands there already. */
static void add_word(char *text, size_t size, const char *word)
{
    size_t length = strlen(word), used = strlen(text);
    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        int begins = at == text || at[-1] == ' ';
        if (begins && (at[length] == ' ' || at[length] == '\0')) {
            return;
        }
    }
    snprintf(text + used, size - used, "%s%s", used > 0 ? " " : "", word);
}

/* Settles status, reason and flags from what was recorded and what was judged. */
static int settle_result(zcb_cell_result *result, const zcb_cell_row *row,
                         const zcb_judgement *judgement, zcb_error *error)
{
    const char *reason = row != NULL ? row->reason : "";
    char flags[256] = "";
    const struct {
        int is_set;
        const char *word;
    } words[] = {
        {judgement->is_wide, "wide"},
        {judgement->is_twin, "twin"},
        {judgement->is_drift, "drift"},
        {judgement->is_order, "order"},
        {judgement->is_few_launches, "few_launches"},
    };
    snprintf(flags, sizeof flags, "%s", row != NULL ? row->flags : "");
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (words[i].is_set) {
            add_word(flags, sizeof flags, words[i].word);
        }
    }
    result->status = row != NULL ? row->status : ZCB_STATUS_OK;
    if (result->status == ZCB_STATUS_OK && judgement->reason[0] != '\0') {
        result->status = ZCB_STATUS_NOISY;
        reason = judgement->reason;
    }
    result->reason = strdup(reason);
    result->flags = strdup(flags);
    if (result->reason == NULL || result->flags == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    return 0;
}

static int is_good(const zcb_cell_result *result)
{
    return result->status == ZCB_STATUS_OK || result->status == ZCB_STATUS_NOISY;
}

/* Moves a cell's rows into the analysis; speed-ups only from cells that ended well. */
static void take_rows(zcb_analysis *analysis, zcb_cell_result *result,
                      const zcb_figures *figures)
{
    result->summary_first = analysis->summary_count;
    result->summary_count = figures->summary_count;
    result->speedup_first = analysis->speedup_count;
    result->speedup_count = is_good(result) ? figures->speedup_count : 0;
    for (size_t i = 0; i < result->summary_count; i++) {
        zcb_summary_row *row = &analysis->summary[analysis->summary_count++];
        *row = figures->summary[i];
        row->cell = result->cell;
        row->status = result->status;
        row->flags = result->flags;
    }
    for (size_t i = 0; i < result->speedup_count; i++) {
        zcb_speedup_row *row = &analysis->speedup[analysis->speedup_count++];
        *row = figures->speedup[i];
        row->cell = result->cell;
    }
}

/* 1 when the cell's copy is comparable with a plain memcpy: Z pairs, base conditions. */
static int is_plain_copy(const zcb_analysis *analysis, const zcb_cell *cell)
{
    const zcb_planned_pair *pair = zcb_plan_pair(&analysis->recorded->run, cell);
    return pair != NULL && pair->kind == ZCB_KIND_Z && cell->heap == ZCB_HEAP_DEFAULT &&
           cell->cache == ZCB_CACHE_HOT && cell->consumer == ZCB_CONSUMER_DROP;
}

/* The largest measured size up to the reference at which the limit can be told; 0: none. */
static uint64_t choose_limit_bytes(const zcb_analysis *analysis, const work *work)
{
    uint64_t chosen = 0;
    for (size_t i = 0; i < analysis->result_count; i++) {
        const zcb_cell *cell = cell_of(analysis, &analysis->results[i]);
        if (is_measured(work, analysis->results[i].cell) && is_plain_copy(analysis, cell) &&
            cell->size_bytes <= ZCB_REFERENCE_BYTES && cell->size_bytes > chosen) {
            chosen = cell->size_bytes;
        }
    }
    return chosen;
}

/* Lets a good, measured cell speak for the run's controls and for its series. */
static int add_to_run(zcb_analysis *analysis, const zcb_cell_result *result,
                      const zcb_figures *figures, work *work, zcb_error *error)
{
    const zcb_cell *cell = cell_of(analysis, result);
    size_t place = (size_t)(result - analysis->results);
    if (!is_good(result) || !is_measured(work, result->cell)) {
        return 0;
    }
    if (zcb_launch_logs_add(&work->logs, place, &work->visits, error) != 0 ||
        zcb_launch_values_add(&work->twin, &figures->twin_logs, error) != 0) {
        return -1;
    }
    size_t variant = zcb_plan_variant(&analysis->recorded->run, cell->python);
    const zcb_arm_visits *null = zcb_cell_visits_find(&work->visits, ZCB_ARM_NULL);
    if (variant < analysis->recorded->run.variant_count &&
        zcb_steadiness_add(&work->steadiness, variant, &figures->twin_logs,
                           null != NULL ? null->visits : (zcb_visits){NULL, 0}, error) != 0) {
        return -1;
    }
    if (cell->size_bytes != analysis->controls.limit_bytes || !is_plain_copy(analysis, cell)) {
        return 0;
    }
    return zcb_launch_values_add(&work->limit, &figures->limit_logs, error);
}

/* From samples to figures for one cell. */
static int analyse_cell(zcb_analysis *analysis, zcb_cell_result *result, work *work,
                        zcb_error *error)
{
    const zcb_planned_pair *plan =
        zcb_plan_pair(&analysis->recorded->run, cell_of(analysis, result));
    zcb_figures figures = {0};
    int status = 0;
    if (is_measured(work, result->cell)) {
        status = zcb_cell_visits_load(&work->grouping, result->cell, &work->visits, error);
        if (status == 0) {
            const char *const *arms =
                plan != NULL ? (const char *const *)plan->alternatives : NULL;
            status = zcb_figures_make(&work->visits, arms, plan ? plan->alternative_count : 0,
                                      &figures, error);
        }
    }
    if (status == 0) {
        status = settle_result(result, work->rows[result->cell], &figures.judgement, error);
    }
    if (status == 0) {
        take_rows(analysis, result, &figures);
        status = add_to_run(analysis, result, &figures, work, error);
    }
    zcb_figures_clear(&figures);
    return status;
}

static int finish_controls(zcb_analysis *analysis, work *work, zcb_error *error)
{
    zcb_controls *controls = &analysis->controls;
    double share = analysis->recorded->run.timed_share;
    controls->timed_share = share > 0.0 ? share : (double)NAN;
    controls->cell_count = analysis->result_count;
    for (size_t i = 0; i < analysis->result_count; i++) {
        controls->status_count[analysis->results[i].status]++;
    }
    if (zcb_launch_values_mean(&work->twin, ZCB_CONFIDENCE, &controls->twin,
                               &controls->twin_cells, NULL, error) != 0) {
        return -1;
    }
    return zcb_launch_values_mean(&work->limit, ZCB_CONFIDENCE, &controls->limit,
                                  &controls->limit_cells, NULL, error);
}

int zcb_analyse(const zcb_recorded *recorded, zcb_analysis *out, zcb_error *error)
{
    zcb_analysis analysis = {.recorded = recorded};
    work work = {0};
    int result = -1;
    uint64_t missing = zcb_recorded_missing_rows(recorded);
    if (missing > 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "samples.csv has lost %" PRIu64 " of the %" PRIu64 " rows its run was "
                        "completed with: `zcbench run --resume` measures them again",
                        missing, recorded->run.sample_rows);
    }
    if (work_begin(&work, recorded, error) != 0 || make_results(&analysis, &work, error) != 0) {
        goto done;
    }
    analysis.controls.limit_bytes = choose_limit_bytes(&analysis, &work);
    for (size_t i = 0; i < analysis.result_count; i++) {
        if (analyse_cell(&analysis, &analysis.results[i], &work, error) != 0) {
            goto done;
        }
    }
    if (zcb_series_make(&analysis, error) != 0 ||
        zcb_scaling_make(&analysis, &work.logs, error) != 0 ||
        zcb_reuse_make(&analysis, &work.logs, error) != 0 ||
        zcb_steadiness_make(&work.steadiness, &analysis.steadiness, &analysis.steadiness_count,
                            error) != 0 ||
        finish_controls(&analysis, &work, error) != 0) {
        goto done;
    }
    result = 0;
done:
    work_clear(&work);
    if (result != 0) {
        zcb_analysis_clear(&analysis);
    }
    *out = analysis;
    return result;
}

void zcb_analysis_clear(zcb_analysis *analysis)
{
    for (size_t i = 0; i < analysis->result_count; i++) {
        free(analysis->results[i].reason);
        free(analysis->results[i].flags);
    }
    free(analysis->results);
    free(analysis->series);
    free(analysis->summary);
    free(analysis->speedup);
    free(analysis->breakeven);
    free(analysis->scaling);
    free(analysis->reuse);
    free(analysis->steadiness);
    *analysis = (zcb_analysis){0};
}

const zcb_summary_row *zcb_analysis_summary(const zcb_analysis *analysis,
                                            const zcb_cell_result *result, const char *arm)
{
    for (size_t i = 0; i < result->summary_count; i++) {
        const zcb_summary_row *row = &analysis->summary[result->summary_first + i];
        if (strcmp(row->arm, arm) == 0) {
            return row;
        }
    }
    return NULL;
}

const zcb_speedup_row *zcb_analysis_speedup(const zcb_analysis *analysis,
                                            const zcb_cell_result *result, const char *arm)
{
    for (size_t i = 0; i < result->speedup_count; i++) {
        const zcb_speedup_row *row = &analysis->speedup[result->speedup_first + i];
        if (strcmp(row->arm, arm) == 0) {
            return row;
        }
    }
    return NULL;
}

const zcb_speedup_row *zcb_analysis_speedup_at(const zcb_analysis *analysis,
                                               const zcb_series *series, uint64_t bytes)
{
    const zcb_speedup_row *found = NULL;
    for (size_t i = 0; i < series->result_count; i++) {
        const zcb_cell_result *result = &analysis->results[series->result_first + i];
        const zcb_speedup_row *row = zcb_analysis_speedup(analysis, result, series->arm);
        int is_small_enough = cell_of(analysis, result)->size_bytes <= bytes;
        if (row != NULL && (is_small_enough || found == NULL)) {
            found = row;
        }
        if (!is_small_enough && found != NULL) {
            break;
        }
    }
    return found;
}
