/* See memory_md.h. */
#include "report/memory_md.h"

#include "report/text.h"
#include "report/units.h"

#include <math.h>
#include <string.h>

/* Rows of a table, as in the other sections; the files have them all. */
enum { ROWS_MAX = 400, NAME_COLUMNS = 80, NOTE_COLUMNS = 120 };

#define SHOWN_BYTES UINT64_C(65536) /* the size told, where it was looked at */

static void write_text(FILE *stream, const char *text, size_t columns)
{
    zcb_text_markdown(stream, text[0] != '\0' ? text : "–", columns);
}

/* Texts of keys are interned: equal ones are the same. */
static int is_same_pair(const zcb_arm_key *a, const zcb_arm_key *b)
{
    return a->python == b->python && a->pair == b->pair && a->lane == b->lane;
}

/* 1 when the row's size is the one told of its pair: the largest up to SHOWN_BYTES, else the
 * least. */
static int is_told(const zcb_recorded *recorded, const zcb_arm_key *key)
{
    for (size_t i = 0; i < recorded->memory_count; i++) {
        const zcb_arm_key *other = &recorded->memory[i].key;
        if (!is_same_pair(key, other)) {
            continue;
        }
        int other_fits = other->size_bytes <= SHOWN_BYTES,
            fits = key->size_bytes <= SHOWN_BYTES;
        if (fits ? other_fits && other->size_bytes > key->size_bytes
                 : other_fits || other->size_bytes < key->size_bytes) {
            return 0;
        }
    }
    return 1;
}

/* The row of copy that alternative row `index` is compared with, or NULL. */
static const zcb_memory_row *copy_of(const zcb_recorded *recorded, size_t index)
{
    const zcb_arm_key *key = &recorded->memory[index].key;
    for (size_t i = 0; i < recorded->memory_count; i++) {
        const zcb_memory_row *row = &recorded->memory[i];
        if (is_same_pair(key, &row->key) && row->key.size_bytes == key->size_bytes &&
            strcmp(row->key.arm, ZCB_ARM_COPY) == 0) {
            return row;
        }
    }
    return NULL;
}

/* What was observed of memory row `index`; all unknown where nothing was. */
static zcb_meaning meaning_of(const zcb_recorded *recorded, size_t index)
{
    const zcb_arm_key *key = &recorded->memory[index].key;
    for (size_t i = 0; i < recorded->semantics_count; i++) {
        const zcb_arm_key *other = &recorded->semantics[i].key;
        if (is_same_pair(key, other) && key->arm == other->arm &&
            key->size_bytes == other->size_bytes) {
            return recorded->semantics[i].meaning;
        }
    }
    return (zcb_meaning){-1, -1, -1, -1, -1};
}

/* "64 KiB in 1": bytes and blocks of one operation. */
static void write_amount(FILE *stream, const zcb_memory_figures *figures)
{
    char text[ZCB_UNIT_TEXT_MAX];
    fprintf(stream, " | %s", zcb_unit_size(figures->bytes_per_op, text, sizeof text));
    if (!isnan(figures->blocks_per_op)) {
        fprintf(stream, " in %.4g", figures->blocks_per_op);
    }
}

static double kept_ratio(const zcb_memory_figures *figures)
{
    return figures->used_bytes > 0 ? figures->retained_bytes / figures->used_bytes : NAN;
}

static void write_ratio(FILE *stream, const zcb_memory_figures *figures)
{
    char text[ZCB_UNIT_TEXT_MAX];
    fprintf(stream, " | %s", zcb_unit_ratio(kept_ratio(figures), text, sizeof text));
}

static const char *answer(int value)
{
    return value < 0 ? "–" : value > 0 ? "yes" : "no";
}

