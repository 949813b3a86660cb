/* Protects the way from a visit to its recorded time: known costs, told by a scripted clock, must come
 * back exactly; orders must be balanced; counts must hit the target. No speed is measured here. */
#include "worker/calibrate.h"
#include "worker/engine.h"
#include "worker/schedule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* A clock that only the arms move. */
typedef struct script {
    uint64_t now_ns;
    uint64_t jitter; /* each visit's cost is multiplied by 1 … 1 + jitter, alternating */
    uint64_t visits;
} script;

typedef struct scripted_arm {
    script *script;
    uint64_t cost_ns, start_ns;
    uint64_t iterations; /* total so far */
    uint64_t most;       /* of one region, where sources come from a pool */
    int pools, given_back;
    int fails;
} scripted_arm;

static uint64_t scripted_now(void *context)
{
    return ((script *)context)->now_ns;
}

static int scripted_loop(void *self, uint64_t iterations)
{
    scripted_arm *arm = self;
    uint64_t factor =
        1 + (arm->script->jitter != 0 && arm->script->visits % 2 ? arm->script->jitter : 0);
    arm->script->visits++;
    arm->iterations += iterations;
    arm->script->now_ns += arm->start_ns + arm->cost_ns * iterations * factor;
    if (arm->fails) {
        PyErr_SetString(PyExc_ValueError, "scripted failure");
        return -1;
    }
    return 0;
}

/* A cell of copy, one view, null, twin, limit with the given costs. */
typedef struct fixture {
    script script;
    scripted_arm arms[5];
    zcb_prepared prepared;
} fixture;

static void make(fixture *f, uint64_t copy, uint64_t view, uint64_t null, uint64_t limit)
{
    static const char *const names[] = {"copy", "view", "null", "twin", "limit"};
    const uint64_t costs[] = {copy, view, null, copy, limit};
    memset(f, 0, sizeof *f);
    f->prepared.arm_count = 5;
    for (size_t i = 0; i < 5; i++) {
        f->arms[i] = (scripted_arm){.script = &f->script, .cost_ns = costs[i]};
        f->prepared.arms[i].self = &f->arms[i];
        f->prepared.arms[i].loop = scripted_loop;
        strcpy(f->prepared.arms[i].name, names[i]);
    }
}

static zcb_engine_clock clock_of(fixture *f)
{
    return (zcb_engine_clock){scripted_now, &f->script};
}

static void visit_reports_the_scripted_time(void **state)
{
    (void)state;
    fixture f;
    zcb_visit visit = {.block = 3};
    make(&f, 100, 10, 1, 50);
    assert_int_equal(zcb_visit_arm(&f.prepared.arms[0], 5000, clock_of(&f), &visit), 0);
    assert_int_equal(visit.elapsed_ns, 500000);
    assert_int_equal(visit.iterations, 5000);
    assert_int_equal(visit.block, 3);
    assert_int_equal(f.arms[0].iterations, 5000);
}

static void failing_visit_keeps_the_exception(void **state)
{
    (void)state;
    fixture f;
    zcb_visit visit = {.elapsed_ns = 77};
    make(&f, 100, 10, 1, 50);
    f.arms[1].fails = 1;
    assert_int_equal(zcb_visit_arm(&f.prepared.arms[1], 5, clock_of(&f), &visit), -1);
    assert_int_equal(visit.elapsed_ns, 77);
    assert_non_null(PyErr_Occurred());
    assert_true(PyErr_ExceptionMatches(PyExc_ValueError));
    PyErr_Clear();
    assert_int_equal(zcb_visit_arm(&f.prepared.arms[0], 5, clock_of(&f), &visit), 0);
}

static int counted_ready(void *self, uint64_t iterations)
{
    scripted_arm *arm = self;
    arm->script->now_ns += 1000000; /* making sources takes time that must not show */
    arm->most = iterations > arm->most ? iterations : arm->most;
    arm->pools++;
    return 0;
}

static void counted_after(void *self)
{
    scripted_arm *arm = self;
    arm->pools -= arm->pools > 0;
    arm->given_back++;
}

/* Lets every arm but limit consume sources of a pool of `at_once`. */
static void make_pooled(fixture *f, uint64_t at_once)
{
    for (size_t i = 0; i < 4; i++) {
        f->prepared.arms[i].at_once = at_once;
        f->prepared.arms[i].ready = counted_ready;
        f->prepared.arms[i].after = counted_after;
    }
}

static void a_pools_making_is_not_timed_and_more_than_it_holds_is_chained(void **state)
{
    (void)state;
    fixture f;
    zcb_visit visit = {.block = 3};
    make(&f, 100, 10, 1, 50);
    make_pooled(&f, 64);
    assert_int_equal(zcb_visit_arm(&f.prepared.arms[0], 150, clock_of(&f), &visit), 0);
    assert_int_equal(visit.elapsed_ns, 15000);
    assert_int_equal(visit.iterations, 150);
    assert_int_equal(f.arms[0].iterations, 150);
    assert_int_equal(f.arms[0].most, 64);
    assert_int_equal(f.arms[0].given_back, 3);
    assert_int_equal(f.arms[0].pools, 0);
    assert_int_equal(zcb_prepared_run(&f.prepared.arms[0], 65), 0);
    assert_int_equal(f.arms[0].given_back, 5);
}

