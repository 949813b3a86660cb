/* Which intervals to narrow next, and how far there is to go. Looks at widths only, never at
 * what an interval says. Pure. */
#ifndef ZCB_DRIVER_NARROW_H
#define ZCB_DRIVER_NARROW_H

#include "stats/interval.h"

#include <stddef.h>
#include <stdint.h>

#define ZCB_LAUNCHES_MAX                                                                       \
    1000u /* of one cell in a run that goes on until something is reached */

/* Half the width of an interval of a ratio, given as ln: √(hi ÷ lo) − 1, so that 0.02 is ±2 %.
 * INFINITY where an end is missing. */
double zcb_half_width(zcb_interval log_ratio);

/* How many more launches an interval needs to be within ±target (above 0) when launches vary by
 * the standard deviation sd of `count` values of ln ratio: 0 when it is; UINT32_MAX when that
 * is unknown (fewer than two values) or beyond a million. */
uint32_t zcb_launches_needed(double sd, size_t count, double target);

/* Chooses what the next launch measures: of the `count` things, those wider than `target`, the
 * widest first, each that still fits: none costs more than left_s, all together at most slice_s
 * or as much as the first. Sets chosen[count] to 0 and 1; returns how many are chosen. */
size_t zcb_narrow_choose(const double *widths, const double *costs_s, size_t count,
                         double target, double slice_s, double left_s, unsigned char *chosen);

#endif
