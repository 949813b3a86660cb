/* Why this file: parameter files are programs to gnuplot; all text enters them through one
 * door. */
#include "report/plot_parts.h"

#include "report/plan.h"
#include "report/text.h"
#include "store/files.h"

#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

char *zcb_plot_conditions(const zcb_cell *cell, const char *before, char *out, size_t size)
{
    const struct {
        int is_special;
        const char *word;
    } words[] = {
        {cell->heap != ZCB_HEAP_DEFAULT, zcb_heap_name(cell->heap)},
        {cell->cache != ZCB_CACHE_HOT, zcb_cache_name(cell->cache)},
        {cell->consumer != ZCB_CONSUMER_DROP, zcb_consumer_name(cell->consumer)},
    };
    out[0] = '\0';
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t used = strlen(out);
        if (words[i].is_special) {
            snprintf(out + used, size - used, "%s%s", before, words[i].word);
        }
    }
    return out;
}

void zcb_plot_range_add(zcb_plot_range *range, double value)
{
    if (!isfinite(value) || value <= 0.0) {
        return;
    }
    range->lo = range->lo == 0.0 || value < range->lo ? value : range->lo;
    range->hi = value > range->hi ? value : range->hi;
}

void zcb_plot_head(FILE *stream, const char *name)
{
    fprintf(stream,
            "# One picture's parameters. Draw it again, in this folder: gnuplot -d %s.gp\n"
            "name = '%s'\nsvg_name = '",
            name, name); /* made by zcb_text_filename: no quotes inside */
    for (const char *c = name; *c != '\0'; c++) {
        fputc(isalnum((unsigned char)*c) ? *c : '_', stream);
    }
    fputs("'\n", stream);
}

void zcb_plot_text(FILE *stream, const char *key, const char *text, size_t columns)
{
    char shown[512];
    zcb_text_visible(text, shown, sizeof shown);
    if (zcb_text_width(shown) > columns) {
        strcpy(shown + zcb_text_fit(shown, columns > 0 ? columns - 1 : 0), "…");
    }
    fprintf(stream, "%s = ", key);
    zcb_text_gnuplot(stream, shown);
    fputc('\n', stream);
}

void zcb_plot_number(FILE *stream, const char *key, double number)
{
    fprintf(stream, "%s = %.9g\n", key, number);
}

void zcb_plot_size_axis(FILE *stream, zcb_plot_range sizes, int labels)
{
    double octaves = log2(sizes.hi / sizes.lo), room = octaves < 1.0 ? 2.0 : 1.25;
    int step = 1; /* octaves from label to label */
    while (octaves / step > labels) {
        step++;
    }
    step = step == 3 ? 4 : step == 5 ? 6 : step; /* 64 B, 1 KiB, … rather than odd octaves */
    zcb_plot_number(stream, "x_min", sizes.lo / room);
    zcb_plot_number(stream, "x_max", sizes.hi * room);
    zcb_plot_number(stream, "x_step", exp2(step));
}

struct zcb_file *zcb_plot_begin(const char *folder, const char *name, const char *ending,
                                zcb_error *error)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/%s%s", folder, name, ending);
    if (length < 0 || (size_t)length >= sizeof path) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "the path of %s%s is too long", name, ending);
        return NULL;
    }
    return zcb_file_begin(path, error);
}

enum { FINDING_COLUMNS = 52 };

static void write_finding(FILE *stream, unsigned line, const char *text)
{
    char key[32];
    snprintf(key, sizeof key, "finding_%u", line);
    zcb_plot_text(stream, key, text, FINDING_COLUMNS);
}

/* Copies as many words of `text` as a line of a picture holds into out[size]; returns where the
 * next line begins, which is the end where all fits or no blank is in reach. */
static size_t first_line(const char *text, char *out, size_t size)
{
    size_t blank = 0;
    snprintf(out, size, "%s", text);
    if (zcb_text_width(out) <= FINDING_COLUMNS) {
        return strlen(text);
    }
    for (size_t i = 1; i < size && text[i] != '\0'; i++) {
        if (text[i] == ' ') {
            snprintf(out, size, "%.*s", (int)i, text);
            if (zcb_text_width(out) > FINDING_COLUMNS) {
                break;
            }
            blank = i;
        }
    }
    snprintf(out, size, "%s", text);
    if (blank == 0) {
        return strlen(text);
    }
    out[blank] = '\0';
    return blank + 1;
}

void zcb_plot_title(FILE *stream, zcb_picture *picture, const char *title,
                    const char *const *findings, size_t count)
{
    enum { TITLE = 42, TOP = 24, LINE = 16 };
    unsigned lines = 0;
    zcb_plot_text(stream, "title_text", title, TITLE);
    for (size_t i = 0; i < count; i++) {
        char first[ZCB_ANSWER_TEXT_MAX];
        size_t length = first_line(findings[i], first, sizeof first);
        write_finding(stream, ++lines, first);
        if (findings[i][length] != '\0') {
            write_finding(stream, ++lines, findings[i] + length);
        }
    }
    zcb_plot_number(stream, "findings", lines);
    picture->head = TOP + LINE * lines;
    zcb_plot_number(stream, "head", picture->head);
}

void zcb_plot_names(FILE *stream, const char *key, const char *const *names, size_t count,
                    size_t least)
{
    enum { COLUMNS = 20 };
    size_t widest = least;
    for (size_t i = 0; i < count; i++) {
        char numbered[32], shown[ZCB_ANSWER_TEXT_MAX];
        snprintf(numbered, sizeof numbered, "%s_%zu", key, i + 1);
        zcb_plot_text(stream, numbered, names[i], COLUMNS);
        zcb_text_visible(names[i], shown, sizeof shown);
        size_t width = zcb_text_width(shown);
        width = width > COLUMNS ? COLUMNS : width;
        widest = width > widest ? width : widest;
    }
    zcb_plot_number(stream, "widest", (double)widest);
}

