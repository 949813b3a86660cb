/* See python_lane.h. Holds the only references that live as long as the interpreter. */
#include "worker/python_lane.h"

#include "worker/lane_source.h" /* generated: zcb_lane_source[], the text of lane.py */
#include "worker/pair.h"
#include "worker/pair_file_source.h" /* generated: zcb_pair_file_source[], of pair_file.py */

#include <string.h>

static PyObject *module;  /* owned: the namespace of pair_file.py and lane.py, a dict */
static PyObject *loaded;  /* owned: pairs by name, a dict */
static PyObject *payload; /* owned: the function given to SETUP */

/* payload(k): a bytes object of k non-zero resident bytes. */
static PyObject *payload_function(PyObject *self, PyObject *argument)
{
    (void)self;
    Py_ssize_t size = PyNumber_AsSsize_t(argument, PyExc_OverflowError);
    if (size == -1 && PyErr_Occurred()) {
        return NULL;
    }
    if (size < 0) {
        PyErr_SetString(PyExc_ValueError, "payload of a negative size");
        return NULL;
    }
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, size);
    if (bytes != NULL && size > 0) {
        zcb_fill(PyBytes_AS_STRING(bytes), size);
    }
    return bytes;
}

static PyMethodDef payload_method = {"payload", payload_function, METH_O,
                                     "payload(k): bytes of k non-zero bytes"};

/* Runs embedded text in the module's namespace: 0, or -1 with a Python exception set. */
static int run_in_module(const unsigned char *text, const char *file)
{
    PyObject *code = Py_CompileString((const char *)text, file, Py_file_input);
    PyObject *ran = code == NULL ? NULL : PyEval_EvalCode(code, module, module);
    Py_XDECREF(ran);
    Py_XDECREF(code);
    return ran == NULL ? -1 : 0;
}

int zcb_lane_start(void)
{
    int result = -1;
    PyObject *name = PyUnicode_FromString("zcb_lane");
    module = PyDict_New();
    loaded = PyDict_New();
    payload = PyCFunction_New(&payload_method, NULL);
    if (name == NULL || module == NULL || loaded == NULL || payload == NULL) {
        goto done;
    }
    if (PyDict_SetItemString(module, "__builtins__", PyEval_GetBuiltins()) < 0 ||
        PyDict_SetItemString(module, "__name__", name) < 0) {
        goto done;
    }
    result = run_in_module(zcb_pair_file_source, "pair_file.py") < 0
                 ? -1
                 : run_in_module(zcb_lane_source, "lane.py");
done:
    Py_XDECREF(name);
    return result;
}

void zcb_lane_finish(void)
{
    Py_CLEAR(payload);
    Py_CLEAR(loaded);
    Py_CLEAR(module);
}

/* Calls `name` of the embedded module with a tuple that it takes over (may be NULL: failed before). */
static PyObject *call(const char *name, PyObject *arguments)
{
    PyObject *function = PyDict_GetItemString(module, name); /* borrowed */
    if (arguments == NULL || function == NULL) {
        Py_XDECREF(arguments);
        return NULL;
    }
    PyObject *result = PyObject_CallObject(function, arguments);
    Py_DECREF(arguments);
    return result;
}

/* Borrowed text of about[key] of a loaded pair, or NULL. */
static const char *about_text(PyObject *pair, const char *key)
{
    PyObject *about = PyDict_GetItemString(pair, "about"); /* borrowed */
    PyObject *value = about == NULL ? NULL : PyDict_GetItemString(about, key);
    return value == NULL ? NULL : PyUnicode_AsUTF8(value);
}

int zcb_lane_load(const char *name, const char *path)
{
    int result = -1;
    PyObject *text = PyUnicode_DecodeFSDefault(path);
    PyObject *pair = call("load", text == NULL ? NULL : Py_BuildValue("(O)", text));
    if (pair == NULL) {
        goto done;
    }
    const char *found = about_text(pair, "name");
    if (found == NULL || strcmp(found, name) != 0) {
        PyErr_Format(PyExc_ValueError, "the file defines %s, not %s", found, name);
        goto done;
    }
    result = PyDict_SetItemString(loaded, name, pair);
done:
    Py_XDECREF(pair);
    Py_XDECREF(text);
    return result;
}

PyObject *zcb_lane_prepare(const char *name, Py_ssize_t size, Py_ssize_t offset, int reads,
                           int is_cold)
{
    PyObject *pair = PyDict_GetItemString(loaded, name); /* borrowed */
    if (pair == NULL) {
        PyErr_Format(PyExc_KeyError, "the pair %s is not loaded", name);
        return NULL;
    }
    PyObject *read = reads ? zcb_read_function() : Py_NewRef(Py_None);
    PyObject *ring_size = is_cold ? zcb_ring_size_function() : Py_NewRef(Py_None);
    if (read == NULL || ring_size == NULL) {
        Py_XDECREF(ring_size);
        Py_XDECREF(read);
        return NULL;
    }
    return call("prepare",
                Py_BuildValue("(OnnONN)", pair, size, offset, payload, read, ring_size));
}

char zcb_lane_kind(const char *name)
{
    PyObject *pair = PyDict_GetItemString(loaded, name); /* borrowed */
    const char *kind = pair == NULL ? NULL : about_text(pair, "kind");
    return kind == NULL ? '\0' : kind[0];
}

PyObject *zcb_lane_describe(PyObject *c_pairs, PyObject *paths, PyObject *facts)
{
    return call("describe", Py_BuildValue("(OOO)", c_pairs, paths, facts));
}

int zcb_lane_unavailable(const char *python, const char *requires, char *reason, size_t size)
{
    PyObject *answer = call("unavailable", Py_BuildValue("(sss)", python != NULL ? python : "",
                                                         requires != NULL ? requires : "", ""));
    const char *text = NULL;
    if (answer != NULL && PyTuple_Check(answer) && PyTuple_GET_SIZE(answer) > 0) {
        text = PyUnicode_AsUTF8(PyTuple_GET_ITEM(answer, 0));
    }
    if (text != NULL) {
        PyOS_snprintf(reason, size, "%s", text);
    }
    Py_XDECREF(answer);
    return text != NULL ? 0 : -1;
}

int zcb_lane_give_payload(PyObject *dict)
{
    return PyDict_SetItemString(dict, "payload", payload);
}

/* The exception that is set, normalised, with its traceback attached; new reference or NULL. */
static PyObject *take_exception(void)
{
#if PY_VERSION_HEX >= 0x030C0000
    return PyErr_GetRaisedException();
#else
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    if (value != NULL && traceback != NULL) {
        PyException_SetTraceback(value, traceback);
    }
    Py_XDECREF(type);
    Py_XDECREF(traceback);
    return value;
#endif
}

void zcb_lane_error_line(char *text, size_t size)
{
    PyObject *exception = take_exception();
    PyObject *line = NULL;
    const char *utf8 = NULL;
    if (exception != NULL && module != NULL) {
        line = call("one_line", Py_BuildValue("(O)", exception));
    } else if (exception != NULL) {
        line = PyObject_Str(exception);
    }
    utf8 = line == NULL ? NULL : PyUnicode_AsUTF8(line);
    PyOS_snprintf(text, size, "%s", utf8 != NULL ? utf8 : "an unknown Python error");
    Py_XDECREF(line);
    Py_XDECREF(exception);
    PyErr_Clear();
}
