/* A part of a bytearray: copied out, or shown through a memoryview made for the purpose. */
#include "worker/pair.h"

enum { SLICE };

static PyObject *copy(const zcb_case *c)
{
    return PyByteArray_FromStringAndSize(c->data, c->size_bytes);
}

static PyObject *view(const zcb_case *c)
{
    PyObject *whole = PyMemoryView_FromObject(c->source);
    PyObject *part = whole == NULL ? NULL : PyObject_GetItem(whole, c->parts[SLICE]);
    Py_XDECREF(whole);
    return part;
}

static int copy_loop(const zcb_case *c, uint64_t iterations)
{
    return zcb_repeat(c, iterations, copy);
}

static int view_loop(const zcb_case *c, uint64_t iterations)
{
    return zcb_repeat(c, iterations, view);
}

static int set_up(zcb_case *c)
{
    c->source = zcb_source_bytearray(c);
    c->parts[SLICE] = zcb_source_slice(c);
    if (c->source == NULL || c->parts[SLICE] == NULL) {
        return -1;
    }
    c->data = PyByteArray_AS_STRING(c->source) + c->offset;
    return 0;
}

const zcb_pair zcb_pair_capi_bytearray_slice = {
    .id = "C2",
    .name = "bytearray_slice",
    .group = "core",
    .kind = ZCB_KIND_Z,
    .note = "the slice is made before the loop, the memoryview inside it, because one kept "
            "open would "
            "lock the bytearray against resizing: three blocks against the copy's two",
    .set_up = set_up,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
};
