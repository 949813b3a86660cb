/* The source most numpy pairs share: made without a temporary block, whose release would change
 * the allocator's mood for what is measured. */
#ifndef ZCB_BENCH_SOURCE_ARRAY_H
#define ZCB_BENCH_SOURCE_ARRAY_H

#include "worker/pair.h"

#include "worker/numpy_api.h"

#if ZCB_HAVE_NUMPY

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

/* The first `size` of the bytes handed over as an ndarray of their own on the source, which is
 * made too: new reference, or NULL with a Python exception set. */
static inline PyObject *source_part(zcb_case *c, Py_ssize_t size)
{
    return source_array(c) < 0 ? NULL
                               : PySequence_GetSlice(c->source, c->offset, c->offset + size);
}

/* The same as a table of `rows` rows: new reference, or NULL with a Python exception set. */
static inline PyObject *source_table(zcb_case *c, npy_intp rows)
{
    npy_intp lengths[2] = {rows, c->size_bytes / rows};
    PyArray_Dims shape = {lengths, 2};
    PyObject *table = NULL;
    PyObject *part = source_part(c, rows * lengths[1]);
    if (part != NULL) {
        table = PyArray_Newshape((PyArrayObject *)part, &shape, NPY_CORDER);
        Py_DECREF(part);
    }
    return table;
}

/* `rows` rows of `columns` doubles, with a cache line between rows, on a source that is made: new
 * reference, or NULL with a Python exception set. What the bytes are as numbers is not looked
 * at. */
static inline PyObject *source_matrix(zcb_case *c, npy_intp rows, npy_intp columns)
{
    npy_intp lengths[2] = {rows, columns}, strides[2] = {columns * 8 + 64, 8};
    zcb_case wider = {.size_bytes = rows * strides[0], .offset = c->offset};
    if (source_array(&wider) < 0) {
        return NULL;
    }
    c->source = wider.source;
    c->data = wider.data;
    PyObject *matrix = PyArray_New(&PyArray_Type, 2, lengths, NPY_DOUBLE, strides,
                                   (void *)(uintptr_t)c->data, 0, NPY_ARRAY_WRITEABLE, NULL);
    Py_INCREF(c->source);
    if (matrix == NULL) {
        Py_DECREF(c->source);
    } else if (PyArray_SetBaseObject((PyArrayObject *)matrix, c->source) < 0) {
        Py_CLEAR(matrix);
    }
    return matrix;
}

#endif
#endif
