/* See shown.h. */
#include "worker/shown.h"

#include <math.h>

static int is_sequence(PyObject *object)
{
    return PyTuple_CheckExact(object) || PyList_CheckExact(object);
}

/* Objects of these types stay what they are. */
static int cannot_change(PyObject *object)
{
    return object == Py_None || PyLong_CheckExact(object) || PyFloat_CheckExact(object) ||
           PyUnicode_CheckExact(object) || PyBool_Check(object) || PyComplex_CheckExact(object);
}

static void add_used(zcb_shown *out, Py_ssize_t bytes)
{
    out->used_bytes = (isnan(out->used_bytes) ? 0 : out->used_bytes) + (double)bytes;
}

/* The value all agree on so far; the first sets it. */
static int agree(int so_far, int is_first, int now)
{
    return is_first || so_far == now ? now : -1;
}

static int look_at_buffer(PyObject *object, int *seen_any, zcb_shown *out)
{
    Py_buffer view;
    if (PyObject_GetBuffer(object, &view, PyBUF_FULL_RO) < 0) {
        return -1;
    }
    out->writable = agree(out->writable, !*seen_any, !view.readonly);
    out->contiguous = agree(out->contiguous, !*seen_any, PyBuffer_IsContiguous(&view, 'A'));
    *seen_any = 1;
    if (view.len > 0 && out->count < ZCB_SHOWN_MAX) {
        out->low[out->count++] = zcb_range_of(&view).low;
    }
    add_used(out, view.len);
    PyBuffer_Release(&view);
    return 0;
}

static int look(PyObject *object, int *seen_any, zcb_shown *out)
{
    if (PyObject_CheckBuffer(object)) {
        return look_at_buffer(object, seen_any, out);
    }
    if (PyUnicode_CheckExact(object)) {
        add_used(out, PyUnicode_GET_LENGTH(object) * (Py_ssize_t)PyUnicode_KIND(object));
    }
    for (Py_ssize_t i = 0; is_sequence(object) && i < PySequence_Fast_GET_SIZE(object); i++) {
        if (look(PySequence_Fast_GET_ITEM(object, i), seen_any, out) < 0) {
            return -1;
        }
    }
    return 0;
}

int zcb_shown_look(PyObject *result, zcb_shown *out)
{
    int seen_any = 0;
    *out = (zcb_shown){.used_bytes = NAN, .writable = -1, .contiguous = -1};
    return look(result, &seen_any, out);
}

/* Appends the content of `object`'s buffer to the bytearray. */
static int append_content(PyObject *object, PyObject *to)
{
    Py_buffer view;
    if (PyObject_GetBuffer(object, &view, PyBUF_FULL_RO) < 0) {
        return -1;
    }
    Py_ssize_t at = PyByteArray_GET_SIZE(to);
    int result = PyByteArray_Resize(to, at + view.len);
    if (result == 0) {
        result = PyBuffer_ToContiguous(PyByteArray_AS_STRING(to) + at, &view, view.len, 'C');
    }
    PyBuffer_Release(&view);
    return result;
}

/* 0; 1 when an item is of a kind whose change can't be seen; -1 with an exception. */
static int append(PyObject *object, PyObject *to)
{
    if (PyObject_CheckBuffer(object)) {
        return append_content(object, to);
    }
    if (!is_sequence(object)) {
        return !cannot_change(object);
    }
    int result = 0;
    for (Py_ssize_t i = 0; result == 0 && i < PySequence_Fast_GET_SIZE(object); i++) {
        result = append(PySequence_Fast_GET_ITEM(object, i), to);
    }
    return result;
}

PyObject *zcb_shown_content(PyObject *result)
{
    PyObject *content = PyByteArray_FromStringAndSize(NULL, 0);
    int failed = content == NULL ? -1 : append(result, content);
    if (failed != 0) {
        Py_XDECREF(content);
        return failed < 0 ? NULL : Py_NewRef(Py_None);
    }
    return content;
}
