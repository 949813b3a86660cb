/* Why this file: the terminal decides the layout. Columns are variants, each with its answer
 * and its speed-up; where the lines would be too long, labels and long answers wrap, then the
 * speed-up moves below the answer, then variants go below each other. */
#include "report/verdict_table.h"

#include "report/answers.h"
#include "report/text.h"
#include "report/units.h"

#include <stdlib.h>
#include <string.h>

enum {
    WIDTH_DEFAULT = 80,
    WIDTH_MIN = 40,
    GAP = 2,
    LABEL_MIN = 18,
    SPEEDUP_WANTED = 18, /* "1040× (982–1100)": one at another size may wrap */
    PAYS_WANTED = 30,    /* "pays from 864 B (832 B–1.1 KiB)": longer answers may wrap */
    PAYS_STACKED = 28,   /* with the speed-up below: two of them fit 80 columns */
};

/* The texts of one variant in one row. */
typedef struct answer {
    char pays[ZCB_ANSWER_TEXT_MAX];
    char speedup[ZCB_ANSWER_TEXT_MAX];
    zcb_tone tone; /* of `pays` */
} answer;

/* The table before it is laid out. Invariant: answers holds row_count × variant_count entries.
 */
typedef struct table {
    size_t row_count, variant_count;
    int is_colored;
    char (*labels)[ZCB_ANSWER_TEXT_MAX];
    char (*names)[ZCB_ANSWER_TEXT_MAX]; /* of the variants */
    answer *answers;
    size_t label_width;
    char where[32]; /* "at 1 MiB", where most speed-ups are told: stands in the head of a column
                     */
} table;

/* How a stretch of columns is shown. */
typedef struct layout {
    size_t first, count; /* variants shown side by side */
    size_t label_width;
    size_t pays_width;    /* of an answer */
    size_t speedup_width; /* of the speed-up beside it; 0: it stands below */
} layout;

static size_t at_least(size_t value, size_t least)
{
    return value > least ? value : least;
}

static void table_clear(table *table)
{
    free(table->labels);
    free(table->names);
    free(table->answers);
}

