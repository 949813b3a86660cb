/* What a comparison is put together from. Internal to the comparison files of this room. */
#ifndef ZCB_REPORT_COMPARISON_PARTS_H
#define ZCB_REPORT_COMPARISON_PARTS_H

#include "report/comparison_set.h"

/* Fills the break-evens of an item whose comparison is made. 0 or -1 (memory). */
int zcb_breakeven_changes_make(zcb_compared *item, zcb_error *error);

/* Launch values of ln(head ÷ base), at the places of a comparison's rows. Row r has
 * launches[starts[r]] … launches[starts[r + 1] − 1]. */
typedef struct zcb_comparison_values {
    size_t *starts;
    uint32_t *launches;
    double *logs;
} zcb_comparison_values;

/* The p that a verdict asks for: of "nothing changed" within a run, of "it changed by no more
 * than the margin" between two; NAN without a whole interval. */
double zcb_comparison_p(const zcb_comparison *comparison, zcb_interval log, double df);

/* The verdict that an adjusted p gives; see comparison.h. */
zcb_verdict zcb_comparison_judge(const zcb_comparison *comparison, zcb_figure figure,
                                 zcb_interval ratio, double adjusted_p);

/* Correct the p of rows, or of series, figure by figure, and set their verdicts. 0 or -1
 * (memory). */
int zcb_comparison_judge_rows(zcb_comparison *comparison, zcb_error *error);
int zcb_comparison_judge_series(zcb_comparison *comparison, zcb_error *error);

/* Fills series and means of a comparison whose rows are made and judged. 0 or -1 (memory). */
int zcb_comparison_means_make(zcb_comparison *comparison, const zcb_comparison_values *values,
                              zcb_error *error);

#endif
