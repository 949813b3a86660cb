/* Why this file: below the ratios stands what they mean for the question the program asks, and
 * what has to be known not to misread them. */
#include "report/comparison_table_parts.h"

#include "report/answers.h"
#include "report/builds.h"
#include "report/text.h"
#include "report/units.h"

#include <math.h>
#include <string.h>

/* "pays from 0.9 KiB (0.8–1.0)" on each side, and the ratio where both cross once. */
static int add_breakeven(zcb_table_group *group, const zcb_breakeven_change *like)
{
    const zcb_analysis *base = zcb_table_whole(group->items)->base.analysis;
    const zcb_cell *cell = zcb_table_cell(group, base->results[like->base->result_first].cell);
    char text[ZCB_TABLE_TEXT_MAX], label[ZCB_ANSWER_TEXT_MAX];
    zcb_answer_label(cell, like->base->arm, label, sizeof label);
    if (zcb_grid_add(&group->grid, label, group->error) != 0) {
        return -1;
    }
    zcb_grid_set(&group->grid, 0, zcb_answer_text(base, like->base, text, sizeof text));
    for (size_t i = 0; i < group->count; i++) {
        const zcb_compared *item = &group->items[i];
        for (size_t b = 0; b < item->breakeven_count; b++) {
            const zcb_breakeven_change *change = &item->breakevens[b];
            char ratio[ZCB_UNIT_TEXT_MAX], answer[ZCB_ANSWER_TEXT_MAX];
            if (change->base != like->base) {
                continue;
            }
            zcb_answer_text(zcb_table_whole(item)->head.analysis, change->head, answer,
                            sizeof answer);
            int has_ratio = !isnan(change->ratio.estimate);
            zcb_table_ratio(change->ratio, "", change->differences, ratio, sizeof ratio);
            snprintf(text, sizeof text, "%s%s%s", answer, has_ratio ? ": " : "",
                     has_ratio ? ratio : "");
            zcb_grid_set(&group->grid, 1 + i, text);
        }
    }
    return 0;
}

int zcb_table_breakevens(zcb_table_group *group, FILE *stream)
{
    const zcb_compared *first = group->items;
    int result = -1;
    group->grid = (zcb_grid){.column_count = group->count + 1};
    if (first->breakeven_count == 0) {
        return 0;
    }
    if (zcb_grid_add(&group->grid, "BREAK-EVEN", group->error) != 0) {
        goto done;
    }
    zcb_grid_set(&group->grid, 0, zcb_table_variant(&zcb_table_whole(first)->base)->name);
    for (size_t i = 0; i < group->count; i++) {
        zcb_grid_set(&group->grid, 1 + i,
                     zcb_table_variant(&zcb_table_whole(&group->items[i])->head)->name);
    }
    for (size_t b = 0; b < first->breakeven_count; b++) {
        if (add_breakeven(group, &first->breakevens[b]) != 0) {
            goto done;
        }
    }
    zcb_table_flush(group, stream);
    result = 0;
done:
    zcb_grid_clear(&group->grid);
    return result;
}

/* Prints one note: made visible, broken at blanks. */
static void print_note(const zcb_table_group *group, const char *text, FILE *stream)
{
    char shown[4 * ZCB_TABLE_TEXT_MAX];
    size_t width = group->options->width > 0 ? group->options->width : 80;
    const char *rest = zcb_text_visible(text, shown, sizeof shown);
    for (const char *indent = ""; *rest != '\0'; indent = "  ") {
        size_t fit = zcb_text_fit(rest, width - strlen(indent)), length = fit;
        while (rest[fit] != '\0' && length > 0 && rest[length] != ' ') {
            length--;
        }
        length = length > 0 ? length : strcspn(rest, " ");
        fprintf(stream, "%s%.*s\n", indent, (int)length, rest);
        rest += length + strspn(rest + length, " ");
    }
}

static void note_builds(const zcb_table_group *group, const zcb_compared *item, FILE *stream)
{
    const zcb_comparison *whole = zcb_table_whole(item);
    const zcb_variant *base = zcb_table_variant(&whole->base),
                      *head = zcb_table_variant(&whole->head);
    char text[2 * ZCB_TABLE_TEXT_MAX], parts[ZCB_TABLE_TEXT_MAX];
    if (whole->differences == 0) {
        return;
    }
    zcb_build_sentence(base, head, whole->differences, parts, sizeof parts);
    snprintf(text, sizeof text, "* builds of %s and %s differ: %s", base->name, head->name,
             parts);
    print_note(group, text, stream);
}

