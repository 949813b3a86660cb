/* What a result shows: the bytes of the buffers it is or holds, item by item. */
#ifndef ZCB_WORKER_SHOWN_H
#define ZCB_WORKER_SHOWN_H

#include "worker/ranges.h"

#define ZCB_SHOWN_MAX 64 /* buffers of one result whose memory is looked at */

/* One result looked at. */
typedef struct zcb_shown {
    double used_bytes; /* bytes shown; of a str its characters. NAN: the result shows no data */
    int writable;      /* 1, 0; -1: no buffers, or they differ */
    int contiguous;    /* likewise */
    size_t count;      /* buffers with at least one byte */
    const char *low[ZCB_SHOWN_MAX]; /* lowest byte of the first of them */
} zcb_shown;

/* Looks at `result`: 0, or -1 with a Python exception set. Leaves nothing behind. */
int zcb_shown_look(PyObject *result, zcb_shown *out);

/* The content of all buffers, one behind the other in C order: a new bytearray. Items that
 * can't change (numbers, str, None) add nothing. Py_None (new reference): some item is neither,
 * so a change of it would not be seen. NULL with a Python exception set. */
PyObject *zcb_shown_content(PyObject *result);

#endif
