/* Bytes written into the middle of a bytearray: by slice assignment to it, or to a memoryview
 * of it. Longer than most because each of its two targets is a bytearray of its own, made and
 * shown in full. */
#include "worker/pair.h"

enum { SLICE, DATA, BY_SLICE, BY_VIEW, WINDOW };

/* Assigns DATA to the slice of `to`; the result is the whole of `target`. */
static zcb_always_inline PyObject *assigned(const zcb_case *c, PyObject *to, PyObject *target)
{
    if (PyObject_SetItem(to, c->parts[SLICE], c->parts[DATA]) < 0) {
        return NULL;
    }
    return Py_NewRef(target);
}

static PyObject *copy(const zcb_case *c)
{
    return assigned(c, c->parts[BY_SLICE], c->parts[BY_SLICE]);
}

static PyObject *view(const zcb_case *c)
{
    return assigned(c, c->parts[WINDOW], c->parts[BY_VIEW]);
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
    c->parts[DATA] = PyBytes_FromStringAndSize(NULL, c->size_bytes);
    c->parts[BY_SLICE] = PyByteArray_FromObject(c->source);
    c->parts[BY_VIEW] = PyByteArray_FromObject(c->source);
    if (c->parts[DATA] == NULL || c->parts[BY_SLICE] == NULL || c->parts[BY_VIEW] == NULL) {
        return -1;
    }
    zcb_fill(PyBytes_AS_STRING(c->parts[DATA]), c->size_bytes);
    c->parts[WINDOW] = PyMemoryView_FromObject(c->parts[BY_VIEW]);
    return c->parts[WINDOW] == NULL ? -1 : 0;
}

const zcb_pair zcb_pair_capi_slice_assign = {
    .id = "C5",
    .name = "slice_assign",
    .group = "core",
    .kind = ZCB_KIND_R,
    .note = "data are bytes, which a bytearray turns into a bytearray before it assigns them; "
            "slice and "
            "memoryview are made before the loop; no other object is made",
    .set_up = set_up,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
};
