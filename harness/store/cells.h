/* Names and cells as small numbers: every table that speaks of cells refers to one list of
 * them. */
#ifndef ZCB_STORE_CELLS_H
#define ZCB_STORE_CELLS_H

#include "base/words.h"

#include <stddef.h>
#include <stdint.h>

/* A cell. Invariant: the texts are owned by the list that holds the cell. */
typedef struct zcb_cell {
    const char *python; /* the variant's name in this run */
    const char *pair;
    zcb_lane lane;
    zcb_heap heap;
    zcb_cache cache;
    zcb_consumer consumer;
    uint64_t size_bytes;
} zcb_cell;

/* A growing list of distinct cells, found by content. Invariant: indices never change. */
typedef struct zcb_cells zcb_cells;

/* New, empty; NULL when memory is short. */
zcb_cells *zcb_cells_new(void);

/* Releases the list and all its texts; NULL is allowed. */
void zcb_cells_free(zcb_cells *cells);

/* Index of the cell equal to `cell`, added (texts copied) when it is new; -1 when memory is
 * short. */
int64_t zcb_cells_add(zcb_cells *cells, const zcb_cell *cell);

/* Index of the cell equal to `cell`, or -1. */
int64_t zcb_cells_find(const zcb_cells *cells, const zcb_cell *cell);

/* The cell at `index` < count; borrowed from the list, valid until the next add. */
const zcb_cell *zcb_cells_at(const zcb_cells *cells, size_t index);
size_t zcb_cells_count(const zcb_cells *cells);

/* The list's own copy of `text` (a python, pair or arm name): equal texts give equal pointers.
 * NULL when memory is short. */
const char *zcb_cells_intern(zcb_cells *cells, const char *text);

#endif
