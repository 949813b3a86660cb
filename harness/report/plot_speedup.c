/* Why this file: one picture per question lays the curves of all interpreters over each other.
 */
#include "report/plot_parts.h"

#include "report/plan.h"
#include "report/units.h"
#include "store/files.h"

#include <math.h>
#include <string.h>

/* One picture. */
typedef struct picture {
    const zcb_analysis *analysis;
    const zcb_answer_row *row;
    const zcb_series *any; /* of the row */
    zcb_plot_range sizes, ratios;
} picture;

/* The speed-up of the series' i-th cell if it can be drawn, else NULL. */
static const zcb_speedup_row *row_at(const zcb_analysis *analysis, const zcb_series *series,
                                     size_t i)
{
    const zcb_speedup_row *row = zcb_analysis_speedup(
        analysis, &analysis->results[series->result_first + i], series->arm);
    return row != NULL && isfinite(row->gross) && row->gross > 0.0 ? row : NULL;
}

static void write_numbers(FILE *stream, const double *figures, size_t count)
{
    for (size_t f = 0; f < count; f++) {
        fputc(',', stream);
        zcb_csv_number(stream, figures[f]);
    }
    fputc('\n', stream);
}

static void write_curve(picture *picture, FILE *stream, size_t variant,
                        const zcb_series *series)
{
    const zcb_analysis *analysis = picture->analysis;
    for (size_t i = 0; i < series->result_count; i++) {
        const zcb_speedup_row *row = row_at(analysis, series, i);
        if (row == NULL) {
            continue;
        }
        const zcb_cell *cell = zcb_cells_at(analysis->recorded->cells, row->cell);
        const double figures[] = {row->gross, row->gross_lo, row->gross_hi};
        fprintf(stream, "%zu,", variant + 1);
        zcb_csv_text(stream, cell->python);
        fprintf(stream, ",%llu", (unsigned long long)cell->size_bytes);
        write_numbers(stream, figures, 3);
        for (size_t f = 0; f < 3; f++) {
            zcb_plot_range_add(&picture->ratios, figures[f]);
        }
        zcb_plot_range_add(&picture->sizes, (double)cell->size_bytes);
    }
}

static void write_breakevens(picture *picture, FILE *stream, size_t variant,
                             const zcb_series *series)
{
    for (size_t i = 0; i < series->breakeven_count; i++) {
        const zcb_breakeven_row *row =
            &picture->analysis->breakeven[series->breakeven_first + i];
        const double figures[] = {row->bytes, row->ci_lo, row->ci_hi};
        if (isfinite(row->bytes)) {
            fprintf(stream, "%zu,", variant + 1);
            zcb_csv_text(stream, zcb_plot_cell(picture->analysis, series)->python);
            write_numbers(stream, figures, 3);
        }
    }
}

/* Writes what every variant has through `write_one`. */
static int write_table(picture *picture, const char *folder, const char *name,
                       const char *ending, const char *header,
                       void (*write_one)(struct picture *, FILE *, size_t, const zcb_series *),
                       zcb_error *error)
{
    zcb_file *file = zcb_plot_begin(folder, name, ending, error);
    if (file == NULL) {
        return -1;
    }
    fputs(header, zcb_file_stream(file));
    for (size_t v = 0; v < picture->analysis->recorded->run.variant_count; v++) {
        if (picture->row->by_variant[v] != NULL) {
            write_one(picture, zcb_file_stream(file), v, picture->row->by_variant[v]);
        }
    }
    return zcb_file_commit(file, error);
}

/* "From 297× (280–310) on cp38 to 424× (400–449) on cp313 at 1 MiB." */
static void make_finding(const picture *picture, char *out, size_t size)
{
    const zcb_analysis *analysis = picture->analysis;
    const zcb_run *run = &analysis->recorded->run;
    const zcb_speedup_row *least = NULL, *most = NULL;
    char low[ZCB_UNIT_TEXT_MAX], high[ZCB_UNIT_TEXT_MAX], where[ZCB_UNIT_TEXT_MAX];
    for (size_t v = 0; v < run->variant_count; v++) {
        const zcb_series *series = picture->row->by_variant[v];
        const zcb_speedup_row *row =
            series != NULL ? zcb_analysis_speedup_at(analysis, series, ZCB_REFERENCE_BYTES)
                           : NULL;
        if (row == NULL) {
            continue;
        }
        least = least == NULL || row->gross < least->gross ? row : least;
        most = most == NULL || row->gross > most->gross ? row : most;
    }
    out[0] = '\0';
    if (least == NULL) {
        return;
    }
    const zcb_cell *low_cell = zcb_cells_at(analysis->recorded->cells, least->cell),
                   *high_cell = zcb_cells_at(analysis->recorded->cells, most->cell);
    zcb_unit_ratio_interval(least->gross, least->gross_lo, least->gross_hi, low, sizeof low);
    zcb_unit_ratio_interval(most->gross, most->gross_lo, most->gross_hi, high, sizeof high);
    zcb_unit_size((double)low_cell->size_bytes, where, sizeof where);
    if (least == most) {
        snprintf(out, size, "At %s %s on %s.", where, low, low_cell->python);
    } else {
        snprintf(out, size, "At %s from %s on %s to %s on %s.", where, low, low_cell->python,
                 high, high_cell->python);
    }
}

