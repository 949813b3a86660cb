/* See embed.h. One PyConfig source serves every version from 3.8 on. */
#include "worker/embed.h"

#include "worker/python_lane.h"

#include <string.h>

static int status_error(PyStatus status, zcb_error *error)
{
    return zcb_fail(error, ZCB_EXIT_INTERNAL, "Python does not start: %s",
                    status.err_msg != NULL ? status.err_msg : "no reason given");
}

static int preinitialize(zcb_error *error)
{
    PyPreConfig config;
    PyPreConfig_InitIsolatedConfig(&config);
    config.utf8_mode = 1;
    PyStatus status = Py_PreInitialize(&config);
    return PyStatus_Exception(status) ? status_error(status, error) : 0;
}

/* A debug build shows warnings that others ignore, and keeps each text it has shown for ever: sockets
 * that a pair leaves to the end of its case would be told of, and counted as leaks. */
static PyStatus be_like_other_builds(PyConfig *config)
{
#ifdef Py_DEBUG
    return PyWideStringList_Append(&config->warnoptions, L"ignore::ResourceWarning");
#else
    (void)config;
    return PyStatus_Ok();
#endif
}

static int initialize(const zcb_embed_options *options, zcb_error *error)
{
    int result = -1;
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    config.use_hash_seed = 1;
    config.hash_seed = options->hash_seed;
#ifdef Py_GIL_DISABLED
    config.enable_gil = 0;
#endif
    PyStatus status = be_like_other_builds(&config);
    if (!PyStatus_Exception(status)) {
        status = PyConfig_SetBytesString(&config, &config.program_name, options->program);
    }
    if (PyStatus_Exception(status)) {
        status_error(status, error);
        goto done;
    }
    status = Py_InitializeFromConfig(&config);
    if (PyStatus_Exception(status)) {
        status_error(status, error);
        goto done;
    }
    result = 0;
done:
    PyConfig_Clear(&config);
    return result;
}

static int put_first_on_path(const char *path, zcb_error *error)
{
    int result = -1;
    PyObject *text = PyUnicode_DecodeFSDefault(path);
    PyObject *list = PySys_GetObject("path"); /* borrowed */
    if (text != NULL && list != NULL && PyList_Insert(list, 0, text) == 0) {
        result = 0;
    } else {
        zcb_embed_error(error);
    }
    Py_XDECREF(text);
    return result;
}

int zcb_embed_start(const zcb_embed_options *options, zcb_error *error)
{
    if (preinitialize(error) < 0 || initialize(options, error) < 0) {
        return -1;
    }
    if (options->path != NULL && options->path[0] != '\0') {
        return put_first_on_path(options->path, error);
    }
    return 0;
}

int zcb_embed_import(const char *modules, zcb_error *error)
{
    char name[256];
    while (*modules != '\0') {
        size_t length = strcspn(modules, ",");
        if (length >= sizeof name) {
            return zcb_fail(error, ZCB_EXIT_USAGE, "a module name is too long");
        }
        memcpy(name, modules, length);
        name[length] = '\0';
        modules += length + (modules[length] == ',');
        if (length == 0) {
            continue;
        }
        PyObject *module = PyImport_ImportModule(name);
        if (module == NULL) {
            return zcb_embed_error(error);
        }
        Py_DECREF(module);
    }
    return 0;
}

int zcb_embed_freeze(zcb_error *error)
{
    static const char *const steps[] = {"collect", "freeze", "disable"};
    PyObject *gc = PyImport_ImportModule("gc");
    if (gc == NULL) {
        return zcb_embed_error(error);
    }
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        PyObject *result = PyObject_CallMethod(gc, steps[i], NULL);
        if (result == NULL) {
            Py_DECREF(gc);
            return zcb_embed_error(error);
        }
        Py_DECREF(result);
    }
    Py_DECREF(gc);
    return 0;
}

int zcb_embed_finish(void)
{
    return Py_FinalizeEx();
}

int zcb_embed_error(zcb_error *error)
{
    char text[sizeof error->text];
    zcb_lane_error_line(text, sizeof text);
    return zcb_fail(error, ZCB_EXIT_USAGE, "%s", text);
}
