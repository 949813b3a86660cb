/* The answer on the terminal: from what size on sharing pays, by how much, and how sure that
 * is. */
#ifndef ZCB_REPORT_VERDICT_TABLE_H
#define ZCB_REPORT_VERDICT_TABLE_H

#include "base/error.h"
#include "report/analysis.h"

#include <stdio.h>

/* Prints the verdict table (a row per pair, lane, alternative and condition, a column per
 * variant), the controls and how many cells are noisy, refused, failed or were left out, no
 * line wider than `width` columns (0: 80; at least 40 are taken). Names are shown with control
 * characters escaped; with is_colored the
 * answers have colours. 0, or -1 (memory; a write error stays in the stream, for the caller to
 * ask). */
int zcb_verdict_print(const zcb_analysis *analysis, unsigned width, int is_colored,
                      FILE *stream, zcb_error *error);

#endif
