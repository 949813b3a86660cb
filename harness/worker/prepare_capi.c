/* The C lane's arms: the pair's own loops over one prepared case. */
#include "worker/prepare_lanes.h"

#include "worker/registry.h"

#include <stdlib.h>

static PyObject *null_operation(const zcb_case *c)
{
    return Py_NewRef(c->source);
}

static int null_loop(const zcb_case *c, uint64_t iterations)
{
    return zcb_repeat(c, iterations, null_operation);
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
    out->c[index] = (zcb_c_arm){arm, &out->c_case};
    out->arms[index] = (zcb_prepared_arm){.self = &out->c[index], .loop = c_loop, .once = c_once};
    PyOS_snprintf(out->arms[index].name, sizeof out->arms[index].name, "%s",
                  arm->name != NULL ? arm->name : default_name);
}

int zcb_prepare_capi(const char *name, Py_ssize_t size_bytes, Py_ssize_t offset, zcb_prepared *out)
{
    const zcb_pair *pair = zcb_registry_find(name);
    if (pair == NULL) {
        PyErr_Format(PyExc_KeyError, "this worker has no C pair %s", name);
        return -1;
    }
    out->pair = pair;
    out->kind = pair->kind;
    out->c_case = (zcb_case){.size_bytes = size_bytes, .offset = offset};
    if (pair->set_up(&out->c_case) < 0) {
        return -1;
    }
    if (out->c_case.source == NULL) {
        PyErr_SetString(PyExc_SystemError, "the pair's set-up made no source");
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

void zcb_release_capi(zcb_prepared *prepared)
{
    zcb_case *c = &prepared->c_case;
    if (prepared->pair->tear_down != NULL) {
        prepared->pair->tear_down(c);
    }
    for (size_t i = 0; i < ZCB_PARTS_MAX; i++) {
        Py_CLEAR(c->parts[i]);
    }
    Py_CLEAR(c->source);
    free(c->memory);
    c->memory = NULL;
}
