/* A gate's verdict for the summary page of a CI job. See gate_text.h. */
#include "report/gate_text.h"

#include "report/text.h"

#include <string.h>

enum { ROWS_MAX = 800, TEXT_COLUMNS = 300 };

static void write_row(const zcb_gate *gate, const zcb_gate_figure *figure, FILE *stream)
{
    char text[ZCB_GATE_TEXT_MAX];
    fprintf(stream, "| %s | ",
            figure->outcome == ZCB_GATE_EXCEEDED ? "not confirmed"
                                                 : zcb_gate_outcome_name(figure->outcome));
    zcb_text_markdown(stream, zcb_gate_label(gate, figure, text, sizeof text), TEXT_COLUMNS);
    fputs(" | ", stream);
    zcb_text_markdown(stream, zcb_gate_figure_text(gate, figure, text, sizeof text),
                      TEXT_COLUMNS);
    fputs(" |\n", stream);
}

/* The figures that are ok, or those that are not; returns how many. */
static size_t write_rows(const zcb_gate *gate, int is_ok, FILE *stream)
{
    size_t count = 0;
    for (size_t i = 0; i < gate->figure_count; i++) {
        if ((gate->figures[i].outcome == ZCB_GATE_OK) == is_ok) {
            fputs(count == 0 ? "| | figure | change |\n|---|---|---|\n" : "", stream);
            if (count < ROWS_MAX) {
                write_row(gate, &gate->figures[i], stream);
            }
            count++;
        }
    }
    if (count > ROWS_MAX) {
        fprintf(stream, "\n… and %zu more: gate.json has them all.\n", count - ROWS_MAX);
    }
    return count;
}

static void write_lost(const zcb_gate *gate, FILE *stream)
{
    char text[ZCB_GATE_TEXT_MAX];
    for (size_t i = 0; i < gate->lost_count && i < ROWS_MAX; i++) {
        zcb_gate_figure figure = {.cell = gate->lost[i].cell, .arm = "in head"};
        fprintf(stream, "%s- %s: ", i == 0 ? "\n" : "", zcb_status_name(gate->lost[i].status));
        zcb_text_markdown(stream, zcb_gate_label(gate, &figure, text, sizeof text),
                          TEXT_COLUMNS);
        fputs(" — ", stream);
        zcb_text_markdown(stream, gate->lost[i].reason, TEXT_COLUMNS);
        fputc('\n', stream);
    }
}

static void write_note(void *context, const char *line)
{
    fputs("- ", context);
    zcb_text_markdown(context, line, TEXT_COLUMNS);
    fputc('\n', context);
}

void zcb_gate_md(const zcb_gate *gate, FILE *stream)
{
    char text[ZCB_GATE_TEXT_MAX];
    size_t ok = gate->outcome_count[ZCB_GATE_OK];
    fprintf(stream, "# Gate: %s\n\n", zcb_gate_verdict_name(gate));
    zcb_text_markdown(stream, zcb_gate_sentence(gate, text, sizeof text), TEXT_COLUMNS);
    fputs(".\n\n", stream);
    if (gate->request.baseline == NULL) {
        fputs("Side by side: ", stream);
        zcb_text_markdown(stream, gate->request.head, TEXT_COLUMNS);
        fputs(" against ", stream);
        zcb_text_markdown(stream, gate->request.base, TEXT_COLUMNS);
        fputs(", time ÷ time.\n\n", stream);
    } else {
        fputs("Against a stored baseline: time ÷ the call path (null) or ÷ memcpy (limit).\n\n",
              stream);
    }
    write_rows(gate, 0, stream);
    write_lost(gate, stream);
    fputc('\n', stream);
    zcb_gate_notes(gate, write_note, stream);
    if (ok > 0) {
        fprintf(stream, "\n<details><summary>%zu figures within what is allowed</summary>\n\n",
                ok);
        write_rows(gate, 1, stream);
        fputs("\n</details>\n", stream);
    }
}
