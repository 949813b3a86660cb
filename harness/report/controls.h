/* What a run's control arms say over all its cells. */
#ifndef ZCB_REPORT_CONTROLS_H
#define ZCB_REPORT_CONTROLS_H

#include "base/error.h"
#include "stats/blocks.h"
#include "stats/interval.h"

#include <stdint.h>

/* Launch values of a log-ratio, one column per cell. Zero value: empty. Owns its rows. */
typedef struct zcb_control_values {
    struct zcb_control_value *rows;
    size_t count, capacity;
    size_t column_count;
} zcb_control_values;

/* Adds a cell: the launch medians of its block log-ratios. An empty `logs` adds nothing. 0 or
 * -1 (memory). */
int zcb_control_values_add(zcb_control_values *values, const zcb_clusters *logs,
                           zcb_error *error);

/* Geometric mean over cells, formed per launch, then over launches (cells of one launch are not
 * independent), with its interval. Launches that fewer than half as many cells reached as the
 * best one, and cells that miss one of the other launches, are left out; *cells_used tells how
 * many went in, 0 with *out all NAN. Rearranges the values. 0 or -1 (memory). */
int zcb_control_values_mean(zcb_control_values *values, double confidence, zcb_interval *out,
                            size_t *cells_used, zcb_error *error);

void zcb_control_values_clear(zcb_control_values *values);

#endif
