/* Why this file: a status and a pair of bounds are data, an answer is a sentence. */
#include "report/answers.h"

#include "base/compiler.h"
#include "report/plan.h"
#include "report/units.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const zcb_cell *cell_of(const zcb_analysis *analysis, const zcb_series *series)
{
    uint32_t cell = analysis->results[series->result_first].cell;
    return zcb_cells_at(analysis->recorded->cells, cell);
}

/* 1 when both series ask the same question, on whichever variant. */
static int asks_the_same(const zcb_analysis *analysis, const zcb_series *one,
                         const zcb_series *other)
{
    const zcb_cell *a = cell_of(analysis, one), *b = cell_of(analysis, other);
    return zcb_asks_the_same(a, b) && strcmp(one->arm, other->arm) == 0;
}

/* Adds printf-style text to out[size], cut to fit. */
ZCB_PRINTF(3, 4) static void append(char *out, size_t size, const char *format, ...)
{
    size_t used = strlen(out);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(out + used, size - used, format, arguments);
    va_end(arguments);
}

/* Names the question; the conditions every run has by default are not worth a word. */
char *zcb_answer_label(const zcb_cell *cell, const char *arm, char *out, size_t size)
{
    snprintf(out, size, "%s %s", cell->pair, zcb_lane_name(cell->lane));
    if (arm != NULL && strncmp(arm, "view:", 5) == 0) {
        append(out, size, " %s", arm + 5);
    }
    if (cell->heap != ZCB_HEAP_DEFAULT) {
        append(out, size, " %s", zcb_heap_name(cell->heap));
    }
    if (cell->cache != ZCB_CACHE_HOT) {
        append(out, size, " %s", zcb_cache_name(cell->cache));
    }
    if (cell->consumer != ZCB_CONSUMER_DROP) {
        append(out, size, " %s", zcb_consumer_name(cell->consumer));
    }
    return out;
}

static size_t variant_of(const zcb_analysis *analysis, const zcb_series *series)
{
    const zcb_run *run = &analysis->recorded->run;
    const char *python = cell_of(analysis, series)->python;
    for (size_t v = 0; v < run->variant_count; v++) {
        if (strcmp(run->variants[v].name, python) == 0) {
            return v;
        }
    }
    return run->variant_count;
}

/* The row that holds the question of `series`, made when there is none; NULL: memory. */
static zcb_answer_row *find_row(zcb_answers *answers, const zcb_analysis *analysis,
                                const zcb_series *series)
{
    for (size_t r = 0; r < answers->row_count; r++) {
        for (size_t v = 0; v < answers->variant_count; v++) {
            const zcb_series *known = answers->rows[r].by_variant[v];
            if (known != NULL && asks_the_same(analysis, known, series)) {
                return &answers->rows[r];
            }
        }
    }
    zcb_answer_row *row = &answers->rows[answers->row_count];
    row->by_variant = calloc(answers->variant_count, sizeof *row->by_variant);
    if (row->by_variant == NULL) {
        return NULL;
    }
    zcb_answer_label(cell_of(analysis, series), series->arm, row->label, sizeof row->label);
    answers->row_count++;
    return row;
}

