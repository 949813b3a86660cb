/* See ring.h. The iterator is a type of its own because itertools has none whose position is shared. */
#include "worker/ring.h"

#include <string.h>
#include <unistd.h>

enum { FALLBACK_CACHE_BYTES = 32 << 20, RING_COUNT_MAX = 1 << 16 };
enum { POOL_BYTES = 64 << 20, POOL_COUNT_MAX = 4096 };

static size_t last_cache_bytes(void)
{
    long size = -1;
#ifdef _SC_LEVEL3_CACHE_SIZE
    size = sysconf(_SC_LEVEL3_CACHE_SIZE);
    if (size <= 0) {
        size = sysconf(_SC_LEVEL2_CACHE_SIZE);
    }
#endif
    return size > 0 ? (size_t)size : FALLBACK_CACHE_BYTES;
}

size_t zcb_ring_size(size_t source_bytes)
{
    size_t count = 2 * last_cache_bytes() / source_bytes + 1;
    return count < 2 ? 2 : count > RING_COUNT_MAX ? RING_COUNT_MAX : count;
}

size_t zcb_pool_size(size_t source_bytes)
{
    size_t count = POOL_BYTES / source_bytes;
    return count < 1 ? 1 : count > POOL_COUNT_MAX ? POOL_COUNT_MAX : count;
}

static PyObject *ring_size_function(PyObject *self, PyObject *argument)
{
    (void)self;
    size_t source_bytes = PyLong_AsSize_t(argument);
    if (PyErr_Occurred()) {
        return NULL;
    }
    return PyLong_FromSize_t(zcb_ring_size(source_bytes > 0 ? source_bytes : 1));
}

static PyMethodDef ring_size_method = {"ring_size", ring_size_function, METH_O,
                                       "ring_size(bytes): sources that make a ring"};

PyObject *zcb_ring_size_function(void)
{
    return PyCFunction_New(&ring_size_method, NULL);
}

typedef struct ring_iterator {
    PyObject_HEAD zcb_ring *ring; /* borrowed: outlives the visit */
    PyObject *rows;               /* owned list */
    unsigned long long left;
} ring_iterator;

static PyObject *iterator_next(PyObject *self)
{
    ring_iterator *iterator = (ring_iterator *)self;
    if (iterator->left == 0) {
        return NULL;
    }
    iterator->left--;
    return Py_NewRef(
        PyList_GET_ITEM(iterator->rows, (Py_ssize_t)zcb_ring_next(iterator->ring)));
}

static void iterator_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    Py_XDECREF(((ring_iterator *)self)->rows);
    PyObject_Free(self);
    Py_DECREF(type);
}

/* A slot of a type's description. ISO C has no conversion from a function to the void * it wants. */
static void set_slot(PyType_Slot *slot, int number, void (*function)(void))
{
    slot->slot = number;
    memcpy(&slot->pfunc, &function, sizeof slot->pfunc);
}

static PyObject *make_type(void)
{
    PyType_Slot slots[4] = {{0, NULL}};
    PyType_Spec spec = {"zcb.ring", sizeof(ring_iterator), 0, Py_TPFLAGS_DEFAULT, slots};
    set_slot(&slots[0], Py_tp_iter, (void (*)(void))PyObject_SelfIter);
    set_slot(&slots[1], Py_tp_iternext, (void (*)(void))iterator_next);
    set_slot(&slots[2], Py_tp_dealloc, (void (*)(void))iterator_dealloc);
    return PyType_FromSpec(&spec);
}

PyObject *zcb_ring_iterator(zcb_ring *ring, PyObject *rows, unsigned long long iterations)
{
    static PyObject *type; /* owned until the process ends */
    if (type == NULL) {
        type = make_type();
    }
    ring_iterator *made =
        type == NULL ? NULL : PyObject_New(ring_iterator, (PyTypeObject *)type);
    if (made == NULL) {
        return NULL;
    }
    made->ring = ring;
    made->rows = Py_NewRef(rows);
    made->left = iterations;
    return (PyObject *)made;
}