static int table_fill(table *table, const zcb_analysis *analysis, zcb_error *error)
{
    zcb_answers answers;
    if (zcb_answers_make(analysis, &answers, error) != 0) {
        return -1;
    }
    table->row_count = answers.row_count;
    table->variant_count = answers.variant_count;
    table->labels = calloc(answers.row_count + 1, sizeof *table->labels);
    table->names = calloc(answers.variant_count + 1, sizeof *table->names);
    table->answers = calloc(answers.row_count * answers.variant_count + 1, sizeof(answer));
    if (table->labels == NULL || table->names == NULL || table->answers == NULL) {
        zcb_answers_clear(&answers);
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    for (size_t v = 0; v < table->variant_count; v++) {
        zcb_text_visible(analysis->recorded->run.variants[v].name, table->names[v],
                         sizeof table->names[v]);
    }
    for (size_t r = 0; r < table->row_count; r++) {
        const zcb_answer_row *row = &answers.rows[r];
        zcb_text_visible(row->label, table->labels[r], sizeof table->labels[r]);
        table->label_width = at_least(zcb_text_width(table->labels[r]), table->label_width);
        for (size_t v = 0; v < table->variant_count; v++) {
            answer *cell = &table->answers[r * table->variant_count + v];
            zcb_answer_text(analysis, row->by_variant[v], cell->pays, sizeof cell->pays);
            zcb_answer_speedup(analysis, row->by_variant[v], cell->speedup,
                               sizeof cell->speedup);
            cell->tone = table->is_colored ? zcb_answer_tone(analysis, row->by_variant[v])
                                           : ZCB_TONE_PLAIN;
        }
    }
    zcb_answers_clear(&answers);
    return 0;
}

/* A speed-up as it stands in a column of its own, whose head says where. */
static const char *beside(const table *table, const char *speedup)
{
    size_t length = strlen(table->where);
    return strncmp(speedup, table->where, length) == 0 && speedup[length] == ' '
               ? speedup + length + 1
               : speedup;
}

/* Widest answer and widest speed-up, below it and beside it, of the variants first … first +
 * count - 1. */
typedef struct widths {
    size_t pays, speedup, beside;
} widths;

static widths natural_widths(const table *table, size_t first, size_t count)
{
    widths widest = {.beside = zcb_text_width(table->where)};
    for (size_t v = first; v < first + count; v++) {
        widest.pays = at_least(zcb_text_width(table->names[v]), widest.pays);
        for (size_t r = 0; r < table->row_count; r++) {
            const answer *cell = &table->answers[r * table->variant_count + v];
            const char *beside_it = beside(table, cell->speedup);
            widest.pays = at_least(zcb_text_width(cell->pays), widest.pays);
            widest.speedup = at_least(zcb_text_width(cell->speedup), widest.speedup);
            widest.beside = at_least(zcb_text_width(beside_it), widest.beside);
        }
    }
    return widest;
}

static size_t at_most(size_t value, size_t most)
{
    return value < most ? value : most;
}

/* Gives `columns` to a layout whose variants need at least `needed` each: the label first, what
 * is left to answers that would wrap. 0 when there are too few. */
static int share_columns(const table *table, layout *layout, size_t columns, size_t pays,
                         size_t needed)
{
    size_t label = at_most(table->label_width, LABEL_MIN), taken = layout->count * needed;
    if (taken + label > columns) {
        return 0;
    }
    layout->label_width = at_least(at_most(table->label_width, columns - taken), 1);
    size_t left = (columns - taken - layout->label_width) / layout->count;
    layout->pays_width = at_most(layout->pays_width + left, at_least(pays, layout->pays_width));
    return 1;
}

/* Chooses how many variants from `first` on stand side by side in `columns` columns, and how.
 */
static layout choose_layout(const table *table, size_t first, size_t columns)
{
    layout chosen = {.first = first, .count = table->variant_count - first};
    widths widest = natural_widths(table, first, chosen.count);
    chosen.pays_width = at_most(widest.pays, PAYS_WANTED);
    chosen.speedup_width = at_most(widest.beside, SPEEDUP_WANTED);
    if (share_columns(table, &chosen, columns, widest.pays,
                      2 * GAP + chosen.pays_width + chosen.speedup_width)) {
        size_t taken = 2 * GAP + chosen.pays_width + chosen.speedup_width;
        size_t left = (columns - chosen.label_width) / chosen.count - taken;
        chosen.speedup_width = at_most(chosen.speedup_width + left, widest.beside);
        return chosen;
    }
    chosen.speedup_width = 0;
    for (; chosen.count > 0; chosen.count--) {
        widest = natural_widths(table, first, chosen.count);
        chosen.pays_width = at_most(at_least(widest.pays, widest.speedup), PAYS_STACKED);
        if (share_columns(table, &chosen, columns, widest.pays, GAP + chosen.pays_width)) {
            return chosen;
        }
    }
    chosen.count = 1; /* a narrow terminal: everything wraps */
    chosen.label_width = at_most(table->label_width, LABEL_MIN);
    chosen.pays_width = columns - GAP - chosen.label_width;
    return chosen;
}

/* Where the first `fit` bytes of `text` are best broken: at the last space outside of
 * parentheses, else at the last one; `fit` where there is none. */
static size_t break_at(const char *text, size_t fit)
{
    size_t anywhere = 0, outside = 0;
    int depth = 0;
    for (size_t i = 0; i <= fit; i++) {
        depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
        anywhere = text[i] == ' ' ? i : anywhere;
        outside = text[i] == ' ' && depth == 0 ? i : outside;
    }
    return outside > 0 ? outside : anywhere > 0 ? anywhere : fit;
}

/* Takes the next line of at most `width` columns off *text, broken at a space if there is one;
 * *length bytes of it are to be shown. */
static const char *next_line(const char **text, size_t width, size_t *length)
{
    const char *start = *text;
    size_t fit = zcb_text_fit(start, width);
    *length = fit;
    if (start[fit] == '\0') {
        *text = start + fit;
        return start;
    }
    *length = break_at(start, fit);
    if (*length == 0) { /* a character wider than the column: show it rather than loop */
        *length = strlen(start);
    }
    *text = start + *length;
    *text += strspn(*text, " ");
    return start;
}

static void pad(FILE *stream, size_t columns)
{
    fprintf(stream, "%*s", (int)columns, "");
}

/* What turns a colour on (ISO 6429, 8.3.117), "" for none. */
static const char *color_of(zcb_tone tone)
{
    static const char *const colors[] = {[ZCB_TONE_PLAIN] = "",
                                         [ZCB_TONE_GOOD] = "\033[32m",
                                         [ZCB_TONE_BAD] = "\033[33m",
                                         [ZCB_TONE_QUIET] = "\033[2m",
                                         [ZCB_TONE_FAULT] = "\033[31m"};
    return colors[tone];
}

/* Writes `length` bytes of `text` in `color` after `*owed` blanks; the blanks to its right up
 * to `width` are owed, so that no line ends in blanks. */
static void write_colored(FILE *stream, const char *color, const char *text, size_t length,
                          size_t width, size_t *owed)
{
    char piece[ZCB_ANSWER_TEXT_MAX];
    length = length < sizeof piece ? length : sizeof piece - 1;
    memcpy(piece, text, length);
    piece[length] = '\0';
    size_t taken = zcb_text_width(piece);
    if (taken > 0) {
        pad(stream, *owed);
        fprintf(stream, "%s%s%s", color, piece, color[0] != '\0' ? "\033[0m" : "");
        *owed = 0;
    }
    *owed += width > taken ? width - taken : 0;
}

static void write_padded(FILE *stream, const char *text, size_t length, size_t width,
                         size_t *owed)
{
    write_colored(stream, "", text, length, width, owed);
}

/* What is left to be written of one variant's cell. */
typedef struct pending {
    const char *pays, *speedup;
    zcb_tone tone;
} pending;

/* Writes the next line of one cell; the speed-up follows the answer, beside or below. */
static void write_cell_line(FILE *stream, const layout *layout, pending *cell, size_t *owed)
{
    size_t length;
    const char **source = &cell->pays, *color = color_of(cell->tone);
    if (layout->speedup_width == 0 && *cell->pays == '\0') {
        source = &cell->speedup;
        color = "";
    }
    const char *line = next_line(source, layout->pays_width, &length);
    write_colored(stream, color, line, length, layout->pays_width, owed);
    if (layout->speedup_width > 0) {
        *owed += GAP;
        line = next_line(&cell->speedup, layout->speedup_width, &length);
        write_padded(stream, line, length, layout->speedup_width, owed);
    }
}

static int write_row(FILE *stream, const table *table, const layout *layout, size_t row,
                     zcb_error *error)
{
    pending *cells = calloc(layout->count + 1, sizeof *cells);
    if (cells == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    for (size_t c = 0; c < layout->count; c++) {
        const answer *source = &table->answers[row * table->variant_count + layout->first + c];
        cells[c] = (pending){source->pays, source->speedup, source->tone};
        if (layout->speedup_width > 0) {
            cells[c].speedup = beside(table, source->speedup);
        }
    }
    const char *label = table->labels[row];
    int is_more = 1;
    while (is_more) {
        size_t length, owed = 0;
        const char *line = next_line(&label, layout->label_width, &length);
        write_padded(stream, line, length, layout->label_width, &owed);
        is_more = *label != '\0';
        for (size_t c = 0; c < layout->count; c++) {
            owed += GAP;
            write_cell_line(stream, layout, &cells[c], &owed);
            is_more = is_more || *cells[c].pays != '\0' || *cells[c].speedup != '\0';
        }
        fputc('\n', stream);
    }
    free(cells);
    return 0;
}

static void write_head(FILE *stream, const table *table, const layout *layout)
{
    static const char *const titles[] = {"VERDICT (95 % intervals)", "VERDICT (95 %)",
                                         "VERDICT"};
    const char *bold = table->is_colored ? "\033[1m" : "";
    size_t owed = 0, title = 0;
    while (title < 2 && zcb_text_width(titles[title]) > layout->label_width) {
        title++;
    }
    write_colored(stream, bold, titles[title], zcb_text_fit(titles[title], layout->label_width),
                  layout->label_width, &owed);
    for (size_t c = 0; c < layout->count; c++) {
        const char *name = table->names[layout->first + c];
        owed += GAP;
        write_colored(stream, bold, name, zcb_text_fit(name, layout->pays_width),
                      layout->pays_width, &owed);
        if (layout->speedup_width > 0) {
            owed += GAP;
            write_colored(stream, bold, table->where, strlen(table->where),
                          layout->speedup_width, &owed);
        }
    }
    fputc('\n', stream);
}

/* Writes `text`, broken at spaces, after `prefix`. */
static void write_wrapped(FILE *stream, const char *prefix, const char *text, size_t width)
{
    size_t used = zcb_text_width(prefix), length;
    fputs(prefix, stream);
    do {
        const char *line = next_line(&text, width - used, &length);
        fprintf(stream, "%.*s\n", (int)length, line);
        used = 0;
    } while (*text != '\0');
}

static void write_foot(FILE *stream, const zcb_analysis *analysis, size_t width)
{
    char text[ZCB_ANSWER_TEXT_MAX];
    zcb_answer_controls(analysis, text, sizeof text);
    if (text[0] != '\0') {
        write_wrapped(stream, "controls: ", text, width);
    }
    zcb_answer_cells(analysis, text, sizeof text);
    if (analysis->controls.status_count[ZCB_STATUS_OK] < analysis->controls.cell_count) {
        strncat(text, ": see the report", sizeof text - strlen(text) - 1);
    }
    write_wrapped(stream, "", text, width);
}

int zcb_verdict_print(const zcb_analysis *analysis, unsigned width, int is_colored,
                      FILE *stream, zcb_error *error)
{
    size_t columns = width == 0 ? WIDTH_DEFAULT : at_least(width, WIDTH_MIN);
    table table = {.is_colored = is_colored};
    char size[ZCB_UNIT_TEXT_MAX];
    snprintf(table.where, sizeof table.where, "at %s",
             zcb_unit_size((double)ZCB_REFERENCE_BYTES, size, sizeof size));
    int result = table_fill(&table, analysis, error);
    table.label_width = at_least(table.label_width, sizeof "VERDICT" - 1);
    for (size_t first = 0; result == 0 && first < table.variant_count;) {
        layout layout = choose_layout(&table, first, columns);
        write_head(stream, &table, &layout);
        for (size_t row = 0; result == 0 && row < table.row_count; row++) {
            result = write_row(stream, &table, &layout, row, error);
        }
        first += layout.count;
    }
    if (result == 0) {
        write_foot(stream, analysis, columns);
    }
    table_clear(&table);
    return result;
}
