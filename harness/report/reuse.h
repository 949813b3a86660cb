/* After how many reads a copy has paid for itself: sharing is cheaper to hand over, but a view whose
 * bytes do not lie side by side, or that moves the cost to the first touch, is dearer to read each
 * time. Asks for cells measured with consumer `drop` and `read`. */
#ifndef ZCB_REPORT_REUSE_H
#define ZCB_REPORT_REUSE_H

#include "report/analysis.h"
#include "report/size_times.h"

#include <stdio.h>

#define ZCB_REUSE_TEXT_MAX 320

/* Fills analysis->reuse from the launch medians: one row per cell and alternative that has both
 * consumers. With C and V the times of copy and alternative, dropped (d) or read (r), handing over
 * costs C_d and V_d, each read C_r - C_d and V_r - V_d; a copy read k times is the cheaper one from
 *     k = (C_d - V_d) / ((V_r - V_d) - (C_r - C_d))
 * on. Numerator and denominator of a launch are divided by its C_d, which takes out a launch that was
 * slower as a whole; the interval is Fieller's (stats/ratio.h). 0 or -1 (memory). */
int zcb_reuse_make(zcb_analysis *analysis, const zcb_launch_logs *logs, zcb_error *error);

/* What the row of `series` at 1 MiB, or the largest size below, says: "at 1 MiB the copy is the
 * cheaper one from 3.2 reads on (2.9–3.6)"; "" where there is no row. Returns `out`. */
char *zcb_reuse_text(const zcb_analysis *analysis, const zcb_series *series, char *out,
                     size_t size);

/* Writes the section "How often must it be read until a copy pays?" in Markdown; nothing where no
 * cell has both consumers. */
void zcb_reuse_md(const zcb_analysis *analysis, FILE *stream);

#endif
