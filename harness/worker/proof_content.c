/* Equal results: buffers by their logical content, the rest by type and value. */
#include "worker/proof.h"

#include <string.h>

/* Logical content in C order: a new bytes object, or NULL. */
static PyObject *content(Py_buffer *view)
{
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, view->len);
    if (bytes != NULL &&
        PyBuffer_ToContiguous(PyBytes_AS_STRING(bytes), view, view->len, 'C') < 0) {
        Py_CLEAR(bytes);
    }
    return bytes;
}

/* 1 when shapes and formats agree. */
static int same_layout(const Py_buffer *a, const Py_buffer *b)
{
    if (a->ndim != b->ndim || a->itemsize != b->itemsize) {
        return 0;
    }
    for (int i = 0; i < a->ndim; i++) {
        if (a->shape != NULL && b->shape != NULL && a->shape[i] != b->shape[i]) {
            return 0;
        }
    }
    return a->format == NULL || b->format == NULL || strcmp(a->format, b->format) == 0;
}

static int compare_views(Py_buffer *copy, Py_buffer *view, int same_type, const char *arm,
                         zcb_refusal *refusal)
{
    if (copy->len != view->len) {
        return zcb_refuse(refusal, "%s holds %zd bytes where copy holds %zd", arm, view->len,
                          copy->len);
    }
    if (same_type && !same_layout(copy, view)) {
        return zcb_refuse(refusal, "%s and copy differ in shape or format", arm);
    }
    PyObject *a = content(copy);
    PyObject *b = a == NULL ? NULL : content(view);
    int result = -1;
    if (b != NULL) {
        int differ = memcmp(PyBytes_AS_STRING(a), PyBytes_AS_STRING(b), (size_t)copy->len) != 0;
        result =
            differ ? zcb_refuse(refusal, "%s and copy hold different bytes", arm) : ZCB_PROVED;
    }
    Py_XDECREF(b);
    Py_XDECREF(a);
    return result;
}

static int compare_buffers(PyObject *copy, PyObject *view, const char *arm,
                           zcb_refusal *refusal)
{
    Py_buffer a, b;
    if (PyObject_GetBuffer(copy, &a, PyBUF_FULL_RO) < 0) {
        return -1;
    }
    int result = -1;
    if (PyObject_GetBuffer(view, &b, PyBUF_FULL_RO) == 0) {
        result = compare_views(&a, &b, Py_TYPE(copy) == Py_TYPE(view), arm, refusal);
        PyBuffer_Release(&b);
    }
    PyBuffer_Release(&a);
    return result;
}

static int compare_values(PyObject *copy, PyObject *view, const char *arm, zcb_refusal *refusal)
{
    if (Py_TYPE(copy) != Py_TYPE(view)) {
        return zcb_refuse(refusal, "%s gives a %s where copy gives a %s", arm,
                          Py_TYPE(view)->tp_name, Py_TYPE(copy)->tp_name);
    }
    int equal = PyObject_RichCompareBool(copy, view, Py_EQ);
    if (equal < 0) {
        return -1;
    }
    return equal ? ZCB_PROVED : zcb_refuse(refusal, "%s and copy give different values", arm);
}

/* Tuples and lists, item by item. */
static int compare_sequences(PyObject *copy, PyObject *view, const char *arm,
                             zcb_refusal *refusal)
{
    Py_ssize_t count = PySequence_Fast_GET_SIZE(copy);
    if (PySequence_Fast_GET_SIZE(view) != count) {
        return zcb_refuse(refusal, "%s gives %zd items where copy gives %zd", arm,
                          PySequence_Fast_GET_SIZE(view), count);
    }
    int result = ZCB_PROVED;
    for (Py_ssize_t i = 0; result == ZCB_PROVED && i < count; i++) {
        result = zcb_prove_content(PySequence_Fast_GET_ITEM(copy, i),
                                   PySequence_Fast_GET_ITEM(view, i), arm, refusal);
    }
    return result;
}

/* Of results that hold themselves Python's limit of recursion makes an exception. */
static int compare_nested(PyObject *copy, PyObject *view, const char *arm,
                          zcb_refusal *refusal)
{
    if (Py_EnterRecursiveCall(" while results are compared")) {
        return -1;
    }
    int result = compare_sequences(copy, view, arm, refusal);
    Py_LeaveRecursiveCall();
    return result;
}

int zcb_prove_content(PyObject *copy, PyObject *view, const char *arm, zcb_refusal *refusal)
{
    if (PyObject_CheckBuffer(copy) && PyObject_CheckBuffer(view)) {
        return compare_buffers(copy, view, arm, refusal);
    }
    if ((PyTuple_CheckExact(copy) && PyTuple_CheckExact(view)) ||
        (PyList_CheckExact(copy) && PyList_CheckExact(view))) {
        return compare_nested(copy, view, arm, refusal);
    }
    return compare_values(copy, view, arm, refusal);
}
