/* A table as one row: flattened into an array of its own, or shown as one. */
#include "source_array.h"

#if ZCB_HAVE_NUMPY

enum { TABLE };

static PyObject *copy(const zcb_case *c)
{
    return PyArray_Flatten((PyArrayObject *)c->parts[TABLE], NPY_CORDER);
}

static PyObject *view(const zcb_case *c)
{
    return PyArray_Ravel((PyArrayObject *)c->parts[TABLE], NPY_CORDER);
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
    c->parts[TABLE] = source_table(c, 2);
    return c->parts[TABLE] == NULL ? -1 : 0;
}
#endif

const zcb_pair zcb_pair_numpy_numpy_ravel = {
    .id = "NC4",
    .name = "numpy_ravel",
    .group = "numpy C API",
    .requires = "numpy",
    .kind = ZCB_KIND_Z,
    .note = "contiguous, else PyArray_Ravel copies too; each arm makes one ndarray, the copy "
            "also its data",
#if ZCB_HAVE_NUMPY
    .set_up = set_up,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
#endif
};
