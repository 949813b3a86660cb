/* The pairs that the interpreters asked for know: what `list` and `show` stand on. */
#ifndef ZCB_DRIVER_KNOWN_PAIRS_H
#define ZCB_DRIVER_KNOWN_PAIRS_H

#include "base/error.h"
#include "driver/catalogue.h"
#include "driver/common_options.h"
#include "store/run.h"

/* Fills the empty *run (variants, left_out) and *catalogue; the caller clears both in every
 * case. 0 or -1. */
int zcb_pairs_known(const zcb_common_options *options, zcb_run *run, zcb_catalogue *catalogue,
                    zcb_error *error);

/* How many entries from `first` on are lanes of one pair. */
size_t zcb_lanes_of(const zcb_catalogue *catalogue, size_t first);

#endif
