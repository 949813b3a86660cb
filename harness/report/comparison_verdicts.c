/* Why this file: whether a change is shown depends on how many were looked at and on what the
 * two sides have to do with each other; rows and their means follow one rule. */
#include "report/comparison_parts.h"

#include "report/figures.h"

#include <math.h>
#include <stdlib.h>

double zcb_comparison_p(const zcb_comparison *comparison, zcb_interval log, double df)
{
    double allowed = comparison->is_paired ? 0.0 : log1p(comparison->margin);
    if (!zcb_interval_is_whole(log)) {
        return NAN;
    }
    if (!comparison->is_paired && fabs(log.estimate) <= allowed) {
        return 1.0;
    }
    return zcb_interval_p(log, ZCB_CONFIDENCE, df, copysign(allowed, log.estimate));
}

zcb_verdict zcb_comparison_judge(const zcb_comparison *comparison, zcb_figure figure,
                                 zcb_interval ratio, double adjusted_p)
{
    /* as zcb_verdict_adjusted wants it: above 1 where head is the better one */
    zcb_interval oriented =
        figure == ZCB_FIGURE_SPEEDUP
            ? ratio
            : (zcb_interval){1.0 / ratio.estimate, 1.0 / ratio.hi, 1.0 / ratio.lo};
    return zcb_verdict_adjusted(oriented, comparison->margin, adjusted_p, ZCB_COMPARISON_ALPHA);
}

const char *zcb_comparison_verdict_name(zcb_figure figure, zcb_verdict verdict)
{
    if (figure == ZCB_FIGURE_SPEEDUP && verdict == ZCB_VERDICT_FASTER) {
        return "more";
    }
    if (figure == ZCB_FIGURE_SPEEDUP && verdict == ZCB_VERDICT_SLOWER) {
        return "less";
    }
    return zcb_verdict_name(verdict);
}

/* Corrects the p of one figure's rows, and words them. */
static int judge_rows_of(zcb_comparison *comparison, zcb_figure figure, double *p)
{
    size_t count = 0;
    for (size_t i = 0; i < comparison->row_count; i++) {
        if (comparison->rows[i].figure == figure) {
            p[count++] = comparison->rows[i].p;
        }
    }
    if (zcb_holm(p, count, p) != 0) {
        return -1;
    }
    count = 0;
    for (size_t i = 0; i < comparison->row_count; i++) {
        zcb_comparison_row *row = &comparison->rows[i];
        if (row->figure == figure) {
            row->adjusted_p = p[count++];
            row->verdict =
                zcb_comparison_judge(comparison, figure, row->ratio, row->adjusted_p);
        }
    }
    return 0;
}

/* Corrects the p of one figure's series, and words them. */
static int judge_series_of(zcb_comparison *comparison, zcb_figure figure, double *p)
{
    size_t count = 0;
    for (size_t i = 0; i < comparison->series_count; i++) {
        if (comparison->series[i].figure == figure) {
            p[count++] = comparison->series[i].p;
        }
    }
    if (zcb_holm(p, count, p) != 0) {
        return -1;
    }
    count = 0;
    for (size_t i = 0; i < comparison->series_count; i++) {
        zcb_comparison_mean *mean = &comparison->series[i];
        if (mean->figure == figure) {
            mean->adjusted_p = p[count++];
            mean->verdict =
                zcb_comparison_judge(comparison, figure, mean->ratio, mean->adjusted_p);
        }
    }
    return 0;
}

/* Judges all figures with scratch for `count` p. */
static int judge(zcb_comparison *comparison, size_t count,
                 int (*judge_one)(zcb_comparison *, zcb_figure, double *), zcb_error *error)
{
    double *p = calloc(count + 1, sizeof *p);
    int result = p == NULL ? -1 : 0;
    for (int f = 0; result == 0 && f < ZCB_FIGURE_COUNT; f++) {
        result = judge_one(comparison, (zcb_figure)f, p);
    }
    free(p);
    return result == 0 ? 0 : zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
}

int zcb_comparison_judge_rows(zcb_comparison *comparison, zcb_error *error)
{
    return judge(comparison, comparison->row_count, judge_rows_of, error);
}

int zcb_comparison_judge_series(zcb_comparison *comparison, zcb_error *error)
{
    return judge(comparison, comparison->series_count, judge_series_of, error);
}
