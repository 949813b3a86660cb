/* The bytes of an ndarray for a C library: as a bytes object, or borrowed through the buffer
 * protocol. Longer than most because the view arm makes no object: it has a loop of its own,
 * and another for the proof. */
#include "../acquire.h"
#include "source_array.h"

#if ZCB_HAVE_NUMPY

enum { PART };

static PyObject *copy(const zcb_case *c)
{
    return PyArray_ToString((PyArrayObject *)c->parts[PART], NPY_CORDER);
}

/* What the view arm reaches, as an object for the proof: the case keeps the array alive. */
static PyObject *view(const zcb_case *c)
{
    Py_buffer buffer;
    if (PyObject_GetBuffer(c->parts[PART], &buffer, PyBUF_SIMPLE) < 0) {
        return NULL;
    }
    PyObject *shown = PyMemoryView_FromMemory(buffer.buf, buffer.len, PyBUF_READ);
    PyBuffer_Release(&buffer);
    return shown;
}

static int copy_loop(const zcb_case *c, uint64_t iterations)
{
    return zcb_repeat(c, iterations, copy);
}

static zcb_always_inline int acquire(const zcb_case *c, int reads)
{
    Py_buffer buffer;
    if (PyObject_GetBuffer(c->parts[PART], &buffer, PyBUF_SIMPLE) < 0) {
        return -1;
    }
    if (reads) {
        zcb_read_bytes(buffer.buf, buffer.len);
    }
    PyBuffer_Release(&buffer);
    return 0;
}

static int view_loop(const zcb_case *c, uint64_t iterations)
{
    return acquire_repeat(c, iterations, acquire);
}

static int set_up(zcb_case *c)
{
    c->parts[PART] = source_part(c, c->size_bytes);
    return c->parts[PART] == NULL ? -1 : 0;
}
#endif

const zcb_pair zcb_pair_numpy_numpy_export = {
    .id = "NC5",
    .name = "numpy_export",
    .group = "numpy C API",
    .requires = "numpy",
    .kind = ZCB_KIND_Z,
    .note = "the copy makes a bytes; the view acquires and releases the buffer (PyBUF_SIMPLE), "
            "for which "
            "numpy describes the array anew each time, and makes no object",
#if ZCB_HAVE_NUMPY
    .set_up = set_up,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
#endif
};
