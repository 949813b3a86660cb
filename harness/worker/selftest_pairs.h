/* The instrument's own pairs: work of known length, or of one kind twice, in place of a
 * hand-over. They hand nothing over, so there is nothing to prove of them; they stand in the
 * registry beside bench/pairs.h, in a list of their own that no file under bench/ can enter. */
#ifndef ZCB_WORKER_SELFTEST_PAIRS_H
#define ZCB_WORKER_SELFTEST_PAIRS_H

#include "worker/pair.h"

#include "base/selftest.h"

/* One per file of that name in this folder. */
#define ZCB_SELFTEST_PAIRS(X)                                                                  \
    X(selftest_ns)                                                                             \
    X(selftest_us)                                                                             \
    X(selftest_ms)                                                                             \
    X(selftest_ratio)                                                                          \
    X(selftest_linear)                                                                         \
    X(selftest_mirror)

#define ZCB_DECLARE_SELFTEST(name) extern const zcb_pair zcb_pair_##name;
ZCB_SELFTEST_PAIRS(ZCB_DECLARE_SELFTEST)
#undef ZCB_DECLARE_SELFTEST

#endif
