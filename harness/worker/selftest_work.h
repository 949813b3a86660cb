/* What the pairs of known length share. Every arm of theirs runs the very same machine code
 * with another number of steps: where code lies can't be mistaken for a difference. */
#ifndef ZCB_WORKER_SELFTEST_WORK_H
#define ZCB_WORKER_SELFTEST_WORK_H

#include "worker/selftest_pairs.h"

/* `iterations` operations of `steps` multiplications each, all in one chain that begins with
 * `value`; returns its end. Stands in a file of its own (selftest_chain.c), so that there is
 * one copy of it. */
unsigned long zcb_selftest_work(unsigned long value, uint64_t iterations, uint64_t steps);

/* The same from 1 on, then one spin of per_mille/1000 of all these steps, rounded. */
unsigned long zcb_selftest_slow_work(uint64_t iterations, uint64_t steps, uint64_t per_mille);

/* That spin alone, from 1 on. */
unsigned long zcb_selftest_spin(uint64_t iterations, uint64_t steps, uint64_t per_mille);

/* Ends a loop: the work must have happened. Returns 0. */
int zcb_selftest_keep(unsigned long value);

/* set_up of these pairs: a source that is only there because every pair has one. */
int zcb_selftest_set_up(zcb_case *c);

/* `once` of every arm: a new reference to that source. */
PyObject *zcb_selftest_once(const zcb_case *c);

#endif