static void a_pool_is_walked_once_unless_that_is_too_short(void **state)
{
    (void)state;
    fixture f;
    zcb_calibrated found[ZCB_ARMS_MAX] = {{0}};
    make(&f, 100000, 100, 10,
         50000); /* copy: a pool of 64 takes 6.4 ms, more than the target */
    make_pooled(&f, 64);
    assert_int_equal(zcb_calibrate(&f.prepared, 500000, clock_of(&f), found), 0);
    assert_int_equal(found[0].iterations, 5);
    assert_int_equal(found[1].iterations, 220); /* 22 µs: the shortest that can be trusted */
    assert_int_equal(found[2].iterations, 220);
    assert_false(found[0].is_chained);
    assert_true(found[1].is_chained);
    assert_false(found[4].is_chained);
    memset(found, 0, sizeof found);
    make(&f, 1000, 500, 10, 500);
    make_pooled(&f, 64); /* 64 µs and 32 µs: long enough, and no second pool for the target */
    assert_int_equal(zcb_calibrate(&f.prepared, 500000, clock_of(&f), found), 0);
    assert_int_equal(found[0].iterations, 64);
    assert_int_equal(found[1].iterations, 64);
    assert_false(found[0].is_chained || found[1].is_chained || found[2].is_chained);
}

static void close_arms_share_one_count(void **state)
{
    (void)state;
    fixture f;
    zcb_calibrated found[ZCB_ARMS_MAX] = {{0}};
    make(&f, 1000, 100, 10, 500);
    assert_int_equal(zcb_calibrate(&f.prepared, 500000, clock_of(&f), found), 0);
    assert_int_equal(found[0].iterations, 909); /* 909 µs and 91 µs: 500 µs on average */
    assert_int_equal(found[1].iterations, 909);
    assert_int_equal(found[2].iterations, 909); /* null takes the view's */
    assert_int_equal(found[3].iterations, 909); /* twin takes copy's */
    assert_int_equal(found[4].iterations, 1000);
    assert_int_equal(found[1].visit_ns, 90900);
    for (size_t i = 0; i < 5; i++) {
        assert_true(found[i].settled);
        assert_true(found[i].tries <= ZCB_CALIBRATION_TRIES);
    }
}

static void distant_arms_have_counts_of_their_own(void **state)
{
    (void)state;
    fixture f;
    zcb_calibrated found[ZCB_ARMS_MAX] = {{0}};
    make(&f, 50000, 100, 10, 40000);
    assert_int_equal(zcb_calibrate(&f.prepared, 500000, clock_of(&f), found), 0);
    assert_int_equal(found[0].iterations, 10);
    assert_int_equal(found[1].iterations, 5000);
    assert_int_equal(found[2].iterations, 5000);
    assert_int_equal(found[3].iterations, 10); /* the twin is the copy once more */
}

static void shared_count_keeps_the_shortest_visit(void **state)
{
    (void)state;
    fixture f;
    zcb_calibrated found[ZCB_ARMS_MAX] = {{0}};
    make(&f, 1900, 100, 10, 500);
    assert_int_equal(zcb_calibrate(&f.prepared, 100000, clock_of(&f), found), 0);
    assert_int_equal(found[0].iterations, found[1].iterations);
    assert_true(found[1].visit_ns >= ZCB_VISIT_MIN_NS);
}

static void slow_operation_takes_one_iteration(void **state)
{
    (void)state;
    fixture f;
    zcb_calibrated found[ZCB_ARMS_MAX] = {{0}};
    make(&f, 90000000, 3000000, 10, 50);
    assert_int_equal(zcb_calibrate(&f.prepared, 500000, clock_of(&f), found), 0);
    assert_int_equal(found[0].iterations, 1);
    assert_true(found[0].settled);
}

static void far_slower_view_of_a_slow_copy_takes_one_iteration(void **state)
{
    (void)state;
    fixture f;
    zcb_calibrated found[ZCB_ARMS_MAX] = {{0}};
    make(&f, 20000000, 90000000, 10, 50);
    assert_int_equal(zcb_calibrate(&f.prepared, 500000, clock_of(&f), found), 0);
    assert_int_equal(found[0].iterations, 1);
    assert_int_equal(found[1].iterations, 1);
    assert_int_equal(found[1].visit_ns, 90000000);
}

static void unsteady_readings_are_flagged(void **state)
{
    (void)state;
    fixture f;
    zcb_calibrated found[ZCB_ARMS_MAX] = {{0}};
    make(&f, 1000, 100, 10, 500);
    f.script.jitter = 3;
    assert_int_equal(zcb_calibrate(&f.prepared, 500000, clock_of(&f), found), 0);
    assert_false(found[0].settled);
    assert_int_equal(found[0].tries, ZCB_CALIBRATION_TRIES);
}

