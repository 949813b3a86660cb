/* A fake worker for a test: started in a part, given jobs on one cell. */
#ifndef ZCB_TESTS_TEST_WORKER_SUPPORT_H
#define ZCB_TESTS_TEST_WORKER_SUPPORT_H

#include "driver/worker_process.h"

/* Starts the fake in `part` with options->variant filled in; `path` may be NULL. Other options
 * are taken as they are. */
int fake_start_with(zcb_worker_options options, const char *part, const char *path,
                    zcb_worker **out, zcb_error *error);

/* The same with plain options; fails the test when the start fails. */
zcb_worker *fake_start(const char *part);

/* A job on one cell: six blocks where twin and limit join every third, five arms. Static
 * storage. */
const zcb_job *fake_job(void);

/* The descriptors that are open in this process. */
int open_descriptors(void);

#endif
