/* Why this file: what another variant changes is seen at once when all series stand under each
 * other on one axis of ratios. */
#include "report/plot_comparison.h"

#include "report/builds.h"
#include "report/comparison_aspect.h"
#include "report/plot_parts.h"
#include "report/units.h"
#include "store/files.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_COLUMNS = 24, ROW_POINTS = 17, SHAPE_POINTS = 9, FINDING_COLUMNS = 62 };

/* One picture: items of a set that have one base, in one aspect, copies or alternatives. */
typedef struct picture {
    const zcb_compared *items;
    size_t count;
    zcb_aspect aspect;
    int is_copy;
    zcb_plot_range ratios;
} picture;

static const zcb_comparison *whole_of(const zcb_compared *item)
{
    return &item->shares[ZCB_SHARE_WHOLE];
}

static const char *name_of(const zcb_side *side)
{
    return side->analysis->recorded->run.variants[side->variant].name;
}

static const zcb_cell *cell_of(const picture *picture, const zcb_comparison_mean *mean)
{
    const zcb_analysis *base = whole_of(picture->items)->base.analysis;
    return zcb_cells_at(base->recorded->cells, mean->base_cell);
}

/* 1 when this mean has a row of its own here: of the picture's aspect and arms, and no item before
 * `item` has it. */
static int begins_row(const picture *picture, size_t item, const zcb_comparison_mean *mean)
{
    const zcb_cell *cell = cell_of(picture, mean);
    if (mean->is_copy != picture->is_copy ||
        zcb_aspect_series(whole_of(&picture->items[item]), picture->aspect, cell, mean->arm) !=
            mean) {
        return 0;
    }
    for (size_t i = 0; i < item; i++) {
        if (zcb_aspect_series(whole_of(&picture->items[i]), picture->aspect, cell, mean->arm) !=
            NULL) {
            return 0;
        }
    }
    return 1;
}

/* Writes one mark, `row` counted from 1. */
static void write_mark(picture *picture, FILE *stream, size_t row, size_t item,
                       const char *question, const zcb_comparison_mean *mean)
{
    double place = (double)row + ((double)item - (double)(picture->count - 1) / 2.0) * 0.72 /
                                     (double)picture->count;
    double lo = isfinite(mean->ratio.lo) ? mean->ratio.lo : mean->ratio.estimate,
           hi = isfinite(mean->ratio.hi) ? mean->ratio.hi : mean->ratio.estimate;
    const double figures[] = {mean->ratio.estimate, lo, hi};
    int is_clear = mean->verdict != ZCB_VERDICT_UNCLEAR && mean->verdict != ZCB_VERDICT_NONE;
    fprintf(stream, "%.4f,%zu,", place, item + 1);
    zcb_csv_text(stream, name_of(&whole_of(&picture->items[item])->head));
    fputc(',', stream);
    zcb_csv_text(stream, question);
    for (size_t f = 0; f < 3; f++) {
        fputc(',', stream);
        zcb_csv_number(stream, figures[f]);
        zcb_plot_range_add(&picture->ratios, figures[f]);
    }
    fprintf(stream, ",%d\n", is_clear);
}

/* A row's label in the parameter file. */
static void write_label(FILE *script, size_t row, const char *text)
{
    char key[32];
    snprintf(key, sizeof key, "row_%zu", row);
    zcb_plot_text(script, key, text, ROW_COLUMNS);
}

/* Writes the rows of all series into data and script; returns how many. */
static size_t write_series(picture *picture, FILE *data, FILE *script)
{
    size_t rows = 0;
    for (size_t i = 0; i < picture->count; i++) {
        const zcb_comparison *comparison = whole_of(&picture->items[i]);
        for (size_t s = 0; s < comparison->series_count; s++) {
            const zcb_comparison_mean *mean = &comparison->series[s];
            const zcb_cell *cell = cell_of(picture, mean);
            char question[ZCB_ANSWER_TEXT_MAX];
            if (!begins_row(picture, i, mean)) {
                continue;
            }
            zcb_plot_question(cell, picture->is_copy ? ZCB_ARM_VIEW : mean->arm, 1, question,
                              sizeof question);
            write_label(script, ++rows, question);
            for (size_t h = i; h < picture->count; h++) {
                const zcb_comparison_mean *other = zcb_aspect_series(
                    whole_of(&picture->items[h]), picture->aspect, cell, mean->arm);
                if (other != NULL) {
                    write_mark(picture, data, rows, h, question, other);
                }
            }
        }
    }
    return rows;
}

