/* Cold data: a ring of sources larger than the last cache level, walked one source per iteration. One
 * position is shared by all arms of a cell, so that none reads what another has just warmed. */
#ifndef ZCB_WORKER_RING_H
#define ZCB_WORKER_RING_H

#include "worker/compat.h"

#include <stddef.h>

/* Invariant: position < count. */
typedef struct zcb_ring {
    size_t count;
    size_t position;
} zcb_ring;

/* Place of the next source. */
static inline size_t zcb_ring_next(zcb_ring *ring)
{
    size_t place = ring->position;
    ring->position = place + 1 == ring->count ? 0 : place + 1;
    return place;
}

/* How many sources of `source_bytes` make a ring of twice the last cache level: at least 2. */
size_t zcb_ring_size(size_t source_bytes);

/* How many sources of `source_bytes` a pool holds, of which each operation consumes one: at
 * most 64 MiB of them and at most 4096, at least 1. */
size_t zcb_pool_size(size_t source_bytes);

/* zcb_ring_size as a Python function. New reference, or NULL. */
PyObject *zcb_ring_size_function(void);

/* An iterator that gives `iterations` items of the list `rows` from the ring's position on, and moves
 * it. The ring must outlive it and have one place per row. New reference, or NULL. */
PyObject *zcb_ring_iterator(zcb_ring *ring, PyObject *rows, unsigned long long iterations);

#endif
