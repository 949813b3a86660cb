/* What the pairs about the UTF-8 of a str share: the same two arms, so that a pair holds only
 * the making of its text. The view arm makes no object: a C library is given a pointer. */
#ifndef ZCB_BENCH_UNICODE_UTF8_H
#define ZCB_BENCH_UNICODE_UTF8_H

#include "../acquire.h"

static PyObject *utf8_copy(const zcb_case *c)
{
    return PyUnicode_AsUTF8String(c->source);
}

/* What the view arm reaches, as an object for the proof: the case keeps the str alive. */
static PyObject *utf8_view(const zcb_case *c)
{
    Py_ssize_t size;
    const char *text = PyUnicode_AsUTF8AndSize(c->source, &size);
    return text == NULL ? NULL : PyMemoryView_FromMemory((char *)text, size, PyBUF_READ);
}

static int utf8_copy_loop(const zcb_case *c, uint64_t iterations)
{
    return zcb_repeat(c, iterations, utf8_copy);
}

static zcb_always_inline int utf8_acquire(const zcb_case *c, int reads)
{
    Py_ssize_t size;
    const char *text = PyUnicode_AsUTF8AndSize(c->source, &size);
    if (text != NULL && reads) {
        zcb_read_bytes(text, size);
    }
    return text == NULL ? -1 : 0;
}

static int utf8_view_loop(const zcb_case *c, uint64_t iterations)
{
    return acquire_repeat(c, iterations, utf8_acquire);
}

#endif
