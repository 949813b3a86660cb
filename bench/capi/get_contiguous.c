/* Every second byte of a buffer for a consumer: made contiguous, or shown with its stride. */
#include "worker/pair.h"

enum { WHOLE, STEP, STRIDED };

static PyObject *copy(const zcb_case *c)
{
    return PyMemoryView_GetContiguous(c->parts[STRIDED], PyBUF_READ, 'C');
}

static PyObject *view(const zcb_case *c)
{
    return PyMemoryView_FromObject(c->parts[STRIDED]);
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
    zcb_case twice = {.size_bytes = 2 * c->size_bytes, .offset = c->offset};
    c->source = zcb_source_bytes(&twice);
    c->parts[WHOLE] = c->source == NULL ? NULL : PyMemoryView_FromObject(c->source);
    c->parts[STEP] = zcb_call("builtins", "slice", "(nnn)", c->offset,
                              c->offset + twice.size_bytes, (Py_ssize_t)2);
    if (c->parts[WHOLE] == NULL || c->parts[STEP] == NULL) {
        return -1;
    }
    c->data = PyBytes_AS_STRING(c->source) + c->offset;
    c->parts[STRIDED] = PyObject_GetItem(c->parts[WHOLE], c->parts[STEP]);
    return c->parts[STRIDED] == NULL ? -1 : 0;
}

const zcb_pair zcb_pair_capi_get_contiguous = {
    .id = "B3",
    .name = "get_contiguous",
    .group = "buffer protocol",
    .kind = ZCB_KIND_Z,
    .size_max = 4 << 20, /* 10 ns a byte: one copy of 64 MiB would take most of a second */
    .note = "the strided view is made before the loop; the copy goes byte by byte and makes a "
            "bytes and a "
            "memoryview, the view one memoryview; whoever reads the view pays for the stride",
    .set_up = set_up,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
};
