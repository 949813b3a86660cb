/* The figures a gate accepts, in a file that is small, says one thing per line and is reviewed
 * like code: dimensionless, so that they mean something on another day; and what they hold for.
 * Schema 1. */
#ifndef ZCB_STORE_BASELINE_H
#define ZCB_STORE_BASELINE_H

#include "base/error.h"
#include "store/cells.h"

#include <stddef.h>
#include <stdint.h>

#define ZCB_BASELINE_SCHEMA 1

/* Time of an arm ÷ time of another arm of the same blocks. */
typedef struct zcb_baseline_figure {
    uint32_t cell;        /* in the baseline's cells */
    const char *arm;      /* copy or an alternative; interned */
    const char *divisor;  /* null or limit; interned */
    double ratio, lo, hi; /* with its 95 % interval over launches; all above 0 */
    uint32_t launches;
} zcb_baseline_figure;

/* From what size on an alternative pays. */
typedef struct zcb_baseline_breakeven {
    uint32_t cell;        /* of the series: its size is the smallest measured */
    const char *arm;      /* interned */
    const char *status;   /* as in breakeven.csv; interned */
    double bytes, lo, hi; /* of `crossed`; else NAN */
} zcb_baseline_breakeven;

/* A variant and what its figures hold for: the parts of a fingerprint, as texts. Owned; "" or
 * NULL unknown. */
typedef struct zcb_baseline_variant {
    char *name, *cpu_model, *kernel, *libc, *compiler, *python_build, *numpy;
} zcb_baseline_variant;

/* Zero value: empty. Owns its members. Invariant: every row's cell is of a variant in the list.
 */
typedef struct zcb_baseline {
    char *run_id, *ended_utc, *commit;
    zcb_baseline_variant *variants;
    size_t variant_count;
    zcb_cells *cells;
    zcb_baseline_figure *figures;
    size_t figure_count;
    zcb_baseline_breakeven *breakevens;
    size_t breakeven_count;
} zcb_baseline;

void zcb_baseline_clear(zcb_baseline *baseline);

/* Brings variants and rows into the order of the file — by their words and numbers — so that
 * equal runs give equal files but for the numbers. */
void zcb_baseline_sort(zcb_baseline *baseline);

/* The variant called `name`, or NULL; borrowed. */
const zcb_baseline_variant *zcb_baseline_find(const zcb_baseline *baseline, const char *name);

/* Writes the file whole or not at all. 0 or -1. */
int zcb_baseline_write(const char *path, const zcb_baseline *baseline, zcb_error *error);

/* Reads it back. 0, or -1 with *out empty: exit code 5 where there is no such file, 2 for one
 * that can't be read, is cut short, is no baseline, or of a newer schema. */
int zcb_baseline_read(const char *path, zcb_baseline *out, zcb_error *error);

#endif
