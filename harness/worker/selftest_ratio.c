/* Work whose ratio is known: the same code with counted steps, so that coverage can be told. */
#include "worker/selftest_work.h"

static int copy_loop(const zcb_case *c, uint64_t iterations)
{
    (void)c;
    return zcb_selftest_keep(zcb_selftest_work(1, iterations, ZCB_SELFTEST_RATIO_STEPS));
}

static int null_loop(const zcb_case *c, uint64_t iterations)
{
    (void)c;
    return zcb_selftest_keep(zcb_selftest_work(1, iterations, 0));
}

#define RATIO_LOOP(arm, steps)                                                                 \
    static int loop_##steps(const zcb_case *c, uint64_t iterations)                            \
    {                                                                                          \
        (void)c;                                                                               \
        return zcb_selftest_keep(zcb_selftest_work(1, iterations, steps));                     \
    }
ZCB_SELFTEST_RATIO_ARMS(RATIO_LOOP)
#undef RATIO_LOOP

#define RATIO_VIEW(arm, steps) {arm, zcb_selftest_once, loop_##steps},

const zcb_pair zcb_pair_selftest_ratio = {
    .id = "ST4",
    .name = ZCB_SELFTEST_RATIO_PAIR,
    .group = ZCB_SELFTEST_GROUP,
    .note = "1000 multiplications in one chain against the number an alternative is named "
            "after; null "
            "has the loop without them",
    .kind = ZCB_KIND_R,
    .size_min = ZCB_SELFTEST_SIZE_BYTES,
    .size_max = ZCB_SELFTEST_SIZE_BYTES,
    .set_up = zcb_selftest_set_up,
    .copy = {.once = zcb_selftest_once, .loop = copy_loop},
    .views = {ZCB_SELFTEST_RATIO_ARMS(RATIO_VIEW)},
    .null = {.once = zcb_selftest_once, .loop = null_loop},
};
