/* The derived tables: plain rows and their writers. A number that is missing is written as an
 * empty field, never as NaN: in memory it is NAN. */
#ifndef ZCB_STORE_DERIVED_H
#define ZCB_STORE_DERIVED_H

#include "base/error.h"
#include "store/cells.h"

#include <stddef.h>
#include <stdint.h>

/* summary.csv: one row per cell and arm. Times per operation. */
typedef struct zcb_summary_row {
    uint32_t cell;
    const char *arm;
    uint64_t launches, samples;
    double median_ns, ci_lo_ns, ci_hi_ns, mean_ns, sd_ns, min_ns, p99_ns, faults_per_op;
    zcb_status status;
    const char *flags; /* borrowed from the cell's row */
} zcb_summary_row;

/* speedup.csv: one row per cell and alternative. */
typedef struct zcb_speedup_row {
    uint32_t cell;
    const char *arm; /* the alternative */
    double gross, gross_lo, gross_hi;
    double net, net_lo, net_hi; /* one-sided: net and net_hi NAN, net_lo set */
    double twin, twin_lo, twin_hi;
    double limit_ratio;
    const char *verdict; /* same faster slower unclear, "" when there is no interval */
    /* Not columns: how steady it was. Standard deviation over launches of ln(gross), and the
     * speed-up in the last third of a launch ÷ that in the first. */
    double launch_sd, drift, drift_lo, drift_hi;
    int is_drifting; /* 1: flagged for it */
} zcb_speedup_row;

/* breakeven.csv: one row per crossing, of pair × lane × conditions × alternative. */
typedef struct zcb_breakeven_row {
    uint32_t cell; /* any cell of the series: its size is not written */
    const char *arm;
    const char *status; /* crossed always never none_in_range inconclusive multiple */
    double bytes, ci_lo, ci_hi;
} zcb_breakeven_row;

/* scaling.csv: one row per regime of an arm of pair × lane × conditions. */
typedef struct zcb_scaling_row {
    uint32_t cell; /* any cell of the series: its size is not written */
    const char *arm;
    uint64_t regime_lo_bytes, regime_hi_bytes; /* smallest and largest size fitted */
    double exponent, ci_lo, ci_hi;
    double expected; /* NAN: nothing is expected of this regime */
    int is_finding;  /* the exponent is not the expected one; not a column */
} zcb_scaling_row;

/* Each writes its table to `path`, whole or not at all: `rows` in their order under the header,
 * every row with run_id, cells named as `cells` has them, NAN as an empty field. 0; -1 with `error`
 * when the file can't be written, and what was there before stays. */
int zcb_summary_write(const char *path, const char *run_id, const zcb_cells *cells,
                      const zcb_summary_row *rows, size_t count, zcb_error *error);
int zcb_speedup_write(const char *path, const char *run_id, const zcb_cells *cells,
                      const zcb_speedup_row *rows, size_t count, zcb_error *error);
int zcb_breakeven_write(const char *path, const char *run_id, const zcb_cells *cells,
                        const zcb_breakeven_row *rows, size_t count, zcb_error *error);
int zcb_scaling_write(const char *path, const char *run_id, const zcb_cells *cells,
                      const zcb_scaling_row *rows, size_t count, zcb_error *error);

#endif
