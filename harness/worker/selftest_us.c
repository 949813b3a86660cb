/* Known slow-downs in work of microseconds: a visit has some hundred operations. */
#include "worker/selftest_slow.h"

enum { STEPS = 5000 }; /* 5 µs at 3 GHz and 3 cycles a multiplication */

static int set_up(zcb_case *c)
{
    return slow_set_up(c, STEPS);
}

const zcb_pair zcb_pair_selftest_us = {
    .id = "ST2",
    .name = "selftest_us",
    .group = ZCB_SELFTEST_GROUP,
    .note = SELFTEST_SLOW_NOTE,
    .kind = ZCB_KIND_R,
    .size_min = ZCB_SELFTEST_SIZE_BYTES,
    .size_max = ZCB_SELFTEST_SIZE_BYTES,
    .set_up = set_up,
    .copy = {.once = zcb_selftest_once, .loop = slow_copy_loop},
    .views = SELFTEST_SLOW_VIEWS,
    .null = {.once = zcb_selftest_once, .loop = slow_null_loop},
};
