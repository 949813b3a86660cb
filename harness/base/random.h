/* A small seeded generator (SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014), so that every random choice of a run follows from logged seeds. */
#ifndef ZCB_BASE_RANDOM_H
#define ZCB_BASE_RANDOM_H

#include <stdint.h>

typedef struct zcb_random {
    uint64_t state;
} zcb_random;

/* The next 64 bits. */
static inline uint64_t zcb_random_next(zcb_random *random)
{
    uint64_t z = (random->state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* A whole number in [0, bound), bound > 0. The bias is below bound / 2^64. */
static inline uint64_t zcb_random_below(zcb_random *random, uint64_t bound)
{
    return zcb_random_next(random) % bound;
}

/* A seed that differs for each (seed, stream): streams of one run do not overlap in practice. */
static inline uint64_t zcb_random_derive(uint64_t seed, uint64_t stream)
{
    zcb_random random = {seed ^ (stream * UINT64_C(0xd1342543de82ef95))};
    zcb_random_next(&random);
    return zcb_random_next(&random);
}

#endif
