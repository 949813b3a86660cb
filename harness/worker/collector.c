/* See collector.h. */
#include "worker/collector.h"

/* Calls gc.<method>; the bound method is kept for the life of the process in *kept, because a
 * lookup by a new name leaves that name in the types' method cache: 56 bytes that would count
 * as retained. */
static PyObject *ask(const char *method, PyObject **kept)
{
    if (*kept == NULL) {
        PyObject *gc = PyImport_ImportModule("gc");
        *kept = gc == NULL ? NULL : PyObject_GetAttrString(gc, method);
        Py_XDECREF(gc);
    }
    return *kept == NULL ? NULL : PyObject_CallObject(*kept, NULL);
}

int zcb_collector_collect(void)
{
    static PyObject *collect;
    PyObject *answer = ask("collect", &collect);
    Py_XDECREF(answer);
    return answer == NULL ? -1 : 0;
}

int zcb_collector_tracked(Py_ssize_t *out)
{
    static PyObject *get_objects;
    PyObject *objects = ask("get_objects", &get_objects);
    if (objects == NULL) {
        return -1;
    }
    *out = PyList_GET_SIZE(objects);
    Py_DECREF(objects);
    return 0;
}
