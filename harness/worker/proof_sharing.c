/* Sharing: where the bytes of results lie, and whether a change of the source is seen in them. */
#include "worker/proof.h"

#include "worker/meaning.h"
#include "worker/ranges.h"

static int overlaps(zcb_range a, zcb_range b)
{
    return a.low < b.high && b.low < a.high;
}

/* The buffers of the copy's and the view's results, item by item beside each other. */
typedef struct leaves {
    PyObject *copy[16], *view[16]; /* borrowed */
    size_t count;
} leaves;

static void collect(PyObject *copy, PyObject *view, leaves *out)
{
    if (PyObject_CheckBuffer(copy) && PyObject_CheckBuffer(view)) {
        if (out->count < sizeof out->copy / sizeof *out->copy) {
            out->copy[out->count] = copy;
            out->view[out->count++] = view;
        }
    } else if ((PyTuple_CheckExact(copy) && PyTuple_CheckExact(view)) ||
               (PyList_CheckExact(copy) && PyList_CheckExact(view))) {
        for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(copy); i++) {
            collect(PySequence_Fast_GET_ITEM(copy, i), PySequence_Fast_GET_ITEM(view, i), out);
        }
    }
}

/* Where addresses don't show it, as with two mappings of one file: a change of the source is
 * seen in the view and not in the copy. */
static int prove_by_change(const zcb_prepared *prepared, PyObject *copy, PyObject *view,
                           const char *arm, zcb_refusal *refusal)
{
    int in_copy, in_view;
    if (zcb_meaning_change_seen(prepared, copy, &in_copy) < 0 ||
        zcb_meaning_change_seen(prepared, view, &in_view) < 0) {
        return -1;
    }
    if (in_copy == 1) {
        return zcb_refuse(refusal, "a change of the source is seen in copy");
    }
    return in_view == 1
               ? ZCB_PROVED
               : zcb_refuse(refusal, "%s does not share memory with the source: it copies",
                            arm);
}

static int prove_addresses(const zcb_prepared *prepared, PyObject *copy, PyObject *view,
                           const zcb_range *sources, size_t count, const char *arm,
                           zcb_refusal *refusal)
{
    zcb_range of_copy, of_view;
    if (zcb_range_of_object(copy, &of_copy) < 0 || zcb_range_of_object(view, &of_view) < 0) {
        return -1;
    }
    if (of_view.low == of_view.high) {
        return ZCB_PROVED;
    }
    int shares = 0;
    for (size_t i = 0; i < count; i++) {
        shares = shares || zcb_range_is_inside(of_view, sources[i]);
        if (overlaps(of_copy, sources[i])) {
            return zcb_refuse(refusal, "copy shares memory with the source");
        }
    }
    return shares ? ZCB_PROVED : prove_by_change(prepared, copy, view, arm, refusal);
}

/* First byte of `object`'s buffer as it is now, or -1. */
static int first_byte(PyObject *object)
{
    Py_buffer view;
    if (PyObject_GetBuffer(object, &view, PyBUF_FULL_RO) < 0) {
        PyErr_Clear();
        return -1;
    }
    int byte = view.len > 0 ? *(const unsigned char *)view.buf : -1;
    PyBuffer_Release(&view);
    return byte;
}

/* 1 when `at` may be written through one of the writable sources. */
static int is_writable(const zcb_prepared *prepared, const char *at)
{
    int writable = 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(prepared->sources) && !writable; i++) {
        Py_buffer view;
        PyObject *source = PyTuple_GET_ITEM(prepared->sources, i);
        if (!PyObject_CheckBuffer(source)) {
            continue;
        }
        if (PyObject_GetBuffer(source, &view, PyBUF_FULL) < 0) {
            PyErr_Clear();
            continue;
        }
        zcb_range r = zcb_range_of(&view);
        writable = at >= r.low && at < r.high;
        PyBuffer_Release(&view);
    }
    return writable;
}

/* Changes the first byte the view shows, looks at both results, and undoes it. */
static int prove_change(const zcb_prepared *prepared, PyObject *copy, PyObject *view,
                        const char *arm, zcb_refusal *refusal)
{
    Py_buffer buffer;
    if (PyObject_GetBuffer(view, &buffer, PyBUF_FULL_RO) < 0) {
        return -1;
    }
    unsigned char *at = buffer.buf;
    Py_ssize_t length = buffer.len;
    PyBuffer_Release(&buffer);
    if (length == 0 || !is_writable(prepared, (const char *)at)) {
        return ZCB_PROVED;
    }
    int copy_before = first_byte(copy), view_before = first_byte(view);
    *at ^= 0xff;
    int copy_after = first_byte(copy), view_after = first_byte(view);
    *at ^= 0xff;
    if (view_after == view_before) {
        return zcb_refuse(refusal, "a change of the source is not seen through %s", arm);
    }
    return copy_after == copy_before
               ? ZCB_PROVED
               : zcb_refuse(refusal, "a change of the source is seen in copy");
}

int zcb_prove_sharing(const zcb_prepared *prepared, PyObject *copy, PyObject *view,
                      const char *arm, zcb_refusal *refusal)
{
    zcb_range sources[16];
    size_t count = zcb_ranges_of_sources(prepared, sources, 16);
    leaves found = {.count = 0};
    collect(copy, view, &found);
    if (count == 0) {
        return zcb_refuse(refusal, "no source exports a buffer, so sharing can't be shown");
    }
    if (found.count == 0) {
        return zcb_refuse(refusal, "%s hands over no buffer, so sharing can't be shown", arm);
    }
    int result = ZCB_PROVED;
    for (size_t i = 0; result == ZCB_PROVED && i < found.count; i++) {
        result = prove_addresses(prepared, found.copy[i], found.view[i], sources, count, arm,
                                 refusal);
        if (result == ZCB_PROVED) {
            result = prove_change(prepared, found.copy[i], found.view[i], arm, refusal);
        }
    }
    return result;
}

int zcb_prove_taken(PyObject *copy, zcb_range copy_from, PyObject *view, zcb_range view_from,
                    const char *arm, zcb_refusal *refusal)
{
    zcb_range of_copy, of_view;
    if (zcb_range_of_object(copy, &of_copy) < 0 || zcb_range_of_object(view, &of_view) < 0) {
        return -1;
    }
    if (overlaps(of_copy, copy_from)) {
        return zcb_refuse(refusal, "copy takes over the memory of its source");
    }
    return zcb_range_is_inside(of_view, view_from)
               ? ZCB_PROVED
               : zcb_refuse(refusal,
                            "%s does not take over the memory of its source: it copies", arm);
}
