/* How thoroughly a run measures: the profiles, and the lighter steps a budget may fall back to.
 */
#ifndef ZCB_DRIVER_PROFILES_H
#define ZCB_DRIVER_PROFILES_H

#include "driver/sizes.h"

#include <stdint.h>

#define ZCB_VISIT_NS UINT64_C(500000) /* default target of one visit */
#define ZCB_WARMUP UINT64_C(10000)    /* default warm-up iterations of a cheap arm */
#define ZCB_LAUNCHES_MIN 6u           /* below, no exact sign interval at 95 % exists */

/* Launches × blocks, and the sizes: powers of two from size_min to size_max, every `octaves`.
 */
typedef struct zcb_profile {
    const char *name;
    uint32_t launches, blocks;
    uint64_t visit_ns;
    uint64_t size_min, size_max;
    unsigned octaves;
    int has_conditions;   /* 1: core and scenario pairs under every condition */
    unsigned other_sizes; /* of conditions other than default, hot, drop: 4 (4 KiB, 64 KiB, 1
                             MiB, 16 MiB), 2 (64 KiB, 1 MiB) or 1 (1 MiB) */
    int is_for_users;     /* 0: a step of a budget, no name on the command line */
} zcb_profile;

/* All profiles, the most thorough first: NULL past the last. Static storage. */
const zcb_profile *zcb_profile_at(size_t index);

/* The user's profile of that name, or NULL. */
const zcb_profile *zcb_profile_find(const char *name);

/* Whether a budget may take `step` where `asked` was asked for: `asked` itself, or a lighter
 * one after it; one with all sizes only where these were asked for. */
int zcb_profile_is_step_of(const zcb_profile *step, const zcb_profile *asked);

/* The profile's sizes that lie from lo to hi; lo itself when none does. Replaces *out. */
void zcb_profile_sizes(const zcb_profile *profile, uint64_t lo, uint64_t hi, zcb_sizes *out);

#endif
