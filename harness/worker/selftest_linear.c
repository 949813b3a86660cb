/* Net times must add up: k, 2k and 3k steps, so that two differences have a known ratio. */
#include "worker/selftest_work.h"

static int null_loop(const zcb_case *c, uint64_t iterations)
{
    (void)c;
    return zcb_selftest_keep(zcb_selftest_work(1, iterations, ZCB_SELFTEST_LINEAR_STEPS));
}

static int view_loop(const zcb_case *c, uint64_t iterations)
{
    (void)c;
    return zcb_selftest_keep(zcb_selftest_work(1, iterations, 2 * ZCB_SELFTEST_LINEAR_STEPS));
}

static int copy_loop(const zcb_case *c, uint64_t iterations)
{
    (void)c;
    return zcb_selftest_keep(zcb_selftest_work(1, iterations, 3 * ZCB_SELFTEST_LINEAR_STEPS));
}

const zcb_pair zcb_pair_selftest_linear = {
    .id = "ST5",
    .name = ZCB_SELFTEST_LINEAR_PAIR,
    .group = ZCB_SELFTEST_GROUP,
    .note =
        "multiplications in one chain: null has k of them, the view 2k, the copy 3k; the net "
        "ratio is 2",
    .kind = ZCB_KIND_R,
    .size_min = ZCB_SELFTEST_SIZE_BYTES,
    .size_max = ZCB_SELFTEST_SIZE_BYTES,
    .set_up = zcb_selftest_set_up,
    .copy = {.once = zcb_selftest_once, .loop = copy_loop},
    .views = {{.once = zcb_selftest_once, .loop = view_loop}},
    .null = {.once = zcb_selftest_once, .loop = null_loop},
};
