/* The consumer `read`: touches every byte of a result, the same way whatever the result is. */
#ifndef ZCB_WORKER_CONSUME_H
#define ZCB_WORKER_CONSUME_H

#include "worker/compat.h"

/* Reads `size` bytes. */
void zcb_read_bytes(const void *from, Py_ssize_t size);

/* Reads every byte of every buffer in `result`: of itself, or of the items of a tuple or list;
 * rows of a strided buffer one after another; of a str its characters. Anything else holds no
 * bytes to read. 0, or -1 with a Python exception set. */
int zcb_read_result(PyObject *result);

/* The same as a Python function of one argument. New reference, or NULL. */
PyObject *zcb_read_function(void);

#endif
