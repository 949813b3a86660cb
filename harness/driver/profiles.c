/* See profiles.h. */
#include "driver/profiles.h"

#include <string.h>

#define KIB UINT64_C(1024)
#define MIB (UINT64_C(1024) * 1024)

/* Standard: 25 blocks are five whole squares of five arms, and with 20 the fixed cost of a launch of a
 * cell left 80 % of the wall time inside timed visits. */
static const zcb_profile profiles[] = {
    {"rigorous", 30, 30, ZCB_VISIT_NS, 64, 4 * MIB, 1, 0, 4, 1},
    {"standard", 10, 25, ZCB_VISIT_NS, 64, 4 * MIB, 1, 0, 4, 1},
    {"full", 6, 10, ZCB_VISIT_NS, 64, 64 * MIB, 1, 1, 4, 1},
    {"full", 6, 10, 200000, 64, 64 * MIB, 1, 1, 4, 0},
    {"full", 6, 10, 200000, 64, 64 * MIB, 2, 1, 2, 0},
    {"full", 6, 10, 100000, 64, 64 * MIB, 2, 1, 1, 0},
    {"full", 6, 10, 50000, 64, 64 * MIB, 4, 1, 1, 0},
    {"quick", 6, 10, ZCB_VISIT_NS, 64, 1 * MIB, 2, 0, 4, 1},
    {"quick", 6, 10, 200000, 64, 1 * MIB, 2, 0, 2, 0},
    {"quick", 6, 10, 200000, 64, 256 * KIB, 3, 0, 1, 0},
    {"quick", 6, 8, 100000, 64, 256 * KIB, 4, 0, 1, 0},
    {"quick", 6, 5, 50000, 64, 256 * KIB, 6, 0, 1, 0},
};

const zcb_profile *zcb_profile_at(size_t index)
{
    return index < sizeof profiles / sizeof profiles[0] ? &profiles[index] : NULL;
}

const zcb_profile *zcb_profile_find(const char *name)
{
    for (size_t i = 0; i < sizeof profiles / sizeof profiles[0]; i++) {
        if (profiles[i].is_for_users && strcmp(profiles[i].name, name) == 0) {
            return &profiles[i];
        }
    }
    return NULL;
}

int zcb_profile_is_step_of(const zcb_profile *step, const zcb_profile *asked)
{
    int is_full = strcmp(step->name, "full") == 0;
    return step == asked || (step > asked && (!is_full || strcmp(asked->name, "full") == 0));
}

void zcb_profile_sizes(const zcb_profile *profile, uint64_t lo, uint64_t hi, zcb_sizes *out)
{
    out->count = 0;
    for (uint64_t size = profile->size_min; size <= profile->size_max;
         size <<= profile->octaves) {
        if (size >= lo && size <= hi) {
            zcb_sizes_add(out, size);
        }
    }
    if (out->count == 0) {
        zcb_sizes_add(out, lo);
    }
}
