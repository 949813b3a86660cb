/* Why this file: a comparison has a row for everything that was measured; on the terminal it
 * has to be readable. Columns are heads, rows are series or cells; a star stands at every ratio
 * that a difference between builds touches, and the head of its column names the difference. */
#include "report/comparison_table_parts.h"

#include "report/answers.h"
#include "report/builds.h"
#include "report/units.h"

#include <string.h>

enum { WIDTH_DEFAULT = 80 };

char *zcb_table_ratio(zcb_interval ratio, const char *verdict, unsigned differences, char *out,
                      size_t size)
{
    char number[ZCB_UNIT_TEXT_MAX];
    zcb_unit_ratio_interval(ratio.estimate, ratio.lo, ratio.hi, number, sizeof number);
    snprintf(out, size, "%s%s%s%s", number, differences != 0 ? "*" : "",
             verdict[0] != '\0' ? " " : "", verdict);
    return out;
}

void zcb_table_flush(zcb_table_group *group, FILE *stream)
{
    unsigned width = group->options->width;
    zcb_grid_print(&group->grid, width > 0 ? width : WIDTH_DEFAULT, stream);
    fputc('\n', stream);
    zcb_grid_clear(&group->grid);
}

static void set_mean(zcb_table_group *group, size_t column, const zcb_comparison_mean *mean)
{
    char text[ZCB_TABLE_TEXT_MAX];
    if (mean != NULL) {
        const char *verdict = zcb_comparison_verdict_name(mean->figure, mean->verdict);
        zcb_grid_set(
            &group->grid, column,
            zcb_table_ratio(mean->ratio, verdict, mean->differences, text, sizeof text));
    }
}

/* Adds a row for a series, and where its change is split one for each share. */
static int add_series(zcb_table_group *group, zcb_aspect aspect, const zcb_cell *cell,
                      const char *arm)
{
    static const char *const owners[ZCB_SHARE_COUNT] = {"", "  of it Python's",
                                                        "  of it numpy's"};
    char label[ZCB_TABLE_TEXT_MAX], question[ZCB_ANSWER_TEXT_MAX];
    snprintf(label, sizeof label, "%s %s",
             zcb_answer_label(cell, NULL, question, sizeof question), arm);
    for (int share = 0; share < ZCB_SHARE_COUNT; share++) {
        int is_there = share == ZCB_SHARE_WHOLE;
        for (size_t i = 0; i < group->count; i++) {
            is_there = is_there || zcb_aspect_series(&group->items[i].shares[share], aspect,
                                                     cell, arm) != NULL;
        }
        if (!is_there) {
            continue;
        }
        if (zcb_grid_add(&group->grid, share == ZCB_SHARE_WHOLE ? label : owners[share],
                         group->error) != 0) {
            return -1;
        }
        for (size_t i = 0; i < group->count; i++) {
            const zcb_comparison *comparison = &group->items[i].shares[share];
            if (comparison->series_count > 0) {
                set_mean(group, i, zcb_aspect_series(comparison, aspect, cell, arm));
            }
        }
    }
    return 0;
}

/* 1 when an item before `item` has the series, so that it has its row already. */
static int is_listed(const zcb_table_group *group, size_t item, zcb_aspect aspect,
                     const zcb_cell *cell, const char *arm)
{
    for (size_t i = 0; i < item; i++) {
        if (zcb_aspect_series(zcb_table_whole(&group->items[i]), aspect, cell, arm) != NULL) {
            return 1;
        }
    }
    return 0;
}

static int add_all_series(zcb_table_group *group, zcb_aspect aspect)
{
    for (size_t i = 0; i < group->count; i++) {
        const zcb_comparison *comparison = zcb_table_whole(&group->items[i]);
        for (size_t s = 0; s < comparison->series_count; s++) {
            const zcb_comparison_mean *mean = &comparison->series[s];
            const zcb_cell *cell = zcb_table_cell(group, mean->base_cell);
            if (zcb_aspect_series(comparison, aspect, cell, mean->arm) == mean &&
                !is_listed(group, i, aspect, cell, mean->arm) &&
                add_series(group, aspect, cell, mean->arm) != 0) {
                return -1;
            }
        }
    }
    return 0;
}

/* 1 when the row is what the aspect takes. */
static int is_of_aspect(const zcb_comparison *comparison, const zcb_comparison_row *row,
                        zcb_aspect aspect)
{
    const zcb_cell *cell =
        zcb_cells_at(comparison->base.analysis->recorded->cells, row->base_cell);
    const zcb_comparison_mean *mean = zcb_aspect_series(comparison, aspect, cell, row->arm);
    return mean != NULL && mean->figure == row->figure;
}

