/* How speed-ups and break-evens changed from run to run: what is kept of each run once it was read,
 * so that any number of them can be told. */
#ifndef ZCB_REPORT_HISTORY_H
#define ZCB_REPORT_HISTORY_H

#include "base/error.h"
#include "report/analysis.h"
#include "report/pictures.h"
#include "stats/interval.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A run that was read. Owned texts, "" where unknown. */
typedef struct zcb_history_run {
    char *run_id, *started_utc;
    size_t first, count; /* its rows */
} zcb_history_run;

/* One series of one variant of one run. Invariant: the texts of `cell` are interned in the
 * history's cells. */
typedef struct zcb_history_row {
    zcb_cell cell;        /* its size is that of the speed-up; 0: there is none */
    const char *arm;      /* interned */
    const char *version;  /* of Python; interned */
    const char *commit;   /* of zcbench; interned */
    zcb_interval speedup; /* at the reference size, or the largest below */
    const char *status;   /* of the break-even; "" without. Static storage */
    zcb_interval bytes;   /* of the first crossing; NAN without */
    char answer[160];     /* "pays from 864 B (852–880)" */
} zcb_history_row;

/* Zero value: empty. Owns its members. */
typedef struct zcb_history {
    zcb_cells *cells; /* of its texts */
    zcb_history_run *runs;
    size_t run_count;
    zcb_history_row *rows;
    size_t row_count;
} zcb_history;

/* Keeps what `analysis` says. 0, or -1 (memory). */
int zcb_history_add(zcb_history *history, const zcb_analysis *analysis, zcb_error *error);

/* Brings the runs into the order of their start. */
void zcb_history_sort(zcb_history *history);

void zcb_history_clear(zcb_history *history);

/* 1 when both rows are of one question on one variant. */
int zcb_history_is_same(const zcb_history_row *one, const zcb_history_row *other);

/* Writes history.csv: a row per run, variant and series, in the order of the runs. 0 or -1. */
int zcb_history_write(const zcb_history *history, const char *path, zcb_error *error);

/* Prints it: a block per question and variant, a line per run. 0 or -1 (memory; write errors stay in
 * the stream). */
int zcb_history_print(const zcb_history *history, unsigned width, FILE *stream,
                      zcb_error *error);

/* Writes the files of a picture per question into `folder` and adds them. 0 or -1. */
int zcb_plot_history(const zcb_history *history, const char *folder, zcb_pictures *pictures,
                     zcb_error *error);

#endif
