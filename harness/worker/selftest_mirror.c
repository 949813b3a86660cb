/* A short copy against the same copy compiled a second time: what the place of code alone does.
 */
#include "worker/selftest_mirror.h"

#include "worker/selftest_work.h"

const zcb_pair zcb_pair_selftest_mirror = {
    .id = "ST6",
    .name = ZCB_SELFTEST_MIRROR_PAIR,
    .group = ZCB_SELFTEST_GROUP,
    .note =
        "PyBytes_FromStringAndSize and its release in both arms; the alternative's code stands "
        "elsewhere in the program",
    .kind = ZCB_KIND_R,
    .size_min = ZCB_SELFTEST_SIZE_BYTES,
    .size_max = ZCB_SELFTEST_SIZE_BYTES,
    .set_up = zcb_selftest_set_up,
    .copy = {.once = mirror_once, .loop = mirror_loop},
    .views = {{ZCB_SELFTEST_MIRROR_ARM, zcb_selftest_mirror_once, zcb_selftest_mirror_loop}},
};
