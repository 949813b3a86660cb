/* report.html: the run as one page that needs nothing beside it. */
#ifndef ZCB_REPORT_PAGE_H
#define ZCB_REPORT_PAGE_H

#include "report/pictures.h"

#include <stdio.h>

/* Writes the page: verdict, machine and warnings, the pictures that were drawn (read from
 * dir/plots and put into the page), memory and meaning, controls, cells that are not ok, lies,
 * method, the command to run it again. No script, no request, every text from outside escaped.
 * Pictures that are not drawn are named with links to their data; when they would make the page
 * too large (about 5 MB), so are those of further interpreters. 0 or -1 (memory, a picture that
 * can't be read; write errors stay in the stream). */
int zcb_page_write(const zcb_analysis *analysis, const char *dir, const zcb_pictures *pictures,
                   FILE *stream, zcb_error *error);

#endif
