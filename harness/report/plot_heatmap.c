/* Why this file: pair × size with a number in every field is what one looks a case up in. */
#include "report/plot_parts.h"

#include "report/plan.h"
#include "report/units.h"
#include "store/files.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_COLUMNS = 26, COLUMNS_MAX = 24, SHADES = 7 };

/* One picture: the questions of a group and lane on one variant, their sizes ascending. */
typedef struct picture {
    const zcb_analysis *analysis;
    const zcb_answers *answers;
    const zcb_questions *questions;
    size_t variant;
    uint64_t sizes[COLUMNS_MAX];
    size_t size_count;
    size_t counts[3]; /* cells in which copying is faster, neither, sharing */
    const zcb_speedup_row *least, *most;
} picture;

static const zcb_series *series_at(const picture *picture, size_t question)
{
    return picture->answers->rows[picture->questions->rows[question]]
        .by_variant[picture->variant];
}

static const zcb_cell *cell_of(const picture *picture, const zcb_speedup_row *row)
{
    return zcb_cells_at(picture->analysis->recorded->cells, row->cell);
}

/* The speed-up of the series' i-th cell, NULL where there is none. */
static const zcb_speedup_row *row_at(const picture *picture, const zcb_series *series, size_t i)
{
    const zcb_speedup_row *row = zcb_analysis_speedup(
        picture->analysis, &picture->analysis->results[series->result_first + i], series->arm);
    return row != NULL && isfinite(row->gross) && row->gross > 0.0 ? row : NULL;
}

static int is_power_of_two(uint64_t size)
{
    return size > 0 && (size & (size - 1)) == 0;
}

static void add_size(picture *picture, uint64_t size)
{
    size_t place = picture->size_count;
    for (size_t i = 0; i < picture->size_count; i++) {
        if (picture->sizes[i] == size) {
            return;
        }
    }
    if (picture->size_count == COLUMNS_MAX) {
        return;
    }
    for (; place > 0 && picture->sizes[place - 1] > size; place--) {
        picture->sizes[place] = picture->sizes[place - 1];
    }
    picture->sizes[place] = size;
    picture->size_count++;
}

/* The sizes of the whole run on this variant, so that its heatmaps have the same columns:
 * powers of two (others were added to find break-evens), or all where there are none. */
static void find_sizes(picture *picture, const char *python)
{
    const zcb_analysis *analysis = picture->analysis;
    for (int any = 0; any < 2 && picture->size_count == 0; any++) {
        for (size_t i = 0; i < analysis->speedup_count; i++) {
            const zcb_cell *cell = cell_of(picture, &analysis->speedup[i]);
            if ((any || is_power_of_two(cell->size_bytes)) &&
                strcmp(cell->python, python) == 0) {
                add_size(picture, cell->size_bytes);
            }
        }
    }
}

static size_t column_of(const picture *picture, uint64_t size)
{
    size_t i = 0;
    while (i < picture->size_count && picture->sizes[i] != size) {
        i++;
    }
    return i;
}

/* 0 copying is faster by far … 3 nobody … 6 sharing is by far. */
static int shade_of(const zcb_speedup_row *row)
{
    double factor = row->gross < 1.0 ? 1.0 / row->gross : row->gross;
    int step = factor >= 10.0 ? 3 : factor >= 2.0 ? 2 : 1;
    return strcmp(row->verdict, "faster") == 0   ? 3 + step
           : strcmp(row->verdict, "slower") == 0 ? 3 - step
                                                 : 3;
}

/* At most four characters: 0.41, 1.6, 17, 340, 4.9k. */
static void format_ratio(double ratio, char *out, size_t size)
{
    if (ratio >= 999500.0) {
        snprintf(out, size, "%.1fM", ratio / 1e6);
    } else if (ratio >= 9950.0) {
        snprintf(out, size, "%.0fk", ratio / 1e3);
    } else if (ratio >= 999.5) {
        snprintf(out, size, "%.1fk", ratio / 1e3);
    } else {
        snprintf(out, size, ratio >= 9.95 ? "%.0f" : ratio >= 0.995 ? "%.1f" : "%.2f", ratio);
    }
}

