/* From recorded samples to everything that is said about them: the one place where figures are
 * made. Tables, pictures and pages only show what stands here.
 *
 * Samples are told apart by cell, launch, block and arm; where one visit was recorded twice (a
 * cell measured again after an interruption) the later row counts. Time per operation = elapsed
 * ÷ iterations. A cell that was refused, failed or skipped keeps its summary rows, but gives no
 * speed-up and no break-even.
 *
 * How a cell is judged (all derived: cells.csv is never changed). The half-width of an interval
 * lo…hi of a ratio is √(hi ÷ lo) − 1. An `ok` cell becomes `noisy` when it is
 *   wide   a speed-up's half-width is above 10 %, or above 25 % where the speed-up or its inverse
 *          is at least 10: there 340× (290–400) is still an answer; or
 *   twin   the same code visited twice differs: ln(twin ÷ copy) is not 0 at the 1 % level and its
 *          centre is more than 1 % off.
 * These words are added to the recorded flags, and, without making a cell noisy,
 *   drift  the speed-up of a launch's last third of blocks differs from that of its first third,
 *          at the 1 % level and by more than 2 %;
 *   order  times depend on the place in the block, at the 1 % level and by more than 0.5 % per
 *          place;
 *   few_launches   fewer than 3 launches: intervals are missing or useless. */
#ifndef ZCB_REPORT_ANALYSIS_H
#define ZCB_REPORT_ANALYSIS_H

#include "base/error.h"
#include "report/steadiness.h"
#include "stats/interval.h"
#include "store/derived.h"
#include "store/recorded.h"

#include <stddef.h>
#include <stdint.h>

/* One cell. Invariant: results are sorted by variant, pair (as in run.json), lane, heap, cache,
 * consumer, size, so that the cells of one series lie side by side. */
typedef struct zcb_cell_result {
    uint32_t cell;
    zcb_status status; /* as recorded; ok may have become noisy; no recorded row: ok */
    char *reason;      /* owned; as recorded, or why the cell is noisy; "" when ok */
    char *flags;       /* owned; words parted by spaces */
    size_t summary_first, summary_count; /* its rows in zcb_analysis.summary */
    size_t speedup_first, speedup_count; /* its rows in zcb_analysis.speedup */
} zcb_cell_result;

/* All sizes of one alternative of pair × lane × heap × cache × consumer on one variant. */
typedef struct zcb_series {
    const char *arm; /* "view" or "view:…", planned or measured; borrowed from `recorded` */
    size_t result_first, result_count;       /* its cells, ascending in size */
    size_t breakeven_first, breakeven_count; /* its rows, none when no cell gave a speed-up */
} zcb_series;

/* What the run says about itself. */
typedef struct zcb_controls {
    zcb_interval
        twin; /* twin ÷ copy, geometric mean over cells per launch, then over launches; 95 % */
    zcb_interval limit; /* memcpy's time ÷ copy's time at limit_bytes, likewise over Z pairs */
    uint64_t limit_bytes;           /* the size of `limit`; 0: nothing to say */
    size_t twin_cells, limit_cells; /* cells that went in */
    double timed_share;             /* as recorded in run.json; NAN unknown */
    size_t cell_count;              /* cells known to the run */
    size_t status_count[ZCB_STATUS_COUNT];
} zcb_controls;

/* When a copy that is read again and again has paid for itself (report/reuse.h). */
typedef enum zcb_reuse_answer {
    ZCB_REUSE_UNCLEAR,    /* the data do not say */
    ZCB_REUSE_FROM,       /* from `reads` reads on */
    ZCB_REUSE_NOT_BEFORE, /* not before reads.lo reads, if ever */
    ZCB_REUSE_NEVER,      /* reading the alternative takes no longer than reading the copy */
    ZCB_REUSE_COPY        /* the copy is the cheaper one from the start */
} zcb_reuse_answer;

/* One alternative of a cell with consumer drop that has a cell with consumer read beside it. */
typedef struct zcb_reuse_row {
    uint32_t cell;
    const char *arm; /* borrowed from the series */
    zcb_reuse_answer answer;
    zcb_interval reads; /* set for FROM; for NOT_BEFORE lo alone */
} zcb_reuse_row;

/* Zero value: empty. Owns its arrays; texts in rows are borrowed from results and from
 * `recorded`. */
typedef struct zcb_analysis {
    const zcb_recorded *recorded; /* borrowed: must outlive the analysis */
    zcb_cell_result *results;
    size_t result_count;
    zcb_series *series;
    size_t series_count;
    zcb_summary_row *summary;
    size_t summary_count;
    zcb_speedup_row *speedup;
    size_t speedup_count;
    zcb_breakeven_row *breakeven;
    size_t breakeven_count;
    zcb_scaling_row *scaling; /* report/scaling.h says what they are */
    size_t scaling_count;
    zcb_reuse_row *reuse;
    size_t reuse_count;
    zcb_controls controls;
    zcb_launch_steadiness *steadiness; /* by variant, then launch */
    size_t steadiness_count;
} zcb_analysis;

/* The size at which a single speed-up is told and the limit is compared: 1 MiB. */
#define ZCB_REFERENCE_BYTES UINT64_C(1048576)

/* Computes everything from `recorded`; the same input gives the same figures. 0, or -1 with
 * *out empty (memory). Needs about 4 bytes per sample besides the result. */
int zcb_analyse(const zcb_recorded *recorded, zcb_analysis *out, zcb_error *error);

void zcb_analysis_clear(zcb_analysis *analysis);

/* The summary row of `arm` in `result`, or NULL; borrowed. */
const zcb_summary_row *zcb_analysis_summary(const zcb_analysis *analysis,
                                            const zcb_cell_result *result, const char *arm);

/* The speed-up row of alternative `arm` in `result`, or NULL; borrowed. */
const zcb_speedup_row *zcb_analysis_speedup(const zcb_analysis *analysis,
                                            const zcb_cell_result *result, const char *arm);

/* The speed-up row of `series` at the largest size that is at most `bytes`, or at its smallest
 * size; NULL when it has none. */
const zcb_speedup_row *zcb_analysis_speedup_at(const zcb_analysis *analysis,
                                               const zcb_series *series, uint64_t bytes);

#endif
