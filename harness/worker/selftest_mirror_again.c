/* The second copy of mirror's code. See selftest_mirror.h. */
#include "worker/selftest_mirror.h"

PyObject *zcb_selftest_mirror_once(const zcb_case *c)
{
    return mirror_once(c);
}

int zcb_selftest_mirror_loop(const zcb_case *c, uint64_t iterations)
{
    return mirror_loop(c, iterations);
}
