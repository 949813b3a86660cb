/* A hand-over prepared for measuring: the arms of a pair in one lane at one size, as the engine and
 * the proof see them — the same for both lanes. */
#ifndef ZCB_WORKER_PREPARED_H
#define ZCB_WORKER_PREPARED_H

#include "worker/pair.h"
#include "worker/ranges.h"

#include <stdint.h>

/* An arm that can be visited. Invariant: `self` lives as long as the zcb_prepared. */
typedef struct zcb_prepared_arm {
    char name[ZCB_NAME_MAX + 1];
    void *self;
    /* Before a timed region, outside it: 0, or -1 with a Python exception set; may be NULL. */
    int (*ready)(void *self, uint64_t iterations);
    /* The timed region: 0, or -1 with a Python exception set. */
    int (*loop)(void *self, uint64_t iterations);
    /* Behind it: gives back what ready has made; may be NULL. */
    void (*after)(void *self);
    /* Most iterations of one region, where each consumes a source of a pool: more of them are a
     * chain of regions. 0: any number. */
    uint64_t at_once;
    /* With a pool: makes the source that the next `once` will consume, and tells where its
     * bytes lie. 0, or -1 with a Python exception set. NULL: sources stay. */
    int (*fresh)(void *self, zcb_range *out);
    /* One operation: its result, a new reference, or NULL with an exception; NULL for limit. */
    PyObject *(*once)(void *self);
} zcb_prepared_arm;

/* An arm of the python lane: a function with the loop inside, called once per visit. */
typedef struct zcb_python_arm {
    PyObject *loop, *once;                     /* owned */
    PyObject *loop_arguments, *once_arguments; /* owned tuples */
    PyObject *read;                            /* owned: the consumer's function, or None */
    zcb_ring *ring;                            /* cold: the iterator walks `rows`; NULL: hot */
    PyObject *rows;   /* borrowed from the zcb_prepared: a tuple of SETUP's names per source */
    PyObject *repeat; /* borrowed from the zcb_prepared: itertools.repeat */
    PyObject *fill, *one; /* borrowed from the zcb_prepared: make a pool, one source; or NULL */
    PyObject *take;     /* owned: once's arguments from what `one` made; None without a pool */
    int is_fresh;       /* once_arguments hold a source not consumed yet */
    PyObject *iterator; /* owned: gives as many items as the next visit has iterations */
} zcb_python_arm;

/* An arm of the C lane. */
typedef struct zcb_c_arm {
    const zcb_arm *arm;
    const zcb_case *c;
} zcb_c_arm;

/* memcpy of the bytes handed over. */
typedef struct zcb_limit {
    const void *from;
    zcb_ring *ring;            /* cold or pool: position in `others`; NULL: hot */
    const void *const *others; /* cold or pool: where each source's bytes begin */
    zcb_ring pool; /* stands for the pool's sources, which are others in each visit */
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
    PyObject
        *row_sources;     /* python lane, cold: list of each source's tuple of sources; owned */
    PyObject *repeat;     /* python lane: itertools.repeat; owned */
    PyObject *fill, *one; /* python lane, pool: functions that make new sources; owned */
    const void **ring_bytes; /* cold or pool: where each source's bytes begin; owned */
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

/* `iterations` operations of an arm, untimed: as a visit makes them. 0, or -1 with a Python
 * exception set. */
int zcb_prepared_run(const zcb_prepared_arm *arm, uint64_t iterations);

/* The same and then one operation whose result is given up, as proofs make it. */
int zcb_prepared_exercise(const zcb_prepared_arm *arm, uint64_t iterations);

/* References to the sources, summed up. */
Py_ssize_t zcb_prepared_references(const zcb_prepared *prepared);

/* 1 when every operation consumes a source of a pool. */
static inline int zcb_prepared_is_pooled(const zcb_prepared *prepared)
{
    return prepared->arms[0].at_once > 0;
}

/* Index of the arm called `name`, or -1. */
int zcb_prepared_find(const zcb_prepared *prepared, const char *name);

/* 1 when `arm` is one of the alternatives. */
static inline int zcb_prepared_is_alternative(const zcb_prepared *prepared, size_t arm)
{
    return arm > 0 && arm + 3 < prepared->arm_count;
}

#endif
