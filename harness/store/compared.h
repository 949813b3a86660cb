/* The tables of a comparison, row by row: compare.csv (cells), compare-means.csv (series of
 * cells, and everything), compare-breakeven.csv. They may have very many rows, so nothing is
 * gathered. */
#ifndef ZCB_STORE_COMPARED_H
#define ZCB_STORE_COMPARED_H

#include "base/error.h"
#include "store/cells.h"
#include "store/files.h"

#include <stddef.h>
#include <stdio.h>

/* A number with its ends, NAN where missing: an empty field. */
typedef struct zcb_compared_number {
    double estimate, lo, hi;
} zcb_compared_number;

/* Which variants of which runs. Texts borrowed. */
typedef struct zcb_compared_sides {
    const char *base_run_id, *base, *head_run_id, *head;
} zcb_compared_sides;

/* A row of compare.csv or of compare-means.csv. Texts borrowed. */
typedef struct zcb_compared_row {
    const zcb_compared_sides *sides;
    const zcb_cell *cell; /* of base; in compare-means.csv its size is not written, NULL: over
                             everything */
    const char *arm;
    const char *pairs;  /* compare-means.csv only, over everything: all, numpy, other */
    const char *figure; /* time over_limit over_null speedup */
    const char *share;  /* "" the whole change; python, numpy: that share of it */
    zcb_compared_number base, head; /* compare.csv only: the figure on each side */
    zcb_compared_number ratio;      /* head ÷ base */
    size_t cells;                   /* compare-means.csv only */
    size_t launches;
    double p, adjusted_p;
    const char *verdict;
    const char *builds; /* what differs between the builds and touches the row, or "" */
} zcb_compared_row;

/* A row of compare-breakeven.csv. Texts borrowed. */
typedef struct zcb_compared_breakeven {
    const zcb_compared_sides *sides;
    const zcb_cell *cell; /* of base: its size is not written */
    const char *arm;
    const char *base_status, *head_status; /* as in breakeven.csv */
    zcb_compared_number base_bytes, head_bytes, ratio;
    const char *builds;
} zcb_compared_breakeven;

/* Begin one of the tables with its header row; rows go to zcb_file_stream, zcb_file_commit ends
 * it. NULL on failure. */
zcb_file *zcb_compared_begin(const char *path, zcb_error *error);
zcb_file *zcb_compared_means_begin(const char *path, zcb_error *error);
zcb_file *zcb_compared_breakevens_begin(const char *path, zcb_error *error);

/* Write one row of the table of that name. */
void zcb_compared_print(FILE *stream, const zcb_compared_row *row);
void zcb_compared_mean_print(FILE *stream, const zcb_compared_row *row);
void zcb_compared_breakeven_print(FILE *stream, const zcb_compared_breakeven *row);

#endif
