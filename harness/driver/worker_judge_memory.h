/* Takes the lines of a memory job: figures and answers, each present, each a number or empty.
 */
#ifndef ZCB_DRIVER_WORKER_JUDGE_MEMORY_H
#define ZCB_DRIVER_WORKER_JUDGE_MEMORY_H

#include "base/wire.h"
#include "driver/worker_judge.h"

/* Adds the arm of a `memory` line to the outcome; a line that can't be believed makes the job
 * garbage. */
zcb_verdict zcb_judge_take_memory(zcb_judge *judge, const zcb_wire *wire);

/* Why the arms of a memory job that ended well can't be all, or NULL. */
const char *zcb_judge_memory_contradiction(const zcb_outcome *out);

#endif
