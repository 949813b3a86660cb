/* The allocator condition of a cell, set in its own child before anything is prepared. */
#ifndef ZCB_WORKER_HEAP_H
#define ZCB_WORKER_HEAP_H

#include "base/words.h"

/* Sets glibc's malloc as the condition asks: `default` leaves it alone, `warm` keeps freed pages,
 * `fresh` maps every block from 128 KiB on anew. 0, or -1 where the platform can't. */
int zcb_heap_set(zcb_heap heap);

#endif
