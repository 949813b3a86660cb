/* A part of a bytes object: copied out, or shown through a slice of a memoryview. */
#include "worker/pair.h"

enum { SLICE, VIEW_OF_ALL };

static PyObject *copy(const zcb_case *c)
{
    return PyBytes_FromStringAndSize(c->data, c->size_bytes);
}

static PyObject *view(const zcb_case *c)
{
    return PyObject_GetItem(c->parts[VIEW_OF_ALL], c->parts[SLICE]);
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
    c->source = zcb_source_bytes(c);
    c->parts[SLICE] = zcb_source_slice(c);
    if (c->source == NULL || c->parts[SLICE] == NULL) {
        return -1;
    }
    c->data = PyBytes_AS_STRING(c->source) + c->offset;
    c->parts[VIEW_OF_ALL] = PyMemoryView_FromObject(c->source);
    return c->parts[VIEW_OF_ALL] == NULL ? -1 : 0;
}

const zcb_pair zcb_pair_capi_bytes_slice = {
    .id = "C1",
    .name = "bytes_slice",
    .group = "core",
    .kind = ZCB_KIND_Z,
    .note =
        "slice and memoryview of the whole are made before the loop; each operation makes one "
        "object: a bytes, or a memoryview on the shared managed buffer",
    .set_up = set_up,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
};