/* Says which numpy splits a change, or that none does. */
static void note_bridge(const zcb_table_group *group, const zcb_compared *item, FILE *stream)
{
    const zcb_comparison *whole = zcb_table_whole(item);
    const zcb_run *run = &whole->base.analysis->recorded->run;
    char text[ZCB_TABLE_TEXT_MAX];
    if (item->has_bridge) {
        const zcb_variant *left = &run->variants[item->bridge[0]],
                          *right = &run->variants[item->bridge[1]];
        snprintf(
            text, sizeof text,
            "numpy pairs: Python's share is %s ÷ %s, both with numpy %s; the rest is numpy's",
            right->name, left->name, right->numpy);
    } else if (item->wants_bridge) {
        snprintf(
            text, sizeof text,
            "numpy pairs of %s and %s: their change is Python's and numpy's together, for no "
            "numpy was measured on both (scripts/bridge-numpy looks for one)",
            zcb_table_variant(&whole->base)->name, zcb_table_variant(&whole->head)->name);
    } else {
        return;
    }
    print_note(group, text, stream);
}

static void note_cells(const zcb_table_group *group, const zcb_compared *item, FILE *stream)
{
    const zcb_comparison *whole = zcb_table_whole(item);
    const char *base = zcb_table_variant(&whole->base)->name,
               *head = zcb_table_variant(&whole->head)->name;
    char text[2 * ZCB_TABLE_TEXT_MAX];
    if (whole->base_only + whole->head_only + whole->unusable == 0) {
        return;
    }
    snprintf(
        text, sizeof text,
        "not compared: %zu cells of %s only, %zu of %s only, %zu that gave no figure on both",
        whole->base_only, base, whole->head_only, head, whole->unusable);
    print_note(group, text, stream);
}

/* Between two runs: that they are two, and where their machines differ. */
static void note_runs(const zcb_table_group *group, const zcb_compared *item, FILE *stream)
{
    const zcb_comparison *whole = zcb_table_whole(item);
    const zcb_run *base = &whole->base.analysis->recorded->run,
                  *head = &whole->head.analysis->recorded->run;
    zcb_fingerprint left, right;
    char text[3 * ZCB_TABLE_TEXT_MAX], difference[2 * ZCB_TABLE_TEXT_MAX];
    if (whole->is_paired) {
        return;
    }
    snprintf(
        text, sizeof text,
        "two runs, %s and %s: changes within %.0f %% are what a machine does by itself from "
        "day to day and not judged",
        zcb_side_run_id(&whole->base), zcb_side_run_id(&whole->head), 100.0 * whole->margin);
    print_note(group, text, stream);
    zcb_fingerprint_make(base, zcb_table_variant(&whole->base), &left);
    zcb_fingerprint_make(head, zcb_table_variant(&whole->head), &right);
    /* that Pythons differ is what is looked at, and told with their builds */
    memcpy(right.parts[ZCB_FINGERPRINT_PARTS - 1], left.parts[ZCB_FINGERPRINT_PARTS - 1],
           sizeof left.parts[0]);
    if (!zcb_fingerprint_matches(&left, &right, difference, sizeof difference)) {
        snprintf(text, sizeof text, "the machines differ: %s", difference);
        print_note(group, text, stream);
    }
}

void zcb_table_notes(const zcb_table_group *group, FILE *stream)
{
    char text[ZCB_TABLE_TEXT_MAX];
    for (size_t i = 0; i < group->count; i++) {
        note_runs(group, &group->items[i], stream);
        note_builds(group, &group->items[i], stream);
        note_bridge(group, &group->items[i], stream);
        note_cells(group, &group->items[i], stream);
    }
    const zcb_comparison *whole = zcb_table_whole(group->items);
    snprintf(
        text, sizeof text,
        "intervals are 95 %%; a mean is geometric, formed in each launch; `same` is within "
        "%.3g %%; verdicts are corrected for the number of rows (Holm)",
        100.0 * whole->margin);
    print_note(group, text, stream);
}
