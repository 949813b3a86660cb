/* The leaks job: what repeating a pair leaves behind, counted to the last reference and block. The
 * proof's own look (proof_memory.c) is quick and forgives what does not grow with each operation; this
 * one is asked by tests, for every arm, under any condition, and forgives nothing. */
#ifndef ZCB_WORKER_JOB_LEAKS_H
#define ZCB_WORKER_JOB_LEAKS_H

#include "worker/job.h"
#include "worker/lines.h"

/* Adds a line `left` for each arm of the job's pair and one for preparing and clearing it: what a
 * round of operations left in the round that left least: Python's total of references (debug builds
 * only, and an extension module that was not built for one does not count its own), references to the
 * sources, Python's allocated blocks, and bytes by the hooks, which must be in. What only fills a cache does
 * not do so in every round. 0, or -1 with a Python exception set. */
int zcb_job_leaks(const zcb_job *job, zcb_lines *lines);

#endif