static void write_row(const zcb_recorded *recorded, size_t index, FILE *stream)
{
    static const zcb_memory_figures unseen = {NAN, NAN, NAN, NAN, NAN, NAN};
    const zcb_memory_row *view = &recorded->memory[index], *copy = copy_of(recorded, index);
    const zcb_memory_figures *copied = copy != NULL ? &copy->figures : &unseen;
    zcb_meaning meaning = meaning_of(recorded, index);
    char text[ZCB_UNIT_TEXT_MAX];
    fputs("| ", stream);
    write_text(stream, view->key.python, NAME_COLUMNS);
    fputs(" | ", stream);
    write_text(stream, view->key.pair, NAME_COLUMNS);
    fprintf(stream, " %s", zcb_lane_name(view->key.lane));
    if (strcmp(view->key.arm, ZCB_ARM_VIEW) != 0) {
        fputs(", ", stream);
        write_text(stream, view->key.arm + strlen(ZCB_ARM_VIEW ":"), NAME_COLUMNS);
    }
    fprintf(stream, " | %s", zcb_unit_size((double)view->key.size_bytes, text, sizeof text));
    write_amount(stream, copied);
    write_amount(stream, &view->figures);
    write_ratio(stream, copied);
    write_ratio(stream, &view->figures);
    fprintf(stream, " | %s | %s | %s |\n", answer(meaning.change_seen),
            answer(meaning.source_locked), answer(meaning.source_kept_alive));
}

/* The sentence on top: who keeps most alive for what it shows. */
static void write_most_kept(const zcb_recorded *recorded, FILE *stream)
{
    const zcb_memory_row *most = NULL;
    for (size_t i = 0; i < recorded->memory_count; i++) {
        const zcb_memory_row *row = &recorded->memory[i];
        if (zcb_arm_is_alternative(row->key.arm) && kept_ratio(&row->figures) > 0 &&
            (most == NULL || kept_ratio(&row->figures) > kept_ratio(&most->figures))) {
            most = row;
        }
    }
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
        const zcb_arm_key *key = &recorded->memory[i].key;
        if (!zcb_arm_is_alternative(key->arm) || !is_told(recorded, key)) {
            continue;
        }
        if (shown < ROWS_MAX) {
            write_row(recorded, i, stream);
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

/* The row of lie `lie` on interpreter `python`, or NULL. */
static const zcb_lie_row *find_lie(const zcb_recorded *recorded, const char *lie,
                                   const char *python)
{
    for (size_t i = 0; i < recorded->lie_count; i++) {
        if (recorded->lies[i].lie == lie && strcmp(recorded->lies[i].python, python) == 0) {
            return &recorded->lies[i];
        }
    }
    return NULL;
}

/* 1 when an earlier row speaks of the same statement. */
static int was_told(const zcb_recorded *recorded, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (recorded->lies[i].lie == recorded->lies[index].lie) {
            return 1;
        }
    }
    return 0;
}

static void write_lie(const zcb_recorded *recorded, const zcb_lie_row *lie, FILE *stream)
{
    const zcb_run *run = &recorded->run;
    const char *why = lie->note;
    fputs("| ", stream);
    write_text(stream, lie->statement, NOTE_COLUMNS);
    for (size_t v = 0; v < run->variant_count; v++) {
        const zcb_lie_row *row = find_lie(recorded, lie->lie, run->variants[v].name);
        fputs(" | ", stream);
        write_text(stream, row != NULL ? row->found : "", NAME_COLUMNS);
        /* The reason of one that lacks a module explains nothing to the others. */
        why = row != NULL && row->found[0] != '\0' ? row->note : why;
    }
    fputs(" | ", stream);
    write_text(stream, why, NOTE_COLUMNS);
    fputs(" |\n", stream);
}

/* Says whether the list holds on these interpreters. */
static void write_lies_hold(const zcb_recorded *recorded, FILE *stream)
{
    size_t asked = 0, wrong = 0;
    for (size_t i = 0; i < recorded->lie_count; i++) {
        const zcb_lie_row *row = &recorded->lies[i];
        asked += row->found[0] != '\0';
        wrong += row->found[0] != '\0' && strcmp(row->found, row->claim) != 0;
    }
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
        if (!was_told(recorded, i)) {
            write_lie(recorded, &recorded->lies[i], stream);
            shown++;
        }
    }
}
