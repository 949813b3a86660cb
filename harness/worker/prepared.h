/* A hand-over prepared for measuring: the arms of a pair in one lane at one size, as the engine and
 * the proof see them — the same for both lanes. */
#ifndef ZCB_WORKER_PREPARED_H
#define ZCB_WORKER_PREPARED_H

#include "worker/pair.h"

#include <stdint.h>

/* An arm that can be visited. Invariant: `self` lives as long as the zcb_prepared. */
typedef struct zcb_prepared_arm {
    char name[ZCB_NAME_MAX + 1];
    void *self;
    /* Before a visit, outside the timed region: 0, or -1 with a Python exception set; may be NULL. */
    int (*ready)(void *self, uint64_t iterations);
    /* The timed region: 0, or -1 with a Python exception set. */
    int (*loop)(void *self, uint64_t iterations);
    /* One operation: its result, a new reference, or NULL with an exception; NULL for limit. */
    PyObject *(*once)(void *self);
} zcb_prepared_arm;

/* An arm of the python lane: a function with the loop inside, called once per visit. */
typedef struct zcb_python_arm {
    PyObject *loop, *once; /* owned */
    PyObject *arguments;   /* owned tuple */
    PyObject *read;        /* owned: the consumer's function, or None */
    zcb_ring *ring;        /* cold: the iterator walks `rows`; NULL: hot */
    PyObject *rows;        /* borrowed from the zcb_prepared: a tuple of SETUP's names per source */
    PyObject *iterator;    /* owned: itertools.repeat(None, iterations) of the next visit */
} zcb_python_arm;

/* An arm of the C lane. */
typedef struct zcb_c_arm {
    const zcb_arm *arm;
    const zcb_case *c;
} zcb_c_arm;

/* memcpy of the bytes handed over. */
typedef struct zcb_limit {
    const void *from;
    zcb_ring *ring;            /* cold: position in `others`; NULL: hot */
    const void *const *others; /* cold: where each source's bytes begin */
    void *to;
    size_t size_bytes;
    void *target; /* owned: mapping behind `to` */
    size_t target_bytes;
    void *own; /* owned: block behind `from` where the source can't serve */
} zcb_limit;

/* Invariant: arms stand in the order copy, alternatives…, null, twin, limit; twin is copy's very
 * function and data under another name. Zero value: empty. Must not be moved once filled. */
typedef struct zcb_prepared {
    zcb_kind kind;
    size_t arm_count;
    zcb_prepared_arm arms[ZCB_ARMS_MAX];
    PyObject *sources; /* owned tuple: the objects views may share memory with */
    uint64_t size_bytes;
    zcb_python_arm python[ZCB_ALTERNATIVES_MAX + 2];
    zcb_c_arm c[ZCB_ALTERNATIVES_MAX + 2];
    zcb_limit limit;
    zcb_case c_case;
    const zcb_pair *pair; /* C lane only */
    zcb_ring ring;        /* count 0: hot */
    zcb_case *c_cases;    /* C lane, cold: ring.count cases beside c_case; owned */
    PyObject *rows;       /* python lane, cold: list of ring.count tuples; owned */
    PyObject *row_sources;   /* python lane, cold: list of each source's tuple of sources; owned */
    const void **ring_bytes; /* cold: where each source's bytes begin; owned */
} zcb_prepared;

/* The conditions a cell is prepared under, beyond the heap; zero value: hot, drop. */
typedef struct zcb_conditions {
    zcb_cache cache;
    zcb_consumer consumer;
} zcb_conditions;

/* Prepares pair `name` of `lane`: source made anew, offsets from `seed`. 0, or -1 with a Python
 * exception set; clear it in either case. */
int zcb_prepare(zcb_lane lane, const char *name, uint64_t size_bytes, uint64_t seed,
                zcb_prepared *out);

/* The same under conditions. Cold: a ring of sources is made, which takes twice the last cache level.
 * Read: every arm but null and limit hands its results to a consumer that reads every byte. */
int zcb_prepare_under(zcb_lane lane, const char *name, uint64_t size_bytes, uint64_t seed,
                      zcb_conditions conditions, zcb_prepared *out);
void zcb_prepared_clear(zcb_prepared *prepared);

/* Index of the arm called `name`, or -1. */
int zcb_prepared_find(const zcb_prepared *prepared, const char *name);

/* 1 when `arm` is one of the alternatives. */
static inline int zcb_prepared_is_alternative(const zcb_prepared *prepared, size_t arm)
{
    return arm > 0 && arm + 3 < prepared->arm_count;
}

#endif
