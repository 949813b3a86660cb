/* The python lane's arms: one function each, its loop in bytecode, called once per visit. */
#include "worker/prepare_lanes.h"

#include "worker/python_lane.h"

enum { CALL_ARGUMENTS_MAX = 64 };

/* itertools.repeat: new reference, or NULL. */
static PyObject *find_repeat(void)
{
    PyObject *itertools = PyImport_ImportModule("itertools");
    PyObject *repeat = itertools == NULL ? NULL : PyObject_GetAttrString(itertools, "repeat");
    Py_XDECREF(itertools);
    return repeat;
}

/* An iterator over as many new sources: new reference, or NULL. */
static PyObject *pool_iterator(PyObject *fill, uint64_t iterations)
{
    PyObject *rows = PyObject_CallFunction(fill, "K", (unsigned long long)iterations);
    PyObject *iterator = rows == NULL ? NULL : PyObject_GetIter(rows);
    Py_XDECREF(rows);
    return iterator;
}

static int python_ready(void *self, uint64_t iterations)
{
    zcb_python_arm *arm = self;
    Py_CLEAR(arm->iterator);
    if (arm->ring != NULL) {
        arm->iterator = zcb_ring_iterator(arm->ring, arm->rows, iterations);
    } else if (arm->fill != NULL) {
        arm->iterator = pool_iterator(arm->fill, iterations);
    } else {
        arm->iterator =
            PyObject_CallFunction(arm->repeat, "OK", Py_None, (unsigned long long)iterations);
    }
    return arm->iterator == NULL ? -1 : 0;
}

/* Gives a pool's sources back, or what operations have left of them. */
static void python_after(void *self)
{
    zcb_python_arm *arm = self;
    Py_CLEAR(arm->iterator);
}

static int python_loop(void *self, uint64_t iterations)
{
    (void)iterations; /* they are in the iterator */
    const zcb_python_arm *arm = self;
    PyObject *stack[CALL_ARGUMENTS_MAX + 2];
    size_t count = (size_t)PyTuple_GET_SIZE(arm->loop_arguments);
    stack[0] = arm->iterator;
    stack[1] = arm->read;
    for (size_t i = 0; i < count; i++) {
        stack[i + 2] = PyTuple_GET_ITEM(arm->loop_arguments, i);
    }
    PyObject *result = PyObject_Vectorcall(arm->loop, stack, count + 2, NULL);
    Py_XDECREF(result);
    return result == NULL ? -1 : 0;
}

static int python_fresh(void *self, zcb_range *out)
{
    zcb_python_arm *arm = self;
    PyObject *made = PyObject_CallObject(arm->one, NULL); /* (space, sources) */
    PyObject *space, *sources;                            /* borrowed from it */
    PyObject *arguments = NULL;
    int result = -1;
    if (made != NULL && PyArg_ParseTuple(made, "OO!", &space, &PyTuple_Type, &sources)) {
        arguments = PyObject_CallFunctionObjArgs(arm->take, space, NULL);
    }
    if (arguments != NULL) {
        Py_SETREF(arm->once_arguments, arguments);
        arm->is_fresh = 1;
        result = PyTuple_GET_SIZE(sources) > 0
                     ? zcb_range_of_object(PyTuple_GET_ITEM(sources, 0), out)
                     : 0;
    }
    Py_XDECREF(made);
    return result;
}

static PyObject *python_once(void *self)
{
    zcb_python_arm *arm = self;
    zcb_range range;
    if (arm->one != NULL && !arm->is_fresh && python_fresh(self, &range) < 0) {
        return NULL;
    }
    arm->is_fresh = 0;
    return PyObject_CallObject(arm->once, arm->once_arguments);
}

/* Takes (name, loop, once, their arguments, read, take) of lane.prepare into arm number
 * `index`. */
static int take_arm(PyObject *tuple, size_t index, zcb_prepared *out)
{
    zcb_python_arm *arm = &out->python[index];
    const char *name;
    if (!PyArg_ParseTuple(tuple, "sOOO!O!OO", &name, &arm->loop, &arm->once, &PyTuple_Type,
                          &arm->loop_arguments, &PyTuple_Type, &arm->once_arguments, &arm->read,
                          &arm->take)) {
        *arm = (zcb_python_arm){0}; /* what it may have borrowed is not ours */
        return -1;
    }
    arm->repeat = out->repeat;
    Py_INCREF(arm->loop);
    Py_INCREF(arm->once);
    Py_INCREF(arm->loop_arguments);
    Py_INCREF(arm->once_arguments);
    Py_INCREF(arm->read);
    Py_INCREF(arm->take);
    if (PyTuple_GET_SIZE(arm->loop_arguments) > CALL_ARGUMENTS_MAX) {
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
static void take_ring(PyObject *made, zcb_prepared *out)
{
    PyObject *rows = PyDict_GetItemString(made, "rows"); /* borrowed; NULL: hot */
    if (rows == NULL) {
        return;
    }
    out->ring.count = (size_t)PyList_GET_SIZE(rows);
    out->rows = Py_NewRef(rows);
    out->row_sources = Py_NewRef(PyDict_GetItemString(made, "row_sources"));
    for (size_t i = 0; i < out->arm_count; i++) {
        out->python[i].ring = &out->ring;
        out->python[i].rows = out->rows;
    }
}

/* Takes what makes new sources, where operations consume them. */
static void take_pool(PyObject *made, zcb_prepared *out)
{
    PyObject *fill = PyDict_GetItemString(made, "fill"); /* borrowed; NULL: sources stay */
    if (fill == NULL) {
        return;
    }
    out->fill = Py_NewRef(fill);
    out->one = Py_NewRef(PyDict_GetItemString(made, "one"));
    for (size_t i = 0; i < out->arm_count; i++) {
        out->python[i].fill = out->fill;
        out->python[i].one = out->one;
        out->arms[i].at_once = zcb_pool_size((size_t)out->size_bytes);
        out->arms[i].after = python_after;
        out->arms[i].fresh = python_fresh;
    }
}

int zcb_prepare_python(const char *name, Py_ssize_t offset, int reads, int is_cold,
                       zcb_prepared *out)
{
    int result = -1;
    char kind[2] = {zcb_lane_kind(name), '\0'};
    PyObject *sources, *arms; /* borrowed */
    PyObject *made =
        zcb_lane_prepare(name, (Py_ssize_t)out->size_bytes, offset, reads, is_cold);
    if (made == NULL || zcb_kind_parse(kind, &out->kind) < 0) {
        goto done;
    }
    sources = PyDict_GetItemString(made, "sources");
    arms = PyDict_GetItemString(made, "arms");
    if (!PyTuple_Check(sources)) {
        PyErr_SetString(PyExc_TypeError, "the sources are no tuple");
        goto done;
    }
    out->sources = Py_NewRef(sources);
    out->repeat = find_repeat();
    if (out->repeat == NULL) {
        goto done;
    }
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(arms); i++) {
        if (take_arm(PyList_GET_ITEM(arms, i), (size_t)i, out) < 0) {
            goto done;
        }
    }
    take_ring(made, out);
    take_pool(made, out);
    result = 0;
done:
    Py_XDECREF(made);
    return result;
}
