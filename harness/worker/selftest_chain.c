/* The work itself, in a file of its own: no compiler sees its callers and makes a special copy
 * for one of them. */
#include "worker/selftest_work.h"

#include "worker/kernel.h"

/* One loop, not one per operation: the exit of a short inner loop is mispredicted where the code
 * happens to lie badly, which took as long as five multiplications, and no spin would have had
 * it. */
unsigned long zcb_selftest_work(unsigned long value, uint64_t iterations, uint64_t steps)
{
    return zcb_chain(value, iterations * steps);
}
