/* The pictures of a run: data and parameter files beside the gnuplot scripts of plots/, drawn
 * by gnuplot processes. */
#ifndef ZCB_REPORT_PLOT_H
#define ZCB_REPORT_PLOT_H

#include "base/error.h"
#include "report/analysis.h"
#include "report/comparison_set.h"
#include "report/derive.h"
#include "report/history.h"
#include "report/pictures.h"

/* Fills dir/plots (made when missing): copies of the templates, and for every picture its data
 * (.csv), its parameters (.gp) and the picture itself (.svg, .png). Inside plots/, `gnuplot -d
 * X.gp` draws X.svg and X.png again. Pictures that gnuplot can't draw are told to
 * options->note in one sentence, with the first reason; gnuplot missing is told once, data and scripts are written all the same. With
 * options->figures only the pictures it names are drawn. *out lists them all, for the caller to
 * clear in any case. 0, or -1 when a file can't be written or the list names nothing. */
int zcb_plots_write(const zcb_analysis *analysis, const char *dir,
                    const zcb_report_options *options, zcb_pictures *out, zcb_error *error);

/* The same for the pictures of a comparison alone. */
int zcb_plots_compare(const zcb_comparison_set *set, const char *dir,
                      const zcb_report_options *options, zcb_error *error);

/* And for those of a history. */
int zcb_plots_history(const zcb_history *history, const char *dir,
                      const zcb_report_options *options, zcb_error *error);

#endif
