/* Text out of a part of a buffer: decoded from a bytes object made for it, or from the view
 * itself. */
#include "worker/pair.h"

enum { WHOLE, PART };

static PyObject *decoded(PyObject *part)
{
    return PyUnicode_FromEncodedObject(part, "utf-8", NULL);
}

static PyObject *copy(const zcb_case *c)
{
    PyObject *bytes = PyBytes_FromObject(c->parts[PART]);
    PyObject *text = bytes == NULL ? NULL : decoded(bytes);
    Py_XDECREF(bytes);
    return text;
}

static PyObject *view(const zcb_case *c)
{
    return decoded(c->parts[PART]);
}

static int copy_loop(const zcb_case *c, uint64_t iterations)
{
    return zcb_repeat(c, iterations, copy);
}

static int view_loop(const zcb_case *c, uint64_t iterations)
{
    return zcb_repeat(c, iterations, view);
}

static int set_up(zcb_case *c)
{
    c->source = zcb_source_bytes(c);
    c->parts[WHOLE] = c->source == NULL ? NULL : PyMemoryView_FromObject(c->source);
    if (c->parts[WHOLE] == NULL) {
        return -1;
    }
    char *text = PyBytes_AS_STRING(c->source);
    for (Py_ssize_t i = 0; i < PyBytes_GET_SIZE(c->source); i++) {
        text[i] = (char)(32 + (unsigned char)text[i] % 95);
    }
    c->data = text + c->offset;
    c->parts[PART] = PySequence_GetSlice(c->parts[WHOLE], c->offset, c->offset + c->size_bytes);
    return c->parts[PART] == NULL ? -1 : 0;
}

const zcb_pair zcb_pair_capi_view_decode = {
    .id = "C8",
    .name = "view_decode",
    .group = "core",
    .kind = ZCB_KIND_R,
    .note = "printable ASCII; both arms make the same str, the copy a bytes object before it",
    .set_up = set_up,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
};
