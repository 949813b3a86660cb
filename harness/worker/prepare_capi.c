/* The C lane's arms: the pair's own loops over one prepared case. */
#include "worker/prepare_lanes.h"

#include "worker/registry.h"

#include <stdlib.h>

static PyObject *null_operation(const zcb_case *c)
{
    return Py_NewRef(c->source);
}

/* zcb_repeat, but nobody reads what null hands back: it is no copy's and no view's. */
static int null_loop(const zcb_case *c, uint64_t iterations)
{
    int status = 0;
    if (c->ring == NULL) {
        for (; status == 0 && iterations != 0; iterations--) {
            status = zcb_operate(c, 0, null_operation);
        }
        return status;
    }
    for (; status == 0 && iterations != 0; iterations--) {
        status = zcb_operate(zcb_case_now(c), 0, null_operation);
    }
    return status;
}

static const zcb_arm null_arm = {ZCB_ARM_NULL, null_operation, null_loop};

static int c_loop(void *self, uint64_t iterations)
{
    const zcb_c_arm *arm = self;
    return arm->arm->loop(arm->c, iterations);
}

static PyObject *c_once(void *self)
{
    const zcb_c_arm *arm = self;
    return arm->arm->once(arm->c);
}

static void add_arm(zcb_prepared *out, const zcb_arm *arm, const char *default_name)
{
    size_t index = out->arm_count++;
    out->c[index] = (zcb_c_arm){arm, out->c_cases != NULL ? out->c_cases : &out->c_case};
    out->arms[index] = (zcb_prepared_arm){.self = &out->c[index], .loop = c_loop, .once = c_once};
    PyOS_snprintf(out->arms[index].name, sizeof out->arms[index].name, "%s",
                  arm->name != NULL ? arm->name : default_name);
}

static int set_up(const zcb_pair *pair, zcb_case *c)
{
    if (pair->set_up(c) < 0) {
        return -1;
    }
    if (c->source == NULL) {
        PyErr_SetString(PyExc_SystemError, "the pair's set-up made no source");
        return -1;
    }
    return 0;
}

/* The ring's cases, each with a source of its own. */
static int set_up_ring(const zcb_case *first, zcb_prepared *out)
{
    out->c_cases = calloc(out->ring.count, sizeof *out->c_cases);
    if (out->c_cases == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (size_t i = 0; i < out->ring.count; i++) {
        out->c_cases[i] = *first;
        out->c_cases[i].ring = &out->ring;
        out->c_cases[i].others = out->c_cases;
        if (set_up(out->pair, &out->c_cases[i]) < 0) {
            return -1;
        }
    }
    return 0;
}

int zcb_prepare_capi(const char *name, Py_ssize_t offset, int reads, zcb_prepared *out)
{
    const zcb_pair *pair = zcb_registry_find(name);
    if (pair == NULL) {
        PyErr_Format(PyExc_KeyError, "this worker has no C pair %s", name);
        return -1;
    }
    out->pair = pair;
    out->kind = pair->kind;
    zcb_case first = {.size_bytes = (Py_ssize_t)out->size_bytes, .offset = offset, .reads = reads};
    out->c_case = first;
    if (out->ring.count != 0 ? set_up_ring(&first, out) < 0 : set_up(pair, &out->c_case) < 0) {
        return -1;
    }
    out->sources =
        PyTuple_Pack(1, out->c_cases != NULL ? out->c_cases[0].source : out->c_case.source);
    add_arm(out, &pair->copy, ZCB_ARM_COPY);
    for (size_t i = 0; i < ZCB_ALTERNATIVES_MAX && pair->views[i].loop != NULL; i++) {
        add_arm(out, &pair->views[i], ZCB_ARM_VIEW);
    }
    add_arm(out, pair->null.loop != NULL ? &pair->null : &null_arm, ZCB_ARM_NULL);
    return out->sources == NULL ? -1 : 0;
}

static void release(const zcb_pair *pair, zcb_case *c)
{
    if (pair->tear_down != NULL) {
        pair->tear_down(c);
    }
    for (size_t i = 0; i < ZCB_PARTS_MAX; i++) {
        Py_CLEAR(c->parts[i]);
    }
    Py_CLEAR(c->source);
    free(c->memory);
    c->memory = NULL;
}

void zcb_release_capi(zcb_prepared *prepared)
{
    for (size_t i = 0; prepared->c_cases != NULL && i < prepared->ring.count; i++) {
        release(prepared->pair, &prepared->c_cases[i]);
    }
    free(prepared->c_cases);
    prepared->c_cases = NULL;
    release(prepared->pair, &prepared->c_case);
}
