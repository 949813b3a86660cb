/* Tells, before a worker is built, whether this interpreter can be embedded the way the worker
 * does it: some say one thing of their layout and have another.
 *
 *   embed_probe PROGRAM VERSION
 *
 * Starts Python as PROGRAM, in isolation, imports what every start needs, and checks that it is
 * VERSION (3.11.7). Prints nothing and exits 0, or prints one sentence and exits 1. */
#include <Python.h>

#include <stdio.h>
#include <string.h>

/* Starts the interpreter that poses as `program`: a status to be asked. */
static PyStatus start(const char *program)
{
    PyPreConfig preconfig;
    PyPreConfig_InitIsolatedConfig(&preconfig);
    preconfig.utf8_mode = 1;
    PyStatus status = Py_PreInitialize(&preconfig);
    if (PyStatus_Exception(status)) {
        return status;
    }
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    status = PyConfig_SetBytesString(&config, &config.program_name, program);
    if (!PyStatus_Exception(status)) {
        status = Py_InitializeFromConfig(&config);
    }
    PyConfig_Clear(&config);
    return status;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        puts("usage: embed_probe PROGRAM VERSION");
        return 1;
    }
    PyStatus status = start(argv[1]);
    if (PyStatus_Exception(status)) {
        printf("Python does not start: %s\n",
               status.err_msg != NULL ? status.err_msg : "no reason given");
        return 1;
    }
    size_t length = strlen(argv[2]);
    if (strncmp(Py_GetVersion(), argv[2], length) != 0 || Py_GetVersion()[length] != ' ') {
        printf("its libpython is %.20s, not %s\n", Py_GetVersion(), argv[2]);
        return 1;
    }
    if (PyRun_SimpleString("import struct, mmap, array, ctypes, pickle, socket") != 0) {
        puts("its standard library cannot be imported when embedded");
        return 1;
    }
    return Py_FinalizeEx() == 0 ? 0 : 1;
}
