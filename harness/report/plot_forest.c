/* Why this file: from what size on sharing pays, all questions of a group under each other, is
 * the one picture to remember. */
#include "report/plot_parts.h"

#include "report/answer_counts.h"
#include "report/units.h"
#include "store/files.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_COLUMNS = 22, ROW_POINTS = 17, SHAPE_POINTS = 9 };

/* What a mark stands for. */
typedef enum mark { MARK_ALWAYS = -1, MARK_CROSSED, MARK_NEVER, MARK_UNKNOWN } mark;

/* One picture: the questions of a group and lane, and what their marks add up to. */
typedef struct picture {
    const zcb_analysis *analysis;
    const zcb_answers *answers;
    const zcb_questions *questions;
    zcb_plot_range sizes; /* of the whole run: all forests have one axis */
    size_t counts[4];     /* by mark + 1 */
    const zcb_breakeven_row *first, *last;
} picture;

static mark mark_of(const char *status)
{
    return strcmp(status, "crossed") == 0 || strcmp(status, "multiple") == 0 ? MARK_CROSSED
           : strcmp(status, "always") == 0                                   ? MARK_ALWAYS
           : strcmp(status, "never") == 0                                    ? MARK_NEVER
                                                                             : MARK_UNKNOWN;
}

static void remember(picture *picture, const zcb_breakeven_row *row, mark mark, int is_first)
{
    picture->counts[mark + 1] += is_first ? 1 : 0;
    if (mark != MARK_CROSSED || !isfinite(row->bytes)) {
        return;
    }
    if (picture->first == NULL || row->bytes < picture->first->bytes) {
        picture->first = row;
    }
    if (picture->last == NULL || row->bytes > picture->last->bytes) {
        picture->last = row;
    }
}

/* All marks of one question on one variant, `place` being where they stand between rows. */
static void write_marks(picture *picture, FILE *stream, size_t variant, double place,
                        const zcb_series *series)
{
    const zcb_cell *cell = zcb_plot_cell(picture->analysis, series);
    char question[ZCB_ANSWER_TEXT_MAX];
    zcb_plot_question(cell, series->arm, 1, question, sizeof question);
    for (size_t i = 0; i < series->breakeven_count; i++) {
        const zcb_breakeven_row *row =
            &picture->analysis->breakeven[series->breakeven_first + i];
        mark mark = mark_of(row->status);
        const double figures[] = {row->bytes, isfinite(row->ci_lo) ? row->ci_lo : row->bytes,
                                  isfinite(row->ci_hi) ? row->ci_hi : row->bytes};
        fprintf(stream, "%.4f,%zu,", place, variant + 1);
        zcb_csv_text(stream, cell->python);
        fputc(',', stream);
        zcb_csv_text(stream, question);
        fprintf(stream, ",%s,%d", row->status, (int)mark);
        for (size_t f = 0; f < 3; f++) {
            fputc(',', stream);
            zcb_csv_number(stream, figures[f]);
        }
        fputc('\n', stream);
        remember(picture, row, mark, i == 0);
    }
}

static int write_data(picture *picture, const char *folder, const char *name, zcb_error *error)
{
    size_t variants = picture->answers->variant_count;
    zcb_file *file = zcb_plot_begin(folder, name, ".csv", error);
    if (file == NULL) {
        return -1;
    }
    fputs("y,number,python,question,status,mark,bytes,lo,hi\n", zcb_file_stream(file));
    for (size_t q = 0; q < picture->questions->count; q++) {
        const zcb_answer_row *row = &picture->answers->rows[picture->questions->rows[q]];
        for (size_t v = 0; v < variants; v++) {
            double place = (double)(q + 1) +
                           ((double)v - (double)(variants - 1) / 2.0) * 0.72 / (double)variants;
            if (row->by_variant[v] != NULL) {
                write_marks(picture, zcb_file_stream(file), v, place, row->by_variant[v]);
            }
        }
    }
    return zcb_file_commit(file, error);
}

static void describe_crossing(const picture *picture, const zcb_breakeven_row *row, char *out,
                              size_t size)
{
    char where[ZCB_UNIT_TEXT_MAX], question[ZCB_ANSWER_TEXT_MAX];
    const zcb_cell *cell = zcb_cells_at(picture->analysis->recorded->cells, row->cell);
    zcb_plot_question(cell, row->arm, 0, question, sizeof question);
    zcb_unit_size_interval(row->bytes, row->ci_lo, row->ci_hi, where, sizeof where);
    if (picture->answers->variant_count > 1) {
        snprintf(out, size, "%s for %s on %s", where, question, cell->python);
    } else {
        snprintf(out, size, "%s for %s", where, question);
    }
}

/* "Sharing never loses in 4 of 7 answers, pays from some size on in 3; break-evens reach
 * from 864 B (852–880) for bytes_slice to …" */
static void make_finding(const picture *picture, char *out, size_t size)
{
    const size_t *counts = picture->counts;
    zcb_answer_counts fall = {counts[MARK_ALWAYS + 1], counts[MARK_CROSSED + 1],
                              counts[MARK_NEVER + 1], counts[MARK_UNKNOWN + 1]};
    char first[2 * ZCB_ANSWER_TEXT_MAX] = "", last[2 * ZCB_ANSWER_TEXT_MAX] = "";
    size_t used = strlen(zcb_answer_counts_text(fall, out, size));
    if (picture->first != NULL) {
        describe_crossing(picture, picture->first, first, sizeof first);
        describe_crossing(picture, picture->last, last, sizeof last);
        snprintf(out + used, size - used, "; break-even%s %s%s%s",
                 picture->first == picture->last ? ":" : "s reach from", first,
                 picture->first == picture->last ? "" : " to ",
                 picture->first == picture->last ? "" : last);
        used = strlen(out);
    }
    snprintf(out + used, size - used, ".");
}

