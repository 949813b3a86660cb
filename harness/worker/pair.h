/* The contract of a C pair: what a file under bench/capi or bench/numpy provides, and all it may
 * use of the harness. A pair file holds only what differs from every other pair. */
#ifndef ZCB_WORKER_PAIR_H
#define ZCB_WORKER_PAIR_H

#include "worker/compat.h" /* Python.h, zcb_always_inline, Py_NewRef for old versions */

#include "base/words.h"
#include "worker/consume.h"
#include "worker/ring.h"

#include <stdint.h>

#define ZCB_PARTS_MAX 6

/* One hand-over of one size, prepared: what every arm of the cell works on.
 * Invariant after a successful set_up: `source` is set, `data` points at the first of `size_bytes`
 * resident, non-zero bytes inside it, and nothing here changes while arms run. */
typedef struct zcb_case {
    Py_ssize_t size_bytes; /* bytes handed over; given */
    Py_ssize_t
        offset;       /* given: random multiple of 16 below 4096, so that source and destination
                              never keep one fixed distance (4 KiB aliasing) */
    PyObject *source; /* owned: the exporter; null hands back a new reference to it */
    PyObject
        *parts[ZCB_PARTS_MAX]; /* owned: objects made before timing (a slice, a memoryview) */
    const void *data; /* borrowed from source: first byte handed over, what limit copies */
    void *memory;     /* owned, from malloc: plain memory of the pair, freed after tear_down */
    Py_ssize_t numbers[4];         /* the pair's own counts: rows, strides, steps */
    zcb_ring *ring;                /* cold: position in `others`; NULL: hot, this case alone */
    const struct zcb_case *others; /* cold: the ring's cases, this one first; borrowed */
    int reads;                     /* 1: a consumer reads every byte of each result */
} zcb_case;

/* One operation: returns a new reference, or NULL with a Python exception set. */
typedef PyObject *(*zcb_operation)(const zcb_case *c);

/* `iterations` operations, each result released at once: 0, or -1 with a Python exception set. */
typedef int (*zcb_loop)(const zcb_case *c, uint64_t iterations);

/* One arm. `once` is the operation for the proof and the memory pass; `loop` is what is timed and
 * must call the same operation through zcb_repeat. */
typedef struct zcb_arm {
    const char *name; /* NULL: "copy" for the copy, "view" for a view; else "view:<name>" */
    zcb_operation once;
    zcb_loop loop;
} zcb_arm;

/* A pair. Zero values are the defaults given. Static storage, never changed. */
typedef struct zcb_pair {
    const char *id;    /* catalogue id: "C1" */
    const char *name;  /* "bytes_slice" */
    const char *group; /* "core" */
    const char *note; /* why it is fair, and which objects are made inside the loop; one line */
    const char
        *requires;      /* modules it needs, as "numpy >= 1.20", parted by commas; NULL: none */
    const char *python; /* oldest Python: "3.15"; NULL: any. What needs it stands in an #if */
    const char
        *drop_only; /* why reading its results would mean nothing; NULL: it means something */
    zcb_kind kind;
    uint64_t size_min; /* 0: 64 B */
    uint64_t size_max; /* 0: 64 MiB */
    /* Fills source, data and what the arms need: 0, or -1 with a Python exception set. What it
     * has stored in the case is released by the harness in either case. NULL: the pair was
     * built without what it needs, and is only listed. */
    int (*set_up)(zcb_case *c);
    void (*tear_down)(zcb_case *c); /* NULL: nothing to undo beyond the owned members */
    zcb_arm copy;
    zcb_arm views[ZCB_ALTERNATIVES_MAX]; /* the first with a NULL loop ends the list */
    zcb_arm null; /* NULL loop: zcb_repeat around a new reference to the source */
} zcb_pair;

/* The case of the next iteration: the ring's next where data is cold. */
static zcb_always_inline const zcb_case *zcb_case_now(const zcb_case *c)
{
    return c->ring == NULL ? c : &c->others[zcb_ring_next(c->ring)];
}

/* One iteration: the operation, its consumer, and the release of its result. */
static zcb_always_inline int zcb_operate(const zcb_case *c, int reads, zcb_operation operation)
{
    PyObject *result = operation(c);
    if (result == NULL) {
        return -1;
    }
    int status = reads ? zcb_read_result(result) : 0;
    zcb_keep(result); /* or a compiler takes a reference and its release for nothing */
    Py_DECREF(result);
    return status;
}

/* The body of every loop: `operation` must be a constant, so that it is inlined — an indirect call
 * per iteration costs 1.9–2.1 ns. Same call and release path for every arm; hot data that is
 * dropped, the common case, has a loop without questions. */
static zcb_always_inline int zcb_repeat(const zcb_case *c, uint64_t iterations,
                                        zcb_operation operation)
{
    int status = 0;
    if (c->ring == NULL && !c->reads) {
        for (; status == 0 && iterations != 0; iterations--) {
            status = zcb_operate(c, 0, operation);
        }
        return status;
    }
    for (; status == 0 && iterations != 0; iterations--) {
        status = zcb_operate(zcb_case_now(c), c->reads, operation);
    }
    return status;
}

/* `size` non-zero, resident bytes that differ from call to call: fills `to`. */
void zcb_fill(void *to, Py_ssize_t size);

/* A bytes object of offset + size_bytes + 64 filled bytes. New reference, or NULL. */
PyObject *zcb_source_bytes(const zcb_case *c);

/* The set_up of a pair whose source is these bytes and that needs nothing else. */
int zcb_set_up_bytes(zcb_case *c);

/* zcb_source_bytes as a bytearray. New reference, or NULL. */
PyObject *zcb_source_bytearray(const zcb_case *c);

/* slice(offset, offset + size_bytes). New reference, or NULL. */
PyObject *zcb_source_slice(const zcb_case *c);

/* Result of `module.attribute(arguments…)`, arguments as for Py_BuildValue with a tuple format such
 * as "(On)". New reference, or NULL. For set-up only. */
PyObject *zcb_call(const char *module, const char *attribute, const char *format, ...);

#endif
