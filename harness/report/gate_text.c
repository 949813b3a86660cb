/* See gate_text.h; the Markdown is in gate_md.c. */
#include "report/gate_text.h"

#include "base/compiler.h"
#include "report/plot_parts.h"
#include "report/text.h"
#include "report/units.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

const char *zcb_gate_verdict_name(const zcb_gate *gate)
{
    return gate->exit_code == ZCB_EXIT_OK           ? "pass"
           : gate->exit_code == ZCB_EXIT_REGRESSION ? "fail"
                                                    : "inconclusive";
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

static size_t count_lost(const zcb_gate *gate, zcb_status status)
{
    size_t count = 0;
    for (size_t i = 0; i < gate->lost_count; i++) {
        count += gate->lost[i].status == status ? 1 : 0;
    }
    return count;
}

/* "2 figures are", "1 figure is". */
static void append_count(char *out, size_t size, size_t count, const char *what)
{
    append(out, size, "%s%zu %s%s %s", out[0] != '\0' ? "; " : "", count, what,
           count == 1 ? "" : "s", count == 1 ? "is" : "are");
}

char *zcb_gate_sentence(const zcb_gate *gate, char *out, size_t size)
{
    const size_t *outcomes = gate->outcome_count;
    size_t refused = count_lost(gate, ZCB_STATUS_REFUSED),
           failed = count_lost(gate, ZCB_STATUS_FAILED);
    out[0] = '\0';
    if (outcomes[ZCB_GATE_REGRESSION] > 0) {
        append_count(out, size, outcomes[ZCB_GATE_REGRESSION], "figure");
        append(out, size, " worse by more than is allowed, confirmed by fresh launches");
    }
    if (refused > 0) {
        append_count(out, size, refused, "cell");
        append(out, size, " refused by the proof");
    }
    if (outcomes[ZCB_GATE_EXCEEDED] > 0) {
        append_count(out, size, outcomes[ZCB_GATE_EXCEEDED], "figure");
        append(out, size, " worse by more than is allowed, not confirmed");
    }
    if (outcomes[ZCB_GATE_NOISY] > 0) {
        append_count(out, size, outcomes[ZCB_GATE_NOISY], "figure");
        append(out, size, " worse by more than is allowed, but the control is off as well");
    }
    if (failed > 0) {
        append_count(out, size, failed, "cell");
        append(out, size, " lost: measuring failed");
    }
    if (out[0] == '\0' && gate->exit_code == ZCB_EXIT_INCONCLUSIVE) {
        append(out, size,
               "too noisy: %zu of %zu figures could hide a change of twice what is allowed",
               gate->blunt_count, gate->figure_count);
    }
    if (out[0] == '\0') {
        append(out, size, "none of %zu figures is worse by more than is allowed",
               gate->figure_count);
    }
    return out;
}

char *zcb_gate_label(const zcb_gate *gate, const zcb_gate_figure *figure, char *out,
                     size_t size)
{
    char text[ZCB_UNIT_TEXT_MAX];
    const zcb_cell *cell = zcb_cells_at(gate->analysis->recorded->cells, figure->cell);
    out[0] = '\0';
    if (gate->request.baseline != NULL) {
        append(out, size, "%s ", cell->python);
    }
    append(out, size, "%s %s%s ", cell->pair, zcb_lane_name(cell->lane),
           zcb_plot_conditions(cell, " ", text, sizeof text));
    if (figure->scale != ZCB_GATE_BREAKEVEN) {
        append(out, size, "%s ", zcb_unit_size((double)cell->size_bytes, text, sizeof text));
    }
    append(out, size, "%s", figure->arm);
    return out;
}

static const char *ratio_text(zcb_interval log, char *out, size_t size)
{
    zcb_interval ratio = zcb_interval_exp(log);
    return zcb_unit_factor_interval(ratio.estimate, ratio.lo, ratio.hi, out, size);
}

static void append_breakeven(const zcb_gate_figure *figure, char *out, size_t size)
{
    char now[ZCB_UNIT_TEXT_MAX], before[ZCB_UNIT_TEXT_MAX], tested[ZCB_UNIT_TEXT_MAX],
        ratio[ZCB_UNIT_TEXT_MAX];
    zcb_interval log = figure->first.change.log;
    append(out, size, "break-even ");
    if (isfinite(figure->head.estimate)) {
        append(out, size, "%s, ",
               zcb_unit_size_interval(figure->head.estimate, figure->head.lo, figure->head.hi,
                                      now, sizeof now));
    }
    if (isfinite(figure->base.estimate)) {
        append(out, size, "was %s, ",
               zcb_unit_size_interval(figure->base.estimate, figure->base.lo, figure->base.hi,
                                      before, sizeof before));
    } else {
        append(out, size, "was below every size, ");
    }
    append(out, size, "at %s copy ÷ view is %s",
           zcb_unit_size(figure->tested_bytes, tested, sizeof tested),
           ratio_text((zcb_interval){-log.estimate, -log.hi, -log.lo}, ratio, sizeof ratio));
}

/* Time and ratio of an ordinary figure. */
static void append_change(const zcb_gate_figure *figure, char *out, size_t size)
{
    char ratio[ZCB_UNIT_TEXT_MAX], now[ZCB_UNIT_TEXT_MAX], before[ZCB_UNIT_TEXT_MAX];
    append(out, size, "%s times ", ratio_text(figure->first.change.log, ratio, sizeof ratio));
    if (figure->scale == ZCB_GATE_BASE) {
        append(out, size, "base's %s",
               zcb_unit_time(figure->base.estimate, before, sizeof before));
    } else {
        append(out, size, "the baseline's: %s of %s, was %s",
               zcb_unit_ratio(figure->head.estimate, now, sizeof now),
               zcb_gate_scale_name(figure->scale),
               zcb_unit_ratio(figure->base.estimate, before, sizeof before));
    }
    append(out, size, ", allowed %.3g", 1.0 + figure->allowed);
}

char *zcb_gate_figure_text(const zcb_gate *gate, const zcb_gate_figure *figure, char *out,
                           size_t size)
{
    char ratio[ZCB_UNIT_TEXT_MAX];
    (void)gate;
    out[0] = '\0';
    if (figure->scale == ZCB_GATE_BREAKEVEN) {
        append_breakeven(figure, out, size);
    } else {
        append_change(figure, out, size);
    }
    if (figure->reason[0] != '\0') {
        append(out, size, "; %s", figure->reason);
    }
    if (figure->has_confirm) {
        zcb_interval log = figure->confirm.change.log;
        int is_pays = figure->scale == ZCB_GATE_BREAKEVEN;
        zcb_interval shown = {-log.estimate, -log.hi, -log.lo};
        append(out, size, ": %s", ratio_text(is_pays ? shown : log, ratio, sizeof ratio));
    }
    return out;
}

void zcb_gate_notes(const zcb_gate *gate, void (*tell)(void *context, const char *line),
                    void *context)
{
    char text[ZCB_GATE_TEXT_MAX];
    if (gate->not_measured > 0) {
        snprintf(text, sizeof text,
                 "%zu figure%s of the baseline were not measured in this run",
                 gate->not_measured, gate->not_measured == 1 ? "" : "s");
        tell(context, text);
    }
    if (gate->not_stored > 0) {
        snprintf(text, sizeof text,
                 "%zu cell%s of this run are not in the baseline: `zcbench baseline` adds them",
                 gate->not_stored, gate->not_stored == 1 ? "" : "s");
        tell(context, text);
    }
    if (gate->blunt_count > 0) {
        snprintf(text, sizeof text,
                 "%zu of %zu figures could hide a change of twice what is allowed: more "
                 "launches (--launches) or a quieter machine narrow them",
                 gate->blunt_count, gate->figure_count);
        tell(context, text);
    }
}

static void print_line(FILE *stream, const char *word, const char *label, const char *text)
{
    char visible[2 * ZCB_GATE_TEXT_MAX];
    fprintf(stream, "%-14s ", word);
    fprintf(stream, "%s", zcb_text_visible(label, visible, sizeof visible));
    fprintf(stream, ": %s\n", zcb_text_visible(text, visible, sizeof visible));
}

static void print_note(void *context, const char *line)
{
    fprintf(context, "note: %s\n", line);
}

static void print_figure(const zcb_gate *gate, const zcb_gate_figure *figure, const char *word,
                         FILE *stream)
{
    char label[ZCB_GATE_TEXT_MAX], text[ZCB_GATE_TEXT_MAX];
    print_line(stream, word, zcb_gate_label(gate, figure, label, sizeof label),
               zcb_gate_figure_text(gate, figure, text, sizeof text));
}

/* The timed figure with the largest change, or NULL. */
static const zcb_gate_figure *most_changed(const zcb_gate *gate)
{
    const zcb_gate_figure *found = NULL;
    for (size_t i = 0; i < gate->figure_count; i++) {
        const zcb_gate_figure *figure = &gate->figures[i];
        if (figure->scale != ZCB_GATE_BREAKEVEN &&
            (found == NULL || figure->first.change.log.estimate - log1p(figure->allowed) >
                                  found->first.change.log.estimate - log1p(found->allowed))) {
            found = figure;
        }
    }
    return found;
}

void zcb_gate_print(const zcb_gate *gate, FILE *stream)
{
    char text[ZCB_GATE_TEXT_MAX], base[2 * ZCB_NAME_MAX], head[2 * ZCB_NAME_MAX];
    if (gate->request.baseline != NULL) {
        fputs("GATE  this run against a stored baseline\n", stream);
    } else {
        fprintf(stream, "GATE  %s against %s, side by side\n",
                zcb_text_visible(gate->request.head, head, sizeof head),
                zcb_text_visible(gate->request.base, base, sizeof base));
    }
    size_t told = 0;
    for (size_t i = 0; i < gate->figure_count; i++) {
        if (gate->figures[i].outcome != ZCB_GATE_OK) {
            const char *word = gate->figures[i].outcome == ZCB_GATE_EXCEEDED
                                   ? "not confirmed"
                                   : zcb_gate_outcome_name(gate->figures[i].outcome);
            print_figure(gate, &gate->figures[i], word, stream);
            told++;
        }
    }
    for (size_t i = 0; i < gate->lost_count; i++) {
        zcb_gate_figure figure = {.cell = gate->lost[i].cell, .arm = "in head"};
        char label[ZCB_GATE_TEXT_MAX];
        print_line(stream, zcb_status_name(gate->lost[i].status),
                   zcb_gate_label(gate, &figure, label, sizeof label), gate->lost[i].reason);
    }
    if (told == 0 && most_changed(gate) != NULL) {
        print_figure(gate, most_changed(gate), "most changed", stream);
    }
    zcb_gate_notes(gate, print_note, stream);
    fprintf(stream, "%s: %s\n", zcb_gate_verdict_name(gate),
            zcb_gate_sentence(gate, text, sizeof text));
}
