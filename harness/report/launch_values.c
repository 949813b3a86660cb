/* Why this file: one cell says little, all cells together say whether the instrument can be
 * believed and what a variant does; and cells of one launch share that launch's luck. */
#include "report/launch_values.h"

#include "base/room.h"
#include "stats/ratio.h"

#include <math.h>
#include <stdlib.h>

/* One launch's value of one cell. */
typedef struct zcb_launch_value {
    size_t column;
    uint32_t launch;
    double log;
} launch_value;

int zcb_launch_values_add_column(zcb_launch_values *values, const uint32_t *launches,
                                 const double *logs, size_t count, zcb_error *error)
{
    if (count == 0) {
        return 0;
    }
    launch_value *rows =
        zcb_with_room(values->rows, &values->capacity, values->count + count, sizeof *rows);
    if (rows == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    values->rows = rows;
    for (size_t i = 0; i < count; i++) {
        rows[values->count++] = (launch_value){values->column_count, launches[i], logs[i]};
    }
    values->column_count++;
    return 0;
}

int zcb_launch_values_add(zcb_launch_values *values, const zcb_clusters *logs, zcb_error *error)
{
    double *medians = calloc(logs->count + 1, sizeof *medians);
    int result = -1;
    if (medians == NULL || zcb_cluster_medians(logs, medians) != 0) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    } else {
        result =
            zcb_launch_values_add_column(values, logs->launches, medians, logs->count, error);
    }
    free(medians);
    return result;
}

/* The values as a table. Invariant: logs[launch * columns + column], NAN where missing. */
typedef struct matrix {
    double *logs;
    size_t launches, columns;
} matrix;

static int is_present(const matrix *matrix, size_t launch, size_t column)
{
    return !isnan(matrix->logs[launch * matrix->columns + column]);
}

static int compare_launches(const void *left, const void *right)
{
    const launch_value *a = left, *b = right;
    if (a->launch != b->launch) {
        return a->launch < b->launch ? -1 : 1;
    }
    return a->column < b->column ? -1 : a->column > b->column;
}

/* Spreads the values out, a line for each launch that there is. Sorts them. */
static int matrix_make(zcb_launch_values *values, matrix *out)
{
    size_t launches = 1, line = 0;
    qsort(values->rows, values->count, sizeof *values->rows, compare_launches);
    for (size_t i = 1; i < values->count; i++) {
        launches += values->rows[i].launch != values->rows[i - 1].launch ? 1 : 0;
    }
    matrix made = {NULL, launches, values->column_count};
    made.logs = calloc(launches * made.columns, sizeof *made.logs);
    if (made.logs == NULL) {
        return -1;
    }
    for (size_t i = 0; i < launches * made.columns; i++) {
        made.logs[i] = (double)NAN;
    }
    for (size_t i = 0; i < values->count; i++) {
        line += i > 0 && values->rows[i].launch != values->rows[i - 1].launch ? 1 : 0;
        made.logs[line * made.columns + values->rows[i].column] = values->rows[i].log;
    }
    *out = made;
    return 0;
}

static size_t cells_in_launch(const matrix *matrix, size_t launch)
{
    size_t count = 0;
    for (size_t column = 0; column < matrix->columns; column++) {
        count += is_present(matrix, launch, column) ? 1 : 0;
    }
    return count;
}

/* Drops the launches that too few cells reached. */
static void drop_thin_launches(matrix *matrix)
{
    size_t best = 0, kept = 0;
    for (size_t launch = 0; launch < matrix->launches; launch++) {
        size_t count = cells_in_launch(matrix, launch);
        best = count > best ? count : best;
    }
    for (size_t launch = 0; launch < matrix->launches; launch++) {
        if (2 * cells_in_launch(matrix, launch) < best) {
            continue;
        }
        for (size_t column = 0; column < matrix->columns; column++) {
            matrix->logs[kept * matrix->columns + column] =
                matrix->logs[launch * matrix->columns + column];
        }
        kept++;
    }
    matrix->launches = kept;
}

/* Drops the cells that miss a launch. */
static void drop_torn_cells(matrix *matrix)
{
    size_t kept = 0, columns = matrix->columns;
    for (size_t column = 0; column < columns; column++) {
        int is_whole = 1;
        for (size_t launch = 0; launch < matrix->launches; launch++) {
            is_whole = is_whole && !isnan(matrix->logs[launch * columns + column]);
        }
        if (!is_whole) {
            continue;
        }
        for (size_t launch = 0; launch < matrix->launches; launch++) {
            matrix->logs[launch * columns + kept] = matrix->logs[launch * columns + column];
        }
        kept++;
    }
    /* close the gaps: lines of `kept` columns instead of `columns` */
    for (size_t launch = 0; launch < matrix->launches; launch++) {
        for (size_t column = 0; column < kept; column++) {
            matrix->logs[launch * kept + column] = matrix->logs[launch * columns + column];
        }
    }
    matrix->columns = kept;
}

int zcb_launch_values_mean(zcb_launch_values *values, double confidence, zcb_interval *out,
                           size_t *cells_used, size_t *launches_used, zcb_error *error)
{
    *out = zcb_interval_none();
    *cells_used = 0;
    if (values->column_count == 0) {
        return 0;
    }
    matrix matrix;
    int result = matrix_make(values, &matrix);
    if (result == 0) {
        drop_thin_launches(&matrix);
        drop_torn_cells(&matrix);
        if (matrix.columns > 0) {
            result = zcb_geomean_interval(matrix.logs, matrix.launches, matrix.columns,
                                          confidence, out, launches_used);
            *cells_used = matrix.columns;
        }
        free(matrix.logs);
    }
    return result == 0 ? 0 : zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
}

void zcb_launch_values_clear(zcb_launch_values *values)
{
    free(values->rows);
    *values = (zcb_launch_values){0};
}