static void remember(picture *picture, const zcb_speedup_row *row)
{
    int shade = shade_of(row);
    picture->counts[shade < 3 ? 0 : shade > 3 ? 2 : 1]++;
    if (picture->least == NULL || row->gross < picture->least->gross) {
        picture->least = row;
    }
    if (picture->most == NULL || row->gross > picture->most->gross) {
        picture->most = row;
    }
}

static void write_field(picture *picture, FILE *stream, size_t question,
                        const zcb_speedup_row *row, size_t column)
{
    const zcb_cell *cell = cell_of(picture, row);
    const double figures[] = {row->gross, row->gross_lo, row->gross_hi};
    char text[ZCB_ANSWER_TEXT_MAX];
    zcb_plot_question(cell, row->arm, 1, text, sizeof text);
    zcb_csv_text(stream, text);
    format_ratio(row->gross, text, sizeof text);
    fprintf(stream, ",%llu,%zu,%zu,%d,%s", (unsigned long long)cell->size_bytes, column + 1,
            question + 1, shade_of(row), text);
    for (size_t f = 0; f < 3; f++) {
        fputc(',', stream);
        zcb_csv_number(stream, figures[f]);
    }
    fputc('\n', stream);
}

static int write_data(picture *picture, const char *folder, const char *name, zcb_error *error)
{
    zcb_file *file = zcb_plot_begin(folder, name, ".csv", error);
    if (file == NULL) {
        return -1;
    }
    fputs("question,size_bytes,x,y,shade,text,gross,lo,hi\n", zcb_file_stream(file));
    for (int shade = 0; shade < SHADES; shade++) {
        for (size_t q = 0; q < picture->questions->count; q++) {
            const zcb_series *series = series_at(picture, q);
            for (size_t i = 0; series != NULL && i < series->result_count; i++) {
                const zcb_speedup_row *row = row_at(picture, series, i);
                size_t column = row == NULL
                                    ? picture->size_count
                                    : column_of(picture, cell_of(picture, row)->size_bytes);
                if (column < picture->size_count && shade_of(row) == shade) {
                    write_field(picture, zcb_file_stream(file), q, row, column);
                    remember(picture, row);
                }
            }
        }
    }
    return zcb_file_commit(file, error);
}

static void describe(const picture *picture, const zcb_speedup_row *row, char *out, size_t size)
{
    char ratio[ZCB_UNIT_TEXT_MAX], where[ZCB_UNIT_TEXT_MAX], question[ZCB_ANSWER_TEXT_MAX];
    const zcb_cell *cell = cell_of(picture, row);
    zcb_plot_question(cell, row->arm, 0, question, sizeof question);
    snprintf(
        out, size, "%s for %s at %s",
        zcb_unit_ratio_interval(row->gross, row->gross_lo, row->gross_hi, ratio, sizeof ratio),
        question, zcb_unit_size((double)cell->size_bytes, where, sizeof where));
}

/* "Sharing is faster in 62 of 88 fields, copying in 24; 2 are the same or unclear": what there is
 * none of is not spoken of. */
static void describe_fields(const size_t counts[3], char *out, size_t size)
{
    size_t all = counts[0] + counts[1] + counts[2];
    if (counts[2] == all || counts[0] == all) {
        snprintf(out, size, "%s is faster in every field",
                 counts[2] == all ? "Sharing" : "Copying");
        return;
    }
    snprintf(out, size, "Sharing is faster in %zu of %zu fields", counts[2], all);
    size_t used = strlen(out);
    if (counts[0] > 0) {
        snprintf(out + used, size - used, ", copying in %zu", counts[0]);
        used = strlen(out);
    }
    if (counts[1] > 0) {
        snprintf(out + used, size - used, "; %zu %s the same or unclear", counts[1],
                 counts[1] == 1 ? "is" : "are");
    }
}

static int tell(const picture *picture, const char *python, FILE *stream, zcb_picture *target,
                zcb_error *error)
{
    char title[2 * ZCB_ANSWER_TEXT_MAX], heading[ZCB_ANSWER_TEXT_MAX], least[512], most[512],
        finding[1400], alt[1900];
    const size_t *counts = picture->counts;
    snprintf(heading, sizeof heading, "%s · %s lane · %s", picture->questions->group_name,
             zcb_lane_name((zcb_lane)picture->questions->lane), python);
    snprintf(title, sizeof title, "Speed-up: %s", heading);
    describe(picture, picture->least, least, sizeof least);
    describe(picture, picture->most, most, sizeof most);
    describe_fields(counts, finding, sizeof finding);
    size_t used = strlen(finding);
    snprintf(finding + used, sizeof finding - used, ". From %s to %s.", least, most);
    snprintf(alt, sizeof alt, "Table of speed-ups, a row per question, a column per size: %s",
             heading);
    zcb_plot_title(stream, target, title, NULL, 0);
    return zcb_picture_tell(target, heading, finding, alt, error);
}

