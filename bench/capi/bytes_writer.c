/* Bytes of a length known only once they are there: written into a bytes object that is cut to
 * it, or into a PyBytesWriter. Longer than most because the writer’s own error path is part of
 * what is measured. */
#include "worker/pair.h"

#if PY_VERSION_HEX >= 0x030F0000
#include <string.h>

static PyObject *copy(const zcb_case *c)
{
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, 2 * c->size_bytes);
    if (bytes != NULL) {
        memcpy(PyBytes_AS_STRING(bytes), c->data, (size_t)c->size_bytes);
        _PyBytes_Resize(&bytes, c->size_bytes);
    }
    return bytes;
}

static PyObject *view(const zcb_case *c)
{
    PyBytesWriter *writer = PyBytesWriter_Create(2 * c->size_bytes);
    if (writer == NULL) {
        return NULL;
    }
    memcpy(PyBytesWriter_GetData(writer), c->data, (size_t)c->size_bytes);
    return PyBytesWriter_FinishWithSize(writer, c->size_bytes);
}

static int copy_loop(const zcb_case *c, uint64_t iterations)
{
    return zcb_repeat(c, iterations, copy);
}

static int view_loop(const zcb_case *c, uint64_t iterations)
{
    return zcb_repeat(c, iterations, view);
}
#endif

const zcb_pair zcb_pair_capi_bytes_writer = {
    .id = "B4",
    .name = "bytes_writer",
    .group = "buffer protocol",
    .python = "3.15",
    .kind = ZCB_KIND_R,
    .size_max = 128,
    .note = "room for twice the bytes is asked for; up to 256 bytes of room a writer keeps "
            "inside itself "
            "and makes the bytes object last, at its length; with more room it works in a "
            "bytes object "
            "too, and saves nothing",
#if PY_VERSION_HEX >= 0x030F0000
    .set_up = zcb_set_up_bytes,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
#endif
};
