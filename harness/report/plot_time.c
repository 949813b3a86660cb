/* Why this file: one picture per pair, lane and condition tells how long each way takes at each
 * size. */
#include "report/plot_parts.h"

#include "report/answers.h"
#include "report/plan.h"
#include "store/files.h"

#include <math.h>
#include <string.h>

enum { TITLE_COLUMNS = 56, VIEW_COLUMNS = 24 };

/* One picture: the cells of pair × lane × conditions on one variant, and the alternatives in
 * it. */
typedef struct picture {
    const zcb_analysis *analysis;
    const zcb_series *series; /* one per alternative, side by side in the analysis */
    size_t series_count;
    zcb_plot_range sizes, times;
    size_t limit_rows;
} picture;

static const zcb_cell *cell_at(const picture *picture, size_t i)
{
    const zcb_analysis *analysis = picture->analysis;
    return zcb_cells_at(analysis->recorded->cells,
                        analysis->results[picture->series->result_first + i].cell);
}

/* The row of `arm` in the picture's i-th cell if it has a time to show, else NULL. */
static const zcb_summary_row *row_at(const picture *picture, size_t i, const char *arm)
{
    const zcb_analysis *analysis = picture->analysis;
    const zcb_cell_result *result = &analysis->results[picture->series->result_first + i];
    const zcb_summary_row *row = zcb_analysis_summary(analysis, result, arm);
    int is_good = result->status == ZCB_STATUS_OK || result->status == ZCB_STATUS_NOISY;
    return row != NULL && is_good && row->median_ns > 0.0 ? row : NULL;
}

/* Writes an arm's rows and counts them. */
static size_t write_arm(picture *picture, FILE *stream, size_t number, const char *arm)
{
    size_t rows = 0;
    for (size_t i = 0; i < picture->series->result_count; i++) {
        const zcb_summary_row *row = row_at(picture, i, arm);
        if (row == NULL) {
            continue;
        }
        const double figures[] = {row->median_ns, row->ci_lo_ns, row->ci_hi_ns};
        fprintf(stream, "%zu,", number);
        zcb_csv_text(stream, arm);
        fprintf(stream, ",%llu", (unsigned long long)cell_at(picture, i)->size_bytes);
        for (size_t f = 0; f < 3; f++) {
            fputc(',', stream);
            zcb_csv_number(stream, figures[f]);
            zcb_plot_range_add(&picture->times, figures[f]);
        }
        fputc('\n', stream);
        zcb_plot_range_add(&picture->sizes, (double)cell_at(picture, i)->size_bytes);
        rows++;
    }
    return rows;
}

