/* What the table of a comparison and the notes below it share. Internal to comparison_table.c
 * and comparison_notes.c. */
#ifndef ZCB_REPORT_COMPARISON_TABLE_PARTS_H
#define ZCB_REPORT_COMPARISON_TABLE_PARTS_H

#include "report/comparison_table.h"
#include "report/grid.h"

enum { ZCB_TABLE_TEXT_MAX = 512 };

/* Items of a set that have one base. Borrowed but for the grid, which holds what is being put
 * together. */
typedef struct zcb_table_group {
    const zcb_compared *items;
    size_t count;
    const zcb_comparison_table_options *options;
    zcb_grid grid;
    zcb_error *error;
} zcb_table_group;

static inline const zcb_comparison *zcb_table_whole(const zcb_compared *item)
{
    return &item->shares[ZCB_SHARE_WHOLE];
}

static inline const zcb_variant *zcb_table_variant(const zcb_side *side)
{
    return &side->analysis->recorded->run.variants[side->variant];
}

/* A cell of the base's run; borrowed. */
static inline const zcb_cell *zcb_table_cell(const zcb_table_group *group, uint32_t cell)
{
    return zcb_cells_at(zcb_table_whole(group->items)->base.analysis->recorded->cells, cell);
}

/* "1.58× (1.54–1.62)* slower": a star where builds differ. Returns `out`. */
char *zcb_table_ratio(zcb_interval ratio, const char *verdict, unsigned differences, char *out,
                      size_t size);

/* Prints the grid and an empty line, and clears it. */
void zcb_table_flush(zcb_table_group *group, FILE *stream);

/* Prints where sharing begins to pay on each side. 0 or -1 (memory). */
int zcb_table_breakevens(zcb_table_group *group, FILE *stream);

/* Prints what has to be known to read the table. */
void zcb_table_notes(const zcb_table_group *group, FILE *stream);

#endif
