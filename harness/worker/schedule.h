/* The order of visits: pure, so that it is tested without an interpreter. */
#ifndef ZCB_WORKER_SCHEDULE_H
#define ZCB_WORKER_SCHEDULE_H

#include "base/random.h"
#include "base/words.h"

#include <stddef.h>
#include <stdint.h>

/* Orders of successive blocks over the same `count` arms: random and balanced — in every `count`
 * blocks each arm takes each place once (a randomised cyclic Latin square: Bailey, "Design of
 * Comparative Experiments", 2008, ch. 6). Zero value with count set: at the start. */
typedef struct zcb_latin {
    size_t count; /* 1 … ZCB_ARMS_MAX */
    size_t row;
    uint32_t arms[ZCB_ARMS_MAX];
    uint32_t shifts[ZCB_ARMS_MAX];
} zcb_latin;

/* Writes the next order, a permutation of 0 … count-1, into order[count]. */
void zcb_latin_next(zcb_latin *latin, zcb_random *random, uint32_t *order);

/* Shuffles values[count] in place (Fisher and Yates). */
void zcb_shuffle(uint32_t *values, size_t count, zcb_random *random);

#endif
