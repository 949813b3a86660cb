/* A fabricated run, read and analysed: what comparisons and gates are tried on. */
#ifndef ZCB_TESTS_REPORT_SUBJECT_H
#define ZCB_TESTS_REPORT_SUBJECT_H

#include "fabricate.h"

#include "report/analysis.h"
#include "report/launch_figures.h"

/* Owns all three; released by subject_clear. */
typedef struct subject {
    zcb_recorded recorded;
    zcb_analysis analysis;
    zcb_launch_figures figures;
} subject;

/* Analyses what `recorded` holds by now. */
void subject_finish(subject *subject);

/* fabricate and subject_finish. */
void subject_make(const fabrication *fabrication, subject *subject);
void subject_clear(subject *subject);

/* Replaces an owned text. */
void set_text(char **field, const char *text);

#endif
