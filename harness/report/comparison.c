/* See comparison.h. */
#include "report/comparison.h"

#include "base/room.h"
#include "report/builds.h"
#include "report/comparison_parts.h"
#include "report/figures.h"
#include "report/plan.h"
#include "stats/difference.h"
#include "stats/location.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const zcb_run *run_of(const zcb_side *side)
{
    return &side->analysis->recorded->run;
}

const char *zcb_side_run_id(const zcb_side *side)
{
    const zcb_run *run = run_of(side);
    const zcb_source *source = zcb_run_source(run, &run->variants[side->variant]);
    return source != NULL ? source->run_id : run->run_id;
}

int zcb_comparison_is_paired(const zcb_side *base, const zcb_side *head)
{
    const zcb_run *run = run_of(base);
    return base->analysis->recorded == head->analysis->recorded &&
           zcb_run_source(run, &run->variants[base->variant]) ==
               zcb_run_source(run, &run->variants[head->variant]);
}

/* A comparison at work. */
typedef struct work {
    const zcb_comparison_options *options;
    unsigned figures;
    zcb_comparison *made;
    size_t row_capacity, start_capacity;
    zcb_comparison_values values;
    size_t value_count, launch_capacity, log_capacity;
    double *left, *right; /* values of one row's sides; room for every launch of either */
    const zcb_cell_result **head_results; /* by cell of head's run, or NULL */
    size_t head_cell_count;
} work;

static void work_clear(work *work)
{
    free(work->values.starts);
    free(work->values.launches);
    free(work->values.logs);
    free(work->left);
    free(work->right);
    free(work->head_results);
}

static const zcb_variant *variant_of(const zcb_side *side)
{
    return &run_of(side)->variants[side->variant];
}

static const zcb_cell *cell_of(const zcb_side *side, uint32_t cell)
{
    return zcb_cells_at(side->analysis->recorded->cells, cell);
}

static int is_good(const zcb_cell_result *result)
{
    return result->status == ZCB_STATUS_OK || result->status == ZCB_STATUS_NOISY;
}