/* Writes the rows of the means over everything, those without numpy apart where it differs. */
static size_t write_means(picture *picture, FILE *data, FILE *script, size_t rows)
{
    static const char *const pairs[] = {"", " without numpy", " with numpy"};
    for (int numpy = -1; numpy <= 1; numpy++) {
        size_t least = 0, most = 0;
        char text[ZCB_ANSWER_TEXT_MAX];
        for (size_t i = 0; i < picture->count; i++) {
            const zcb_comparison_mean *mean = zcb_aspect_mean(
                whole_of(&picture->items[i]), picture->aspect, picture->is_copy, numpy);
            size_t cells = mean == NULL ? 0 : mean->cells;
            least = cells > 0 && (least == 0 || cells < least) ? cells : least;
            most = cells > most ? cells : most;
        }
        if (most == 0) {
            continue;
        }
        if (least == most) {
            snprintf(text, sizeof text, "mean of %zu%s", most, pairs[numpy + 1]);
        } else {
            snprintf(text, sizeof text, "mean of %zu–%zu%s", least, most, pairs[numpy + 1]);
        }
        write_label(script, ++rows, text);
        for (size_t i = 0; i < picture->count; i++) {
            const zcb_comparison_mean *mean = zcb_aspect_mean(
                whole_of(&picture->items[i]), picture->aspect, picture->is_copy, numpy);
            if (mean != NULL) {
                write_mark(picture, data, rows, i, text, mean);
            }
        }
    }
    return rows;
}

/* x_min, x_max, x_ticks: an axis of ratios that holds 1. */
static void write_axis(const picture *picture, FILE *stream)
{
    static const struct {
        double span;
        const char *ticks;
    } axes[] = {
        {1.35, "0.7 0.75 0.8 0.85 0.9 0.95 1 1.05 1.1 1.15 1.2 1.25 1.3 1.35"},
        {2.2, "0.5 0.6 0.7 0.8 0.9 1 1.2 1.4 1.6 1.8 2"},
        {7, "0.2 0.3 0.5 0.7 1 1.5 2 3 5"},
        {60, "0.02 0.05 0.1 0.2 0.5 1 2 5 10 20 50"},
        {INFINITY, "0.0001 0.001 0.01 0.1 1 10 100 1000 10000"},
    };
    zcb_plot_range ratios = picture->ratios;
    zcb_plot_range_add(&ratios, 0.96);
    zcb_plot_range_add(&ratios, 1.04);
    double span = ratios.hi / ratios.lo;
    size_t i = 0;
    while (span > axes[i].span) {
        i++;
    }
    zcb_plot_number(stream, "x_min", ratios.lo / pow(span, 0.04));
    zcb_plot_number(stream, "x_max", ratios.hi * pow(span, 0.04));
    fprintf(stream, "x_ticks = '%s'\n", axes[i].ticks);
}

/* What is compared, as a title and as the axis' name. */
static const char *aspect_text(const picture *picture, int is_axis)
{
    const char *arm = picture->is_copy ? "Copies" : "Views";
    switch (picture->aspect) {
    case ZCB_ASPECT_TIME:
        return is_axis ? "time ÷ base's (left: faster)"
                       : (picture->is_copy ? "Copies: time" : "Views: time");
    case ZCB_ASPECT_NORMALISED:
        if (is_axis) {
            return whole_of(picture->items)->is_paired || picture->is_copy
                       ? "(time ÷ memcpy) ÷ base's"
                       : "(time ÷ null) ÷ base's";
        }
        return picture->is_copy ? "Copies: normalised time" : "Views: normalised time";
    default:
        return is_axis ? "speed-up ÷ base's (right: more)" : (arm[0] == 'V' ? "Speed-up" : arm);
    }
}

/* How to read it, and "builds of cp313 differ: compiler, PGO" for each head whose build is not the
 * base's: returns how many lines[]. */
