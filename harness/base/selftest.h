/* What the instrument is tried on: pairs whose truth is known by construction. The workers do
 * this work, the driver judges the figures against the same numbers, so both read them here. */
#ifndef ZCB_BASE_SELFTEST_H
#define ZCB_BASE_SELFTEST_H

#define ZCB_SELFTEST_GROUP "selftest"

/* The slow-down pairs: operations of about 5 ns, 5 µs and 1 ms, made of multiplications that
 * each wait for the last one's result. X(name, label). */
#define ZCB_SELFTEST_SLOW_PAIRS(X)                                                             \
    X("selftest_ns", "ns")                                                                     \
    X("selftest_us", "µs")                                                                     \
    X("selftest_ms", "ms")

/* Their alternatives: copy's own function, and after its last iteration one spin of
 * `per_mille`/1000 of the visit's steps. X(arm, per_mille). */
#define ZCB_SELFTEST_SLOW_ARMS(X)                                                              \
    X("view:slow_0p5", 5)                                                                      \
    X("view:slow_1", 10)                                                                       \
    X("view:slow_2", 20)                                                                       \
    X("view:slow_5", 50)

/* Their null is the longest spin alone: it measures what was really added. */
#define ZCB_SELFTEST_SPIN_PER_MILLE 50

/* Known ratios: per operation copy takes this many steps and an alternative `steps`. X(arm,
 * steps). */
#define ZCB_SELFTEST_RATIO_PAIR "selftest_ratio"
#define ZCB_SELFTEST_RATIO_STEPS 1000
#define ZCB_SELFTEST_RATIO_ARMS(X)                                                             \
    X("view:990", 990)                                                                         \
    X("view:950", 950)                                                                         \
    X("view:800", 800)                                                                         \
    X("view:600", 600)

/* Known net ratio: null takes k steps per operation, view 2k, copy 3k, so that net(copy) ÷
 * net(view) is 2. Null has steps of its own because an empty one would run beside the chain
 * instead of before it, and there would be nothing to subtract. */
#define ZCB_SELFTEST_LINEAR_PAIR "selftest_linear"
#define ZCB_SELFTEST_LINEAR_STEPS 200
#define ZCB_SELFTEST_LINEAR_NET 2.0

/* The same operation compiled twice: what the place of code alone does. */
#define ZCB_SELFTEST_MIRROR_PAIR "selftest_mirror"
#define ZCB_SELFTEST_MIRROR_ARM "view:mirror"

/* All these pairs take this one size: what mirror copies, and the rest ignore. */
#define ZCB_SELFTEST_SIZE_BYTES 512

#endif
