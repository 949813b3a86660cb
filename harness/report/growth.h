/* A finding about growth in words, with what was counted beside it: a time that grows otherwise
 * than promised is often that of fresh memory. */
#ifndef ZCB_REPORT_GROWTH_H
#define ZCB_REPORT_GROWTH_H

#include "report/analysis.h"

#define ZCB_GROWTH_TEXT_MAX 256

/* "time grows as n^1.91 (1.87–1.95) from 64 KiB to 1 MiB, where a pair of kind Z promises n^1;
 * page faults per operation grow from 0 to 859": of a row with is_finding. The last part stands
 * there where the arm has a page fault more per operation at the regime's largest size than at
 * its smallest. Written into out[size]; returns `out`. */
char *zcb_growth_text(const zcb_analysis *analysis, const zcb_scaling_row *row, char *out,
                      size_t size);

/* The note of the row's pair; "" without one. Borrowed. */
const char *zcb_growth_note(const zcb_analysis *analysis, const zcb_scaling_row *row);

#endif
