/* The operation that `mirror` compiles twice: included by two files, so that the same text
 * becomes two copies of machine code at two places. */
#ifndef ZCB_WORKER_SELFTEST_MIRROR_H
#define ZCB_WORKER_SELFTEST_MIRROR_H

#include "worker/selftest_pairs.h"

static PyObject *mirror_once(const zcb_case *c)
{
    return PyBytes_FromStringAndSize(c->data, c->size_bytes);
}

static int mirror_loop(const zcb_case *c, uint64_t iterations)
{
    return zcb_repeat(c, iterations, mirror_once);
}

/* The second copy. */
PyObject *zcb_selftest_mirror_once(const zcb_case *c);
int zcb_selftest_mirror_loop(const zcb_case *c, uint64_t iterations);

#endif