static int tell(const picture *picture, FILE *stream, zcb_picture *target, zcb_error *error)
{
    char title[2 * ZCB_ANSWER_TEXT_MAX], heading[ZCB_ANSWER_TEXT_MAX],
        finding[6 * ZCB_ANSWER_TEXT_MAX], alt[sizeof finding + sizeof heading + 128];
    const char *lane = zcb_lane_name((zcb_lane)picture->questions->lane);
    snprintf(heading, sizeof heading, "%s · %s lane", picture->questions->group_name, lane);
    snprintf(title, sizeof title, "Break-even: %s", heading);
    make_finding(picture, finding, sizeof finding);
    snprintf(alt, sizeof alt,
             "Break-even sizes with intervals on a logarithmic axis, a row per question: %s",
             heading);
    zcb_plot_title(stream, target, title, NULL, 0);
    return zcb_picture_tell(target, heading, finding, alt, error);
}

static void write_rows(const picture *picture, FILE *stream)
{
    const zcb_questions *questions = picture->questions;
    size_t variants = picture->answers->variant_count;
    zcb_plot_number(stream, "rows", (double)questions->count);
    for (size_t q = 0; q < questions->count; q++) {
        char key[32], text[ZCB_ANSWER_TEXT_MAX];
        const zcb_series *series =
            zcb_plot_any(&picture->answers->rows[questions->rows[q]], variants);
        snprintf(key, sizeof key, "row_%zu", q + 1);
        zcb_plot_question(zcb_plot_cell(picture->analysis, series), series->arm, 0, text,
                          sizeof text);
        zcb_plot_text(stream, key, text, ROW_COLUMNS);
    }
    size_t shapes = variants * SHAPE_POINTS + 4;
    zcb_plot_number(stream, "row_height", (double)(shapes > ROW_POINTS ? shapes : ROW_POINTS));
}

static int write_script(const picture *picture, const char *folder, zcb_picture *target,
                        zcb_error *error)
{
    zcb_file *file = zcb_plot_begin(folder, target->name, ".gp", error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    zcb_plot_range axis = {picture->sizes.lo / 3.2, picture->sizes.hi * 3.2};
    zcb_plot_head(stream, target->name);
    if (tell(picture, stream, target, error) != 0 ||
        zcb_plot_pythons(stream, &picture->analysis->recorded->run, error) != 0) {
        zcb_file_discard(file);
        return -1;
    }
    write_rows(picture, stream);
    zcb_plot_size_axis(stream, picture->sizes, 4);
    zcb_plot_number(stream, "x_lo", picture->sizes.lo);
    zcb_plot_number(stream, "x_hi", picture->sizes.hi);
    zcb_plot_number(stream, "x_min", axis.lo);
    zcb_plot_number(stream, "x_max", axis.hi);
    fputs("load 'forest.gp'\n", stream);
    return zcb_file_commit(file, error);
}

/* 1 when some variant says something about the question. */
static int is_answered(const zcb_analysis *analysis, const zcb_answer_row *row,
                       size_t variant_count)
{
    (void)analysis;
    for (size_t v = 0; v < variant_count; v++) {
        if (row->by_variant[v] != NULL && row->by_variant[v]->breakeven_count > 0) {
            return 1;
        }
    }
    return 0;
}

/* Smallest and largest size that has a speed-up. */
static zcb_plot_range measured_sizes(const zcb_analysis *analysis)
{
    zcb_plot_range sizes = {0, 0};
    for (size_t i = 0; i < analysis->speedup_count; i++) {
        zcb_plot_range_add(
            &sizes, (double)zcb_cells_at(analysis->recorded->cells, analysis->speedup[i].cell)
                        ->size_bytes);
    }
    return sizes;
}

static int write_picture(picture *picture, const char *folder, zcb_pictures *pictures,
                         zcb_error *error)
{
    zcb_about about = {picture->questions->group, picture->questions->lane, ZCB_ABOUT_ALL, 0};
    char text[ZCB_ANSWER_TEXT_MAX], group[ZCB_ANSWER_TEXT_MAX / 2];
    snprintf(text, sizeof text, "forest-%s-%s",
             zcb_plot_group(picture->questions->group_name, group, sizeof group),
             zcb_lane_name((zcb_lane)picture->questions->lane));
    zcb_picture *target = zcb_pictures_add(pictures, text, ZCB_PICTURE_FOREST, about);
    if (target == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    return write_data(picture, folder, target->name, error) == 0
               ? write_script(picture, folder, target, error)
               : -1;
}

int zcb_plot_forests(const zcb_analysis *analysis, const char *folder, zcb_pictures *pictures,
                     zcb_error *error)
{
    zcb_answers answers = {0};
    zcb_questions questions = {0};
    zcb_plot_range sizes = measured_sizes(analysis);
    size_t from = 0;
    int result = zcb_answers_make(analysis, &answers, error);
    while (result == 0 && sizes.hi > 0.0) {
        int found =
            zcb_questions_next(analysis, &answers, is_answered, &from, &questions, error);
        if (found <= 0) {
            result = found;
            break;
        }
        picture picture = {
            .analysis = analysis, .answers = &answers, .questions = &questions, .sizes = sizes};
        result = write_picture(&picture, folder, pictures, error);
        free(questions.rows);
    }
    zcb_answers_clear(&answers);
    return result;
}
