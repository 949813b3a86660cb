/* Guards the work whose length the self-test takes for known: every step counts, a spin has
 * exactly its share of them, and no pair under bench/ is taken for the instrument's own. */
#include "worker/prepared.h"
#include "worker/registry.h"
#include "worker/selftest_work.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* The chain written out: what `steps` multiplications end with. */
static unsigned long chain_end(uint64_t steps)
{
    unsigned long value = 1;
    for (uint64_t i = 0; i < steps; i++) {
        value *= 0x9e3779b9ul;
    }
    return value;
}

static void work_is_a_chain_of_all_its_steps(void **state)
{
    (void)state;
    assert_true(zcb_selftest_work(1, 7, 5) == chain_end(35));
    assert_true(zcb_selftest_work(1, 1, 35) == chain_end(35));
    assert_true(zcb_selftest_work(chain_end(10), 5, 5) == chain_end(35));
    assert_true(zcb_selftest_work(1, 12, 0) == 1);
    assert_true(chain_end(35) != chain_end(36));
}

static void spin_has_its_share_of_the_visit(void **state)
{
    (void)state;
    assert_true(zcb_selftest_slow_work(1000, 5, 20) == chain_end(5100));
    assert_true(zcb_selftest_slow_work(1, 1000000, 5) == chain_end(1005000));
    assert_true(zcb_selftest_spin(1000, 5, 50) == chain_end(250));
    assert_true(zcb_selftest_slow_work(1, 130, 5) == chain_end(131)); /* 0.65 of a step: one */
}

#define COUNT_ARM(arm, share) +1

static void pairs_hold_every_known_arm(void **state)
{
    (void)state;
    const zcb_pair *slow = zcb_registry_find("selftest_us");
    const zcb_pair *ratio = zcb_registry_find(ZCB_SELFTEST_RATIO_PAIR);
    assert_non_null(slow);
    assert_non_null(ratio);
    assert_int_equal(0 ZCB_SELFTEST_SLOW_ARMS(COUNT_ARM), ZCB_ALTERNATIVES_MAX);
    assert_int_equal(0 ZCB_SELFTEST_RATIO_ARMS(COUNT_ARM), ZCB_ALTERNATIVES_MAX);
    assert_string_equal(slow->views[0].name, "view:slow_0p5");
    assert_string_equal(slow->views[3].name, "view:slow_5");
    assert_string_equal(ratio->views[3].name, "view:600");
    assert_non_null(slow->null.loop);
}

static void arms_of_a_pair_run_with_their_own_null(void **state)
{
    (void)state;
    zcb_prepared prepared;
    const zcb_pair *linear = zcb_registry_find(ZCB_SELFTEST_LINEAR_PAIR);
    assert_int_equal(
        zcb_prepare(ZCB_LANE_CAPI, linear->name, ZCB_SELFTEST_SIZE_BYTES, 3, &prepared), 0);
    int null = zcb_prepared_find(&prepared, ZCB_ARM_NULL);
    assert_int_equal(null, 2);
    assert_ptr_equal(prepared.c[null].arm, &linear->null);
    for (size_t arm = 0; arm < prepared.arm_count; arm++) {
        assert_int_equal(prepared.arms[arm].loop(prepared.arms[arm].self, 3), 0);
    }
    zcb_prepared_clear(&prepared);
    assert_int_equal(zcb_prepare(ZCB_LANE_CAPI, "bytes_slice", 64, 3, &prepared), 0);
    null = zcb_prepared_find(&prepared, ZCB_ARM_NULL);
    assert_ptr_not_equal(prepared.c[null].arm, &prepared.pair->null);
    zcb_prepared_clear(&prepared);
}

static void only_the_lists_own_pairs_need_no_proof(void **state)
{
    (void)state;
    zcb_pair lookalike = *zcb_registry_find("selftest_ns");
    assert_true(zcb_registry_is_instruments(zcb_registry_find("selftest_ns")));
    assert_true(zcb_registry_is_instruments(zcb_registry_find(ZCB_SELFTEST_MIRROR_PAIR)));
    assert_false(zcb_registry_is_instruments(zcb_registry_find("bytes_slice")));
    assert_false(zcb_registry_is_instruments(&lookalike));
    assert_false(zcb_registry_is_instruments(NULL));
    for (const zcb_registered *entry = zcb_registry; entry->pair != NULL; entry++) {
        assert_int_equal(zcb_registry_is_instruments(entry->pair),
                         strcmp(entry->pair->group, ZCB_SELFTEST_GROUP) == 0);
    }
}

static int start_python(void **state)
{
    (void)state;
    Py_InitializeEx(0);
    return 0;
}

static int finish_python(void **state)
{
    (void)state;
    return Py_FinalizeEx();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_is_a_chain_of_all_its_steps),
        cmocka_unit_test(spin_has_its_share_of_the_visit),
        cmocka_unit_test(pairs_hold_every_known_arm),
        cmocka_unit_test(arms_of_a_pair_run_with_their_own_null),
        cmocka_unit_test(only_the_lists_own_pairs_need_no_proof),
    };
    return cmocka_run_group_tests(tests, start_python, finish_python);
}