static size_t make_lines(const picture *picture, char (*lines)[ZCB_ANSWER_TEXT_MAX])
{
    size_t count = 1;
    snprintf(lines[0], ZCB_ANSWER_TEXT_MAX, "95 %% intervals; hollow: unclear");
    for (size_t i = 0; i < picture->count; i++) {
        char words[ZCB_ANSWER_TEXT_MAX / 2];
        const zcb_comparison *whole = whole_of(&picture->items[i]);
        zcb_build_words(whole->differences, words, sizeof words);
        if (words[0] != '\0') {
            snprintf(lines[count++], ZCB_ANSWER_TEXT_MAX, "builds of %s differ: %s",
                     name_of(&whole->head), words);
        }
    }
    return count;
}

/* "On cp313 views take 1.35× (1.30–1.39) the time they take on cp38, over 16 cells." */
static void make_finding(const picture *picture, char *out, size_t size)
{
    const char *base = name_of(&whole_of(picture->items)->base);
    const char *what = picture->aspect == ZCB_ASPECT_SPEEDUP ? "the speed-up is"
                       : picture->is_copy                    ? "copies take"
                                                             : "views take";
    const char *unit = picture->aspect == ZCB_ASPECT_SPEEDUP      ? "that"
                       : picture->aspect == ZCB_ASPECT_NORMALISED ? "the normalised time"
                                                                  : "the time";
    out[0] = '\0';
    for (size_t i = 0; i < picture->count; i++) {
        const zcb_comparison *whole = whole_of(&picture->items[i]);
        for (int numpy = -1; numpy <= 1; numpy++) {
            const zcb_comparison_mean *mean =
                zcb_aspect_mean(whole, picture->aspect, picture->is_copy, numpy);
            size_t used = strlen(out);
            char ratio[ZCB_UNIT_TEXT_MAX];
            if (mean == NULL) {
                continue;
            }
            zcb_unit_ratio_interval(mean->ratio.estimate, mean->ratio.lo, mean->ratio.hi, ratio,
                                    sizeof ratio);
            snprintf(out + used, size - used, "%sOn %s %s %s %s on %s, over %zu cells%s (%s).",
                     used > 0 ? " " : "", name_of(&whole->head), what, ratio, unit, base,
                     mean->cells,
                     numpy > 0   ? " with numpy"
                     : numpy < 0 ? ""
                                 : " without numpy",
                     zcb_comparison_verdict_name(mean->figure, mean->verdict));
        }
    }
}

static int tell(const picture *picture, FILE *stream, zcb_picture *target, zcb_error *error)
{
    char title[2 * ZCB_ANSWER_TEXT_MAX], finding[24 * ZCB_ANSWER_TEXT_MAX],
        alt[sizeof finding + sizeof title + 128];
    char(*lines)[ZCB_ANSWER_TEXT_MAX] = calloc(picture->count + 2, sizeof *lines);
    const char **texts = calloc(picture->count + 2, sizeof *texts);
    int result = -1;
    if (lines == NULL || texts == NULL) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
        goto done;
    }
    size_t count = make_lines(picture, lines);
    for (size_t i = 0; i < count; i++) {
        texts[i] = lines[i];
    }
    snprintf(title, sizeof title, "%s ÷ %s's", aspect_text(picture, 0),
             name_of(&whole_of(picture->items)->base));
    make_finding(picture, finding, sizeof finding);
    snprintf(alt, sizeof alt,
             "Ratios with intervals on a logarithmic axis, a row per series of cells: %s. %s",
             title, finding);
    zcb_plot_title(stream, target, title, texts, count);
    result = zcb_picture_tell(target, title, finding, alt, error);
done:
    free(texts);
    free(lines);
    return result;
}

