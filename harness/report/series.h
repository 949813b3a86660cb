/* Cells that differ in size only, put side by side, and the sizes from which sharing pays. */
#ifndef ZCB_REPORT_SERIES_H
#define ZCB_REPORT_SERIES_H

#include "report/analysis.h"

/* Fills series and breakeven of an analysis whose results and speed-ups are complete. 0 or -1
 * (memory; what was made stays in *analysis for its clear). */
int zcb_series_make(zcb_analysis *analysis, zcb_error *error);

#endif