int zcb_plot_pythons(FILE *stream, const zcb_run *run, zcb_error *error)
{
    const char **names = calloc(run->variant_count + 1, sizeof *names);
    if (names == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    for (size_t v = 0; v < run->variant_count; v++) {
        names[v] = run->variants[v].name;
    }
    zcb_plot_number(stream, "pythons", (double)run->variant_count);
    zcb_plot_names(stream, "python", names, run->variant_count, 0);
    free(names);
    return 0;
}

void zcb_plot_caches(FILE *stream, const zcb_machine *machine, zcb_plot_range sizes)
{
    const struct {
        const char *name;
        uint64_t bytes;
    } caches[] = {
        {"L1d", machine->l1d_bytes}, {"L2", machine->l2_bytes}, {"L3", machine->l3_bytes}};
    for (int is_name = 0; is_name < 2; is_name++) {
        fprintf(stream, "%s = '", is_name ? "cache_names" : "caches");
        for (size_t i = 0; i < 3; i++) {
            double bytes = (double)caches[i].bytes;
            if (bytes < sizes.lo || bytes > sizes.hi) {
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

char *zcb_plot_question(const zcb_cell *cell, const char *arm, int has_lane, char *out,
                        size_t size)
{
    char conditions[64];
    int is_plain = strcmp(arm, ZCB_ARM_VIEW) == 0;
    snprintf(out, size, "%s%s%s%s%s%s", cell->pair, has_lane ? " " : "",
             has_lane ? zcb_lane_name(cell->lane) : "", is_plain ? "" : " ",
             is_plain                        ? ""
             : strncmp(arm, "view:", 5) == 0 ? arm + 5
                                             : arm,
             zcb_plot_conditions(cell, " ", conditions, sizeof conditions));
    return out;
}

char *zcb_plot_group(const char *group, char *out, size_t size)
{
    size_t used = 0;
    for (; *group != '\0' && used + 1 < size; group++) {
        if (*group != ' ' && *group != ',') {
            out[used++] = *group;
        } else if (used > 0 && out[used - 1] != '-') {
            out[used++] = '-';
        }
    }
    out[used] = '\0';
    return out;
}

const zcb_series *zcb_plot_any(const zcb_answer_row *row, size_t variant_count)
{
    for (size_t v = 0; v < variant_count; v++) {
        if (row->by_variant[v] != NULL) {
            return row->by_variant[v];
        }
    }
    return NULL;
}

const zcb_cell *zcb_plot_cell(const zcb_analysis *analysis, const zcb_series *series)
{
    return zcb_cells_at(analysis->recorded->cells,
                        analysis->results[series->result_first].cell);
}

static int is_base(const zcb_cell *cell)
{
    return cell->heap == ZCB_HEAP_DEFAULT && cell->cache == ZCB_CACHE_HOT &&
           cell->consumer == ZCB_CONSUMER_DROP;
}

int zcb_plot_is_side_condition(const zcb_analysis *analysis, const zcb_cell *cell)
{
    for (size_t s = 0; !is_base(cell) && s < analysis->series_count; s++) {
        const zcb_cell *other = zcb_plot_cell(analysis, &analysis->series[s]);
        if (is_base(other) && other->lane == cell->lane &&
            strcmp(other->pair, cell->pair) == 0 && strcmp(other->python, cell->python) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Group and lane of a row as one number. */
static size_t place_of(const zcb_analysis *analysis, const zcb_answers *answers, size_t row)
{
    const zcb_cell *cell =
        zcb_plot_cell(analysis, zcb_plot_any(&answers->rows[row], answers->variant_count));
    return zcb_plan_group(&analysis->recorded->run, cell) * ZCB_LANE_COUNT + cell->lane;
}

/* 1 when an earlier row is of the same group and lane. */
static int was_taken(const zcb_analysis *analysis, const zcb_answers *answers, size_t row)
{
    size_t place = place_of(analysis, answers, row);
    for (size_t i = 0; i < row; i++) {
        if (place_of(analysis, answers, i) == place) {
            return 1;
        }
    }
    return 0;
}

int zcb_questions_next(const zcb_analysis *analysis, const zcb_answers *answers,
                       int (*is_wanted)(const zcb_analysis *, const zcb_answer_row *, size_t),
                       size_t *from, zcb_questions *out, zcb_error *error)
{
    *out = (zcb_questions){0};
    for (; *from < answers->row_count; (*from)++) {
        if (was_taken(analysis, answers, *from)) {
            continue;
        }
        size_t place = place_of(analysis, answers, *from);
        out->rows = calloc(answers->row_count, sizeof *out->rows);
        if (out->rows == NULL) {
            return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
        }
        for (size_t i = *from; i < answers->row_count; i++) {
            if (place_of(analysis, answers, i) == place &&
                (is_wanted == NULL ||
                 is_wanted(analysis, &answers->rows[i], answers->variant_count))) {
                out->rows[out->count++] = i;
            }
        }
        if (out->count > 0) {
            out->group = place / ZCB_LANE_COUNT;
            out->lane = place % ZCB_LANE_COUNT;
            out->group_name = zcb_plan_group_name(&analysis->recorded->run, out->group);
            (*from)++;
            return 1;
        }
        free(out->rows);
        out->rows = NULL;
    }
    return 0;
}
