/* See lies.h. The C calls that statements of the list use, and what shows their results for
 * what they are; the rest is said in Python (lies.py). */
#include "worker/lies.h"

#include "worker/embed.h"
#include "worker/lies_source.h" /* generated: zcb_lies_source[], the text of lies.py */
#include "worker/memory.h"
#include "worker/python_lane.h"
#include "worker/ranges.h"

#include <stdio.h>

static PyObject *low_and_high(PyObject *self, PyObject *object)
{
    zcb_range range;
    (void)self;
    if (PyUnicode_CheckExact(object)) { /* a str shows no buffer, but to C */
        range.low = PyUnicode_DATA(object);
        range.high =
            range.low + PyUnicode_GET_LENGTH(object) * (Py_ssize_t)PyUnicode_KIND(object);
    } else if (zcb_range_of_object(object, &range) < 0) {
        return NULL;
    }
    return Py_BuildValue("(NN)", PyLong_FromVoidPtr((void *)range.low),
                         PyLong_FromVoidPtr((void *)range.high));
}

static int call_loop(void *self, uint64_t iterations)
{
    for (; iterations != 0; iterations--) {
        PyObject *result = PyObject_CallObject(self, NULL);
        if (result == NULL) {
            return -1;
        }
        Py_DECREF(result);
    }
    return 0;
}

static PyObject *blocks_of(PyObject *self, PyObject *function)
{
    double blocks, bytes;
    zcb_prepared_arm arm = {.self = function, .loop = call_loop};
    (void)self;
    return zcb_memory_per_operation(&arm, 10, &blocks, &bytes) < 0 ? NULL
                                                                   : PyFloat_FromDouble(blocks);
}

static PyObject *get_slice(PyObject *self, PyObject *arguments)
{
    PyObject *object;
    Py_ssize_t first, last;
    (void)self;
    return PyArg_ParseTuple(arguments, "Onn", &object, &first, &last)
               ? PySequence_GetSlice(object, first, last)
               : NULL;
}

static PyObject *from_object(PyObject *self, PyObject *object)
{
    (void)self;
    return PyBytes_FromObject(object);
}

static PyObject *get_contiguous(PyObject *self, PyObject *object)
{
    (void)self;
    return PyMemoryView_GetContiguous(object, PyBUF_READ, 'C');
}

/* The UTF-8 that the C call points at, as a memoryview: the str must outlive it. */
static PyObject *as_utf8(PyObject *self, PyObject *object)
{
    Py_ssize_t size;
    (void)self;
    const char *text = PyUnicode_AsUTF8AndSize(object, &size);
    return text == NULL ? NULL : PyMemoryView_FromMemory((char *)text, size, PyBUF_READ);
}

static PyMethodDef tools[] = {
    {"low_and_high", low_and_high, METH_O,
     "(lowest, one past the highest address) of a buffer"},
    {"blocks", blocks_of, METH_O, "blocks that one call makes"},
    {"PySequence_GetSlice", get_slice, METH_VARARGS, "the C call"},
    {"PyBytes_FromObject", from_object, METH_O, "the C call"},
    {"PyMemoryView_GetContiguous", get_contiguous, METH_O,
     "the C call, for reading, in C order"},
    {"PyUnicode_AsUTF8AndSize", as_utf8, METH_O, "what the C call points at"},
};

/* The tools by name: a new dict, or NULL. */
static PyObject *make_tools(void)
{
    PyObject *dict = PyDict_New();
    for (size_t i = 0; dict != NULL && i < sizeof tools / sizeof tools[0]; i++) {
        PyObject *function = PyCFunction_New(&tools[i], NULL);
        if (function == NULL || PyDict_SetItemString(dict, tools[i].ml_name, function) < 0) {
            Py_CLEAR(dict);
        }
        Py_XDECREF(function);
    }
    if (dict != NULL && zcb_lane_give_payload(dict) < 0) {
        Py_CLEAR(dict);
    }
    return dict;
}

/* lies.py run as a module: its globals, a new dict, or NULL. */
static PyObject *make_module(void)
{
    PyObject *module = PyDict_New();
    PyObject *code = Py_CompileString((const char *)zcb_lies_source, "lies.py", Py_file_input);
    PyObject *ran = NULL;
    if (module != NULL && code != NULL &&
        PyDict_SetItemString(module, "__builtins__", PyEval_GetBuiltins()) == 0) {
        ran = PyEval_EvalCode(code, module, module);
    }
    if (ran == NULL) {
        Py_CLEAR(module);
    }
    Py_XDECREF(ran);
    Py_XDECREF(code);
    return module;
}

int zcb_lies(const char *path, zcb_error *error)
{
    int result = -1;
    zcb_memory_hook();
    PyObject *given = make_tools();
    PyObject *module = given == NULL ? NULL : make_module();
    PyObject *name = module == NULL ? NULL : PyUnicode_DecodeFSDefault(path);
    PyObject *text = name == NULL
                         ? NULL
                         : PyObject_CallFunctionObjArgs(PyDict_GetItemString(module, "look"),
                                                        name, given, NULL);
    const char *utf8 = text == NULL ? NULL : PyUnicode_AsUTF8(text);
    if (utf8 == NULL) {
        zcb_embed_error(error);
    } else if (puts(utf8) < 0 || fflush(stdout) != 0) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "the list can't be written");
    } else {
        result = 0;
    }
    Py_XDECREF(text);
    Py_XDECREF(name);
    Py_XDECREF(module);
    Py_XDECREF(given);
    return result;
}
