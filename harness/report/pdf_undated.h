/* A PDF of cairo's without the time at which it was drawn, so that the same data give the same
 * bytes: no setting of gnuplot's or cairo's leaves it out. */
#ifndef ZCB_REPORT_PDF_UNDATED_H
#define ZCB_REPORT_PDF_UNDATED_H

#include "base/error.h"

#include <stddef.h>

/* Takes the date of creation out of *text (owned, *length bytes and a NUL, a whole file), which may become
 * another piece of memory. A file in which no date stands where cairo 1.16 and 1.18 put it stays
 * as it is. 0; -1 when memory is short (*text as it was). */
int zcb_pdf_undate(char **text, size_t *length, zcb_error *error);

/* The same with the file at `path`, which is written over: the caller renames it when it is
 * whole. 0 or -1. */
int zcb_pdf_undate_file(const char *path, zcb_error *error);

#endif
