/* Work of a known length, for the instrument's tests of itself: pure C, so that the same kernel stands
 * behind every front end it is compared with. */
#ifndef ZCB_WORKER_KERNEL_H
#define ZCB_WORKER_KERNEL_H

#include "base/compiler.h"

#include <stdint.h>

/* `steps` multiplications that each need the last one's result: takes steps × the multiplier's
 * latency, whatever caches, allocator and compiler do. Returns the last product: keep it. */
static zcb_always_inline unsigned long zcb_chain(unsigned long value, uint64_t steps)
{
    for (; steps != 0; steps--) {
        value = zcb_opaque(value * 0x9e3779b9ul); /* no closed form over several steps */
    }
    return value;
}

#endif
