/* Memory that no Python object owns: copied into a bytes object, or wrapped in a memoryview. */
#include "worker/pair.h"

#include <stdlib.h>

static PyObject *copy(const zcb_case *c)
{
    return PyBytes_FromStringAndSize(c->data, c->size_bytes);
}

static PyObject *view(const zcb_case *c)
{
    return PyMemoryView_FromMemory((char *)c->data, c->size_bytes, PyBUF_READ);
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
    Py_ssize_t size = c->offset + c->size_bytes + 64;
    c->memory = malloc((size_t)size);
    if (c->memory == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    zcb_fill(c->memory, size);
    c->data = (const char *)c->memory + c->offset;
    c->source = PyMemoryView_FromMemory(c->memory, size, PyBUF_WRITE);
    return c->source == NULL ? -1 : 0;
}

const zcb_pair zcb_pair_capi_wrap_memory = {
    .id = "B2",
    .name = "wrap_memory",
    .group = "buffer protocol",
    .kind = ZCB_KIND_Z,
    .note = "one object against two blocks (managed buffer, memoryview); the view keeps no "
            "owner alive: "
            "whoever wraps must outlive every view",
    .set_up = set_up,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
};
