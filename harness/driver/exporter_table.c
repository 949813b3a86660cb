/* See exporter_table.h. */
#include "driver/exporter_table.h"

#include "driver/exporter_pairs.h"
#include "driver/outcome_json.h"
#include "report/analysis.h"
#include "report/answers.h"
#include "report/grouping.h"
#include "report/text.h"
#include "report/units.h"
#include "stats/location.h"
#include "store/recorded.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One line of the table: an arm of the object's pair, and of bytes'. */
typedef struct line {
    const char *label, *object, *reference, *arm;
    int has_breakeven;
} line;

static const line lines[] = {
    {"memoryview(obj)", ZCB_EXPORTER_EXPORT, ZCB_EXPORTER_BYTES_EXPORT, ZCB_ARM_VIEW, 1},
    {"bytes(obj)", ZCB_EXPORTER_EXPORT, ZCB_EXPORTER_BYTES_EXPORT, ZCB_ARM_COPY, 0},
    {"view[i:j]", ZCB_EXPORTER_SLICE, ZCB_EXPORTER_BYTES_SLICE, ZCB_ARM_VIEW, 1},
    {"bytes(view[i:j])", ZCB_EXPORTER_SLICE, ZCB_EXPORTER_BYTES_SLICE, ZCB_ARM_COPY, 0}};

/* Everything the table is made of. Owns its members; `analysis` borrows `recorded`. */
typedef struct table {
    zcb_recorded recorded;
    zcb_analysis analysis;
    zcb_grouping grouping;
    FILE *stream;
} table;

static const zcb_series *find_series(const table *t, const char *python, const char *pair)
{
    for (size_t i = 0; i < t->analysis.series_count; i++) {
        const zcb_series *series = &t->analysis.series[i];
        uint32_t first = t->analysis.results[series->result_first].cell;
        const zcb_cell *cell = zcb_cells_at(t->recorded.cells, first);
        if (strcmp(cell->python, python) == 0 && strcmp(cell->pair, pair) == 0) {
            return series;
        }
    }
    return NULL;
}

/* The result of `series` at the largest size up to 1 MiB that gave a speed-up, or NULL. */
static const zcb_cell_result *find_result(const table *t, const zcb_series *series)
{
    const zcb_cell_result *found = NULL;
    for (size_t i = 0; series != NULL && i < series->result_count; i++) {
        const zcb_cell_result *result = &t->analysis.results[series->result_first + i];
        uint64_t size = zcb_cells_at(t->recorded.cells, result->cell)->size_bytes;
        if (zcb_analysis_speedup(&t->analysis, result, series->arm) != NULL &&
            (size <= ZCB_REFERENCE_BYTES || found == NULL)) {
            found = result;
        }
    }
    return found;
}

