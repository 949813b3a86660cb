/* What the figures mean, in words: "pays from 0.9 KiB (0.8–1.0)". Terminal, Markdown and page
 * say the same because they all ask here. */
#ifndef ZCB_REPORT_ANSWERS_H
#define ZCB_REPORT_ANSWERS_H

#include "base/error.h"
#include "report/analysis.h"

#define ZCB_ANSWER_TEXT_MAX 320

/* One question: pair × lane × conditions × alternative, and the series that answers it on each
 * variant. */
typedef struct zcb_answer_row {
    char label[ZCB_ANSWER_TEXT_MAX]; /* "bytes_slice python", "append_chunks python join cold
                                        read"; not made safe for showing */
    const zcb_series **by_variant; /* variant_count entries, in the order of run.json; NULL: not
                                      asked; borrowed from the analysis */
} zcb_answer_row;

/* Zero value: empty. Owns its rows. */
typedef struct zcb_answers {
    zcb_answer_row *rows;
    size_t row_count;
    size_t variant_count;
} zcb_answers;

/* Names what a cell and an alternative ask, as a row's label; for the copy, or NULL, without an
 * arm. Written into out[size]. Returns `out`. */
char *zcb_answer_label(const zcb_cell *cell, const char *arm, char *out, size_t size);

/* One row per question, in the order of the analysis. 0, or -1 with *out empty (memory). */
int zcb_answers_make(const zcb_analysis *analysis, zcb_answers *out, zcb_error *error);
void zcb_answers_clear(zcb_answers *answers);

/* From what size on sharing pays: one phrase, written into out[size]; "" for NULL. Returns
 * `out`. */
char *zcb_answer_text(const zcb_analysis *analysis, const zcb_series *series, char *out,
                      size_t size);

/* How an answer may be coloured; the words say the same. */
typedef enum zcb_tone {
    ZCB_TONE_PLAIN, /* it depends on the size, or nothing was asked */
    ZCB_TONE_GOOD,  /* sharing pays, from some size on or always */
    ZCB_TONE_BAD,   /* it never does */
    ZCB_TONE_QUIET, /* no clear answer, or not to be had here */
    ZCB_TONE_FAULT  /* refused or failed */
} zcb_tone;

/* How the answer of `series` (NULL: nothing was asked) may be coloured. */
zcb_tone zcb_answer_tone(const zcb_analysis *analysis, const zcb_series *series);

/* "at 1 MiB 340× (310–370)": the speed-up at the reference size or the largest below it; ""
 * when there is none. Returns `out`. */
char *zcb_answer_speedup(const zcb_analysis *analysis, const zcb_series *series, char *out,
                         size_t size);

/* "twin/copy 1.001 (0.998–1.004) · copy reaches 0.83 (0.80–0.86) of memcpy at 1 MiB · timed
 * share 88 %": what is known of it. Returns `out`. */
char *zcb_answer_controls(const zcb_analysis *analysis, char *out, size_t size);

/* "2 of 144 cells are noisy, 1 refused, 3 unavailable"; "all 144 cells are ok". Returns `out`.
 */
char *zcb_answer_cells(const zcb_analysis *analysis, char *out, size_t size);

#endif
