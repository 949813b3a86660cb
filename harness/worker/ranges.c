/* See ranges.h. */
#include "worker/ranges.h"

#include "worker/prepared.h"

zcb_range zcb_range_of(const Py_buffer *view)
{
    zcb_range r = {view->buf, (const char *)view->buf + view->itemsize};
    if (view->len == 0) {
        r.high = r.low;
        return r;
    }
    if (view->ndim == 0 || view->shape == NULL || view->strides == NULL) {
        r.high = (const char *)view->buf + view->len;
        return r;
    }
    for (int i = 0; i < view->ndim; i++) {
        Py_ssize_t reach = view->strides[i] * (view->shape[i] - 1);
        if (reach < 0) {
            r.low += reach;
        } else {
            r.high += reach;
        }
    }
    return r;
}

int zcb_range_of_object(PyObject *object, zcb_range *out)
{
    Py_buffer view;
    if (PyObject_GetBuffer(object, &view, PyBUF_FULL_RO) < 0) {
        return -1;
    }
    *out = zcb_range_of(&view);
    PyBuffer_Release(&view);
    return 0;
}

size_t zcb_ranges_of_sources(const struct zcb_prepared *prepared, zcb_range *out, size_t most)
{
    size_t count = 0;
    if (prepared->c_case.data != NULL) { /* plain memory of a C pair is a source too */
        const char *data = prepared->c_case.data;
        out[count++] = (zcb_range){data, data + prepared->size_bytes};
    }
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(prepared->sources) && count < most; i++) {
        if (zcb_range_of_object(PyTuple_GET_ITEM(prepared->sources, i), &out[count]) == 0) {
            count++;
        } else {
            PyErr_Clear();
        }
    }
    return count;
}
