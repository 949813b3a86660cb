/* The run as one Markdown page: what a CI job shows. */
#ifndef ZCB_REPORT_SUMMARY_MD_H
#define ZCB_REPORT_SUMMARY_MD_H

#include "base/error.h"
#include "report/analysis.h"

#include <stdio.h>

/* Writes summary.md: verdict, controls, machine, interpreters, cells that are not ok with their
 * reasons. Every text from outside is escaped. Below 1 MiB: what is too much is counted
 * instead. 0, or -1 (memory; write errors stay in the stream). */
int zcb_summary_md(const zcb_analysis *analysis, FILE *stream, zcb_error *error);

#endif
