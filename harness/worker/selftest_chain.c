/* The work itself, in a file of its own: no compiler sees its callers and makes a special copy
 * for one of them. */
#include "worker/selftest_work.h"

#include "worker/kernel.h"

unsigned long zcb_selftest_work(unsigned long value, uint64_t iterations, uint64_t steps)
{
    for (; iterations != 0; iterations--) {
        value = zcb_chain(value, steps);
    }
    return value;
}
