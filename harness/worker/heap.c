/* See heap.h. */
#include "worker/heap.h"

#include <malloc.h>

enum { MMAP_THRESHOLD = 128 * 1024, TRIM_THRESHOLD = 2000000000, TOP_PAD = 64 * 1024 * 1024 };

int zcb_heap_set(zcb_heap heap)
{
    switch (heap) {
    case ZCB_HEAP_WARM:
        return mallopt(M_MMAP_MAX, 0) && mallopt(M_TRIM_THRESHOLD, TRIM_THRESHOLD) &&
                       mallopt(M_TOP_PAD, TOP_PAD)
                   ? 0
                   : -1;
    case ZCB_HEAP_FRESH:
        return mallopt(M_MMAP_THRESHOLD, MMAP_THRESHOLD) ? 0 : -1;
    default:
        return 0;
    }
}
