/* An array for a routine that wants contiguous bytes: always a copy, or what was given if it
 * fits. */
#include "source_array.h"

#if ZCB_HAVE_NUMPY

enum { PART };

static PyObject *copy(const zcb_case *c)
{
    return PyArray_FROM_OTF(c->parts[PART], NPY_UINT8,
                            NPY_ARRAY_IN_ARRAY | NPY_ARRAY_ENSURECOPY);
}

static PyObject *view(const zcb_case *c)
{
    return PyArray_FROM_OTF(c->parts[PART], NPY_UINT8, NPY_ARRAY_IN_ARRAY);
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

const zcb_pair zcb_pair_numpy_numpy_fromany = {
    .id = "NC3",
    .name = "numpy_fromany",
    .group = "numpy C API",
    .requires = "numpy",
    .kind = ZCB_KIND_Z,
    .note = "what is given fits already, so the view is the very same ndarray and no object is "
            "made; the "
            "copy makes an ndarray and its data",
#if ZCB_HAVE_NUMPY
    .set_up = set_up,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
#endif
};
