/* memory.csv, semantics.csv and lies.csv: what operations allocate, what holding their results
 * means, and what only looks like a copy or a view. Recorded once per run, never timed. */
#ifndef ZCB_STORE_MEMORY_ROWS_H
#define ZCB_STORE_MEMORY_ROWS_H

#include "base/error.h"
#include "store/cells.h"

/* Which arm a row speaks of. All texts borrowed: interned in the run's cells. */
typedef struct zcb_arm_key {
    const char *python, *pair;
    zcb_lane lane;
    uint64_t size_bytes;
    const char *arm; /* copy or an alternative */
} zcb_arm_key;

/* Of one operation, NAN where it can't be seen on that build. */
typedef struct zcb_memory_figures {
    double blocks_per_op, bytes_per_op; /* allocations, and bytes asked for */
    double gc_objects_per_op;           /* tracked objects that live with one result */
    double peak_bytes;                  /* held at one moment during the operation */
    double retained_bytes;              /* freed with the result once all else is gone */
    double used_bytes;                  /* shown by the result */
} zcb_memory_figures;

/* Observed: 1 yes, 0 no, -1 could not be observed. */
typedef struct zcb_meaning {
    int change_seen, source_locked, source_kept_alive, writable, contiguous;
} zcb_meaning;

typedef struct zcb_memory_row {
    zcb_arm_key key;
    zcb_memory_figures figures;
} zcb_memory_row;

typedef struct zcb_semantics_row {
    zcb_arm_key key;
    zcb_meaning meaning;
} zcb_semantics_row;

/* A statement that looks like a copy or a view and is none, as seen on one interpreter. */
typedef struct zcb_lie_row {
    const char *python, *lie; /* borrowed: interned in the run's cells */
    char statement[160];      /* as a program would write it */
    char claim[24]; /* what the list says really happens: same object, hidden copy, not free */
    char found[24]; /* what did happen: the same words, or real copy, view; "" where unavailable
                     */
    char note[256]; /* the list's explanation; where unavailable the reason */
} zcb_lie_row;

/* Write a whole table, atomically: 0, or -1. */
int zcb_memory_rows_write(const char *path, const zcb_memory_row *rows, size_t count,
                          zcb_error *error);
int zcb_semantics_rows_write(const char *path, const zcb_semantics_row *rows, size_t count,
                             zcb_error *error);
int zcb_lie_rows_write(const char *path, const zcb_lie_row *rows, size_t count,
                       zcb_error *error);

/* Read a whole table: 0 and *rows (owned by the caller, NULL when empty) and *count set, or -1
 * with both untouched (exit code 2, file and line named); `cells` gains names either way. */
int zcb_memory_rows_read(const char *path, zcb_cells *cells, zcb_memory_row **rows,
                         size_t *count, zcb_error *error);
int zcb_semantics_rows_read(const char *path, zcb_cells *cells, zcb_semantics_row **rows,
                            size_t *count, zcb_error *error);
int zcb_lie_rows_read(const char *path, zcb_cells *cells, zcb_lie_row **rows, size_t *count,
                      zcb_error *error);

#endif
