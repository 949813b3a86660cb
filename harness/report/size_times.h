/* Launch medians of every arm, put side by side by size: what exponents are fitted to. */
#ifndef ZCB_REPORT_SIZE_TIMES_H
#define ZCB_REPORT_SIZE_TIMES_H

#include "report/analysis.h"
#include "report/grouping.h"
#include "stats/scaling.h"

/* ln(launch median) of every arm of the cells, gathered while their visits are at hand. Zero
 * value: empty. Owns its rows. Invariant: results ascend. */
typedef struct zcb_launch_logs {
    struct zcb_launch_log *rows;
    size_t count, capacity;
} zcb_launch_logs;

/* Adds the visits of the cell of analysis->results[result], `result` not below those added
 * before. 0 or -1 (memory). */
int zcb_launch_logs_add(zcb_launch_logs *logs, size_t result, const zcb_cell_visits *visits,
                        zcb_error *error);
void zcb_launch_logs_clear(zcb_launch_logs *logs);

/* The highest number of a launch of one result; 0: it has none. */
size_t zcb_launch_logs_last(const zcb_launch_logs *logs, size_t result);

/* ln(launch median) of an arm of one result: fills ln_ns[launches], launch k at k − 1, NAN where
 * missing. */
void zcb_launch_logs_of(const zcb_launch_logs *logs, size_t result, const char *arm,
                        double *ln_ns, size_t launches);

/* The times of one arm over the sizes of a series. Zero value: empty. Owns its arrays.
 * Invariant: ln_ns[size * launch_count + launch], NAN where missing; every size has a launch.
 */
typedef struct zcb_size_table {
    double *sizes_bytes, *ln_ns, *launches;
    size_t size_count, launch_count;
} zcb_size_table;

/* Fills *out with the times of `arm` in the cells of `series`. A size that misses more than
 * half of the launches which the best size has is left out. The caller clears *out, also after
 * a failure. 0 or -1 (memory). */
int zcb_size_table_make(const zcb_analysis *analysis, const zcb_series *series, const char *arm,
                        const zcb_launch_logs *logs, zcb_size_table *out);
void zcb_size_table_clear(zcb_size_table *table);

/* The same as statistics want it; borrows. */
zcb_size_times zcb_size_table_times(const zcb_size_table *table);

/* Mean over launches of ln(time) at a size < size_count. */
double zcb_size_table_mean(const zcb_size_table *table, size_t size);

#endif
