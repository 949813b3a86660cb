/* From nothing to a running worker process with its descriptors in place; no word is spoken
 * yet. */
#ifndef ZCB_DRIVER_WORKER_SPAWN_H
#define ZCB_DRIVER_WORKER_SPAWN_H

#include "driver/worker_link.h"
#include "driver/worker_process.h"

/* Runs variant->worker in a process group of its own that the kernel kills when the driver
 * dies: descriptors 3 and 4 are the wire, stdin and stdout /dev/null, stderr the link's,
 * nothing else is open; signals are at their defaults, core dumps off. Before: `link` is
 * initialised and unconnected, env_pad_bytes in range. After: 0 and `link` connected with pid
 * set, or -1 and `link` as it was. */
int zcb_worker_spawn(const zcb_worker_options *options, zcb_link *link, zcb_error *error);

#endif