/* The row of another item for the same cell, arm and figure. */
static const zcb_comparison_row *row_like(const zcb_comparison *comparison,
                                          const zcb_comparison_row *like)
{
    for (size_t i = 0; i < comparison->row_count; i++) {
        const zcb_comparison_row *row = &comparison->rows[i];
        if (row->base_cell == like->base_cell && row->figure == like->figure &&
            strcmp(row->arm, like->arm) == 0) {
            return row;
        }
    }
    return NULL;
}

static int add_cell(zcb_table_group *group, const zcb_comparison_row *like)
{
    char label[ZCB_TABLE_TEXT_MAX], question[ZCB_ANSWER_TEXT_MAX], size[ZCB_UNIT_TEXT_MAX],
        text[ZCB_TABLE_TEXT_MAX];
    const zcb_cell *cell = zcb_table_cell(group, like->base_cell);
    snprintf(label, sizeof label, "%s %s %s",
             zcb_answer_label(cell, NULL, question, sizeof question), like->arm,
             zcb_unit_size((double)cell->size_bytes, size, sizeof size));
    if (zcb_grid_add(&group->grid, label, group->error) != 0) {
        return -1;
    }
    for (size_t i = 0; i < group->count; i++) {
        const zcb_comparison_row *row = row_like(zcb_table_whole(&group->items[i]), like);
        if (row != NULL) {
            const char *verdict = zcb_comparison_verdict_name(row->figure, row->verdict);
            zcb_grid_set(
                &group->grid, i,
                zcb_table_ratio(row->ratio, verdict, row->differences, text, sizeof text));
        }
    }
    return 0;
}

static int add_all_cells(zcb_table_group *group, zcb_aspect aspect)
{
    for (size_t i = 0; i < group->count; i++) {
        const zcb_comparison *comparison = zcb_table_whole(&group->items[i]);
        for (size_t r = 0; r < comparison->row_count; r++) {
            const zcb_comparison_row *row = &comparison->rows[r];
            int is_known = !is_of_aspect(comparison, row, aspect);
            for (size_t earlier = 0; earlier < i && !is_known; earlier++) {
                is_known = row_like(zcb_table_whole(&group->items[earlier]), row) != NULL;
            }
            if (!is_known && add_cell(group, row) != 0) {
                return -1;
            }
        }
    }
    return 0;
}

/* Adds the row of one mean over everything, if any item has it. */
static int add_mean(zcb_table_group *group, zcb_aspect aspect, int is_copy, int numpy,
                    zcb_share share)
{
    static const char *const owners[ZCB_SHARE_COUNT] = {"", ", Python's share",
                                                        ", numpy's share"};
    char label[ZCB_TABLE_TEXT_MAX];
    size_t least = 0, most = 0;
    /* the parts are of numpy pairs only; that of Python is of one numpy and so not split */
    int wanted = share == ZCB_SHARE_PYTHON ? -1 : numpy;
    for (size_t i = 0; i < group->count; i++) {
        const zcb_comparison_mean *mean =
            zcb_aspect_mean(&group->items[i].shares[share], aspect, is_copy, wanted);
        if (mean != NULL) {
            least = least == 0 || mean->cells < least ? mean->cells : least;
            most = mean->cells > most ? mean->cells : most;
        }
    }
    if (most == 0) {
        return 0;
    }
    const char *arm = aspect == ZCB_ASPECT_SPEEDUP ? "" : is_copy ? ", copy" : ", view";
    const char *pairs = numpy == 1 ? ", with numpy" : numpy == 0 ? ", without numpy" : "";
    if (least == most) {
        snprintf(label, sizeof label, "mean of %zu cells%s%s%s", most, arm, pairs,
                 owners[share]);
    } else {
        snprintf(label, sizeof label, "mean of %zu–%zu cells%s%s%s", least, most, arm, pairs,
                 owners[share]);
    }
    if (zcb_grid_add(&group->grid, label, group->error) != 0) {
        return -1;
    }
    for (size_t i = 0; i < group->count; i++) {
        set_mean(group, i,
                 zcb_aspect_mean(&group->items[i].shares[share], aspect, is_copy, wanted));
    }
    return 0;
}

