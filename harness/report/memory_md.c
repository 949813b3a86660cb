/* See memory_md.h. */
#include "report/memory_md.h"

#include "report/memory_table.h"
#include "report/text.h"

#include <string.h>

/* Rows of a table, as in the other sections; the files have them all. */
enum { ROWS_MAX = 400, NAME_COLUMNS = 80, NOTE_COLUMNS = 120 };

static void write_text(FILE *stream, const char *text, size_t columns)
{
    zcb_text_markdown(stream, text[0] != '\0' ? text : "–", columns);
}

static void write_row(const zcb_memory_line *line, FILE *stream)
{
    fputs("| ", stream);
    write_text(stream, line->key->python, NAME_COLUMNS);
    fputs(" | ", stream);
    write_text(stream, line->key->pair, NAME_COLUMNS);
    fprintf(stream, " %s", zcb_lane_name(line->key->lane));
    if (strcmp(line->key->arm, ZCB_ARM_VIEW) != 0) {
        fputs(", ", stream);
        write_text(stream, line->key->arm + strlen(ZCB_ARM_VIEW ":"), NAME_COLUMNS);
    }
    fprintf(stream, " | %s | %s | %s | %s | %s | %s | %s | %s |\n", line->size, line->copy,
            line->view, line->copy_keeps, line->view_keeps, line->change_seen,
            line->source_locked, line->source_kept_alive);
}

/* The sentence on top: who keeps most alive for what it shows. */
static void write_most_kept(const zcb_recorded *recorded, FILE *stream)
{
    const zcb_memory_row *most = zcb_memory_most_kept(recorded);
    if (most == NULL) {
        return;
    }
    char used[ZCB_UNIT_TEXT_MAX], kept[ZCB_UNIT_TEXT_MAX];
    fputs("The result that keeps most alive for what it shows is that of ", stream);
    write_text(stream, most->key.pair, NAME_COLUMNS);
    fprintf(stream, " %s on ", zcb_lane_name(most->key.lane));
    write_text(stream, most->key.python, NAME_COLUMNS);
    fprintf(stream, ": %s for %s.\n",
            zcb_unit_size(most->figures.retained_bytes, kept, sizeof kept),
            zcb_unit_size(most->figures.used_bytes, used, sizeof used));
}

void zcb_memory_md(const zcb_recorded *recorded, FILE *stream)
{
    size_t shown = 0, more = 0;
    if (recorded->memory_count == 0) {
        return;
    }
    fputs("\n## Memory and meaning\n\n", stream);
    write_most_kept(recorded, stream);
    fputs("Bytes asked for by one operation and the blocks they come in; bytes that live only "
          "because of "
          "a result ÷ bytes it shows; what was observed of the view. A dash: it can't be "
          "seen.\n\n"
          "| interpreter | pair, lane | size | copy | view | copy keeps | view keeps | later "
          "change "
          "seen | source locked | source kept alive |\n"
          "|---|---|---|---|---|---|---|---|---|---|\n",
          stream);
    for (size_t i = 0; i < recorded->memory_count; i++) {
        zcb_memory_line line;
        if (!zcb_memory_line_make(recorded, i, &line)) {
            continue;
        }
        if (shown < ROWS_MAX) {
            write_row(&line, stream);
            shown++;
        } else {
            more++;
        }
    }
    if (more > 0) {
        fprintf(stream, "\n… and %zu more rows: memory.csv and semantics.csv have them all.\n",
                more);
    }
}

static void write_lie(const zcb_recorded *recorded, const zcb_lie_row *lie, FILE *stream)
{
    const zcb_run *run = &recorded->run;
    fputs("| ", stream);
    write_text(stream, lie->statement, NOTE_COLUMNS);
    for (size_t v = 0; v < run->variant_count; v++) {
        const zcb_lie_row *row = zcb_lie_find(recorded, lie->lie, run->variants[v].name);
        fputs(" | ", stream);
        write_text(stream, row != NULL ? row->found : "", NAME_COLUMNS);
    }
    fputs(" | ", stream);
    write_text(stream, zcb_lie_why(recorded, lie), NOTE_COLUMNS);
    fputs(" |\n", stream);
}

/* Says whether the list holds on these interpreters. */
static void write_lies_hold(const zcb_recorded *recorded, FILE *stream)
{
    size_t asked, wrong;
    zcb_lies_count(recorded, &asked, &wrong);
    if (wrong == 0) {
        fprintf(stream,
                "What could be asked (%zu answers) behaves as known: none of it is a pair "
                "worth timing.\n",
                asked);
    } else {
        fprintf(stream, "**%zu of %zu answers are not as known:** see lies.csv.\n", wrong,
                asked);
    }
}

void zcb_lies_md(const zcb_recorded *recorded, FILE *stream)
{
    const zcb_run *run = &recorded->run;
    if (recorded->lie_count == 0) {
        return;
    }
    fputs("\n## What only looks like a copy or a view\n\n", stream);
    write_lies_hold(recorded, stream);
    fputs("\n| statement |", stream);
    for (size_t v = 0; v < run->variant_count; v++) {
        fputc(' ', stream);
        write_text(stream, run->variants[v].name, NAME_COLUMNS);
        fputs(" |", stream);
    }
    fputs(" why |\n|---|", stream);
    for (size_t v = 0; v <= run->variant_count; v++) {
        fputs("---|", stream);
    }
    fputc('\n', stream);
    for (size_t i = 0, shown = 0; i < recorded->lie_count && shown < ROWS_MAX; i++) {
        if (!zcb_lie_was_told(recorded, i)) {
            write_lie(recorded, &recorded->lies[i], stream);
            shown++;
        }
    }
}
