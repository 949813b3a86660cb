/* See consume.h. */
#include "worker/consume.h"

#include "base/compiler.h"

#include <stdint.h>
#include <string.h>

void zcb_read_bytes(const void *from, Py_ssize_t size)
{
    const char *bytes = from;
    uint64_t sum = 0, word;
    for (; size >= 8; size -= 8, bytes += 8) {
        memcpy(&word, bytes, 8);
        sum += word;
    }
    for (; size > 0; size--) {
        sum += (unsigned char)*bytes++;
    }
    zcb_opaque((unsigned long)sum);
}

/* First dimension from which on the elements lie side by side, and the bytes of such a run. */
static int first_of_run(const Py_buffer *view, Py_ssize_t *run_bytes)
{
    int dim = view->ndim;
    *run_bytes = view->itemsize;
    while (dim > 0 && view->strides[dim - 1] == *run_bytes) {
        dim--;
        *run_bytes *= view->shape[dim];
    }
    return dim;
}

/* The runs below dimension `dim`, starting at `at`; runs begin at dimension `last`. */
static void read_runs(const Py_buffer *view, int dim, int last, Py_ssize_t run_bytes,
                      const char *at)
{
    if (dim == last) {
        zcb_read_bytes(at, run_bytes);
        return;
    }
    for (Py_ssize_t i = 0; i < view->shape[dim]; i++) {
        read_runs(view, dim + 1, last, run_bytes, at + i * view->strides[dim]);
    }
}

static int read_buffer(PyObject *object)
{
    Py_buffer view;
    if (PyObject_GetBuffer(object, &view, PyBUF_STRIDED_RO) < 0) {
        return -1;
    }
    if (PyBuffer_IsContiguous(&view, 'A') || view.ndim == 0) {
        zcb_read_bytes(view.buf, view.len);
    } else {
        Py_ssize_t run_bytes;
        int last = first_of_run(&view, &run_bytes);
        read_runs(&view, 0, last, run_bytes, view.buf);
    }
    PyBuffer_Release(&view);
    return 0;
}

int zcb_read_result(PyObject *result)
{
    if (PyObject_CheckBuffer(result)) {
        return read_buffer(result);
    }
    if (PyUnicode_CheckExact(result)) {
        zcb_read_bytes(PyUnicode_DATA(result),
                       PyUnicode_GET_LENGTH(result) * (Py_ssize_t)PyUnicode_KIND(result));
        return 0;
    }
    if (!PyTuple_CheckExact(result) && !PyList_CheckExact(result)) {
        return 0;
    }
    int status = 0;
    for (Py_ssize_t i = 0; status == 0 && i < PySequence_Fast_GET_SIZE(result); i++) {
        status = zcb_read_result(PySequence_Fast_GET_ITEM(result, i));
    }
    return status;
}

static PyObject *read_function(PyObject *self, PyObject *result)
{
    (void)self;
    return zcb_read_result(result) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyMethodDef read_method = {"read", read_function, METH_O,
                                  "read(result): touches every byte"};

PyObject *zcb_read_function(void)
{
    return PyCFunction_New(&read_method, NULL);
}
