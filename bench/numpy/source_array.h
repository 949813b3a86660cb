/* The source most numpy pairs share: made without a temporary block, whose release would change
 * the allocator's mood for what is measured. */
#ifndef ZCB_BENCH_SOURCE_ARRAY_H
#define ZCB_BENCH_SOURCE_ARRAY_H

#include "worker/pair.h"

#include "worker/numpy_api.h"

/* An ndarray of offset + size_bytes + 64 filled bytes that owns its data; sets c->source and
 * c->data. 0, or -1 with a Python exception set. */
static inline int source_array(zcb_case *c)
{
    npy_intp size = c->offset + c->size_bytes + 64;
    c->source = PyArray_SimpleNew(1, &size, NPY_UINT8);
    if (c->source == NULL) {
        return -1;
    }
    char *bytes = PyArray_BYTES((PyArrayObject *)c->source);
    zcb_fill(bytes, size);
    c->data = bytes + c->offset;
    return 0;
}

#endif
