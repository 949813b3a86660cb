/* The end of a run or a report: derived files, the verdict on stdout, where to look next. */
#ifndef ZCB_DRIVER_OUTCOME_H
#define ZCB_DRIVER_OUTCOME_H

#include "base/error.h"
#include "driver/common_options.h"
#include "report/comparison_set.h"
#include "report/history.h"

/* Reads what is recorded in `dir`, writes the derived files there, prints the verdict table on
 * stdout (on stderr where stdout carries JSON), the JSON where asked for, and the paths, told
 * as in `shown_dir` (results/latest). The members of `more` (may be NULL) join the JSON. Returns
 * 0, or -1; *measured (may be NULL) says how many cells gave a figure. */
int zcb_outcome_tell(const char *dir, const char *shown_dir, const zcb_common_options *options,
                     json_t *more, size_t *measured, zcb_error *error);

/* Draws only the pictures that `figures` names (report/plot_choice.h) into dir/plots again, and
 * says where they are. 0 or -1. */
int zcb_outcome_draw(const char *dir, const char *figures, zcb_error *error);

/* Writes the derived files of `dir` with pictures from the share folder's templates, notes on
 * stderr. 0 or -1. */
int zcb_outcome_derive(const zcb_analysis *analysis, const char *dir, zcb_error *error);

/* Draws the pictures of a comparison into dir/plots in the same way. 0 or -1. */
int zcb_outcome_compare(const zcb_comparison_set *set, const char *dir, zcb_error *error);

/* The same for those of a history. 0 or -1. */
int zcb_outcome_history(const zcb_history *history, const char *dir, zcb_error *error);

#endif
