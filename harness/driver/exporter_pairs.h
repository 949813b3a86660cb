/* The pairs that `zcbench exporter` measures: an object of the user's own, and bytes beside it.
 */
#ifndef ZCB_DRIVER_EXPORTER_PAIRS_H
#define ZCB_DRIVER_EXPORTER_PAIRS_H

#include "driver/pair_text.h"

#include <stddef.h>

#define ZCB_EXPORTER_EXPORT "object_export"
#define ZCB_EXPORTER_SLICE "object_slice"
#define ZCB_EXPORTER_BYTES_EXPORT "reference_export"
#define ZCB_EXPORTER_BYTES_SLICE "reference_slice"
#define ZCB_EXPORTER_OWN 2u /* pairs of the object: the first two */
#define ZCB_EXPORTER_PAIRS 4u

/* Owns `setups`; the pairs borrow them. Zero value: empty. */
typedef struct zcb_exporter_pairs {
    char *setups[ZCB_EXPORTER_OWN];
    zcb_pair_text pairs[ZCB_EXPORTER_PAIRS];
} zcb_exporter_pairs;

/* Fills *out for the text of a user's file, which is known to the user as `label` (borrowed). 0
 * or -1 (memory); the caller clears *out in every case. */
int zcb_exporter_pairs_make(const char *text, const char *label, zcb_exporter_pairs *out,
                            zcb_error *error);
void zcb_exporter_pairs_clear(zcb_exporter_pairs *pairs);

#endif
