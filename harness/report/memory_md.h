/* Why this file: time is not the whole price. What results allocate, keep alive and mean, and
 * what only looks like a copy or a view, as two sections of a Markdown page. */
#ifndef ZCB_REPORT_MEMORY_MD_H
#define ZCB_REPORT_MEMORY_MD_H

#include "store/recorded.h"

#include <stdio.h>

/* "Memory and meaning": a row for every alternative of a pair, lane and interpreter, at 64 KiB
 * or the nearest size below that was looked at. Nothing where nothing was recorded. */
void zcb_memory_md(const zcb_recorded *recorded, FILE *stream);

/* "What only looks like a copy or a view": a row for every statement, a column for every
 * interpreter. Nothing where nothing was recorded. */
void zcb_lies_md(const zcb_recorded *recorded, FILE *stream);

#endif
