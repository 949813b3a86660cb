/* Everything derived in a run's folder, written from what was recorded: summary.csv,
 * speedup.csv, breakeven.csv, scaling.csv, summary.md, answers.md, plots/, report.html. */
#ifndef ZCB_REPORT_DERIVE_H
#define ZCB_REPORT_DERIVE_H

#include "base/error.h"
#include "report/analysis.h"
#include "store/recorded.h"

/* Zero values are the documented defaults. Borrowed for the call. */
typedef struct zcb_report_options {
    const char
        *templates_dir;  /* folder with the .gp templates; NULL: no pictures, without a note */
    const char *gnuplot; /* program, looked up on PATH; NULL: gnuplot */
    unsigned jobs;       /* gnuplot processes at a time; 0: 2 */
    /* Pictures to be drawn (report/plot_choice.h); nothing else is written then. NULL: all, and
     * everything. */
    const char *figures;
    /* Told one line (no newline) about whatever could not be made but does not fail the report:
     * gnuplot missing, a picture gnuplot refused. NULL: nobody listens. */
    void (*note)(void *context, const char *text);
    void *note_context;
} zcb_report_options;

/* Writes the derived files into the existing folder `dir`. The same recorded data give the same
 * bytes, whatever the folder, the time or the locale (pictures: with the same gnuplot and
 * fonts). 0, or -1 when a file can't be written (each file is whole or as it was).
 * `options` may be NULL. */
int zcb_report_write(const zcb_recorded *recorded, const char *dir,
                     const zcb_report_options *options, zcb_error *error);

/* The same from an analysis that is already there (the run has just printed its verdict). */
int zcb_report_write_analysis(const zcb_analysis *analysis, const char *dir,
                              const zcb_report_options *options, zcb_error *error);

#endif
