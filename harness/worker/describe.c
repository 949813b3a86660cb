/* See describe.h. */
#include "worker/describe.h"

#include "worker/embed.h"
#include "worker/python_lane.h"
#include "worker/registry.h"

#include <stdio.h>

enum { DEFAULT_SIZE_MIN = 64, DEFAULT_SIZE_MAX = 64 * 1024 * 1024 };

/* The alternatives' names as a list. */
static PyObject *alternatives(const zcb_pair *pair)
{
    PyObject *list = PyList_New(0);
    for (size_t i = 0; list != NULL && i < ZCB_ALTERNATIVES_MAX && pair->views[i].loop != NULL;
         i++) {
        const char *name = pair->views[i].name;
        PyObject *text = PyUnicode_FromString(name != NULL ? name : ZCB_ARM_VIEW);
        if (text == NULL || PyList_Append(list, text) < 0) {
            Py_CLEAR(list);
        }
        Py_XDECREF(text);
    }
    return list;
}

static const char *text_of(const char *text)
{
    return text != NULL ? text : "";
}

static PyObject *about(const zcb_registered *entry)
{
    const zcb_pair *pair = entry->pair;
    PyObject *names = alternatives(pair);
    if (names == NULL) {
        return NULL;
    }
    /* A pair without a set-up was built where its module or its Python was not to be had;
     * which, the lane finds out. */
    const char *reason =
        pair->set_up == NULL ? "this worker was built without what it needs" : "";
    return Py_BuildValue(
        "{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:K,s:K,s:N,s:N,s:{}}", "id", pair->id,
        "name", pair->name, "group", pair->group, "kind", zcb_kind_name(pair->kind), "lane",
        zcb_lane_name(ZCB_LANE_CAPI), "note", text_of(pair->note), "requires",
        text_of(pair->requires), "python", text_of(pair->python), "reason", reason, "hot_only",
        "", "drop_only", text_of(pair->drop_only), "size_min",
        (unsigned long long)(pair->size_min != 0 ? pair->size_min : DEFAULT_SIZE_MIN),
        "size_max",
        (unsigned long long)(pair->size_max != 0 ? pair->size_max : DEFAULT_SIZE_MAX),
        "alternatives", names, "file",
        PyUnicode_FromFormat("%s/%s.c", entry->folder, pair->name), "missing");
}

static PyObject *c_pairs(void)
{
    PyObject *list = PyList_New(0);
    for (const zcb_registered *entry = zcb_registry; list != NULL && entry->pair != NULL;
         entry++) {
        PyObject *one = about(entry);
        if (one == NULL || PyList_Append(list, one) < 0) {
            Py_CLEAR(list);
        }
        Py_XDECREF(one);
    }
    return list;
}

static PyObject *path_list(char *const *paths, int count)
{
    PyObject *list = PyList_New(0);
    for (int i = 0; list != NULL && i < count; i++) {
        PyObject *path = PyUnicode_DecodeFSDefault(paths[i]);
        if (path == NULL || PyList_Append(list, path) < 0) {
            Py_CLEAR(list);
        }
        Py_XDECREF(path);
    }
    return list;
}

/* Facts of the embedded interpreter. */
static PyObject *facts(void)
{
    return Py_BuildValue("{s:s,s:O,s:i}", "version", PY_VERSION, "prefix",
                         PySys_GetObject("prefix"), "numpy_api", ZCB_HAVE_NUMPY);
}

int zcb_describe(char *const *paths, int count, zcb_error *error)
{
    int result = -1;
    PyObject *text = NULL;
    PyObject *pairs = c_pairs();
    PyObject *files = pairs == NULL ? NULL : path_list(paths, count);
    PyObject *about_python = files == NULL ? NULL : facts();
    if (about_python != NULL) {
        text = zcb_lane_describe(pairs, files, about_python);
    }
    const char *utf8 = text == NULL ? NULL : PyUnicode_AsUTF8(text);
    if (utf8 == NULL) {
        zcb_embed_error(error);
    } else if (puts(utf8) < 0 || fflush(stdout) != 0) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "the description can't be written");
    } else {
        result = 0;
    }
    Py_XDECREF(text);
    Py_XDECREF(about_python);
    Py_XDECREF(files);
    Py_XDECREF(pairs);
    return result;
}