static void write_labels(const picture *picture, FILE *stream)
{
    char key[32], text[ZCB_ANSWER_TEXT_MAX];
    zcb_plot_number(stream, "rows", (double)picture->questions->count);
    for (size_t q = 0; q < picture->questions->count; q++) {
        const zcb_series *series =
            zcb_plot_any(&picture->answers->rows[picture->questions->rows[q]],
                         picture->answers->variant_count);
        snprintf(key, sizeof key, "row_%zu", q + 1);
        zcb_plot_question(zcb_plot_cell(picture->analysis, series), series->arm, 0, text,
                          sizeof text);
        zcb_plot_text(stream, key, text, ROW_COLUMNS);
    }
    zcb_plot_number(stream, "columns", (double)picture->size_count);
    for (size_t c = 0; c < picture->size_count; c++) {
        snprintf(key, sizeof key, "column_%zu", c + 1);
        zcb_plot_text(stream, key, zcb_unit_size((double)picture->sizes[c], text, sizeof text),
                      8);
    }
}

static int write_script(const picture *picture, const char *python, const char *folder,
                        zcb_picture *target, zcb_error *error)
{
    zcb_file *file = zcb_plot_begin(folder, target->name, ".gp", error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    zcb_plot_head(stream, target->name);
    if (tell(picture, python, stream, target, error) != 0) {
        zcb_file_discard(file);
        return -1;
    }
    write_labels(picture, stream);
    fputs("load 'heatmap.gp'\n", stream);
    return zcb_file_commit(file, error);
}

/* 1 when the questions have a field to show on the picture's variant. */
static int has_field(const picture *picture)
{
    for (size_t q = 0; q < picture->questions->count; q++) {
        const zcb_series *series = series_at(picture, q);
        for (size_t i = 0; series != NULL && i < series->result_count; i++) {
            const zcb_speedup_row *row = row_at(picture, series, i);
            if (row != NULL &&
                column_of(picture, cell_of(picture, row)->size_bytes) < picture->size_count) {
                return 1;
            }
        }
    }
    return 0;
}

static int write_picture(picture *picture, const char *folder, zcb_pictures *pictures,
                         zcb_error *error)
{
    const char *python = picture->analysis->recorded->run.variants[picture->variant].name;
    zcb_about about = {picture->questions->group, picture->questions->lane, picture->variant,
                       0};
    char text[ZCB_ANSWER_TEXT_MAX], group[ZCB_ANSWER_TEXT_MAX / 2];
    find_sizes(picture, python);
    if (!has_field(picture)) {
        return 0;
    }
    snprintf(text, sizeof text, "heatmap-%s-%s-%s", python,
             zcb_plot_group(picture->questions->group_name, group, sizeof group),
             zcb_lane_name((zcb_lane)picture->questions->lane));
    zcb_picture *target = zcb_pictures_add(pictures, text, ZCB_PICTURE_HEATMAP, about);
    if (target == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    return write_data(picture, folder, target->name, error) == 0
               ? write_script(picture, python, folder, target, error)
               : -1;
}

int zcb_plot_heatmaps(const zcb_analysis *analysis, const char *folder, zcb_pictures *pictures,
                      zcb_error *error)
{
    zcb_answers answers = {0};
    zcb_questions questions = {0};
    size_t from = 0;
    int result = zcb_answers_make(analysis, &answers, error);
    while (result == 0) {
        int found = zcb_questions_next(analysis, &answers, NULL, &from, &questions, error);
        if (found <= 0) {
            result = found;
            break;
        }
        for (size_t v = 0; result == 0 && v < answers.variant_count; v++) {
            picture picture = {.analysis = analysis,
                               .answers = &answers,
                               .questions = &questions,
                               .variant = v};
            result = write_picture(&picture, folder, pictures, error);
        }
        free(questions.rows);
    }
    zcb_answers_clear(&answers);
    return result;
}