static int tell(const picture *picture, FILE *stream, zcb_picture *target, zcb_error *error)
{
    char title[ZCB_ANSWER_TEXT_MAX], finding[ZCB_ANSWER_TEXT_MAX], alt[3 * ZCB_ANSWER_TEXT_MAX];
    const char *findings[] = {finding};
    zcb_plot_question(zcb_plot_cell(picture->analysis, picture->any), picture->any->arm, 1,
                      title, sizeof title);
    make_finding(picture, finding, sizeof finding);
    snprintf(alt, sizeof alt,
             "Speed-up, copy time ÷ view time, against size, both logarithmic, of %s; above 1× "
             "sharing wins",
             title);
    zcb_plot_title(stream, target, title, findings, 1);
    return zcb_picture_tell(target, title, finding, alt, error);
}

static int write_script(const picture *picture, const char *folder, zcb_picture *target,
                        zcb_error *error)
{
    const zcb_run *run = &picture->analysis->recorded->run;
    zcb_plot_range ratios = picture->ratios;
    zcb_file *file = zcb_plot_begin(folder, target->name, ".gp", error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    zcb_plot_range_add(&ratios, 1.0);
    double decades = log10(ratios.hi / ratios.lo), room = decades < 1.0 ? 1.1 : 1.3;
    zcb_plot_head(stream, target->name);
    if (tell(picture, stream, target, error) != 0 ||
        zcb_plot_pythons(stream, run, error) != 0) {
        zcb_file_discard(file);
        return -1;
    }
    zcb_plot_caches(stream, &run->machine, picture->sizes);
    zcb_plot_number(stream, "few", picture->sizes.hi < 4.0 * picture->sizes.lo ? 1.0 : 0.0);
    zcb_plot_size_axis(stream, picture->sizes, 5);
    zcb_plot_number(stream, "y_min", ratios.lo / room);
    zcb_plot_number(stream, "y_max", ratios.hi * room);
    zcb_plot_number(stream, "y_step", decades <= 5.0 ? 10.0 : decades <= 10.0 ? 100.0 : 1000.0);
    fprintf(stream, "y_digits = '%s'\n",
            decades < 0.5   ? "1 1.1 1.2 1.5 2 3 4 5 6 7 8 9"
            : decades < 1.0 ? "1 1.5 2 3 5 8"
            : decades < 2.0 ? "1 2 5"
                            : "1");
    fputs("load 'speedup.gp'\n", stream);
    return zcb_file_commit(file, error);
}

static int has_curve(const zcb_analysis *analysis, const zcb_answer_row *row)
{
    for (size_t v = 0; v < analysis->recorded->run.variant_count; v++) {
        const zcb_series *series = row->by_variant[v];
        for (size_t i = 0; series != NULL && i < series->result_count; i++) {
            if (row_at(analysis, series, i) != NULL) {
                return 1;
            }
        }
    }
    return 0;
}

static int write_picture(picture *picture, const char *folder, zcb_pictures *pictures,
                         zcb_error *error)
{
    const zcb_cell *cell = zcb_plot_cell(picture->analysis, picture->any);
    zcb_about about = {zcb_plan_group(&picture->analysis->recorded->run, cell), cell->lane,
                       ZCB_ABOUT_ALL, pictures->count};
    const char *arm = picture->any->arm;
    int is_plain = strcmp(arm, ZCB_ARM_VIEW) == 0;
    char text[ZCB_ANSWER_TEXT_MAX], conditions[64];
    snprintf(text, sizeof text, "speedup-%s-%s%s%s%s", cell->pair, zcb_lane_name(cell->lane),
             is_plain ? "" : "-",
             is_plain                        ? ""
             : strncmp(arm, "view:", 5) == 0 ? arm + 5
                                             : arm,
             zcb_plot_conditions(cell, "-", conditions, sizeof conditions));
    zcb_picture *target = zcb_pictures_add(pictures, text, ZCB_PICTURE_SPEEDUP, about);
    if (target == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    if (write_table(picture, folder, target->name, ".csv",
                    "number,python,size_bytes,gross,gross_lo,gross_hi\n", write_curve,
                    error) != 0 ||
        write_table(picture, folder, target->name, "-breakeven.csv",
                    "number,python,bytes,lo,hi\n", write_breakevens, error) != 0) {
        return -1;
    }
    return write_script(picture, folder, target, error);
}

int zcb_plot_speedups(const zcb_analysis *analysis, const char *folder, zcb_pictures *pictures,
                      zcb_error *error)
{
    zcb_answers answers = {0};
    int result = zcb_answers_make(analysis, &answers, error);
    for (size_t r = 0; result == 0 && r < answers.row_count; r++) {
        const zcb_answer_row *row = &answers.rows[r];
        picture picture = {.analysis = analysis, .row = row};
        picture.any = zcb_plot_any(row, answers.variant_count);
        if (has_curve(analysis, row) &&
            !zcb_plot_is_side_condition(analysis, zcb_plot_cell(analysis, picture.any))) {
            result = write_picture(&picture, folder, pictures, error);
        }
    }
    zcb_answers_clear(&answers);
    return result;
}
