/* The hash of a part of a buffer: of a bytes object made for it, or of the view itself. */
#include "worker/pair.h"

enum { WHOLE, PART, SLICE };

/* Hash of an object that is taken over (NULL: failed before), as an int. */
static zcb_always_inline PyObject *hash_of(PyObject *object)
{
    Py_hash_t hash = object == NULL ? -1 : PyObject_Hash(object);
    Py_XDECREF(object);
    return hash == -1 ? NULL : PyLong_FromSsize_t(hash);
}

static PyObject *copy(const zcb_case *c)
{
    return hash_of(PyBytes_FromObject(c->parts[PART]));
}

static PyObject *view(const zcb_case *c)
{
    return hash_of(PyObject_GetItem(c->parts[WHOLE], c->parts[SLICE]));
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
    c->parts[SLICE] = zcb_source_slice(c);
    c->parts[WHOLE] = c->source == NULL ? NULL : PyMemoryView_FromObject(c->source);
    if (c->parts[SLICE] == NULL || c->parts[WHOLE] == NULL) {
        return -1;
    }
    c->data = PyBytes_AS_STRING(c->source) + c->offset;
    c->parts[PART] = PyObject_GetItem(c->parts[WHOLE], c->parts[SLICE]);
    return c->parts[PART] == NULL ? -1 : 0;
}

const zcb_pair zcb_pair_capi_view_hash = {
    .id = "C9",
    .name = "view_hash",
    .group = "core",
    .kind = ZCB_KIND_R,
    .size_min = 256,
    .drop_only = "its result is a hash: the arms read every byte themselves",
    .note = "a view keeps its hash, so the one hashed is made anew from a slice made before; "
            "read-only "
            "views of bytes only; both arms make an int of the hash",
    .set_up = set_up,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
};
