/* What the peers' front ends (scripts/trust) call through ctypes. */
#ifndef ZCB_TESTS_TRUST_PEER_KERNEL_H
#define ZCB_TESTS_TRUST_PEER_KERNEL_H

#include <stdint.h>

/* `iterations` operations of `steps` multiplications each, all in one chain, and after the last
 * one a spin of per_mille/1000 of their number: an injected slow-down of that share. */
void zcb_trust_visit(uint64_t iterations, uint64_t steps, uint64_t per_mille);

#endif
