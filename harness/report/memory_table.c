/* Why this file: which rows are worth telling, and in which words, is decided once. */
#include "report/memory_table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SHOWN_BYTES UINT64_C(65536) /* the size told, where it was looked at */

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
static void format_amount(const zcb_memory_figures *figures, char *out, size_t size)
{
    zcb_unit_size(figures->bytes_per_op, out, size);
    size_t used = strlen(out);
    if (!isnan(figures->blocks_per_op)) {
        snprintf(out + used, size - used, " in %.4g", figures->blocks_per_op);
    }
}

static double kept_ratio(const zcb_memory_figures *figures)
{
    return figures->used_bytes > 0 ? figures->retained_bytes / figures->used_bytes
                                   : (double)NAN;
}

static const char *answer(int value)
{
    return value < 0 ? "–" : value > 0 ? "yes" : "no";
}

int zcb_memory_line_make(const zcb_recorded *recorded, size_t index, zcb_memory_line *out)
{
    static const zcb_memory_figures unseen = {NAN, NAN, NAN, NAN, NAN, NAN};
    const zcb_memory_row *view = &recorded->memory[index];
    if (!zcb_arm_is_alternative(view->key.arm) || !is_told(recorded, &view->key)) {
        return 0;
    }
    const zcb_memory_row *copy = copy_of(recorded, index);
    const zcb_memory_figures *copied = copy != NULL ? &copy->figures : &unseen;
    zcb_meaning meaning = meaning_of(recorded, index);
    out->key = &view->key;
    zcb_unit_size((double)view->key.size_bytes, out->size, sizeof out->size);
    format_amount(copied, out->copy, sizeof out->copy);
    format_amount(&view->figures, out->view, sizeof out->view);
    zcb_unit_ratio(kept_ratio(copied), out->copy_keeps, sizeof out->copy_keeps);
    zcb_unit_ratio(kept_ratio(&view->figures), out->view_keeps, sizeof out->view_keeps);
    out->change_seen = answer(meaning.change_seen);
    out->source_locked = answer(meaning.source_locked);
    out->source_kept_alive = answer(meaning.source_kept_alive);
    return 1;
}

const zcb_memory_row *zcb_memory_most_kept(const zcb_recorded *recorded)
{
    const zcb_memory_row *most = NULL;
    for (size_t i = 0; i < recorded->memory_count; i++) {
        const zcb_memory_row *row = &recorded->memory[i];
        if (zcb_arm_is_alternative(row->key.arm) && kept_ratio(&row->figures) > 0 &&
            (most == NULL || kept_ratio(&row->figures) > kept_ratio(&most->figures))) {
            most = row;
        }
    }
    return most;
}

const zcb_lie_row *zcb_lie_find(const zcb_recorded *recorded, const char *lie,
                                const char *python)
{
    for (size_t i = 0; i < recorded->lie_count; i++) {
        if (recorded->lies[i].lie == lie && strcmp(recorded->lies[i].python, python) == 0) {
            return &recorded->lies[i];
        }
    }
    return NULL;
}

int zcb_lie_was_told(const zcb_recorded *recorded, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (recorded->lies[i].lie == recorded->lies[index].lie) {
            return 1;
        }
    }
    return 0;
}

void zcb_lies_count(const zcb_recorded *recorded, size_t *asked, size_t *wrong)
{
    *asked = *wrong = 0;
    for (size_t i = 0; i < recorded->lie_count; i++) {
        const zcb_lie_row *row = &recorded->lies[i];
        *asked += row->found[0] != '\0';
        *wrong += row->found[0] != '\0' && strcmp(row->found, row->claim) != 0;
    }
}

const char *zcb_lie_why(const zcb_recorded *recorded, const zcb_lie_row *lie)
{
    const zcb_run *run = &recorded->run;
    const char *why = lie->note;
    for (size_t v = 0; v < run->variant_count; v++) {
        const zcb_lie_row *row = zcb_lie_find(recorded, lie->lie, run->variants[v].name);
        /* The reason of one that lacks a module explains nothing to the others. */
        why = row != NULL && row->found[0] != '\0' ? row->note : why;
    }
    return why;
}
