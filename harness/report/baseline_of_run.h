/* What a run is remembered by: its dimensionless figures and break-evens, and what they hold
 * for. */
#ifndef ZCB_REPORT_BASELINE_OF_RUN_H
#define ZCB_REPORT_BASELINE_OF_RUN_H

#include "base/error.h"
#include "report/analysis.h"
#include "report/launch_figures.h"
#include "store/baseline.h"

/* Fills *out, sorted, from the cells that are ok: time of copy and of every alternative ÷
 * null's, which takes out how fast the machine runs code; or ÷ limit's, which takes out how
 * fast it moves bytes, where the arm moves bytes (copy always, an alternative unless its kind
 * is Z or L) and takes at most twice as long as memcpy. Cells of other statuses are counted in
 * *left_out. `figures` are those of the same run. 0, or -1 with *out empty: memory, or nothing
 * that could be remembered (exit code 5). */
int zcb_baseline_of_run(const zcb_analysis *analysis, const zcb_launch_figures *figures,
                        zcb_baseline *out, size_t *left_out, zcb_error *error);

#endif
