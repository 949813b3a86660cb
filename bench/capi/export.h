/* What the export pairs share: the same two arms for every exporter, so that a pair holds only
 * the making of its exporter. The view arm makes no object: an extension that takes a buffer
 * acquires it, works, and releases it; so its loop is its own. Longer than a pair because it
 * is most of six of them. */
#ifndef ZCB_BENCH_EXPORT_H
#define ZCB_BENCH_EXPORT_H

#include "../acquire.h"

#define EXPORT_NOTE                                                                            \
    "the copy exports a memoryview made before the loop and makes a bytes; the view is the "   \
    "exporter's "                                                                              \
    "PyObject_GetBuffer (PyBUF_SIMPLE) and PyBuffer_Release alone and makes no object"

enum { EXPORT_WHOLE, EXPORT_PART };

static PyObject *export_copy(const zcb_case *c)
{
    return PyBytes_FromObject(c->parts[EXPORT_PART]);
}

/* What the view arm reaches, as an object for the proof: the case keeps the exporter alive. */
static PyObject *export_view(const zcb_case *c)
{
    Py_buffer buffer;
    if (PyObject_GetBuffer(c->source, &buffer, PyBUF_SIMPLE) < 0) {
        return NULL;
    }
    char *first = (char *)buffer.buf + c->offset;
    PyBuffer_Release(&buffer);
    return PyMemoryView_FromMemory(first, c->size_bytes, PyBUF_READ);
}

static int export_copy_loop(const zcb_case *c, uint64_t iterations)
{
    return zcb_repeat(c, iterations, export_copy);
}

/* One acquisition and release, read in between where a consumer reads. */
static zcb_always_inline int export_acquire(const zcb_case *c, int reads)
{
    Py_buffer buffer;
    if (PyObject_GetBuffer(c->source, &buffer, PyBUF_SIMPLE) < 0) {
        return -1;
    }
    if (reads) {
        zcb_read_bytes((const char *)buffer.buf + c->offset, c->size_bytes);
    }
    PyBuffer_Release(&buffer);
    return 0;
}

static int export_view_loop(const zcb_case *c, uint64_t iterations)
{
    return acquire_repeat(c, iterations, export_acquire);
}

/* Size of an exporter of which the bytes handed over are a true part. */
static inline Py_ssize_t export_size(const zcb_case *c)
{
    return c->offset + c->size_bytes + 64;
}

/* Makes `exporter` (stolen; NULL passes its exception on) the source and fills it where it can
 * be written to. 0, or -1 with a Python exception set. */
static int export_set_up(zcb_case *c, PyObject *exporter)
{
    Py_buffer buffer;
    c->source = exporter;
    if (exporter == NULL || PyObject_GetBuffer(exporter, &buffer, PyBUF_SIMPLE) < 0) {
        return -1;
    }
    if (!buffer.readonly) {
        zcb_fill(buffer.buf, buffer.len);
    }
    c->data = (const char *)buffer.buf + c->offset;
    PyBuffer_Release(&buffer);
    c->parts[EXPORT_WHOLE] = PyMemoryView_FromObject(exporter);
    if (c->parts[EXPORT_WHOLE] == NULL) {
        return -1;
    }
    c->parts[EXPORT_PART] =
        PySequence_GetSlice(c->parts[EXPORT_WHOLE], c->offset, c->offset + c->size_bytes);
    return c->parts[EXPORT_PART] == NULL ? -1 : 0;
}

#endif
