/* Why this file: one picture per pair, lane and condition tells how long each way takes at each
 * size. */
#include "report/plot_parts.h"

#include "report/answers.h"
#include "report/plan.h"
#include "store/files.h"

#include <math.h>
#include <string.h>

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

/* Where the break-evens are, for the bands. */
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

/* The answers of the picture's alternatives: lines for its title, or one sentence. */
static void write_answers(const picture *picture, char lines[][2 * ZCB_ANSWER_TEXT_MAX],
                          char *sentence, size_t size)
{
    sentence[0] = '\0';
    for (size_t s = 0; s < picture->series_count; s++) {
        const zcb_series *series = &picture->series[s];
        char answer[ZCB_ANSWER_TEXT_MAX], speedup[ZCB_ANSWER_TEXT_MAX];
        const char *who = picture->series_count > 1 ? series->arm : "";
        zcb_answer_text(picture->analysis, series, answer, sizeof answer);
        zcb_answer_speedup(picture->analysis, series, speedup, sizeof speedup);
        snprintf(lines[s], sizeof lines[s], "%s%s%s", who, who[0] != '\0' ? " " : "", answer);
        size_t used = strlen(sentence);
        snprintf(sentence + used, size - used, "%s%s: %s%s%s%s", s > 0 ? "; " : "",
                 who[0] != '\0' ? who : "View", answer, speedup[0] != '\0' ? ", " : "", speedup,
                 s + 1 == picture->series_count ? "." : "");
    }
}

/* Title, answers and the names of the alternatives. */
static int tell(const picture *picture, FILE *stream, zcb_picture *target, zcb_error *error)
{
    const zcb_cell *cell = cell_at(picture, 0);
    char lines[ZCB_ALTERNATIVES_MAX][2 * ZCB_ANSWER_TEXT_MAX], conditions[64];
    char title[ZCB_ANSWER_TEXT_MAX], sentence[ZCB_ALTERNATIVES_MAX * 2 * ZCB_ANSWER_TEXT_MAX],
        alt[sizeof sentence + 700];
    const char *findings[ZCB_ALTERNATIVES_MAX], *names[ZCB_ALTERNATIVES_MAX];
    write_answers(picture, lines, sentence, sizeof sentence);
    snprintf(title, sizeof title, "%s %s%s · %s", cell->pair, zcb_lane_name(cell->lane),
             zcb_plot_conditions(cell, " ", conditions, sizeof conditions), cell->python);
    snprintf(alt, sizeof alt,
             "Time per operation against size, both logarithmic, of %s: copy, view%s", title,
             picture->limit_rows > 0 ? " and memcpy" : "");
    for (size_t s = 0; s < picture->series_count; s++) {
        findings[s] = lines[s];
        names[s] = picture->series[s].arm;
    }
    zcb_plot_names(stream, "view", names, picture->series_count, strlen("limit"));
    zcb_plot_title(stream, target, title, findings, picture->series_count);
    return zcb_picture_tell(target, title, sentence, alt, error);
}

static int write_script(const picture *picture, const char *folder, zcb_picture *target,
                        zcb_error *error)
{
    zcb_file *file = zcb_plot_begin(folder, target->name, ".gp", error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    zcb_plot_head(stream, target->name);
    if (tell(picture, stream, target, error) != 0) {
        zcb_file_discard(file);
        return -1;
    }
    zcb_plot_number(stream, "views", (double)picture->series_count);
    zcb_plot_number(stream, "limit_rows", (double)picture->limit_rows);
    write_crossings(picture, stream);
    zcb_plot_caches(stream, &picture->analysis->recorded->run.machine, picture->sizes);
    zcb_plot_number(stream, "few", picture->sizes.hi < 4.0 * picture->sizes.lo ? 1.0 : 0.0);
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

/* Place of the cell's pair in the plan. */
static size_t plan_rank(const zcb_run *run, const zcb_cell *cell)
{
    const zcb_planned_pair *pair = zcb_plan_pair(run, cell);
    return pair != NULL ? (size_t)(pair - run->pairs) : run->pair_count;
}

static int write_picture(picture *picture, const char *folder, zcb_pictures *pictures,
                         zcb_error *error)
{
    const zcb_cell *cell = cell_at(picture, 0);
    const zcb_run *run = &picture->analysis->recorded->run;
    zcb_about about = {zcb_plan_group(run, cell), cell->lane,
                       zcb_plan_variant(run, cell->python), plan_rank(run, cell)};
    char text[ZCB_ANSWER_TEXT_MAX], conditions[64];
    snprintf(text, sizeof text, "time-%s-%s-%s%s", cell->python, cell->pair,
             zcb_lane_name(cell->lane),
             zcb_plot_conditions(cell, "-", conditions, sizeof conditions));
    zcb_picture *target = zcb_pictures_add(pictures, text, ZCB_PICTURE_TIME, about);
    if (target == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    return write_data(picture, folder, target->name, error) == 0
               ? write_script(picture, folder, target, error)
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
        if (has_copy(&picture) && !zcb_plot_is_side_condition(analysis, cell_at(&picture, 0)) &&
            write_picture(&picture, folder, pictures, error) != 0) {
            return -1;
        }
        first = end;
    }
    return 0;
}