static int write_heads(const picture *picture, FILE *stream, zcb_error *error)
{
    const char **names = calloc(picture->count + 1, sizeof *names);
    if (names == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    for (size_t i = 0; i < picture->count; i++) {
        names[i] = name_of(&whole_of(&picture->items[i])->head);
    }
    zcb_plot_number(stream, "heads", (double)picture->count);
    zcb_plot_names(stream, "head", names, picture->count, 0);
    /* A variant of the run keeps the colour that it has in the run's other pictures. */
    fputs("head_places = '", stream);
    for (size_t i = 0; i < picture->count; i++) {
        const zcb_comparison *whole = whole_of(&picture->items[i]);
        fprintf(stream, "%zu ", whole->is_paired ? whole->head.variant + 1 : i + 1);
    }
    fputs("'\n", stream);
    free(names);
    return 0;
}

static int write_files(picture *picture, const char *folder, zcb_picture *target,
                       zcb_error *error)
{
    zcb_file *data = zcb_plot_begin(folder, target->name, ".csv", error);
    zcb_file *script = data == NULL ? NULL : zcb_plot_begin(folder, target->name, ".gp", error);
    if (script == NULL) {
        zcb_file_discard(data);
        return -1;
    }
    FILE *stream = zcb_file_stream(script);
    fputs("y,number,head,question,ratio,lo,hi,is_clear\n", zcb_file_stream(data));
    zcb_plot_head(stream, target->name);
    int result = tell(picture, stream, target, error);
    if (result == 0) {
        result = write_heads(picture, stream, error);
    }
    if (result != 0) {
        zcb_file_discard(data);
        zcb_file_discard(script);
        return -1;
    }
    size_t series = write_series(picture, zcb_file_stream(data), stream),
           rows = write_means(picture, zcb_file_stream(data), stream, series);
    size_t shapes = picture->count * SHAPE_POINTS + 4;
    zcb_plot_number(stream, "rows", (double)rows);
    zcb_plot_number(stream, "mean_row", (double)(series + 1));
    zcb_plot_number(stream, "row_height", (double)(shapes > ROW_POINTS ? shapes : ROW_POINTS));
    zcb_plot_text(stream, "x_text", aspect_text(picture, 1), FINDING_COLUMNS);
    write_axis(picture, stream);
    fputs("load 'compare.gp'\n", stream);
    if (zcb_file_commit(data, error) != 0) {
        zcb_file_discard(script);
        return -1;
    }
    return zcb_file_commit(script, error);
}

/* 1 when some item has a series for the picture. */
static int has_series(const picture *picture)
{
    for (size_t i = 0; i < picture->count; i++) {
        const zcb_comparison *comparison = whole_of(&picture->items[i]);
        for (size_t s = 0; s < comparison->series_count; s++) {
            if (begins_row(picture, i, &comparison->series[s])) {
                return 1;
            }
        }
    }
    return 0;
}

static int write_picture(picture *picture, const char *folder, zcb_pictures *pictures,
                         zcb_error *error)
{
    zcb_about about = {ZCB_ABOUT_ALL, ZCB_ABOUT_ALL, ZCB_ABOUT_ALL, pictures->count};
    char text[ZCB_ANSWER_TEXT_MAX];
    if (!has_series(picture)) {
        return 0;
    }
    snprintf(text, sizeof text, "compare-%s%s-%s%s", zcb_aspect_name(picture->aspect),
             picture->aspect == ZCB_ASPECT_SPEEDUP ? ""
             : picture->is_copy                    ? "-copy"
                                                   : "-view",
             name_of(&whole_of(picture->items)->base),
             whole_of(picture->items)->is_paired ? "" : "-stored");
    zcb_picture *target = zcb_pictures_add(pictures, text, ZCB_PICTURE_COMPARE, about);
    if (target == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    return write_files(picture, folder, target, error);
}

static int has_same_base(const zcb_compared *one, const zcb_compared *other)
{
    const zcb_comparison *a = whole_of(one), *b = whole_of(other);
    return a->base.analysis == b->base.analysis && a->base.variant == b->base.variant &&
           a->is_paired == b->is_paired;
}

int zcb_plot_comparison(const zcb_comparison_set *set, const char *folder,
                        zcb_pictures *pictures, zcb_error *error)
{
    for (size_t first = 0, end; first < set->count; first = end) {
        end = first + 1;
        while (end < set->count && has_same_base(&set->items[first], &set->items[end])) {
            end++;
        }
        for (int i = 0; i < 2 * ZCB_ASPECT_COUNT; i++) {
            picture picture = {.items = &set->items[first],
                               .count = end - first,
                               .aspect = (zcb_aspect)(i / 2),
                               .is_copy = i % 2 == 0};
            if (write_picture(&picture, folder, pictures, error) != 0) {
                return -1;
            }
        }
    }
    return 0;
}