static int write_data(picture *picture, const char *folder, const char *name, zcb_error *error)
{
    zcb_file *file = zcb_plot_begin(folder, name, ".csv", error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    fputs("series,arm,size_bytes,ns,lo_ns,hi_ns\n", stream);
    picture->limit_rows = write_arm(picture, stream, 0, ZCB_ARM_LIMIT);
    write_arm(picture, stream, 1, ZCB_ARM_COPY);
    for (size_t s = 0; s < picture->series_count; s++) {
        write_arm(picture, stream, 2 + s, picture->series[s].arm);
    }
    return zcb_file_commit(file, error);
}

/* What is known of the break-evens: positions for the bands, words for the title. */
static void write_crossings(const picture *picture, FILE *stream)
{
    static const char *const keys[] = {"crossings", "crossings_lo", "crossings_hi"};
    const zcb_analysis *analysis = picture->analysis;
    for (size_t k = 0; k < 4; k++) {
        fprintf(stream, "%s = '", k < 3 ? keys[k] : "crossing_views");
        for (size_t s = 0; s < picture->series_count; s++) {
            const zcb_series *series = &picture->series[s];
            for (size_t b = 0; b < series->breakeven_count; b++) {
                const zcb_breakeven_row *row =
                    &analysis->breakeven[series->breakeven_first + b];
                const double at[] = {row->bytes, row->ci_lo, row->ci_hi};
                if (!isfinite(row->bytes)) {
                    continue;
                }
                if (k < 3) {
                    fprintf(stream, "%.9g ", isfinite(at[k]) ? at[k] : row->bytes);
                } else {
                    fprintf(stream, "%zu ", s + 1);
                }
            }
        }
        fputs("'\n", stream);
    }
}

static void write_findings(const picture *picture, FILE *stream)
{
    zcb_plot_number(stream, "findings", (double)picture->series_count);
    for (size_t s = 0; s < picture->series_count; s++) {
        const zcb_series *series = &picture->series[s];
        char key[32], answer[ZCB_ANSWER_TEXT_MAX], text[2 * ZCB_ANSWER_TEXT_MAX];
        zcb_answer_text(picture->analysis, series, answer, sizeof answer);
        snprintf(text, sizeof text, "%s%s%s", picture->series_count > 1 ? series->arm : "",
                 picture->series_count > 1 ? " " : "", answer);
        snprintf(key, sizeof key, "finding_%zu", s + 1);
        zcb_plot_text(stream, key, text, TITLE_COLUMNS);
        snprintf(key, sizeof key, "view_%zu", s + 1);
        zcb_plot_text(stream, key, series->arm, VIEW_COLUMNS);
    }
}

/* The machine's cache sizes that lie inside the picture. */
static void write_caches(const picture *picture, FILE *stream)
{
    const zcb_machine *machine = &picture->analysis->recorded->run.machine;
    const struct {
        const char *name;
        uint64_t bytes;
    } caches[] = {
        {"L1d", machine->l1d_bytes}, {"L2", machine->l2_bytes}, {"L3", machine->l3_bytes}};
    for (int is_name = 0; is_name < 2; is_name++) {
        fprintf(stream, "%s = '", is_name ? "cache_names" : "caches");
        for (size_t i = 0; i < 3; i++) {
            double bytes = (double)caches[i].bytes;
            if (bytes < picture->sizes.lo || bytes > picture->sizes.hi) {
                continue;
            }
            if (is_name) {
                fprintf(stream, "%s ", caches[i].name);
            } else {
                fprintf(stream, "%.9g ", bytes);
            }
        }
        fputs("'\n", stream);
    }
}

static int write_script(const picture *picture, const char *folder, const char *name,
                        zcb_error *error)
{
    const zcb_cell *cell = cell_at(picture, 0);
    char title[ZCB_ANSWER_TEXT_MAX], conditions[64];
    zcb_file *file = zcb_plot_begin(folder, name, ".gp", error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    snprintf(title, sizeof title, "%s %s%s · %s", cell->pair, zcb_lane_name(cell->lane),
             zcb_plot_conditions(cell, " ", conditions, sizeof conditions), cell->python);
    zcb_plot_head(stream, name);
    zcb_plot_text(stream, "title_text", title, TITLE_COLUMNS);
    zcb_plot_number(stream, "views", (double)picture->series_count);
    zcb_plot_number(stream, "limit_rows", (double)picture->limit_rows);
    write_findings(picture, stream);
    write_crossings(picture, stream);
    write_caches(picture, stream);
    zcb_plot_size_axis(stream, picture->sizes, 5);
    zcb_plot_number(stream, "y_min", pow(10.0, floor(log10(picture->times.lo))));
    zcb_plot_number(stream, "y_max", pow(10.0, floor(log10(picture->times.hi)) + 1.0));
    fputs("load 'time.gp'\n", stream);
    return zcb_file_commit(file, error);
}

/* 1 when copy was measured at some size. */
static int has_copy(const picture *picture)
{
    for (size_t i = 0; i < picture->series->result_count; i++) {
        if (row_at(picture, i, ZCB_ARM_COPY) != NULL) {
            return 1;
        }
    }
    return 0;
}

static int write_picture(picture *picture, const char *folder, zcb_pictures *pictures,
                         zcb_error *error)
{
    const zcb_cell *cell = cell_at(picture, 0);
    char text[ZCB_ANSWER_TEXT_MAX], conditions[64];
    snprintf(text, sizeof text, "time-%s-%s-%s%s", cell->python, cell->pair,
             zcb_lane_name(cell->lane),
             zcb_plot_conditions(cell, "-", conditions, sizeof conditions));
    const char *name = zcb_pictures_add(pictures, text);
    if (name == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    return write_data(picture, folder, name, error) == 0
               ? write_script(picture, folder, name, error)
               : -1;
}

int zcb_plot_times(const zcb_analysis *analysis, const char *folder, zcb_pictures *pictures,
                   zcb_error *error)
{
    for (size_t first = 0; first < analysis->series_count;) {
        size_t end = first + 1;
        while (end < analysis->series_count && end - first < ZCB_ALTERNATIVES_MAX &&
               analysis->series[end].result_first == analysis->series[first].result_first) {
            end++;
        }
        picture picture = {analysis, &analysis->series[first], end - first, {0, 0}, {0, 0}, 0};
        if (has_copy(&picture) && write_picture(&picture, folder, pictures, error) != 0) {
            return -1;
        }
        first = end;
    }
    return 0;
}
