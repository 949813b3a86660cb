/* The selftest pairs' work as a plain library, so that pyperf and Google Benchmark can run the
 * kernel that zcbench runs: the same chain, and the same spin after the last iteration. */
#include "peer_kernel.h"

#include "worker/kernel.h"

/* Never inlined: both calls run the very same machine code. One loop, as selftest_chain.c has. */
static zcb_never_inline unsigned long work(unsigned long value, uint64_t iterations,
                                           uint64_t steps)
{
    return zcb_chain(value, iterations * steps);
}

void zcb_trust_visit(uint64_t iterations, uint64_t steps, uint64_t per_mille)
{
    unsigned long value = work(1, iterations, steps);
    value = work(value, 1, (iterations * steps * per_mille + 500) / 1000);
    zcb_keep(&value);
}
