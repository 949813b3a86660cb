/* See meaning.h. What can't be observed, and why:
 *   change_seen        no source can be written to (bytes): no later change can come; or the
 * result holds objects that neither show a buffer nor are unchangeable. source_locked      no
 * source is of a kind that can change its size and says so when it can't (bytearray, array,
 * mmap); or it stays locked after the result is gone. An ndarray refuses by counting
 * references, which tells nothing of exports; a ctypes object moves its memory without asking.
 *   writable, contiguous   the result shows no buffer, or several that differ. */
#include "worker/meaning.h"

#include "worker/collector.h"
#include "worker/shown.h"

#include <string.h>

/* Buffers of plain numbers: bytes of pointers must not be changed. */
static int may_be_flipped(const Py_buffer *view)
{
    return view->len > 0 && PyBuffer_IsContiguous(view, 'A') &&
           (view->format == NULL || strpbrk(view->format, "OPXzZ&") == NULL);
}

static void flip(unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        bytes[i] ^= 0xff;
    }
}

/* 1 when turning `size` bytes over changes what the result shows, 0 when not, -1 exception.
 * Undone. */
static int change_is_seen(PyObject *result, PyObject *before, void *bytes, size_t size)
{
    flip(bytes, size);
    PyObject *after = zcb_shown_content(result);
    flip(bytes, size);
    int same = after == NULL ? -1 : PyObject_RichCompareBool(before, after, Py_EQ);
    Py_XDECREF(after);
    return same < 0 ? -1 : !same;
}

/* The same for all of one source: -2 when it can't be written to. */
static int source_change_is_seen(PyObject *result, PyObject *before, PyObject *source)
{
    Py_buffer view;
    if (PyObject_GetBuffer(source, &view, PyBUF_FULL) < 0) {
        PyErr_Clear();
        return -2;
    }
    int seen =
        may_be_flipped(&view) ? change_is_seen(result, before, view.buf, (size_t)view.len) : -2;
    PyBuffer_Release(&view);
    return seen;
}

/* Each source is changed by itself, because two may share memory. */
int zcb_meaning_change_seen(const zcb_prepared *prepared, PyObject *result, int *out)
{
    const zcb_case *c = &prepared->c_case;
    PyObject *before = zcb_shown_content(result);
    int seen = before == NULL ? -1 : -2;
    if (before != NULL && before != Py_None) {
        if (c->memory != NULL && c->data != NULL) { /* the source is plain memory of the pair */
            seen = change_is_seen(result, before, (void *)c->data, prepared->size_bytes);
        }
        for (Py_ssize_t i = 0; seen != -1 && i < PyTuple_GET_SIZE(prepared->sources); i++) {
            int now =
                source_change_is_seen(result, before, PyTuple_GET_ITEM(prepared->sources, i));
            seen = now == -1 || now > seen ? now : seen;
        }
    }
    Py_XDECREF(before);
    *out = seen >= 0 ? seen : -1;
    return seen == -1 ? -1 : 0;
}

/* Calls both methods with one argument each (NULL: none): 1 when they work, 0 on a BufferError,
 * -1 on anything else. No exception is left. */
static int try_methods(PyObject *source, const char *first, PyObject *argument,
                       const char *second)
{
    PyObject *done = PyObject_CallMethod(source, first, "O", argument);
    if (done != NULL && second != NULL) {
        Py_DECREF(done);
        done = PyObject_CallMethod(source, second, NULL);
    }
    int is_locked = done == NULL && PyErr_ExceptionMatches(PyExc_BufferError);
    PyErr_Clear();
    Py_XDECREF(done);
    return done != NULL ? 1 : is_locked ? 0 : -1;
}

static int is_a(PyObject *object, const char *type)
{
    return strcmp(Py_TYPE(object)->tp_name, type) == 0;
}

/* 1 when the source can change its size now, 0 when it is locked, -1 when it can't tell. */
static int can_resize(PyObject *source)
{
    if (PyByteArray_CheckExact(source) || is_a(source, "array.array")) {
        PyObject *one = PyLong_FromLong(1);
        int result = one == NULL ? -1 : try_methods(source, "append", one, "pop");
        Py_XDECREF(one);
        PyErr_Clear();
        return result;
    }
    if (is_a(source, "mmap.mmap")) {
        PyObject *length = PyLong_FromSsize_t(PyObject_Size(source));
        int result = length == NULL ? -1 : try_methods(source, "resize", length, NULL);
        Py_XDECREF(length);
        PyErr_Clear();
        return result;
    }
    return -1;
}

/* References to all sources, and in can_resize[] whether each can be resized. */
static Py_ssize_t look_at_sources(PyObject *sources, int *resizable)
{
    Py_ssize_t references = 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(sources); i++) {
        references += Py_REFCNT(PyTuple_GET_ITEM(sources, i));
        if (i < ZCB_SOURCES_MAX) {
            resizable[i] = can_resize(PyTuple_GET_ITEM(sources, i));
        }
    }
    return references;
}

/* Sets source_locked and source_kept_alive; takes `result`, which with `sources` is all that is
 * left of its case: what changes when the result goes was the result's doing. */
static int observe_holding(PyObject *result, PyObject *sources, zcb_arm_meaning *out)
{
    int during[ZCB_SOURCES_MAX], after[ZCB_SOURCES_MAX];
    if (zcb_collector_collect() < 0) {
        Py_DECREF(result);
        return -1;
    }
    Py_ssize_t held = look_at_sources(sources, during);
    Py_DECREF(result);
    if (zcb_collector_collect() < 0) {
        return -1;
    }
    out->source_kept_alive = look_at_sources(sources, after) < held;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(sources) && i < ZCB_SOURCES_MAX; i++) {
        if (after[i] == 1 && during[i] >= 0 && out->source_locked != 1) {
            out->source_locked = !during[i];
        }
    }
    return 0;
}

int zcb_meaning_observe(zcb_lane lane, const char *name, uint64_t size_bytes, uint64_t seed,
                        size_t arm, zcb_arm_meaning *out)
{
    zcb_prepared prepared;
    zcb_shown shown;
    PyObject *sources = NULL, *result = NULL;
    int failed = -1;
    *out = (zcb_arm_meaning){-1, -1, -1, -1, -1};
    if (zcb_prepare(lane, name, size_bytes, seed, &prepared) == 0) {
        sources = Py_NewRef(prepared.sources);
        result = prepared.arms[arm].once(prepared.arms[arm].self);
    }
    if (result != NULL && zcb_shown_look(result, &shown) == 0) {
        out->writable = shown.writable;
        out->contiguous = shown.contiguous;
        failed = zcb_meaning_change_seen(&prepared, result, &out->change_seen);
    }
    zcb_prepared_clear(&prepared);
    if (failed == 0) {
        failed = observe_holding(result, sources, out);
        result = NULL;
    }
    Py_XDECREF(result);
    Py_XDECREF(sources);
    return failed;
}
