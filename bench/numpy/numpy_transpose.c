/* A square matrix seen by columns: transposed into an array of its own, or shown with swapped
 * strides. */
#include "source_array.h"

#if ZCB_HAVE_NUMPY

enum { MATRIX };

static PyObject *view(const zcb_case *c)
{
    return PyArray_Transpose((PyArrayObject *)c->parts[MATRIX], NULL);
}

static PyObject *copy(const zcb_case *c)
{
    PyObject *columns = view(c);
    PyObject *own =
        columns == NULL ? NULL : PyArray_NewCopy((PyArrayObject *)columns, NPY_CORDER);
    Py_XDECREF(columns);
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
    npy_intp numbers = c->size_bytes / 8, rows = 1;
    while (rows * rows <= numbers / 2) {
        rows *= 2;
    }
    c->parts[MATRIX] = source_matrix(c, rows, numbers / rows);
    return c->parts[MATRIX] == NULL ? -1 : 0;
}
#endif

const zcb_pair zcb_pair_numpy_numpy_transpose = {
    .id = "NC6",
    .name = "numpy_transpose",
    .group = "numpy C API",
    .requires = "numpy",
    .kind = ZCB_KIND_Z,
    .note =
        "doubles, about as wide as high, rows a cache line apart lest a column's numbers fall "
        "into few sets of the cache; the copy is made from the same view and gathers number "
        "by number, so beyond the caches, or with more rows than the TLB holds pages, a byte "
        "costs more; whoever reads the view by rows does that at every reading",
#if ZCB_HAVE_NUMPY
    .set_up = set_up,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
#endif
};
