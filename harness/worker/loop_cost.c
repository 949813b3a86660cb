/* See loop_cost.h. */
#include "worker/loop_cost.h"

#include "worker/embed.h"
#include "worker/gbench.h"
#include "worker/pair.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 21, ITERATIONS = 200000 };

static PyObject *empty_result; /* borrowed: kept by main's module dict for the whole process */

static PyObject *empty(const zcb_case *c)
{
    (void)c;
    return empty_result;
}

/* zcb_repeat's loop around an operation that makes nothing, so nothing is released either. */
static int capi_loop(void *self, uint64_t iterations)
{
    for (; iterations != 0; iterations--) {
        PyObject *result = empty(self);
        zcb_keep(result); /* the iteration must happen */
        if (result == NULL) {
            return -1;
        }
    }
    return 0;
}

static const char *const python_text = "import itertools, timeit\n"
                                       "def ours(_it):\n"
                                       "    for _i in _it:\n"
                                       "        pass\n"
                                       "timer = timeit.Timer('pass')\n"
                                       "def theirs(_it):\n"
                                       "    timer.inner(_it, int)\n";

typedef struct python_loop {
    PyObject *function, *repeat; /* owned */
    PyObject *iterator;          /* owned */
} python_loop;

static int call_loop(void *self, uint64_t iterations)
{
    (void)iterations;
    python_loop *loop = self;
    PyObject *result = PyObject_CallFunctionObjArgs(loop->function, loop->iterator, NULL);
    Py_XDECREF(result);
    return result == NULL ? -1 : 0;
}

static int one_round(zcb_gbench_visit *visit, python_loop *loop, double *out)
{
    uint64_t elapsed_ns;
    if (loop != NULL) {
        Py_XDECREF(loop->iterator);
        loop->iterator =
            PyObject_CallFunction(loop->repeat, "OK", Py_None, (unsigned long long)ITERATIONS);
    }
    if (zcb_gbench_run(visit, &elapsed_ns) < 0) {
        return -1;
    }
    *out = (double)elapsed_ns / ITERATIONS;
    return 0;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Looks up the two functions of python_text. */
static int make_python(python_loop loops[2])
{
    static const char *const names[] = {"ours", "theirs"};
    PyObject *space = PyDict_New();
    PyObject *ran = NULL;
    if (space == NULL ||
        PyDict_SetItemString(space, "__builtins__", PyEval_GetBuiltins()) < 0) {
        Py_XDECREF(space);
        return -1;
    }
    ran = PyRun_String(python_text, Py_file_input, space, space);
    PyObject *itertools = PyDict_GetItemString(space, "itertools"); /* borrowed */
    for (int i = 0; ran != NULL && i < 2; i++) {
        loops[i].function = Py_XNewRef(PyDict_GetItemString(space, names[i]));
        loops[i].repeat = PyObject_GetAttrString(itertools, "repeat");
    }
    Py_XDECREF(ran);
    Py_DECREF(space);
    return ran == NULL ? -1 : 0;
}

int zcb_loop_cost(zcb_error *error)
{
    static const char *const names[] = {"capi", "python", "timeit"};
    double costs[3][ROUNDS];
    python_loop loops[2] = {{NULL, NULL, NULL}, {NULL, NULL, NULL}};
    empty_result = Py_None;
    if (make_python(loops) < 0) {
        return zcb_embed_error(error);
    }
    zcb_gbench_visit visits[3] = {{.loop = capi_loop},
                                  {.loop = call_loop, .self = &loops[0]},
                                  {.loop = call_loop, .self = &loops[1]}};
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < 3; i++) {
            int which = (i + round) % 3;
            visits[which].iterations = ITERATIONS;
            if (one_round(&visits[which], which == 0 ? NULL : &loops[which - 1],
                          &costs[which][round]) < 0) {
                return zcb_embed_error(error);
            }
        }
    }
    puts("loop,median_ns,lowest_ns,highest_ns");
    for (int i = 0; i < 3; i++) {
        qsort(costs[i], ROUNDS, sizeof(double), ascending);
        printf("%s,%.3f,%.3f,%.3f\n", names[i], costs[i][ROUNDS / 2], costs[i][0],
               costs[i][ROUNDS - 1]);
    }
    for (int i = 0; i < 2; i++) {
        Py_CLEAR(loops[i].iterator);
        Py_CLEAR(loops[i].function);
        Py_CLEAR(loops[i].repeat);
    }
    return 0;
}
