/* A part of an ndarray: copied out, or shown by a basic slice. */
#include "source_array.h"

#if ZCB_HAVE_NUMPY

enum { SLICE };

static PyObject *view(const zcb_case *c)
{
    return PyObject_GetItem(c->source, c->parts[SLICE]);
}

static PyObject *copy(const zcb_case *c)
{
    PyObject *part = view(c);
    PyObject *own = part == NULL ? NULL : PyArray_NewCopy((PyArrayObject *)part, NPY_CORDER);
    Py_XDECREF(part);
    return own;
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
    c->parts[SLICE] = zcb_source_slice(c);
    return c->parts[SLICE] == NULL ? -1 : source_array(c);
}
#endif

const zcb_pair zcb_pair_numpy_ndarray_slice = {
    .id = "N1",
    .name = "ndarray_slice",
    .group = "numpy",
    .requires = "numpy",
    .kind = ZCB_KIND_Z,
    .note = "the slice object is made before the loop; the copy is made from the same view: "
            "one ndarray "
            "more, and its data",
#if ZCB_HAVE_NUMPY
    .set_up = set_up,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
#endif
};