static void start_counts_save_readings(void **state)
{
    (void)state;
    fixture f;
    zcb_calibrated found[ZCB_ARMS_MAX] = {{.iterations = 500}, {.iterations = 5000}};
    make(&f, 1000, 100, 10, 500);
    assert_int_equal(zcb_calibrate(&f.prepared, 500000, clock_of(&f), found), 0);
    assert_int_equal(found[0].tries, 2);
    assert_int_equal(found[0].iterations, 909);
}

static void blocks_are_complete_and_exact(void **state)
{
    (void)state;
    fixture f;
    make(&f, 100, 10, 1, 50);
    zcb_blocks blocks = {{10, 20, 30, 40, 50}, 20, 4, 0, 42};
    zcb_visit visits[200];
    size_t count = zcb_visit_count(&f.prepared, &blocks);
    assert_int_equal(count, 20 * 3 + 5 * 2);
    assert_int_equal(zcb_measure(&f.prepared, &blocks, clock_of(&f), visits), 0);
    unsigned seen[20] = {0};
    for (size_t i = 0; i < count; i++) {
        const zcb_visit *v = &visits[i];
        assert_int_equal(v->iterations, blocks.counts[v->arm]);
        assert_int_equal(v->elapsed_ns, v->iterations * f.arms[v->arm].cost_ns);
        assert_false(seen[v->block] & (1u << v->arm));
        seen[v->block] |= 1u << v->arm;
    }
    for (unsigned block = 0; block < 20; block++) {
        assert_int_equal(seen[block], block % 4 == 0 ? 0x1f : 0x07);
    }
    zcb_visit others[200];
    size_t same = 0;
    blocks.seed = 43;
    assert_int_equal(zcb_measure(&f.prepared, &blocks, clock_of(&f), others), 0);
    for (size_t i = 0; i < count; i++) {
        same += visits[i].arm == others[i].arm;
    }
    assert_true(same < count);
}

static void orders_are_balanced_and_follow_the_seed(void **state)
{
    (void)state;
    zcb_random random = {7}, again = {7}, other = {8};
    zcb_latin latin = {.count = 5}, latin_again = {.count = 5}, latin_other = {.count = 5};
    unsigned places[5][5] = {{0}};
    unsigned same = 0, different = 0;
    for (int block = 0; block < 100; block++) {
        uint32_t order[5], order_again[5], order_other[5];
        zcb_latin_next(&latin, &random, order);
        zcb_latin_next(&latin_again, &again, order_again);
        zcb_latin_next(&latin_other, &other, order_other);
        assert_memory_equal(order, order_again, sizeof order);
        same += memcmp(order, order_other, sizeof order) == 0;
        different += memcmp(order, order_other, sizeof order) != 0;
        for (unsigned place = 0; place < 5; place++) {
            places[order[place]][place]++;
        }
    }
    assert_true(different > same);
    for (unsigned arm = 0; arm < 5; arm++) {
        for (unsigned place = 0; place < 5; place++) {
            assert_int_equal(places[arm][place], 20);
        }
    }
}

static void warm_up_reaches_its_iterations_or_its_time(void **state)
{
    (void)state;
    fixture f;
    make(&f, 100, 10, 1, 50);
    zcb_blocks blocks = {{1000, 1000, 1000, 1000, 1000}, 10, 1, 10000, 1};
    assert_int_equal(zcb_warm_up(&f.prepared, &blocks, clock_of(&f)), 0);
    assert_int_equal(f.arms[0].iterations, 10000);
    assert_int_equal(f.arms[1].iterations, 10000);
    assert_int_equal(f.arms[3].iterations, 0);   /* twin is copy */
    assert_int_equal(f.arms[4].iterations, 250); /* limit: nothing to specialise */
    make(&f, 1000000, 10, 1, 50);
    blocks.counts[0] = 1;
    assert_int_equal(zcb_warm_up(&f.prepared, &blocks, clock_of(&f)), 0);
    assert_true(f.arms[0].iterations >= 1 && f.arms[0].iterations <= 3);
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
        cmocka_unit_test(visit_reports_the_scripted_time),
        cmocka_unit_test(failing_visit_keeps_the_exception),
        cmocka_unit_test(a_pools_making_is_not_timed_and_more_than_it_holds_is_chained),
        cmocka_unit_test(a_pool_is_walked_once_unless_that_is_too_short),
        cmocka_unit_test(close_arms_share_one_count),
        cmocka_unit_test(distant_arms_have_counts_of_their_own),
        cmocka_unit_test(shared_count_keeps_the_shortest_visit),
        cmocka_unit_test(slow_operation_takes_one_iteration),
        cmocka_unit_test(far_slower_view_of_a_slow_copy_takes_one_iteration),
        cmocka_unit_test(unsteady_readings_are_flagged),
        cmocka_unit_test(start_counts_save_readings),
        cmocka_unit_test(blocks_are_complete_and_exact),
        cmocka_unit_test(orders_are_balanced_and_follow_the_seed),
        cmocka_unit_test(warm_up_reaches_its_iterations_or_its_time),
    };
    return cmocka_run_group_tests(tests, start_python, finish_python);
}
