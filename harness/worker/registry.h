/* The C pairs built into this worker. */
#ifndef ZCB_WORKER_REGISTRY_H
#define ZCB_WORKER_REGISTRY_H

#include "worker/pair.h"

/* Where the instrument's own pairs stand, from bench/. */
#define ZCB_FOLDER_OF_INSTRUMENT "../harness/worker"

/* One built-in pair and the folder, from bench/, its file stands in. */
typedef struct zcb_registered {
    const zcb_pair *pair;
    const char *folder;
} zcb_registered;

/* All of them; the last has a NULL pair. Static storage. */
extern const zcb_registered zcb_registry[];

/* The pair called `name`, or NULL. */
const zcb_pair *zcb_registry_find(const char *name);

/* 1 when `pair` is one of selftest_pairs.h: the instrument's own work, which hands nothing over and
 * has nothing to prove. A pair under bench/ can't be one: the list decides, not the pair. */
int zcb_registry_is_instruments(const zcb_pair *pair);

#endif
