/* Memory of another library as an ndarray: copied into one, or wrapped by one that keeps the
 * owner. Longer than most because the owner that the view keeps, and what frees it, are part
 * of the question. */
#include "worker/numpy_api.h"
#include "worker/pair.h"

#include <string.h>

#if ZCB_HAVE_NUMPY

static PyObject *copy(const zcb_case *c)
{
    npy_intp length = c->size_bytes;
    PyObject *array = PyArray_SimpleNew(1, &length, NPY_UINT8);
    if (array != NULL) {
        memcpy(PyArray_DATA((PyArrayObject *)array), c->data, (size_t)length);
    }
    return array;
}

static PyObject *view(const zcb_case *c)
{
    npy_intp length = c->size_bytes;
    PyArrayObject *array =
        (PyArrayObject *)PyArray_SimpleNewFromData(1, &length, NPY_UINT8, (void *)c->data);
    if (array != NULL && PyArray_SetBaseObject(array, Py_NewRef(c->source)) < 0) {
        Py_CLEAR(array); /* the owner's reference is stolen in either case */
    }
    if (array != NULL) {
        PyArray_CLEARFLAGS(array, NPY_ARRAY_WRITEABLE);
    }
    return (PyObject *)array;
}

static int copy_loop(const zcb_case *c, uint64_t iterations)
{
    return zcb_repeat(c, iterations, copy);
}

static int view_loop(const zcb_case *c, uint64_t iterations)
{
    return zcb_repeat(c, iterations, view);
}
#endif

const zcb_pair zcb_pair_numpy_numpy_wrap = {
    .id = "NC1",
    .name = "numpy_wrap",
    .group = "numpy C API",
    .requires = "numpy",
    .kind = ZCB_KIND_Z,
    .note = "the owner is bytes, hence a read-only view; one ndarray in each arm, and the "
            "copy's data",
#if ZCB_HAVE_NUMPY
    .set_up = zcb_set_up_bytes,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
#endif
};
