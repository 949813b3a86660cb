/* Bytes behind a memoryview: copied out into a bytes object, or handed on as a view of the
 * view. */
#include "worker/pair.h"

enum { WHOLE, PART };

static PyObject *copy(const zcb_case *c)
{
    return PyBytes_FromObject(c->parts[PART]);
}

static PyObject *view(const zcb_case *c)
{
    return PyMemoryView_FromObject(c->parts[PART]);
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
    c->parts[WHOLE] = c->source == NULL ? NULL : PyMemoryView_FromObject(c->source);
    if (c->parts[WHOLE] == NULL) {
        return -1;
    }
    c->data = PyBytes_AS_STRING(c->source) + c->offset;
    c->parts[PART] = PySequence_GetSlice(c->parts[WHOLE], c->offset, c->offset + c->size_bytes);
    return c->parts[PART] == NULL ? -1 : 0;
}

const zcb_pair zcb_pair_capi_view_tobytes = {
    .id = "C4",
    .name = "view_tobytes",
    .group = "core",
    .kind = ZCB_KIND_Z,
    .note = "contiguous source; the copy exports the view and makes a bytes, the view makes "
            "one more "
            "memoryview on the same managed buffer",
    .set_up = set_up,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
};