/* The launch medians of `arm` in a cell: 0 or -1 (memory). */
static int launch_times(const table *t, uint32_t cell, const char *arm, zcb_launch_times *out,
                        zcb_error *error)
{
    zcb_cell_visits visits = {0};
    int result = zcb_cell_visits_load(&t->grouping, cell, &visits, error);
    const zcb_arm_visits *found = result == 0 ? zcb_cell_visits_find(&visits, arm) : NULL;
    if (found != NULL && zcb_launch_times_join(&found->visits, 1, out) < 0) {
        result = zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    zcb_cell_visits_clear(&visits);
    return result;
}

/* Interval of object ÷ bytes, formed launch by launch. */
static int ratio_of(const zcb_launch_times *object, const zcb_launch_times *bytes,
                    zcb_interval *out, zcb_error *error)
{
    double *logs = calloc(object->count + 1, sizeof *logs);
    size_t count = 0;
    if (logs == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    for (size_t i = 0, j = 0; i < object->count && j < bytes->count;) {
        if (object->launches[i] == bytes->launches[j]) {
            logs[count++] = log(object->medians[0][i++] / bytes->medians[0][j++]);
        } else if (object->launches[i] < bytes->launches[j]) {
            i++;
        } else {
            j++;
        }
    }
    *out = zcb_interval_exp(zcb_primary_interval(logs, count, 0.95));
    free(logs);
    return 0;
}

static void print_padded(FILE *stream, const char *text, size_t columns)
{
    size_t width = zcb_text_width(text);
    fprintf(stream, "%s%*s", text, width < columns ? (int)(columns - width) : 1, "");
}

/* "98.1 ns (96.0 ns–101 ns)". */
static void print_time(const table *t, const zcb_cell_result *result, const char *arm)
{
    char text[3 * ZCB_UNIT_TEXT_MAX + 8], middle[ZCB_UNIT_TEXT_MAX], lo[ZCB_UNIT_TEXT_MAX],
        hi[ZCB_UNIT_TEXT_MAX];
    const zcb_summary_row *row = zcb_analysis_summary(&t->analysis, result, arm);
    if (row == NULL) {
        print_padded(t->stream, "–", 28);
        return;
    }
    snprintf(text, sizeof text, "%s (%s–%s)",
             zcb_unit_time(row->median_ns, middle, sizeof middle),
             zcb_unit_time(row->ci_lo_ns, lo, sizeof lo),
             zcb_unit_time(row->ci_hi_ns, hi, sizeof hi));
    print_padded(t->stream, text, 28);
}

/* What a line says: the object's cell, bytes' cell, object ÷ bytes. */
typedef struct figures {
    const zcb_series *series; /* the object's */
    const zcb_cell_result *object, *bytes;
    zcb_interval ratio;
} figures;

/* 1 and *out set; 0 when there is nothing to say (refused, failed, not measured); -1 (memory). */
static int find_figures(const table *t, const char *python, const line *l, figures *out,
                        zcb_error *error)
{
    zcb_launch_times times[2] = {0};
    *out = (figures){.series = find_series(t, python, l->object)};
    out->object = find_result(t, out->series);
    out->bytes = find_result(t, find_series(t, python, l->reference));
    if (out->object == NULL || out->bytes == NULL) {
        return 0;
    }
    int result = launch_times(t, out->object->cell, l->arm, &times[0], error) < 0 ||
                         launch_times(t, out->bytes->cell, l->arm, &times[1], error) < 0 ||
                         ratio_of(&times[0], &times[1], &out->ratio, error) < 0
                     ? -1
                     : 1;
    zcb_launch_times_clear(&times[0]);
    zcb_launch_times_clear(&times[1]);
    return result;
}

static void print_line(const table *t, const char *python, const line *l, const figures *f)
{
    char text[ZCB_ANSWER_TEXT_MAX], label[64];
    print_padded(t->stream, zcb_text_visible(python, label, sizeof label), 10);
    print_padded(t->stream, l->label, 18);
    print_time(t, f->object, l->arm);
    print_time(t, f->bytes, l->arm);
    zcb_unit_ratio_interval(f->ratio.estimate, f->ratio.lo, f->ratio.hi, text, sizeof text);
    print_padded(t->stream, text, 21);
    zcb_answer_text(&t->analysis, f->series, text, sizeof text);
    fprintf(t->stream, "%s\n", l->has_breakeven ? text : "");
}

static json_t *time_json(const table *t, const zcb_cell_result *result, const char *arm)
{
    const zcb_summary_row *row = zcb_analysis_summary(&t->analysis, result, arm);
    json_t *object = json_object();
    zcb_json_set_number(object, "median_ns", row != NULL ? row->median_ns : NAN);
    zcb_json_set_number(object, "ci_lo_ns", row != NULL ? row->ci_lo_ns : NAN);
    zcb_json_set_number(object, "ci_hi_ns", row != NULL ? row->ci_hi_ns : NAN);
    return object;
}

static json_t *line_json(const table *t, const line *l, const figures *f)
{
    json_t *row = zcb_json_row(&t->analysis, f->object->cell, l->arm, 1);
    zcb_json_set_text(row, "what", l->label);
    json_object_set_new(row, "object", time_json(t, f->object, l->arm));
    json_object_set_new(row, "bytes", time_json(t, f->bytes, l->arm));
    zcb_json_set_number(row, "ratio", f->ratio.estimate);
    zcb_json_set_number(row, "ratio_lo", f->ratio.lo);
    zcb_json_set_number(row, "ratio_hi", f->ratio.hi);
    return row;
}

static void print_head(const table *t, const char *label)
{
    char shown[200], size[ZCB_UNIT_TEXT_MAX] = "1 MiB";
    for (size_t v = 0; v < t->recorded.run.variant_count; v++) {
        const zcb_series *series =
            find_series(t, t->recorded.run.variants[v].name, ZCB_EXPORTER_EXPORT);
        const zcb_cell_result *result = find_result(t, series);
        if (result != NULL) {
            const zcb_cell *cell = zcb_cells_at(t->recorded.cells, result->cell);
            zcb_unit_size((double)cell->size_bytes, size, sizeof size);
        }
    }
    fprintf(t->stream, "\nEXPORTER %s at %s (95 %% intervals)\n",
            zcb_text_visible(label, shown, sizeof shown), size);
    print_padded(t->stream, "python", 10);
    print_padded(t->stream, "what", 18);
    print_padded(t->stream, "here", 28);
    print_padded(t->stream, "the same of bytes", 28);
    print_padded(t->stream, "ratio", 21);
    fputs("sharing against copying\n", t->stream);
}

/* Reads the run in `dir`; table_close in either case. */
static int table_open(table *t, const char *dir, zcb_error *error)
{
    return zcb_recorded_read(dir, &t->recorded, error) < 0 ||
                   zcb_analyse(&t->recorded, &t->analysis, error) < 0
               ? -1
               : zcb_grouping_make(&t->recorded.samples, zcb_cells_count(t->recorded.cells),
                                   &t->grouping, error);
}

static void table_close(table *t)
{
    zcb_grouping_clear(&t->grouping);
    zcb_analysis_clear(&t->analysis);
    zcb_recorded_clear(&t->recorded);
}

/* Hands every line that has figures to the stream, or to `rows` where that is not NULL. */
static int tell_lines(const table *t, json_t *rows, zcb_error *error)
{
    for (size_t v = 0; v < t->recorded.run.variant_count; v++) {
        for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
            const char *python = t->recorded.run.variants[v].name;
            figures found;
            int result = find_figures(t, python, &lines[i], &found, error);
            if (result < 0) {
                return -1;
            }
            if (result > 0 && rows != NULL) {
                json_array_append_new(rows, line_json(t, &lines[i], &found));
            } else if (result > 0) {
                print_line(t, python, &lines[i], &found);
            }
        }
    }
    return 0;
}

int zcb_exporter_table_print(const char *dir, const char *label, FILE *stream, zcb_error *error)
{
    table t = {.stream = stream};
    int result = table_open(&t, dir, error);
    if (result == 0) {
        print_head(&t, label);
        result = tell_lines(&t, NULL, error);
    }
    table_close(&t);
    return result;
}

json_t *zcb_exporter_table_json(const char *dir, zcb_error *error)
{
    table t = {0};
    json_t *rows = json_array();
    if (table_open(&t, dir, error) < 0 || tell_lines(&t, rows, error) < 0) {
        json_decref(rows);
        rows = NULL;
    }
    table_close(&t);
    return rows;
}