static int add_means(zcb_table_group *group, zcb_aspect aspect)
{
    for (int numpy = -1; numpy <= 1; numpy++) {
        for (int is_copy = 1; is_copy >= 0; is_copy--) {
            for (int share = 0; share < (numpy == 1 ? ZCB_SHARE_COUNT : 1); share++) {
                if (add_mean(group, aspect, is_copy, numpy, (zcb_share)share) != 0) {
                    return -1;
                }
            }
        }
    }
    return 0;
}

/* What stands above the columns: names, versions, and what differs between the builds. */
static int add_head(zcb_table_group *group, const char *title)
{
    char text[ZCB_TABLE_TEXT_MAX];
    const zcb_side *base = &zcb_table_whole(group->items)->base;
    if (zcb_grid_add(&group->grid, title, group->error) != 0) {
        return -1;
    }
    for (size_t i = 0; i < group->count; i++) {
        const zcb_side *head = &zcb_table_whole(&group->items[i])->head;
        zcb_grid_set(&group->grid, i, zcb_table_variant(head)->name);
    }
    snprintf(text, sizeof text, "head ÷ base, base %s", zcb_table_variant(base)->name);
    if (zcb_grid_add(&group->grid, text, group->error) != 0) {
        return -1;
    }
    for (size_t i = 0; i < group->count; i++) {
        char words[ZCB_TABLE_TEXT_MAX / 2];
        zcb_build_words(zcb_table_whole(&group->items[i])->differences, words, sizeof words);
        snprintf(text, sizeof text, "%s%s", words[0] != '\0' ? "* " : "", words);
        zcb_grid_set(&group->grid, i, text);
    }
    return 0;
}

static int print_aspect(zcb_table_group *group, zcb_aspect aspect, int is_full, FILE *stream)
{
    static const char *const titles[ZCB_ASPECT_COUNT] = {
        "TIME (below 1: faster)", "TIME ÷ MEMCPY (below 1: faster)",
        "SPEED-UP (above 1: sharing gains more)"};
    const zcb_comparison *first = zcb_table_whole(group->items);
    const char *title = aspect == ZCB_ASPECT_NORMALISED && !first->is_paired
                            ? "COPY ÷ MEMCPY, VIEW ÷ NULL"
                            : titles[aspect];
    int result = -1;
    group->grid = (zcb_grid){.column_count = group->count};
    if (add_head(group, title) != 0) {
        goto done;
    }
    size_t head_rows = group->grid.row_count;
    if (is_full && (group->options->with_cells ? add_all_cells(group, aspect)
                                               : add_all_series(group, aspect)) != 0) {
        goto done;
    }
    if (add_means(group, aspect) != 0) {
        goto done;
    }
    if (group->grid.row_count > head_rows) {
        zcb_table_flush(group, stream);
    }
    result = 0;
done:
    zcb_grid_clear(&group->grid);
    return result;
}

static int print_group(zcb_table_group *group, FILE *stream)
{
    const int is_timed = zcb_table_whole(group->items)->is_paired;
    unsigned aspects = group->options->aspects;
    if (aspects == 0) {
        aspects = is_timed ? 1u << ZCB_ASPECT_TIME
                           : 1u << ZCB_ASPECT_NORMALISED | 1u << ZCB_ASPECT_SPEEDUP;
    }
    for (int aspect = 0; aspect < ZCB_ASPECT_COUNT; aspect++) {
        if (print_aspect(group, (zcb_aspect)aspect, (aspects & (1u << aspect)) != 0, stream) !=
            0) {
            return -1;
        }
    }
    if (zcb_table_breakevens(group, stream) != 0) {
        return -1;
    }
    zcb_table_notes(group, stream);
    return 0;
}

static int has_same_base(const zcb_compared *one, const zcb_compared *other)
{
    const zcb_side *a = &zcb_table_whole(one)->base, *b = &zcb_table_whole(other)->base;
    return a->analysis == b->analysis && a->variant == b->variant;
}

int zcb_comparison_table(const zcb_comparison_set *set,
                         const zcb_comparison_table_options *options, FILE *stream,
                         zcb_error *error)
{
    for (size_t first = 0, end; first < set->count; first = end) {
        end = first + 1;
        while (end < set->count && has_same_base(&set->items[first], &set->items[end]) &&
               zcb_table_whole(&set->items[first])->is_paired ==
                   zcb_table_whole(&set->items[end])->is_paired) {
            end++;
        }
        zcb_table_group group = {.items = &set->items[first],
                                 .count = end - first,
                                 .options = options,
                                 .error = error};
        if (print_group(&group, stream) != 0) {
            return -1;
        }
    }
    return 0;
}
