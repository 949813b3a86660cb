/* Where a break-even is looked for more closely: which sizes to measure between those that
 * hold a crossing. Pure. */
#ifndef ZCB_DRIVER_REFINE_H
#define ZCB_DRIVER_REFINE_H

#include "stats/breakeven.h"

#include <stddef.h>
#include <stdint.h>

#define ZCB_REFINE_SIZES_MAX 3
#define ZCB_REFINE_ROUNDS 6u /* per run: from octaves down to a step's whole bytes */

/* The sizes to measure next for one crossing of `points`; 0 when it is close enough: where
 * ±10 % is asked the neighbours of the estimate stand a quarter of an octave apart (curvature
 * then biases by 0.4 %), elsewhere half an octave. One size halves that distance in ln n,
 * rounded to a multiple of 64 where the neighbours are 256 B apart, of 8 where 32 B. Where
 * the law between them is steeper than n^2.5, or four times as steep as on both sides and its
 * rise twice the intervals' half-widths, something jumps: three sizes at a time down to whole
 * bytes. */
size_t zcb_refine_sizes(const zcb_size_point *points, size_t count,
                        const zcb_crossing *crossing, uint64_t out[ZCB_REFINE_SIZES_MAX]);

#endif
