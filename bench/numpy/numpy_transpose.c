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
    npy_intp rows = 1;
    while (rows * rows <= c->size_bytes / 2) {
        rows *= 2;
    }
    c->parts[MATRIX] = source_table(c, rows);
    return c->parts[MATRIX] == NULL ? -1 : 0;
}
#endif

const zcb_pair zcb_pair_numpy_numpy_transpose = {
    .id = "NC6",
    .name = "numpy_transpose",
    .group = "numpy C API",
    .requires = "numpy",
    .kind = ZCB_KIND_Z,
    .note = "bytes, about as wide as high; the copy is made from the same view and gathers it "
            "byte by byte; "
            "whoever reads the view by rows does that at every reading",
#if ZCB_HAVE_NUMPY
    .set_up = set_up,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
#endif
};
