/* The memory job: the figures and the meaning of every arm of a pair at one size. */
#ifndef ZCB_WORKER_JOB_MEMORY_H
#define ZCB_WORKER_JOB_MEMORY_H

#include "worker/job.h"
#include "worker/lines.h"

/* Adds one `memory` line for copy and for each alternative. Memory hooks must be in. 0, or -1
 * with a Python exception set. */
int zcb_job_memory(const zcb_job *job, zcb_lines *lines);

#endif
