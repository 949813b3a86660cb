/* A forked child per job: a clean heap for each, and a crash costs that job only. */
#ifndef ZCB_WORKER_CHILD_H
#define ZCB_WORKER_CHILD_H

#include "worker/job.h"

typedef struct zcb_child_end {
    char status[24]; /* ok error refused exit:N signal:N timeout */
    long involuntary_switches, peak_kib;
} zcb_child_end;

/* Blocks SIGCHLD, which zcb_child_run waits for; once, before the first child. 0 or -1. */
int zcb_child_block_signals(void);

/* Number of threads of this process; 0 when unknown. */
int zcb_child_threads(void);

/* Forks, lets the child do the job, waits for it at most job->limit_ms, kills it then. A child
 * that measured has ended when it says so, though the kernel may still be taking it apart: the
 * next call reaps it. 0 with *end filled, or -1 when no child could be made. */
int zcb_child_run(const zcb_job *job, zcb_child_end *end);

/* Waits for a child that has said that it ended and removes what it left; nothing where there is
 * none. zcb_child_run does so, too: to be called once after the last. */
void zcb_child_reap(void);

#endif
