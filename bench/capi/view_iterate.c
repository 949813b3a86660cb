/* Numbers in a buffer, added up: from a list of them, or one by one from the view. Longer than
 * most because both arms loop over the numbers, one over a list, one over a view, and release
 * each. */
#include "worker/pair.h"

enum { NUMBERS };

/* Adds an int that is taken over (NULL: failed before): 0, or -1 with an exception set. */
static zcb_always_inline int add(PyObject *number, uint64_t *sum)
{
    if (number == NULL) {
        return -1;
    }
    *sum += PyLong_AsUnsignedLong(number);
    Py_DECREF(number);
    return 0;
}

static PyObject *copy(const zcb_case *c)
{
    uint64_t sum = 0;
    PyObject *list = PyObject_CallMethod(c->parts[NUMBERS], "tolist", NULL);
    if (list == NULL) {
        return NULL;
    }
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        add(Py_NewRef(PyList_GET_ITEM(list, i)), &sum);
    }
    Py_DECREF(list);
    return PyLong_FromUnsignedLongLong(sum);
}

static PyObject *view(const zcb_case *c)
{
    uint64_t sum = 0;
    for (Py_ssize_t i = 0; i < c->numbers[0]; i++) {
        if (add(PySequence_GetItem(c->parts[NUMBERS], i), &sum) < 0) {
            return NULL;
        }
    }
    return PyLong_FromUnsignedLongLong(sum);
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
    c->numbers[0] = c->size_bytes / 4;
    c->source = zcb_source_bytes(c);
    PyObject *whole = c->source == NULL ? NULL : PyMemoryView_FromObject(c->source);
    PyObject *part = whole == NULL
                         ? NULL
                         : PySequence_GetSlice(whole, c->offset, c->offset + 4 * c->numbers[0]);
    c->parts[NUMBERS] = part == NULL ? NULL : PyObject_CallMethod(part, "cast", "s", "I");
    c->data = c->source == NULL ? NULL : PyBytes_AS_STRING(c->source) + c->offset;
    Py_XDECREF(part);
    Py_XDECREF(whole);
    return c->parts[NUMBERS] == NULL ? -1 : 0;
}

const zcb_pair zcb_pair_capi_view_iterate = {
    .id = "C10",
    .name = "view_iterate",
    .group = "core",
    .kind = ZCB_KIND_R,
    .size_min = 512,
    .size_max = 1 << 20,
    .drop_only = "its result is a sum: the arms read every number themselves",
    .note = "unsigned 32-bit numbers of a cast view made before; both arms make an int for "
            "each, the copy "
            "also a list that holds them all",
    .set_up = set_up,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
};
