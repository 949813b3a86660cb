/* A comparison on the terminal: what changed, by how much, how sure that is, and what else than
 * Python may have done it. */
#ifndef ZCB_REPORT_COMPARISON_TABLE_H
#define ZCB_REPORT_COMPARISON_TABLE_H

#include "base/error.h"
#include "report/comparison_aspect.h"

#include <stdio.h>

/* Zero values: every series' mean, the aspect that suits, 80 columns. */
typedef struct zcb_comparison_table_options {
    unsigned aspects; /* set of 1 << zcb_aspect shown in full; of the others the means over
                       everything. 0: time where it was compared, else normalised and speedup */
    int with_cells;   /* 1: every cell instead of the mean of each series */
    unsigned width;   /* columns; 0: 80 */
} zcb_comparison_table_options;

/* Prints all items of `set`; items with one base side by side. 0, or -1 (memory; write errors
 * stay in the stream). */
int zcb_comparison_table(const zcb_comparison_set *set,
                         const zcb_comparison_table_options *options, FILE *stream,
                         zcb_error *error);

#endif
