/* Log-ratios of many cells, launch by launch, and their geometric mean: what a run's control
 * arms say together, and what one variant does to all cells of another. */
#ifndef ZCB_REPORT_LAUNCH_VALUES_H
#define ZCB_REPORT_LAUNCH_VALUES_H

#include "base/error.h"
#include "stats/blocks.h"
#include "stats/interval.h"

#include <stdint.h>

/* Launch values of a log-ratio, one column per cell. Zero value: empty. Owns its rows. */
typedef struct zcb_launch_values {
    struct zcb_launch_value *rows;
    size_t count, capacity;
    size_t column_count;
} zcb_launch_values;

/* Adds a cell: the launch medians of its block log-ratios. An empty `logs` adds nothing. 0 or
 * -1 (memory). */
int zcb_launch_values_add(zcb_launch_values *values, const zcb_clusters *logs,
                          zcb_error *error);

/* Adds a cell by one value per launch; none adds nothing. 0 or -1 (memory). */
int zcb_launch_values_add_column(zcb_launch_values *values, const uint32_t *launches,
                                 const double *logs, size_t count, zcb_error *error);

/* Geometric mean over cells, formed per launch, then over launches (cells of one launch are not
 * independent), with its interval. Launches that fewer than half as many cells reached as the
 * best one, and cells that miss one of the other launches, are left out; *cells_used tells how
 * many went in, 0 with *out all NAN; *launches_used (may be NULL) how many launches. Rearranges
 * the values. 0 or -1 (memory). */
int zcb_launch_values_mean(zcb_launch_values *values, double confidence, zcb_interval *out,
                           size_t *cells_used, size_t *launches_used, zcb_error *error);

void zcb_launch_values_clear(zcb_launch_values *values);

#endif
