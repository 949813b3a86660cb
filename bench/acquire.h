/* The loop of operations that make no object: a buffer or a pointer is acquired, and released
 * where that is needed. As zcb_repeat (worker/pair.h), with a status in place of a result. */
#ifndef ZCB_BENCH_ACQUIRE_H
#define ZCB_BENCH_ACQUIRE_H

#include "worker/pair.h"

/* One operation; with `reads`, a consumer reads every byte between acquisition and release. 0,
 * or -1 with a Python exception set. */
typedef int (*acquire_operation)(const zcb_case *c, int reads);

/* `operation` must be a constant, so that it is inlined. */
static zcb_always_inline int acquire_repeat(const zcb_case *c, uint64_t iterations,
                                            acquire_operation operation)
{
    int status = 0;
    if (c->ring == NULL && !c->reads) {
        for (; status == 0 && iterations != 0; iterations--) {
            status = operation(c, 0);
        }
        return status;
    }
    for (; status == 0 && iterations != 0; iterations--) {
        status = operation(zcb_case_now(c), c->reads);
    }
    return status;
}

#endif
