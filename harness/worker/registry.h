/* The C pairs built into this worker. */
#ifndef ZCB_WORKER_REGISTRY_H
#define ZCB_WORKER_REGISTRY_H

#include "worker/pair.h"

/* One built-in pair and the folder under bench/ its file stands in. */
typedef struct zcb_registered {
    const zcb_pair *pair;
    const char *folder;
} zcb_registered;

/* All of them; the last has a NULL pair. Static storage. */
extern const zcb_registered zcb_registry[];

/* The pair called `name`, or NULL. */
const zcb_pair *zcb_registry_find(const char *name);

#endif
