/* One cell's figures: from the visits of its arms to rows of summary.csv and speedup.csv and to
 * a judgement. The rules of the judgement stand in analysis.h. */
#ifndef ZCB_REPORT_FIGURES_H
#define ZCB_REPORT_FIGURES_H

#include "base/error.h"
#include "report/grouping.h"
#include "stats/blocks.h"
#include "store/derived.h"

#define ZCB_CONFIDENCE 0.95

/* What can be said against a cell. Zero value: nothing. */
typedef struct zcb_judgement {
    int is_wide, is_twin, is_drift, is_order, is_few_launches;
    char reason[256]; /* why it is noisy; "" when it isn't */
} zcb_judgement;

/* One cell's figures. Zero value: empty. Rows' cell, status and flags are left to the caller;
 * arms are borrowed from the samples. `twin_logs` and `limit_logs` hold a launch's block values
 * of ln(twin ÷ copy) and ln(limit ÷ copy); owned. */
typedef struct zcb_figures {
    zcb_summary_row summary[ZCB_ARMS_MAX];
    size_t summary_count;
    zcb_speedup_row speedup[ZCB_ARMS_MAX];
    size_t speedup_count;
    zcb_clusters twin_logs, limit_logs;
    zcb_judgement judgement;
} zcb_figures;

/* Computes all figures of a cell; arms in the order copy, alternatives as in `alternatives`
 * (then others by name), null, twin, limit. 0, or -1 with *out empty (memory). */
int zcb_figures_make(const zcb_cell_visits *visits, const char *const *alternatives,
                     size_t alternative_count, zcb_figures *out, zcb_error *error);
void zcb_figures_clear(zcb_figures *figures);

/* Sets *is_flagged to 1 where the same code visited twice differs: the word `twin` of a
 * judgement. 0, or -1 (memory). */
int zcb_figures_twin_flags(zcb_visits twin, zcb_visits copy, int *is_flagged);

#endif
