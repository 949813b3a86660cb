/* Included before everything where coverage is counted (scripts/coverage): a forked child that leaves
 * by _exit, as the worker's do, would take what it has counted with it. */
#ifndef ZCB_TESTS_COVERAGE_EXIT_H
#define ZCB_TESTS_COVERAGE_EXIT_H

#include <unistd.h>

extern void __gcov_dump(void);

static inline _Noreturn void zcb_dump_and_exit(int code)
{
    __gcov_dump();
    _exit(code);
}

#define _exit(code) zcb_dump_and_exit(code)

#endif
