/* The python lane's arms: one function each, its loop in bytecode, called once per visit. */
#include "worker/prepare_lanes.h"

#include "worker/python_lane.h"

enum { CALL_ARGUMENTS_MAX = 64 };

static int python_ready(void *self, uint64_t iterations)
{
    static PyObject *repeat; /* owned until the process ends: looked up once per child */
    zcb_python_arm *arm = self;
    if (arm->ring != NULL) {
        Py_XDECREF(arm->iterator);
        arm->iterator = zcb_ring_iterator(arm->ring, arm->rows, iterations);
        return arm->iterator == NULL ? -1 : 0;
    }
    if (repeat == NULL) {
        PyObject *itertools = PyImport_ImportModule("itertools");
        repeat = itertools == NULL ? NULL : PyObject_GetAttrString(itertools, "repeat");
        Py_XDECREF(itertools);
        if (repeat == NULL) {
            return -1;
        }
    }
    Py_XDECREF(arm->iterator);
    arm->iterator = PyObject_CallFunction(repeat, "OK", Py_None, (unsigned long long)iterations);
    return arm->iterator == NULL ? -1 : 0;
}

static int python_loop(void *self, uint64_t iterations)
{
    (void)iterations; /* they are in the iterator */
    const zcb_python_arm *arm = self;
    PyObject *stack[CALL_ARGUMENTS_MAX + 2];
    size_t count = arm->ring != NULL ? 0 : (size_t)PyTuple_GET_SIZE(arm->arguments);
    stack[0] = arm->iterator;
    stack[1] = arm->read;
    for (size_t i = 0; i < count; i++) {
        stack[i + 2] = PyTuple_GET_ITEM(arm->arguments, i);
    }
    PyObject *result = PyObject_Vectorcall(arm->loop, stack, count + 2, NULL);
    Py_XDECREF(result);
    return result == NULL ? -1 : 0;
}

static PyObject *python_once(void *self)
{
    const zcb_python_arm *arm = self;
    return PyObject_CallObject(arm->once, arm->arguments);
}

/* Takes (name, loop, once, arguments) of lane.prepare into arm number `index`. */
static int take_arm(PyObject *tuple, size_t index, zcb_prepared *out)
{
    zcb_python_arm *arm = &out->python[index];
    const char *name;
    if (!PyArg_ParseTuple(tuple, "sOOO!O", &name, &arm->loop, &arm->once, &PyTuple_Type,
                          &arm->arguments, &arm->read)) {
        *arm = (zcb_python_arm){NULL}; /* what it may have borrowed is not ours */
        return -1;
    }
    Py_INCREF(arm->loop);
    Py_INCREF(arm->once);
    Py_INCREF(arm->arguments);
    Py_INCREF(arm->read);
    if (PyTuple_GET_SIZE(arm->arguments) > CALL_ARGUMENTS_MAX) {
        PyErr_SetString(PyExc_ValueError, "a statement uses more than 64 names of SETUP");
        return -1;
    }
    out->arms[index] = (zcb_prepared_arm){
        .self = arm, .ready = python_ready, .loop = python_loop, .once = python_once};
    PyOS_snprintf(out->arms[index].name, sizeof out->arms[index].name, "%s", name);
    out->arm_count = index + 1;
    return 0;
}

/* Takes the rows of a cold cell: what SETUP bound for each source, and each source's sources. */
static void take_ring(PyObject *rows, PyObject *row_sources, zcb_prepared *out)
{
    if (!PyList_Check(rows)) {
        return; /* hot: None */
    }
    out->ring.count = (size_t)PyList_GET_SIZE(rows);
    out->rows = Py_NewRef(rows);
    out->row_sources = Py_NewRef(row_sources);
    for (size_t i = 0; i < out->arm_count; i++) {
        out->python[i].ring = &out->ring;
        out->python[i].rows = out->rows;
    }
}

int zcb_prepare_python(const char *name, Py_ssize_t offset, int reads, int is_cold,
                       zcb_prepared *out)
{
    int result = -1;
    char kind[2] = {zcb_lane_kind(name), '\0'};
    PyObject *arms, *rows, *row_sources; /* borrowed */
    PyObject *made =
        zcb_lane_prepare(name, (Py_ssize_t)out->size_bytes, offset, reads, is_cold);
    if (made == NULL || zcb_kind_parse(kind, &out->kind) < 0) {
        goto done;
    }
    if (!PyArg_ParseTuple(made, "O!O!OO", &PyTuple_Type, &out->sources, &PyList_Type, &arms, &rows,
                          &row_sources)) {
        out->sources = NULL;
        goto done;
    }
    Py_INCREF(out->sources);
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(arms); i++) {
        if (take_arm(PyList_GET_ITEM(arms, i), (size_t)i, out) < 0) {
            goto done;
        }
    }
    take_ring(rows, row_sources, out);
    result = 0;
done:
    Py_XDECREF(made);
    return result;
}
