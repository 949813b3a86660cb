/* Pictures of a comparison: ratios with intervals, a row per series, the means last. */
#ifndef ZCB_REPORT_PLOT_COMPARISON_H
#define ZCB_REPORT_PLOT_COMPARISON_H

#include "base/error.h"
#include "report/comparison_set.h"
#include "report/pictures.h"

/* Writes data and parameters of every picture of `set` into `folder` and adds them: for each base,
 * aspect, and copies or alternatives one. 0 or -1. */
int zcb_plot_comparison(const zcb_comparison_set *set, const char *folder,
                        zcb_pictures *pictures, zcb_error *error);

#endif
