/* Why this file: one sentence for many cells together is what people quote, and it has rules of
 * its own. */
#include "report/comparison_parts.h"

#include "report/builds.h"
#include "report/figures.h"
#include "report/launch_values.h"
#include "report/plan.h"
#include "stats/location.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const zcb_cell *cell_of(const zcb_comparison *comparison, const zcb_comparison_row *row)
{
    return zcb_cells_at(comparison->base.analysis->recorded->cells, row->base_cell);
}

/* 1 when the row goes into a mean of this description. */
static int is_wanted(const zcb_comparison *comparison, const zcb_comparison_row *row,
                     const zcb_comparison_mean *mean)
{
    const zcb_run *run = &comparison->base.analysis->recorded->run;
    if (row->figure != mean->figure) {
        return 0;
    }
    if (mean->arm != NULL) {
        return strcmp(row->arm, mean->arm) == 0;
    }
    if ((strcmp(row->arm, ZCB_ARM_COPY) == 0) != mean->is_copy) {
        return 0;
    }
    return mean->with_numpy < 0 ||
           zcb_build_needs_numpy(zcb_plan_pair(run, cell_of(comparison, row))) ==
               mean->with_numpy;
}

/* Completes the description `mean` from the wanted ones of rows first … end − 1; without a cell
 * in all launches mean->cells is 0. */
static int fill_mean(const zcb_comparison *comparison, const zcb_comparison_values *values,
                     size_t first, size_t end, zcb_comparison_mean *mean, zcb_error *error)
{
    zcb_launch_values columns = {0};
    int result = 0;
    for (size_t r = first; result == 0 && r < end; r++) {
        const zcb_comparison_row *row = &comparison->rows[r];
        size_t start = values->starts[r];
        if (is_wanted(comparison, row, mean)) {
            mean->differences |= row->differences;
            mean->verdicts[row->verdict]++;
            result = zcb_launch_values_add_column(&columns, values->launches + start,
                                                  values->logs + start,
                                                  values->starts[r + 1] - start, error);
        }
    }
    if (result == 0) {
        result = zcb_launch_values_mean(&columns, ZCB_CONFIDENCE, &mean->ratio, &mean->cells,
                                        &mean->launches, error);
    }
    if (result == 0 && mean->cells > 0) {
        mean->log =
            (zcb_interval){log(mean->ratio.estimate), log(mean->ratio.lo), log(mean->ratio.hi)};
        mean->p = zcb_comparison_p(comparison, mean->log, zcb_primary_df(mean->launches));
        mean->adjusted_p = mean->p;
        mean->verdict =
            zcb_comparison_judge(comparison, mean->figure, mean->ratio, mean->adjusted_p);
    }
    zcb_launch_values_clear(&columns);
    return result;
}

/* 1 when no row of first … r − 1 has the arm and figure of row r. */
static int is_new(const zcb_comparison *comparison, size_t first, size_t r)
{
    const zcb_comparison_row *rows = comparison->rows;
    for (size_t earlier = first; earlier < r; earlier++) {
        if (rows[earlier].figure == rows[r].figure &&
            strcmp(rows[earlier].arm, rows[r].arm) == 0) {
            return 0;
        }
    }
    return 1;
}

/* Adds the means of the series whose rows are first … end − 1. */
static int add_series(zcb_comparison *comparison, const zcb_comparison_values *values,
                      size_t first, size_t end, zcb_error *error)
{
    for (size_t r = first; r < end; r++) {
        const zcb_comparison_row *row = &comparison->rows[r];
        zcb_comparison_mean mean = {.figure = row->figure,
                                    .is_copy = strcmp(row->arm, ZCB_ARM_COPY) == 0,
                                    .with_numpy = -1,
                                    .arm = row->arm,
                                    .base_cell = row->base_cell};
        if (!is_new(comparison, first, r)) {
            continue;
        }
        if (fill_mean(comparison, values, first, end, &mean, error) != 0) {
            return -1;
        }
        if (mean.cells > 0) {
            comparison->series[comparison->series_count++] = mean;
        }
    }
    return 0;
}

static int make_series(zcb_comparison *comparison, const zcb_comparison_values *values,
                       zcb_error *error)
{
    comparison->series = calloc(comparison->row_count + 1, sizeof *comparison->series);
    if (comparison->series == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    for (size_t first = 0, end; first < comparison->row_count; first = end) {
        const zcb_cell *cell = cell_of(comparison, &comparison->rows[first]);
        end = first + 1;
        while (end < comparison->row_count &&
               zcb_plan_same_series(cell, cell_of(comparison, &comparison->rows[end]))) {
            end++;
        }
        if (add_series(comparison, values, first, end, error) != 0) {
            return -1;
        }
    }
    return 0;
}

/* The means over everything. */
static int make_means(zcb_comparison *comparison, const zcb_comparison_values *values,
                      zcb_error *error)
{
    /* a numpy that differs is no part of what all other pairs say together */
    int is_split = (comparison->differences & ZCB_BUILD_NUMPY) != 0;
    comparison->means = calloc(ZCB_FIGURE_COUNT * 4, sizeof *comparison->means);
    if (comparison->means == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    for (int i = 0; i < ZCB_FIGURE_COUNT * 4; i++) {
        zcb_comparison_mean mean = {.figure = (zcb_figure)(i / 4),
                                    .is_copy = i % 4 < 2,
                                    .with_numpy = is_split ? i % 2 : -1};
        if (!is_split && i % 2 == 1) {
            continue;
        }
        if (fill_mean(comparison, values, 0, comparison->row_count, &mean, error) != 0) {
            return -1;
        }
        if (mean.cells > 0) {
            comparison->means[comparison->mean_count++] = mean;
        }
    }
    return 0;
}

int zcb_comparison_means_make(zcb_comparison *comparison, const zcb_comparison_values *values,
                              zcb_error *error)
{
    if (make_series(comparison, values, error) != 0 ||
        make_means(comparison, values, error) != 0) {
        return -1;
    }
    return zcb_comparison_judge_series(comparison, error);
}