int zcb_answers_make(const zcb_analysis *analysis, zcb_answers *out, zcb_error *error)
{
    zcb_answers answers = {.variant_count = analysis->recorded->run.variant_count};
    answers.rows = calloc(analysis->series_count + 1, sizeof *answers.rows);
    if (answers.rows == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    for (size_t s = 0; s < analysis->series_count; s++) {
        size_t variant = variant_of(analysis, &analysis->series[s]);
        if (variant == answers.variant_count) {
            continue; /* samples of a variant that run.json does not know have no column */
        }
        zcb_answer_row *row = find_row(&answers, analysis, &analysis->series[s]);
        if (row == NULL) {
            zcb_answers_clear(&answers);
            return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
        }
        row->by_variant[variant] = &analysis->series[s];
    }
    *out = answers;
    return 0;
}

void zcb_answers_clear(zcb_answers *answers)
{
    for (size_t r = 0; r < answers->row_count; r++) {
        free(answers->rows[r].by_variant);
    }
    free(answers->rows);
    *answers = (zcb_answers){0};
}

/* The status most cells of a series ended in. */
static zcb_status common_status(const zcb_analysis *analysis, const zcb_series *series)
{
    size_t count[ZCB_STATUS_COUNT] = {0};
    zcb_status most = ZCB_STATUS_OK;
    for (size_t i = 0; i < series->result_count; i++) {
        zcb_status status = analysis->results[series->result_first + i].status;
        count[status]++;
        most = count[status] > count[most] ? status : most;
    }
    return most;
}

/* What an alternative lacks on its variant, "needs Python 3.14", from a measured cell's reason as
 * it was recorded: "view:os needs Python 3.14; view:…"; "" when it says nothing of it. */
static void missing_text(const zcb_analysis *analysis, const zcb_series *series, char *out,
                         size_t size)
{
    const zcb_recorded *recorded = analysis->recorded;
    size_t length = strlen(series->arm);
    out[0] = '\0';
    for (size_t i = 0; i < recorded->cell_row_count && series->result_count > 0; i++) {
        const zcb_cell_row *row = &recorded->cell_rows[i];
        const char *at = row->cell == analysis->results[series->result_first].cell
                             ? strstr(row->reason, series->arm)
                             : NULL;
        if (at != NULL && strncmp(at + length, " needs ", 7) == 0) {
            at += length + 1;
            snprintf(out, size, "%.*s", (int)strcspn(at, ";"), at);
        }
    }
}

/* Says what became of a series that gave no speed-up at all. */
static void unmeasured_text(const zcb_analysis *analysis, const zcb_series *series, char *out,
                            size_t size)
{
    zcb_status most = common_status(analysis, series);
    int is_silent = most == ZCB_STATUS_OK || most == ZCB_STATUS_NOISY;
    missing_text(analysis, series, out, size);
    if (!is_silent || out[0] == '\0') {
        snprintf(out, size, "%s", is_silent ? "not measured" : zcb_status_name(most));
    }
}

/* 1 when sharing wins at the smallest size whose interval excludes 1: crossings alternate from
 * there. */
static int starts_paying(const zcb_analysis *analysis, const zcb_series *series)
{
    for (size_t i = 0; i < series->result_count; i++) {
        const zcb_speedup_row *row = zcb_analysis_speedup(
            analysis, &analysis->results[series->result_first + i], series->arm);
        if (row != NULL && row->gross_lo > 1.0) {
            return 1;
        }
        if (row != NULL && row->gross_hi < 1.0) {
            return 0;
        }
    }
    return 0;
}

/* 1 when the verdict at every size is `same`. */
static int is_same_throughout(const zcb_analysis *analysis, const zcb_series *series)
{
    size_t seen = 0;
    for (size_t i = 0; i < series->result_count; i++) {
        const zcb_speedup_row *row = zcb_analysis_speedup(
            analysis, &analysis->results[series->result_first + i], series->arm);
        if (row == NULL) {
            continue;
        }
        seen++;
        if (strcmp(row->verdict, "same") != 0) {
            return 0;
        }
    }
    return seen > 0;
}

/* "pays at every size"; "never loses, pays at 3 of 5 sizes" where some have an interval around 1.
 */
static void always_text(const zcb_analysis *analysis, const zcb_series *series, char *out,
                        size_t size)
{
    size_t sizes = 0, won = 0;
    for (size_t i = 0; i < series->result_count; i++) {
        const zcb_speedup_row *row = zcb_analysis_speedup(
            analysis, &analysis->results[series->result_first + i], series->arm);
        if (row != NULL && isfinite(row->gross_lo)) {
            sizes++;
            won += row->gross_lo > 1.0;
        }
    }
    if (won == sizes) {
        snprintf(out, size, "pays at every size");
    } else {
        snprintf(out, size, "never loses, pays at %zu of %zu sizes", won, sizes);
    }
}

/* "pays from 0.9 KiB (0.8–1.0), not from 130 KiB (120–140), again from …" */
static void crossings_text(const zcb_analysis *analysis, const zcb_series *series, char *out,
                           size_t size)
{
    int is_paying = starts_paying(analysis, series);
    out[0] = '\0';
    for (size_t i = 0; i < series->breakeven_count; i++) {
        const zcb_breakeven_row *row = &analysis->breakeven[series->breakeven_first + i];
        char where[ZCB_UNIT_TEXT_MAX];
        zcb_unit_size_interval(row->bytes, row->ci_lo, row->ci_hi, where, sizeof where);
        const char *words = is_paying ? (i == 0 ? "pays up to" : ", not from")
                                      : (i == 0 ? "pays from" : ", again from");
        append(out, size, "%s %s", words, where);
        is_paying = !is_paying;
    }
}

/* "unclear below 2 KiB, pays above": what can be said although no crossing was shown, where all
 * sizes from one on are wins. Leaves `out` as it is where there is no such size or not a single
 * interval. */
static void partial_text(const zcb_analysis *analysis, const zcb_series *series,
                         const char *below, char *out, size_t size)
{
    char where[ZCB_UNIT_TEXT_MAX];
    uint64_t from = 0;
    for (size_t i = series->result_count; i > 0; i--) {
        const zcb_cell_result *result = &analysis->results[series->result_first + i - 1];
        const zcb_speedup_row *row = zcb_analysis_speedup(analysis, result, series->arm);
        if (row != NULL && !(row->gross_lo > 1.0)) {
            break;
        }
        from =
            row != NULL ? zcb_cells_at(analysis->recorded->cells, row->cell)->size_bytes : from;
    }
    if (from > 0) {
        snprintf(out, size, "%s below %s, pays above", below,
                 zcb_unit_size((double)from, where, sizeof where));
    }
}

/* 1 when some size has an interval. */
static int has_interval(const zcb_analysis *analysis, const zcb_series *series)
{
    for (size_t i = 0; i < series->result_count; i++) {
        const zcb_speedup_row *row = zcb_analysis_speedup(
            analysis, &analysis->results[series->result_first + i], series->arm);
        if (row != NULL && isfinite(row->gross_lo) && isfinite(row->gross_hi)) {
            return 1;
        }
    }
    return 0;
}

char *zcb_answer_text(const zcb_analysis *analysis, const zcb_series *series, char *out,
                      size_t size)
{
    out[0] = '\0';
    if (series == NULL) {
        return out;
    }
    if (series->breakeven_count == 0) {
        unmeasured_text(analysis, series, out, size);
        return out;
    }
    const char *status = analysis->breakeven[series->breakeven_first].status;
    if (is_same_throughout(analysis, series)) {
        snprintf(out, size, "same");
    } else if (strcmp(status, "crossed") == 0 || strcmp(status, "multiple") == 0) {
        crossings_text(analysis, series, out, size);
    } else if (strcmp(status, "always") == 0) {
        always_text(analysis, series, out, size);
    } else if (strcmp(status, "never") == 0) {
        snprintf(out, size, "never pays");
    } else if (strcmp(status, "none_in_range") == 0) {
        snprintf(out, size, "no break-even in range");
        partial_text(analysis, series, "same", out, size);
    } else if (!has_interval(analysis, series)) {
        snprintf(out, size, "no interval: too few launches");
    } else {
        snprintf(out, size, "no clear answer");
        partial_text(analysis, series, "unclear", out, size);
    }
    return out;
}

zcb_tone zcb_answer_tone(const zcb_analysis *analysis, const zcb_series *series)
{
    if (series == NULL) {
        return ZCB_TONE_PLAIN;
    }
    if (series->breakeven_count == 0) {
        zcb_status most = common_status(analysis, series);
        return most == ZCB_STATUS_REFUSED || most == ZCB_STATUS_FAILED ? ZCB_TONE_FAULT
                                                                       : ZCB_TONE_QUIET;
    }
    const char *status = analysis->breakeven[series->breakeven_first].status;
    if (is_same_throughout(analysis, series)) {
        return ZCB_TONE_PLAIN;
    }
    if (strcmp(status, "crossed") == 0) {
        return starts_paying(analysis, series) ? ZCB_TONE_PLAIN : ZCB_TONE_GOOD;
    }
    return strcmp(status, "always") == 0         ? ZCB_TONE_GOOD
           : strcmp(status, "never") == 0        ? ZCB_TONE_BAD
           : strcmp(status, "inconclusive") == 0 ? ZCB_TONE_QUIET
                                                 : ZCB_TONE_PLAIN;
}

char *zcb_answer_speedup(const zcb_analysis *analysis, const zcb_series *series, char *out,
                         size_t size)
{
    char where[ZCB_UNIT_TEXT_MAX], ratio[ZCB_UNIT_TEXT_MAX];
    const zcb_speedup_row *row =
        series == NULL ? NULL : zcb_analysis_speedup_at(analysis, series, ZCB_REFERENCE_BYTES);
    out[0] = '\0';
    if (row != NULL) {
        const zcb_cell *cell = zcb_cells_at(analysis->recorded->cells, row->cell);
        snprintf(out, size, "at %s %s",
                 zcb_unit_size((double)cell->size_bytes, where, sizeof where),
                 zcb_unit_ratio_interval(row->gross, row->gross_lo, row->gross_hi, ratio,
                                         sizeof ratio));
    }
    return out;
}

char *zcb_answer_controls(const zcb_analysis *analysis, char *out, size_t size)
{
    const zcb_controls *controls = &analysis->controls;
    char number[ZCB_UNIT_TEXT_MAX], where[ZCB_UNIT_TEXT_MAX];
    out[0] = '\0';
    if (controls->twin_cells > 0) {
        const zcb_interval *twin = &controls->twin;
        append(out, size, "twin/copy %s",
               zcb_unit_factor_interval(twin->estimate, twin->lo, twin->hi, number,
                                        sizeof number));
    }
    if (controls->limit_cells > 0) {
        const zcb_interval *limit = &controls->limit;
        append(out, size, "%scopy reaches %.2f", out[0] ? " · " : "", limit->estimate);
        if (isfinite(limit->lo) && isfinite(limit->hi)) {
            append(out, size, " (%.2f–%.2f)", limit->lo, limit->hi);
        }
        append(out, size, " of memcpy at %s",
               zcb_unit_size((double)controls->limit_bytes, where, sizeof where));
    }
    if (isfinite(controls->timed_share)) {
        append(out, size, "%stimed share %s", out[0] ? " · " : "",
               zcb_unit_percent(controls->timed_share, number, sizeof number));
    }
    return out;
}

char *zcb_answer_cells(const zcb_analysis *analysis, char *out, size_t size)
{
    const zcb_controls *controls = &analysis->controls;
    int is_first = 1;
    out[0] = '\0';
    for (int status = ZCB_STATUS_OK + 1; status < ZCB_STATUS_COUNT; status++) {
        size_t count = controls->status_count[status];
        if (count > 0 && is_first) {
            append(out, size, "%zu of %zu cells %s %s", count, controls->cell_count,
                   count == 1 ? "is" : "are", zcb_status_name((zcb_status)status));
        } else if (count > 0) {
            append(out, size, ", %zu %s", count, zcb_status_name((zcb_status)status));
        }
        is_first = is_first && count == 0;
    }
    if (is_first) {
        int is_one = controls->cell_count == 1;
        snprintf(out, size, is_one ? "the one cell is ok" : "all %zu cells are ok",
                 controls->cell_count);
    }
    return out;
}
