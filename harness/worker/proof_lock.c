/* The lock a view puts on a bytearray: it can't change its size while a view of it lives. */
#include "worker/proof.h"

/* 1 when the bytearray grows and shrinks again, 0 when it refuses, -1 on another exception. */
static int can_resize(PyObject *source)
{
    PyObject *result = PyObject_CallMethod(source, "append", "i", 1);
    if (result == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_BufferError)) {
            return -1;
        }
        PyErr_Clear();
        return 0;
    }
    Py_DECREF(result);
    result = PyObject_CallMethod(source, "pop", NULL);
    Py_XDECREF(result);
    return result == NULL ? -1 : 1;
}

/* Prepares a case anew and says whether its source can be resized as set-up left it. */
static int resizable_at_first(zcb_lane lane, const char *name, uint64_t size_bytes,
                              uint64_t seed)
{
    zcb_prepared prepared;
    int result = zcb_prepare(lane, name, size_bytes, seed, &prepared);
    if (result == 0) {
        result = can_resize(PyTuple_GET_ITEM(prepared.sources, 0));
    }
    zcb_prepared_clear(&prepared);
    return result;
}

static int prove_on(const zcb_prepared *prepared, size_t arm, int before, zcb_refusal *refusal)
{
    const zcb_prepared_arm *alternative = &prepared->arms[arm];
    PyObject *source = PyTuple_GET_ITEM(prepared->sources, 0);
    PyObject *view = alternative->once(alternative->self);
    if (view == NULL) {
        return -1;
    }
    /* An export that is acquired and released inside the operation leaves no lock behind. */
    int lives = !PyMemoryView_Check(view) || PyMemoryView_GET_BASE(view) != NULL;
    int during = can_resize(source);
    Py_DECREF(view);
    int after = can_resize(source);
    if (during < 0 || after < 0) {
        return -1;
    }
    if (during && lives) {
        return zcb_refuse(refusal, "the source can be resized while %s lives",
                          alternative->name);
    }
    return after == before ? ZCB_PROVED
                           : zcb_refuse(refusal, "the source stays locked after %s is released",
                                        alternative->name);
}

int zcb_prove_lock(zcb_lane lane, const char *name, uint64_t size_bytes, uint64_t seed,
                   size_t arm, zcb_refusal *refusal)
{
    zcb_prepared prepared;
    int result = zcb_prepare(lane, name, size_bytes, seed, &prepared);
    if (result < 0 || !PyByteArray_CheckExact(PyTuple_GET_ITEM(prepared.sources, 0))) {
        zcb_prepared_clear(&prepared);
        return result;
    }
    int before = resizable_at_first(lane, name, size_bytes, seed);
    result = before < 0 ? -1 : prove_on(&prepared, arm, before, refusal);
    zcb_prepared_clear(&prepared);
    return result;
}
