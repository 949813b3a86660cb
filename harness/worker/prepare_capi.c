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
    out->arms[index] =
        (zcb_prepared_arm){.self = &out->c[index], .loop = c_loop, .once = c_once};
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

/* Bytes the source of a case takes, at least the size handed over. */
static size_t held_bytes(const zcb_case *c)
{
    Py_buffer view;
    size_t held = (size_t)c->size_bytes;
    if (PyObject_GetBuffer(c->source, &view, PyBUF_FULL_RO) < 0) {
        PyErr_Clear();
        return held;
    }
    held = (size_t)view.len > held ? (size_t)view.len : held;
    PyBuffer_Release(&view);
    return held;
}

/* The ring's cases, each with a source of its own; c_case, which is set up, tells how large one is. */
static int set_up_ring(zcb_prepared *out)
{
    size_t count = zcb_ring_size(held_bytes(&out->c_case));
    out->c_cases = calloc(count, sizeof *out->c_cases);
    if (out->c_cases == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        zcb_case *c = &out->c_cases[i];
        *c = (zcb_case){.size_bytes = out->c_case.size_bytes,
                        .offset = out->c_case.offset,
                        .reads = out->c_case.reads,
                        .ring = &out->ring,
                        .others = out->c_cases};
        out->ring.count = i + 1; /* so many are released */
        if (set_up(out->pair, c) < 0) {
            return -1;
        }
    }
    return 0;
}

int zcb_prepare_capi(const char *name, Py_ssize_t offset, int reads, int is_cold,
                     zcb_prepared *out)
{
    const zcb_pair *pair = zcb_registry_find(name);
    if (pair == NULL || pair->set_up == NULL) {
        PyErr_Format(PyExc_KeyError, "this worker has no C pair %s", name);
        return -1;
    }
    out->pair = pair;
    out->kind = pair->kind;
    out->c_case =
        (zcb_case){.size_bytes = (Py_ssize_t)out->size_bytes, .offset = offset, .reads = reads};
    if (set_up(pair, &out->c_case) < 0 || (is_cold && set_up_ring(out) < 0)) {
        return -1;
    }
    out->sources = PyTuple_Pack(1, out->c_case.source);
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
