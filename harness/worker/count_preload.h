/* Between the worker and the preload object that may stand before it (looked up by name: a
 * worker without the preload has no such symbol). */
#ifndef ZCB_WORKER_COUNT_PRELOAD_H
#define ZCB_WORKER_COUNT_PRELOAD_H

#include <stddef.h>

/* Told after each success, on the thread that asked; must not allocate by malloc. */
typedef struct zcb_count_listener {
    void (*made)(void *block, size_t size);
    void (*moved)(void *old, void *block, size_t size); /* realloc; old may be NULL */
    void (*gone)(void *block, size_t size);             /* size 0: the whole block */
    void (*passed)(size_t bytes); /* a call has copied them between program and kernel */
} zcb_count_listener;

#define ZCB_COUNT_LISTEN "zcb_count_listen"
#define ZCB_COUNT_IDENTITY "zcb_count_identity"

/* What zcb_build_identity was when the preload object was built: to be looked at before it is given a listener. */
const char *zcb_count_identity(void);

/* Tells the listener, if any, of `bytes` copied by a call: used inside the preload object. */
void zcb_count_passed(size_t bytes);

/* Sets who is told from now on; borrowed for the life of the process. */
void zcb_count_listen(const zcb_count_listener *listener);

#endif