static int work_begin(work *work, zcb_error *error)
{
    const zcb_analysis *head = work->made->head.analysis;
    size_t most = work->made->base.figures->value_count + work->made->head.figures->value_count;
    work->head_cell_count = zcb_cells_count(head->recorded->cells);
    work->head_results = calloc(work->head_cell_count + 1, sizeof *work->head_results);
    work->left = calloc(most + 1, sizeof *work->left);
    work->right = calloc(most + 1, sizeof *work->right);
    if (work->head_results == NULL || work->left == NULL || work->right == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    for (size_t i = 0; i < head->result_count; i++) {
        work->head_results[head->results[i].cell] = &head->results[i];
    }
    return 0;
}

/* Room for one more row and `values` more values. */
static int reserve(work *work, size_t values)
{
    zcb_comparison *made = work->made;
    size_t row = made->row_count, wanted = work->value_count + values + 1;
    zcb_comparison_row *rows =
        zcb_with_room(made->rows, &work->row_capacity, row + 1, sizeof *rows);
    made->rows = rows != NULL ? rows : made->rows;
    size_t *starts =
        zcb_with_room(work->values.starts, &work->start_capacity, row + 2, sizeof *starts);
    work->values.starts = starts != NULL ? starts : work->values.starts;
    uint32_t *launches =
        zcb_with_room(work->values.launches, &work->launch_capacity, wanted, sizeof *launches);
    work->values.launches = launches != NULL ? launches : work->values.launches;
    double *logs = zcb_with_room(work->values.logs, &work->log_capacity, wanted, sizeof *logs);
    work->values.logs = logs != NULL ? logs : work->values.logs;
    if (rows == NULL || starts == NULL || launches == NULL || logs == NULL) {
        return -1;
    }
    starts[row] = work->value_count;
    return 0;
}

static int counts(const work *work, uint32_t launch)
{
    const zcb_comparison_options *o = work->options;
    return launch >= o->launch_first && (o->launch_end == 0 || launch < o->launch_end);
}

/* The launch values that count, in order; returns how many. */
static size_t take_values(const work *work, const zcb_side *side,
                          const zcb_launch_figure *figure, double *out)
{
    size_t count = 0;
    for (size_t i = 0; i < figure->count; i++) {
        if (counts(work, side->figures->launches[figure->first + i])) {
            out[count++] = side->figures->logs[figure->first + i];
        }
    }
    return count;
}

/* The value of a launch, NAN where there is none. `figure` may be NULL. */
static double value_at(const zcb_launch_figures *figures, const zcb_launch_figure *figure,
                       uint32_t launch)
{
    for (size_t i = 0; figure != NULL && i < figure->count; i++) {
        if (figures->launches[figure->first + i] == launch) {
            return figures->logs[figure->first + i];
        }
    }
    return NAN;
}

/* What one variant of a run has where another has `like`, or NULL. */
static const zcb_launch_figure *figure_like(const zcb_side *side, const zcb_launch_figure *like)
{
    zcb_cell wanted = *cell_of(side, like->cell);
    wanted.python = variant_of(side)->name;
    int64_t cell = zcb_cells_find(side->analysis->recorded->cells, &wanted);
    return cell < 0 ? NULL
                    : zcb_launch_figures_find(side->figures, (uint32_t)cell, like->arm,
                                              like->figure);
}

/* What is to be taken off the difference of one launch; NAN where it isn't known. */
static double beyond(const work *work, const zcb_launch_figure *base, uint32_t launch)
{
    const zcb_side *left = work->options->beyond_base, *right = work->options->beyond_head;
    if (left == NULL || right == NULL) {
        return 0.0;
    }
    return value_at(right->figures, figure_like(right, base), launch) -
           value_at(left->figures, figure_like(left, base), launch);
}

/* Puts the differences of the launches that both have behind the values so far, and the sides'
 * own values of these launches into left and right; returns how many. */
static size_t join(work *work, const zcb_launch_figure *base, const zcb_launch_figure *head)
{
    const zcb_launch_figures *left = work->made->base.figures,
                             *right = work->made->head.figures;
    size_t count = 0;
    for (size_t b = 0, h = 0; b < base->count && h < head->count;) {
        uint32_t one = left->launches[base->first + b],
                 other = right->launches[head->first + h];
        double taken = one == other && counts(work, one) ? beyond(work, base, one) : NAN;
        if (!isnan(taken)) {
            work->left[count] = left->logs[base->first + b];
            work->right[count] = right->logs[head->first + h];
            work->values.launches[work->value_count + count] = one;
            work->values.logs[work->value_count + count] =
                work->right[count] - work->left[count] - taken;
            count++;
        }
        b += one <= other ? 1 : 0;
        h += other <= one ? 1 : 0;
    }
    return count;
}

/* Fills the row's figures from launches measured side by side: `count` values are joined. */
static void compare_paired(const work *work, size_t count, zcb_comparison_row *row)
{
    row->base = zcb_primary_interval(work->left, count, ZCB_CONFIDENCE);
    row->head = zcb_primary_interval(work->right, count, ZCB_CONFIDENCE);
    row->log =
        zcb_primary_interval(work->values.logs + work->value_count, count, ZCB_CONFIDENCE);
    row->df = zcb_primary_df(count);
    row->launches = count;
}

/* The same from launches of two runs. */
static void compare_stored(const work *work, const zcb_launch_figure *base,
                           const zcb_launch_figure *head, zcb_comparison_row *row)
{
    size_t left = take_values(work, &work->made->base, base, work->left),
           right = take_values(work, &work->made->head, head, work->right);
    row->base = zcb_primary_interval(work->left, left, ZCB_CONFIDENCE);
    row->head = zcb_primary_interval(work->right, right, ZCB_CONFIDENCE);
    row->log = zcb_difference_interval(row->base, zcb_primary_df(left), row->head,
                                       zcb_primary_df(right), ZCB_CONFIDENCE, &row->df);
    row->launches = left < right ? left : right;
}

/* Adds the row of one figure that both sides have. */
static int add_row(work *work, const zcb_launch_figure *base, const zcb_launch_figure *head,
                   int needs_numpy)
{
    size_t most = base->count < head->count ? base->count : head->count;
    unsigned numpy = needs_numpy ? 0 : (unsigned)ZCB_BUILD_NUMPY;
    zcb_comparison *made = work->made;
    if (reserve(work, most) != 0) {
        return -1;
    }
    zcb_comparison_row row = {.base_cell = base->cell,
                              .head_cell = head->cell,
                              .arm = base->arm,
                              .figure = base->figure,
                              .differences = made->differences & ~numpy};
    size_t joined = join(work, base, head);
    if (made->is_paired) {
        compare_paired(work, joined, &row);
    } else {
        compare_stored(work, base, head, &row);
    }
    row.base = zcb_interval_exp(row.base);
    row.head = zcb_interval_exp(row.head);
    row.ratio = zcb_interval_exp(row.log);
    row.p = zcb_comparison_p(made, row.log, row.df);
    if (row.launches > 0) {
        made->rows[made->row_count++] = row;
        work->value_count += joined;
        work->values.starts[made->row_count] = work->value_count;
    }
    return 0;
}

/* Adds all rows of a cell of base and its like of head. */
static int add_cell(work *work, uint32_t base, uint32_t head, zcb_error *error)
{
    const zcb_launch_figures *figures = work->made->base.figures;
    int needs_numpy = zcb_build_needs_numpy(
        zcb_plan_pair(run_of(&work->made->base), cell_of(&work->made->base, base)));
    if (work->options->only_numpy && !needs_numpy) {
        return 0;
    }
    const zcb_launch_figure *first = zcb_launch_figures_first(figures, base);
    for (const zcb_launch_figure *row = first;
         row != NULL && row < figures->rows + figures->count && row->cell == base; row++) {
        const zcb_launch_figure *other =
            zcb_launch_figures_find(work->made->head.figures, head, row->arm, row->figure);
        if ((work->figures & (1u << row->figure)) != 0 && other != NULL &&
            add_row(work, row, other, needs_numpy) != 0) {
            return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
        }
    }
    return 0;
}

/* Head's result of the cell that `cell` of base is on head, or NULL. */
static const zcb_cell_result *like_of(const work *work, const zcb_cell *cell)
{
    zcb_cell wanted = *cell;
    wanted.python = variant_of(&work->made->head)->name;
    int64_t index = zcb_cells_find(work->made->head.analysis->recorded->cells, &wanted);
    return index < 0 ? NULL : work->head_results[index];
}

static size_t count_results(const zcb_side *side)
{
    size_t count = 0;
    for (size_t i = 0; i < side->analysis->result_count; i++) {
        const zcb_cell *cell = cell_of(side, side->analysis->results[i].cell);
        count += strcmp(cell->python, variant_of(side)->name) == 0 ? 1 : 0;
    }
    return count;
}

/* Adds the rows of all cells, and counts those that give none. */
static int add_cells(work *work, zcb_error *error)
{
    zcb_comparison *made = work->made;
    const zcb_analysis *base = made->base.analysis;
    size_t common = 0;
    for (size_t i = 0; i < base->result_count; i++) {
        const zcb_cell_result *result = &base->results[i];
        const zcb_cell *cell = cell_of(&made->base, result->cell);
        if (strcmp(cell->python, variant_of(&made->base)->name) != 0) {
            continue;
        }
        const zcb_cell_result *other = like_of(work, cell);
        if (other == NULL) {
            made->base_only++;
            continue;
        }
        common++;
        if (!is_good(result) || !is_good(other)) {
            made->unusable++;
        } else if (add_cell(work, result->cell, other->cell, error) != 0) {
            return -1;
        }
    }
    made->head_only = count_results(&made->head) - common;
    return 0;
}

int zcb_comparison_make(const zcb_side *base, const zcb_side *head,
                        const zcb_comparison_options *options, zcb_comparison *out,
                        zcb_error *error)
{
    static const zcb_comparison_options defaults;
    const unsigned all = (1u << ZCB_FIGURE_COUNT) - 1u;
    zcb_comparison made = {.base = *base, .head = *head};
    options = options != NULL ? options : &defaults;
    made.is_paired = zcb_comparison_is_paired(base, head);
    made.margin = options->margin > 0.0 ? options->margin
                  : made.is_paired      ? ZCB_MARGIN_DEFAULT
                                        : ZCB_MARGIN_STORED;
    made.differences = zcb_build_differences(variant_of(base), variant_of(head));
    work work = {.options = options, .made = &made};
    work.figures = options->figures != 0 ? options->figures
                   : made.is_paired      ? all
                                         : all & ~(1u << ZCB_FIGURE_TIME);
    int result = work_begin(&work, error);
    if (result == 0) {
        result = add_cells(&work, error);
    }
    made.differences = 0; /* what touches nothing is nobody's business */
    for (size_t i = 0; i < made.row_count; i++) {
        made.differences |= made.rows[i].differences;
    }
    if (result == 0) {
        result = zcb_comparison_judge_rows(&made, error);
    }
    if (result == 0) {
        result = zcb_comparison_means_make(&made, &work.values, error);
    }
    work_clear(&work);
    if (result != 0) {
        zcb_comparison_clear(&made);
    }
    *out = made;
    return result;
}

void zcb_comparison_clear(zcb_comparison *comparison)
{
    free(comparison->rows);
    free(comparison->series);
    free(comparison->means);
    *comparison = (zcb_comparison){0};
}
