/* The questions people ask, answered from one run: answers.md. No number on it was typed by
 * hand. */
#ifndef ZCB_REPORT_ANSWERS_PAGE_H
#define ZCB_REPORT_ANSWERS_PAGE_H

#include "report/analysis.h"

#include <stdio.h>

/* Writes the page in Markdown: each question with what this run says about it, with machine and
 * date; or that it was not measured and which command measures it. */
void zcb_answers_page(const zcb_analysis *analysis, FILE *stream);

#endif
