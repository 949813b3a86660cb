/* How steady the instrument was from launch to launch: what the controls did over the run. */
#ifndef ZCB_REPORT_STEADINESS_H
#define ZCB_REPORT_STEADINESS_H

#include "base/error.h"
#include "stats/blocks.h"

#include <stddef.h>
#include <stdint.h>

/* One launch of one variant: medians over its good cells with the quartiles around them. The
 * twin is twin ÷ copy, null its time ÷ the cell's mean over launches (geometric). NAN where
 * there is none. */
typedef struct zcb_launch_steadiness {
    size_t variant; /* index in run->variants */
    uint32_t launch;
    size_t cells;
    double twin, twin_lo, twin_hi;
    double null, null_lo, null_hi;
} zcb_launch_steadiness;

/* Values on the way there. Zero value: empty. Owns its rows. */
typedef struct zcb_steadiness_values {
    struct zcb_steadiness_value *rows;
    size_t count, capacity;
} zcb_steadiness_values;

/* Adds a cell of `variant`: its block values of ln(twin ÷ copy) and the visits of its null. 0
 * or -1 (memory). */
int zcb_steadiness_add(zcb_steadiness_values *values, size_t variant,
                       const zcb_clusters *twin_logs, zcb_visits null, zcb_error *error);

/* Sums up, by variant, then launch: 0 and *out (owned by the caller, NULL when empty) and
 * *count set, or -1 (memory). Rearranges the values. */
int zcb_steadiness_make(zcb_steadiness_values *values, zcb_launch_steadiness **out,
                        size_t *count, zcb_error *error);

void zcb_steadiness_values_clear(zcb_steadiness_values *values);

#endif
