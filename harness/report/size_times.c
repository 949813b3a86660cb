/* Why this file: cells pass by one at a time, an exponent needs all sizes of a launch together.
 */
#include "report/size_times.h"

#include "base/room.h"
#include "stats/blocks.h"
#include "stats/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One launch's value of one arm of one cell. */
typedef struct zcb_launch_log {
    size_t result;
    const char *arm; /* interned: pointers tell arms apart */
    uint32_t launch;
    double ln_ns;
} launch_log;

static int add_arm(zcb_launch_logs *logs, size_t result, const zcb_arm_visits *arm)
{
    zcb_clusters times = {0};
    launch_log *rows = NULL;
    double *medians = NULL;
    int status = -1;
    if (zcb_block_log_times(arm->visits, &times) != 0) {
        goto done;
    }
    medians = calloc(times.count + 1, sizeof *medians);
    rows =
        zcb_with_room(logs->rows, &logs->capacity, logs->count + times.count + 1, sizeof *rows);
    if (rows == NULL) {
        goto done;
    }
    logs->rows = rows;
    if (medians == NULL || zcb_cluster_medians(&times, medians) != 0) {
        goto done;
    }
    for (size_t i = 0; i < times.count; i++) {
        rows[logs->count++] = (launch_log){result, arm->arm, times.launches[i], medians[i]};
    }
    status = 0;
done:
    free(medians);
    zcb_clusters_clear(&times);
    return status;
}

int zcb_launch_logs_add(zcb_launch_logs *logs, size_t result, const zcb_cell_visits *visits,
                        zcb_error *error)
{
    for (size_t a = 0; a < visits->arm_count; a++) {
        if (add_arm(logs, result, &visits->arms[a]) != 0) {
            return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
        }
    }
    return 0;
}

void zcb_launch_logs_clear(zcb_launch_logs *logs)
{
    free(logs->rows);
    *logs = (zcb_launch_logs){0};
}

void zcb_size_table_clear(zcb_size_table *table)
{
    free(table->sizes_bytes);
    free(table->ln_ns);
    free(table->launches);
    *table = (zcb_size_table){0};
}

zcb_size_times zcb_size_table_times(const zcb_size_table *table)
{
    return (zcb_size_times){table->sizes_bytes, table->size_count, table->ln_ns,
                            table->launch_count};
}

/* The rows of the results first … first + count − 1, however many arms they speak of. */
typedef struct span {
    const launch_log *rows;
    size_t count;
} span;

static size_t first_row(const zcb_launch_logs *logs, size_t result)
{
    size_t lo = 0, hi = logs->count;
    while (lo < hi) {
        size_t middle = lo + (hi - lo) / 2;
        if (logs->rows[middle].result < result) {
            lo = middle + 1;
        } else {
            hi = middle;
        }
    }
    return lo;
}

static span rows_of(const zcb_launch_logs *logs, size_t first, size_t count)
{
    size_t from = first_row(logs, first);
    if (logs->count == 0) {
        return (span){NULL, 0};
    }
    return (span){logs->rows + from, first_row(logs, first + count) - from};
}

static int is_arm(const launch_log *row, const char *arm)
{
    return strcmp(row->arm, arm) == 0;
}

size_t zcb_launch_logs_last(const zcb_launch_logs *logs, size_t result)
{
    span rows = rows_of(logs, result, 1);
    size_t last = 0;
    for (size_t i = 0; i < rows.count; i++) {
        last = rows.rows[i].launch > last ? rows.rows[i].launch : last;
    }
    return last;
}

void zcb_launch_logs_of(const zcb_launch_logs *logs, size_t result, const char *arm,
                        double *ln_ns, size_t launches)
{
    span rows = rows_of(logs, result, 1);
    for (size_t i = 0; i < launches; i++) {
        ln_ns[i] = (double)NAN;
    }
    for (size_t i = 0; i < rows.count; i++) {
        uint32_t launch = rows.rows[i].launch;
        if (launch >= 1 && launch <= launches && is_arm(&rows.rows[i], arm)) {
            ln_ns[launch - 1] = rows.rows[i].ln_ns;
        }
    }
}

/* The launches of the arm, ascending, each once. */
static void list_launches(span rows, const char *arm, zcb_size_table *table)
{
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < rows.count; i++) {
        if (is_arm(&rows.rows[i], arm)) {
            table->launches[count++] = rows.rows[i].launch;
        }
    }
    zcb_sort(table->launches, count);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || table->launches[i] != table->launches[i - 1]) {
            table->launches[kept++] = table->launches[i];
        }
    }
    table->launch_count = kept;
}

static size_t column_of(const zcb_size_table *table, uint32_t launch)
{
    size_t column = 0;
    while (table->launches[column] < launch) {
        column++;
    }
    return column;
}

/* Fills the line of the next size from the rows of one result; returns how many launches the arm
 * has there. */
static size_t fill_line(span rows, const char *arm, zcb_size_table *table)
{
    double *line = table->ln_ns + table->size_count * table->launch_count;
    size_t held = 0;
    for (size_t i = 0; i < table->launch_count; i++) {
        line[i] = (double)NAN;
    }
    for (size_t i = 0; i < rows.count; i++) {
        if (is_arm(&rows.rows[i], arm)) {
            line[column_of(table, rows.rows[i].launch)] = rows.rows[i].ln_ns;
            held++;
        }
    }
    return held;
}

int zcb_size_table_make(const zcb_analysis *analysis, const zcb_series *series, const char *arm,
                        const zcb_launch_logs *logs, zcb_size_table *out)
{
    span rows = rows_of(logs, series->result_first, series->result_count);
    zcb_size_table made = {0};
    size_t best = 0;
    made.launches = calloc(rows.count + 1, sizeof *made.launches);
    made.sizes_bytes = calloc(series->result_count + 1, sizeof *made.sizes_bytes);
    if (made.launches != NULL) {
        list_launches(rows, arm, &made);
        made.ln_ns = calloc(series->result_count * made.launch_count + 1, sizeof *made.ln_ns);
    }
    *out = made;
    if (made.ln_ns == NULL || made.sizes_bytes == NULL) {
        return -1;
    }
    for (int is_second = 0; is_second < 2; is_second++) {
        out->size_count = 0;
        for (size_t i = 0; i < series->result_count; i++) {
            size_t result = series->result_first + i;
            size_t held = fill_line(rows_of(logs, result, 1), arm, out);
            best = held > best ? held : best;
            if (is_second && held > 0 && 2 * held >= best) {
                uint32_t cell = analysis->results[result].cell;
                out->sizes_bytes[out->size_count++] =
                    (double)zcb_cells_at(analysis->recorded->cells, cell)->size_bytes;
            }
        }
    }
    return 0;
}

double zcb_size_table_mean(const zcb_size_table *table, size_t size)
{
    double sum = 0.0, held = 0.0;
    for (size_t i = 0; i < table->launch_count; i++) {
        double value = table->ln_ns[size * table->launch_count + i];
        sum += isnan(value) ? 0.0 : value;
        held += isnan(value) ? 0.0 : 1.0;
    }
    return sum / held;
}
