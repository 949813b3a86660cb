/* The UTF-8 of a str for a C library: as a bytes object, or where the str keeps it. */
#include "../acquire.h"

static PyObject *copy(const zcb_case *c)
{
    return PyUnicode_AsUTF8String(c->source);
}

/* What the view arm reaches, as an object for the proof: the case keeps the str alive. */
static PyObject *view(const zcb_case *c)
{
    Py_ssize_t size;
    const char *text = PyUnicode_AsUTF8AndSize(c->source, &size);
    return text == NULL ? NULL : PyMemoryView_FromMemory((char *)text, size, PyBUF_READ);
}

static int copy_loop(const zcb_case *c, uint64_t iterations)
{
    return zcb_repeat(c, iterations, copy);
}

static zcb_always_inline int acquire(const zcb_case *c, int reads)
{
    Py_ssize_t size;
    const char *text = PyUnicode_AsUTF8AndSize(c->source, &size);
    if (text != NULL && reads) {
        zcb_read_bytes(text, size);
    }
    return text == NULL ? -1 : 0;
}

static int view_loop(const zcb_case *c, uint64_t iterations)
{
    return acquire_repeat(c, iterations, acquire);
}

static int set_up(zcb_case *c)
{
    c->source = PyUnicode_New(c->size_bytes, 127);
    if (c->source == NULL) {
        return -1;
    }
    unsigned char *text = PyUnicode_DATA(c->source);
    zcb_fill(text, c->size_bytes);
    for (Py_ssize_t i = 0; i < c->size_bytes; i++) {
        text[i] = (unsigned char)(32 + text[i] % 95);
    }
    c->data = text;
    return 0;
}

const zcb_pair zcb_pair_capi_unicode_utf8 = {
    .id = "B6",
    .name = "unicode_utf8",
    .group = "buffer protocol",
    .kind = ZCB_KIND_Z,
    .note = "ASCII text, which a str keeps as UTF-8 anyway; other text is encoded at the first "
            "call and kept "
            "beside the str from then on; the view makes no object",
    .set_up = set_up,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
};
