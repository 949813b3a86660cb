/* compare.csv, compare-means.csv, compare-breakeven.csv and the picture of a comparison. */
#ifndef ZCB_REPORT_COMPARISON_FILES_H
#define ZCB_REPORT_COMPARISON_FILES_H

#include "base/error.h"
#include "report/comparison_set.h"

/* Writes the three tables into the existing folder `dir`. 0, or -1 when a file can't be written
 * (each is whole or as it was). */
int zcb_comparison_write(const zcb_comparison_set *set, const char *dir, zcb_error *error);

/* The words of what differs between the builds and touches a share of a change: "compiler,
 * PGO". Returns `out`. */
char *zcb_comparison_builds(unsigned differences, zcb_share share, char *out, size_t size);

#endif
