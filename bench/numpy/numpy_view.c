/* An ndarray for another owner: copied, or shown by a second ndarray on the same data. */
#include "source_array.h"

#if ZCB_HAVE_NUMPY

enum { PART };

static PyArrayObject *part(const zcb_case *c)
{
    return (PyArrayObject *)c->parts[PART];
}

static PyObject *copy(const zcb_case *c)
{
    return PyArray_NewCopy(part(c), NPY_CORDER);
}

static PyObject *view(const zcb_case *c)
{
    return PyArray_View(part(c), NULL, NULL);
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
    c->parts[PART] = source_part(c, c->size_bytes);
    return c->parts[PART] == NULL ? -1 : 0;
}
#endif

const zcb_pair zcb_pair_numpy_numpy_view = {
    .id = "NC2",
    .name = "numpy_view",
    .group = "numpy C API",
    .requires = "numpy",
    .kind = ZCB_KIND_Z,
    .note = "each arm makes one ndarray; the copy also its data",
#if ZCB_HAVE_NUMPY
    .set_up = set_up,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
#endif
};
