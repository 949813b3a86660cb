/* A function of an extension takes bytes: as an object it copies from, or as a buffer it
 * borrows. Longer than most because a real method table and its two functions are part of the
 * question. */
#include "worker/pair.h"

enum { TAKES_OBJECT, TAKES_BUFFER, ARGUMENTS };

/* Keeps what it was given in an object of its own, as a function that stores its argument does.
 */
static PyObject *take_object(PyObject *self, PyObject *arguments)
{
    PyObject *bytes; /* borrowed */
    (void)self;
    if (!PyArg_ParseTuple(arguments, "S", &bytes)) {
        return NULL;
    }
    return PyBytes_FromStringAndSize(PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes));
}

/* Works on the caller's memory while the call lasts; the result shows the proof where that was.
 */
static PyObject *take_buffer(PyObject *self, PyObject *arguments)
{
    Py_buffer buffer;
    (void)self;
    if (!PyArg_ParseTuple(arguments, "y*", &buffer)) {
        return NULL;
    }
    PyObject *result = PyMemoryView_FromMemory(buffer.buf, buffer.len, PyBUF_READ);
    PyBuffer_Release(&buffer);
    return result;
}

static PyMethodDef methods[] = {{"take_object", take_object, METH_VARARGS, NULL},
                                {"take_buffer", take_buffer, METH_VARARGS, NULL}};

static PyObject *copy(const zcb_case *c)
{
    return PyObject_Call(c->parts[TAKES_OBJECT], c->parts[ARGUMENTS], NULL);
}

static PyObject *view(const zcb_case *c)
{
    return PyObject_Call(c->parts[TAKES_BUFFER], c->parts[ARGUMENTS], NULL);
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
    c->source = PyBytes_FromStringAndSize(NULL, c->size_bytes);
    if (c->source == NULL) {
        return -1;
    }
    zcb_fill(PyBytes_AS_STRING(c->source), c->size_bytes);
    c->data = PyBytes_AS_STRING(c->source);
    c->parts[TAKES_OBJECT] = PyCFunction_New(&methods[0], NULL);
    c->parts[TAKES_BUFFER] = PyCFunction_New(&methods[1], NULL);
    c->parts[ARGUMENTS] = PyTuple_Pack(1, c->source);
    return c->parts[TAKES_OBJECT] && c->parts[TAKES_BUFFER] && c->parts[ARGUMENTS] ? 0 : -1;
}

const zcb_pair zcb_pair_capi_argument_parse = {
    .id = "B5",
    .name = "argument_parse",
    .group = "buffer protocol",
    .kind = ZCB_KIND_Z,
    .note = "both are called with one argument tuple made before the loop; format S and a copy "
            "make a "
            "bytes, format y* borrows and the result is a memoryview that says where",
    .set_up = set_up,
    .copy = {.once = copy, .loop = copy_loop},
    .views = {{.once = view, .loop = view_loop}},
};
