/* Absolute, normalised, speed-up: which figures each way of looking at a comparison takes. */
#ifndef ZCB_REPORT_COMPARISON_ASPECT_H
#define ZCB_REPORT_COMPARISON_ASPECT_H

#include "report/comparison_set.h"

/* The ways in which one comparison can be looked at. */
typedef enum zcb_aspect {
    ZCB_ASPECT_TIME,       /* ns per operation */
    ZCB_ASPECT_NORMALISED, /* in one run over the limit; between runs copies over the limit,
                              views over null. Copies of pairs that have no limit: over null */
    ZCB_ASPECT_SPEEDUP,
    ZCB_ASPECT_COUNT
} zcb_aspect;

/* "time", "normalised", "speedup"; static storage. */
const char *zcb_aspect_name(zcb_aspect aspect);

/* The value of a word: 0 and *out set, or -1. */
int zcb_aspect_parse(const char *text, zcb_aspect *out);

/* Which figure an aspect takes of a copy (else of an alternative); `is_next` 1: which one where
 * cells don't have the first. ZCB_FIGURE_COUNT: none. */
zcb_figure zcb_aspect_figure(zcb_aspect aspect, int is_paired, int is_copy, int is_next);

/* The mean of the series that asks what `cell` asks, under an aspect; NULL where there is none.
 * Borrowed. */
const zcb_comparison_mean *zcb_aspect_series(const zcb_comparison *comparison,
                                             zcb_aspect aspect, const zcb_cell *cell,
                                             const char *arm);

/* The mean over everything of the copies (else of the alternatives) under an aspect, `numpy` as
 * zcb_comparison_mean.with_numpy; NULL where there is none. Borrowed. */
const zcb_comparison_mean *zcb_aspect_mean(const zcb_comparison *comparison, zcb_aspect aspect,
                                           int is_copy, int numpy);

#endif
