/* A run that was never measured: samples from a known cost model with seeded noise, so that
 * every derived figure can be held against the truth. */
#ifndef ZCB_TESTS_REPORT_FABRICATE_H
#define ZCB_TESTS_REPORT_FABRICATE_H

#include "store/recorded.h"

/* A time per operation that is linear in size (plus a quadratic part) up to `kink_bytes` and
 * jumps by kink_ns there. */
typedef struct cost {
    double fixed_ns, ns_per_byte;
    double kink_bytes, kink_ns; /* 0: no kink */
    double ns_per_byte2;
} cost;

/* Initialiser of a plain cost. */
#define COST(fixed, per_byte)                                                                  \
    {                                                                                          \
        .fixed_ns = (fixed), .ns_per_byte = (per_byte)                                         \
    }

/* A pair of one lane: what it truly costs and how its cells end. */
typedef struct fabricated_pair {
    const char *name;
    zcb_lane lane;
    zcb_kind kind;
    cost copy;
    size_t alternative_count;
    const char *alternatives[ZCB_ALTERNATIVES_MAX];
    cost views[ZCB_ALTERNATIVES_MAX];
    zcb_status status; /* of all its cells; anything but ok and noisy has no samples */
    const char *reason;
    zcb_consumer consumer;
} fabricated_pair;

typedef struct fabrication {
    const char *const *variants;
    size_t variant_count;
    const fabricated_pair *pairs;
    size_t pair_count;
    uint64_t size_min, size_max; /* all powers of two from … to */
    uint32_t launches, blocks;
    uint32_t sparse_every; /* twin and limit from 1 MiB on; 0: every block */
    double launch_sd;      /* of ln(time), common to the arms of a launch */
    double arm_sd;      /* of ln(time), of one arm in one launch: what pairing can't remove */
    double visit_sd;    /* of ln(time), of one visit */
    double twin_factor; /* 0 or 1: the twin is the copy */
    double drift; /* of ln(time) of alternatives, from a launch's first to its last block */
    double place_cost;          /* of ln(time), per place in the block */
    const double *view_factors; /* of the alternatives' time, by variant; NULL: 1 */
    uint64_t seed;
} fabrication;

/* The usual truth: copy 60 ns + 0.1 ns per byte, view 90 ns, so that they cross at 300 B; null
 * 20 ns, limit 5 ns + n/12. */
extern const cost USUAL_COPY, USUAL_VIEW;
#define USUAL_BREAKEVEN_BYTES 300.0
#define HOSTILE_NAME "a<b>&\"'$(x)\\`y`"
#define HOSTILE_ARM "view:j|o`in$(touch pwned)"
#define HOSTILE_REASON                                                                         \
    "said <script>alert(1)</script> | `rm` \x1b[31mred\x1b[0m \xe2\x80\xae odd\nline"

double cost_at(const cost *cost, uint64_t size_bytes);

/* Two variants and a pair of every fate: crossed in both lanes, never, always, same, two
 * crossings, refused, failed, hostile names. Static storage. */
const fabrication *usual_fabrication(void);

/* The first pair of the usual run on one variant, up to 1 KiB: a place to build a fault into.
 */
fabrication small_fabrication(void);

/* Makes the run in memory; the caller clears it. Fails the test when memory is short. */
void fabricate(const fabrication *fabrication, zcb_recorded *out);

#endif
