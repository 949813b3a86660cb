/* The order of a proof: see proof.h. */
#include "worker/proof.h"

#include "worker/engine.h"
#include "worker/registry.h"

#include <stdarg.h>
#include <stdio.h>

int zcb_refuse(zcb_refusal *refusal, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(refusal->reason, sizeof refusal->reason, format, arguments);
    va_end(arguments);
    return ZCB_REFUSED;
}

/* One operation; where it consumes its source, *consumed is where that lay. */
static PyObject *operate(const zcb_prepared_arm *arm, zcb_range *consumed)
{
    if (arm->fresh != NULL && arm->fresh(arm->self, consumed) < 0) {
        return NULL;
    }
    return arm->once(arm->self);
}

/* The results of copy and one alternative, compared while both live. */
static int prove_results(const zcb_prepared *prepared, size_t arm, zcb_refusal *refusal)
{
    int result = -1;
    zcb_range of_copy = {NULL, NULL}, of_view = {NULL, NULL};
    const zcb_prepared_arm *alternative = &prepared->arms[arm];
    PyObject *copy = operate(&prepared->arms[0], &of_copy);
    PyObject *view = copy == NULL ? NULL : operate(alternative, &of_view);
    if (view == NULL) {
        goto done;
    }
    result = zcb_prove_content(copy, view, alternative->name, refusal);
    if (result == ZCB_PROVED &&
        (prepared->kind == ZCB_KIND_Z || prepared->kind == ZCB_KIND_L)) {
        result = zcb_prepared_is_pooled(prepared)
                     ? zcb_prove_taken(copy, of_copy, view, of_view, alternative->name, refusal)
                     : zcb_prove_sharing(prepared, copy, view, alternative->name, refusal);
    }
done:
    Py_XDECREF(view);
    Py_XDECREF(copy);
    return result;
}

/* Q: the same pair at half the size beside the whole. */
static int prove_growth(zcb_lane lane, const char *name, uint64_t seed,
                        const zcb_prepared *whole, size_t arm, zcb_refusal *refusal)
{
    zcb_prepared half;
    int result = zcb_prepare(lane, name, whole->size_bytes / 2, seed, &half);
    if (result == 0) {
        result = zcb_prove_growth(&half, whole, arm, refusal);
    }
    zcb_prepared_clear(&half);
    return result;
}

/* What the kind promises of one alternative beyond equal results. */
static int prove_kind(zcb_lane lane, const char *name, uint64_t seed,
                      const zcb_prepared *prepared, size_t arm, zcb_refusal *refusal)
{
    enum { GROWTH_FROM_BYTES = 64 * 1024 }; /* below, fixed parts hide the growth */
    switch (prepared->kind) {
    case ZCB_KIND_R:
        return zcb_prove_saving(prepared, arm, refusal);
    case ZCB_KIND_Q:
        return prepared->size_bytes < GROWTH_FROM_BYTES
                   ? ZCB_PROVED
                   : prove_growth(lane, name, seed, prepared, arm, refusal);
    case ZCB_KIND_K:
        return zcb_prove_passed(prepared, arm, refusal);
    case ZCB_KIND_Z:
        if (zcb_prepared_is_pooled(prepared)) {
            return ZCB_PROVED; /* the source is gone, not locked */
        }
        return zcb_prove_lock(lane, name, prepared->size_bytes, seed, arm, refusal);
    default:
        return ZCB_PROVED;
    }
}

static int prove_alternative(zcb_lane lane, const char *name, uint64_t seed,
                             const zcb_prepared *prepared, size_t arm, zcb_refusal *refusal)
{
    int result = prove_results(prepared, arm, refusal);
    if (result == ZCB_PROVED) {
        result = prove_kind(lane, name, seed, prepared, arm, refusal);
    }
    if (result == ZCB_PROVED) {
        result = zcb_prove_no_leak(prepared, arm, refusal);
    }
    return result;
}

int zcb_prove(zcb_lane lane, const char *name, uint64_t size_bytes, uint64_t seed,
              zcb_refusal *refusal)
{
    zcb_prepared prepared;
    int result = zcb_prepare(lane, name, size_bytes, seed, &prepared);
    if (result == 0 && zcb_registry_is_instruments(prepared.pair)) {
        zcb_prepared_clear(&prepared);
        return ZCB_PROVED;
    }
    if (result == 0) {
        result = prepared.arms[0].once != NULL ? zcb_prove_no_leak(&prepared, 0, refusal) : 0;
    }
    for (size_t arm = 1; result == ZCB_PROVED && zcb_prepared_is_alternative(&prepared, arm);
         arm++) {
        result = prove_alternative(lane, name, seed, &prepared, arm, refusal);
    }
    zcb_prepared_clear(&prepared);
    return result;
}
