/* What pairs use to make their sources: see pair.h. */
#include "worker/pair.h"

#include "base/random.h"

#include <stdarg.h>
#include <string.h>

enum { TAIL = 64 }; /* bytes after the part handed over, so that it is a true part */

void zcb_fill(void *to, Py_ssize_t size)
{
    static zcb_random random = {UINT64_C(0x2545f4914f6cdd1d)};
    unsigned char *bytes = to;
    Py_ssize_t done = 0;
    for (; done + 8 <= size; done += 8) {
        uint64_t word = zcb_random_next(&random) | UINT64_C(0x0101010101010101);
        memcpy(bytes + done, &word, 8);
    }
    for (; done < size; done++) {
        bytes[done] = (unsigned char)(zcb_random_next(&random) | 1);
    }
}

PyObject *zcb_source_bytes(const zcb_case *c)
{
    Py_ssize_t size = c->offset + c->size_bytes + TAIL;
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, size);
    if (bytes != NULL) {
        zcb_fill(PyBytes_AS_STRING(bytes), size);
    }
    return bytes;
}

int zcb_set_up_bytes(zcb_case *c)
{
    c->source = zcb_source_bytes(c);
    c->data = c->source == NULL ? NULL : PyBytes_AS_STRING(c->source) + c->offset;
    return c->source == NULL ? -1 : 0;
}

PyObject *zcb_source_bytearray(const zcb_case *c)
{
    Py_ssize_t size = c->offset + c->size_bytes + TAIL;
    PyObject *bytes = PyByteArray_FromStringAndSize(NULL, size);
    if (bytes != NULL) {
        zcb_fill(PyByteArray_AS_STRING(bytes), size);
    }
    return bytes;
}

PyObject *zcb_source_slice(const zcb_case *c)
{
    PyObject *start = PyLong_FromSsize_t(c->offset);
    PyObject *stop = PyLong_FromSsize_t(c->offset + c->size_bytes);
    PyObject *slice = NULL;
    if (start != NULL && stop != NULL) {
        slice = PySlice_New(start, stop, NULL);
    }
    Py_XDECREF(start);
    Py_XDECREF(stop);
    return slice;
}

PyObject *zcb_call(const char *module, const char *attribute, const char *format, ...)
{
    PyObject *result = NULL;
    va_list arguments;
    va_start(arguments, format);
    PyObject *imported = PyImport_ImportModule(module);
    PyObject *function = imported == NULL ? NULL : PyObject_GetAttrString(imported, attribute);
    PyObject *tuple = function == NULL ? NULL : Py_VaBuildValue(format, arguments);
    va_end(arguments);
    if (tuple != NULL) {
        result = PyObject_CallObject(function, tuple);
    }
    Py_XDECREF(tuple);
    Py_XDECREF(function);
    Py_XDECREF(imported);
    return result;
}
