/* The page's style sheet: report.css, put into the program when it is built. */
#ifndef ZCB_REPORT_PAGE_CSS_H
#define ZCB_REPORT_PAGE_CSS_H

#include <stddef.h>

extern const char zcb_page_css[]; /* not NUL-terminated */
extern const size_t zcb_page_css_size;

#endif
