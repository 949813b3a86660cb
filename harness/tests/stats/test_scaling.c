/* Guards the exponents: where a curve is cut, and what is fitted between the cuts. */
#include "check.h"

#include "base/random.h"
#include "golden_samples.h"
#include "simulate.h"
#include "stats/scaling.h"

#include <stdlib.h>

enum { SIZES = 15, LAUNCHES = 10, FIRST = 6 }; /* 64 B … 1 MiB, an octave apart */

/* A curve over sizes: a constant, a slope below and above `step_bytes`, where it jumps. */
typedef struct curve {
    double constant_ns, ns_per_byte, step_bytes, jump;
} curve;

static double sizes[SIZES], ln_ns[SIZES * LAUNCHES];

/* Launch l is slower as a whole by l %, visits differ by `noise`. */
static zcb_size_times times_of(const curve *curve, double noise)
{
    zcb_random random = {7};
    for (size_t s = 0; s < SIZES; s++) {
        sizes[s] = ldexp(1.0, FIRST + (int)s);
        double ns = curve->constant_ns + curve->ns_per_byte * sizes[s];
        ns *= curve->step_bytes > 0.0 && sizes[s] >= curve->step_bytes ? curve->jump : 1.0;
        for (size_t l = 0; l < LAUNCHES; l++) {
            ln_ns[s * LAUNCHES + l] =
                log(ns) + 0.01 * (double)l + noise * zcb_sim_normal(&random);
        }
    }
    return (zcb_size_times){sizes, SIZES, ln_ns, LAUNCHES};
}

static const zcb_step STEPS[] = {{511, 512, 0}, {12288, 49152, 0}, {131071, 131072, 0}};
#define STEP_COUNT COUNT_OF(STEPS)

static void slope_agrees(void **state)
{
    (void)state;
    check_near(zcb_slope(golden_y, golden_x, COUNT_OF(golden_x)), golden_slope[0].slope, 1e-10,
               0);
    const double same[] = {2.0, 2.0, 2.0};
    check_near(zcb_slope(same, golden_x, 3), NAN, 0.0, 1);
    check_near(zcb_slope(same, golden_x, 0), NAN, 0.0, 2);
}

/* No step shows: one regime, and its interval is as narrow as launches agree on the slope,
 * however much they differ as a whole. */
static void a_straight_line_is_one_regime(void **state)
{
    (void)state;
    const curve flat = {90, 0, 0, 0}, line = {0, 0.1, 0, 0};
    const struct {
        const curve *curve;
        double exponent;
    } cases[] = {{&flat, 0.0}, {&line, 1.0}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        zcb_regime regimes[STEP_COUNT + 1];
        size_t count;
        zcb_size_times times = times_of(cases[i].curve, 0.0);
        assert_int_equal(zcb_regimes_find(&times, STEPS, STEP_COUNT, 0.95, regimes, &count), 0);
        assert_int_equal(count, 1);
        assert_int_equal(regimes[0].sizes, SIZES);
        assert_int_equal(regimes[0].launches, LAUNCHES);
        check_near(regimes[0].lo_bytes, 64, 0.0, i);
        check_near(regimes[0].hi_bytes, 1048576, 0.0, i);
        check_interval(regimes[0].exponent, cases[i].exponent, cases[i].exponent,
                       cases[i].exponent, 1e-9, i);
    }
}

/* A jump between 12 KiB and 48 KiB: the sizes in the transition belong to neither side. */
static void a_step_cuts_and_its_transition_is_left_out(void **state)
{
    (void)state;
    const curve jumping = {0, 0.1, 32768, 5};
    zcb_regime regimes[STEP_COUNT + 1];
    size_t count;
    zcb_size_times times = times_of(&jumping, 0.02);
    assert_int_equal(zcb_step_shows(&times, STEPS, STEP_COUNT, 0), 0);
    assert_int_equal(zcb_step_shows(&times, STEPS, STEP_COUNT, 1), 1);
    assert_int_equal(zcb_step_shows(&times, STEPS, STEP_COUNT, 2), 0);
    assert_int_equal(zcb_regimes_find(&times, STEPS, STEP_COUNT, 0.95, regimes, &count), 0);
    assert_int_equal(count, 2);
    check_near(regimes[0].hi_bytes, 8192, 0.0, 0);
    check_near(regimes[1].lo_bytes, 65536, 0.0, 1);
    check_near(regimes[1].hi_bytes, 1048576, 0.0, 1);
    for (size_t k = 0; k < 2; k++) {
        check_near(regimes[k].exponent.estimate, 1.0, 0.02, k);
        assert_true(regimes[k].exponent.lo < 1.0 && regimes[k].exponent.hi > 1.0);
    }
}

/* A jump where nobody expects one is not cut out: it must stay to be seen. */
static void a_jump_at_no_known_step_stays_in(void **state)
{
    (void)state;
    const curve jumping = {0, 0.1, 2048, 5};
    zcb_regime regimes[STEP_COUNT + 1];
    size_t count;
    zcb_size_times times = times_of(&jumping, 0.0);
    assert_int_equal(zcb_regimes_find(&times, STEPS, STEP_COUNT, 0.95, regimes, &count), 0);
    assert_int_equal(count, 1);
    assert_true(regimes[0].exponent.lo > 1.1);
}

/* The sizes beside a step may lie beside another one, and then say nothing about it. */
static void neighbours_across_another_step_do_not_count(void **state)
{
    (void)state;
    const zcb_step close[] = {{1023, 1024, 0}, {2047, 2048, 0}, {4095, 4096, 0}};
    const curve jumping = {0, 0.1, 2048, 4};
    zcb_size_times times = times_of(&jumping, 0.0);
    assert_int_equal(zcb_step_shows(&times, close, 3, 0), 0);
    assert_int_equal(zcb_step_shows(&times, close, 3, 1), 0); /* nothing beside it */
    assert_int_equal(zcb_step_shows(&times, close, 3, 2), 0);
    assert_int_equal(zcb_step_shows(&times, close + 1, 1, 0), 1);
    const zcb_step outside[] = {{31, 32, 0}, {1e9, 2e9, 0}};
    assert_int_equal(zcb_step_shows(&times, outside, 2, 0), 0);
    assert_int_equal(zcb_step_shows(&times, outside, 2, 1), 0);
}

/* Five sizes, a step in the middle: neither side has three. */
static void short_runs_give_no_regime(void **state)
{
    (void)state;
    const curve jumping = {0, 0.1, 512, 4};
    zcb_regime regimes[STEP_COUNT + 1];
    size_t count = 9;
    zcb_size_times times = times_of(&jumping, 0.0);
    times.size_count = 5;
    assert_int_equal(zcb_regimes_find(&times, STEPS, STEP_COUNT, 0.95, regimes, &count), 0);
    assert_int_equal(count, 1); /* 64, 128, 256 | 512, 1024 */
    assert_int_equal(regimes[0].sizes, 3);
    times.size_count = 2;
    assert_int_equal(zcb_regimes_find(&times, STEPS, STEP_COUNT, 0.95, regimes, &count), 0);
    assert_int_equal(count, 0);
    times.size_count = 0;
    assert_int_equal(zcb_regimes_find(&times, STEPS, STEP_COUNT, 0.95, regimes, &count), 0);
    assert_int_equal(count, 0);
}

/* A certain step ends a regime though nothing shows, and leaves other steps their neighbours.
 */
static void a_certain_step_cuts_unseen(void **state)
{
    (void)state;
    const zcb_step steps[] = {{511, 512, 1}, {1023, 1024, 0}, {1e9, 2e9, 1}};
    const curve jumping = {0, 0.1, 1024, 4};
    zcb_regime regimes[COUNT_OF(steps) + 1];
    size_t count;
    zcb_size_times times = times_of(&jumping, 0.0);
    assert_int_equal(zcb_step_shows(&times, steps, 3, 1), 1);
    assert_int_equal(zcb_regimes_find(&times, steps, 3, 0.95, regimes, &count), 0);
    assert_int_equal(count, 2); /* 64, 128, 256 | 512 | 1024 … */
    check_near(regimes[0].hi_bytes, 256, 0.0, 0);
    check_near(regimes[1].lo_bytes, 1024, 0.0, 1);
}

static void launches_that_miss_a_size_do_not_count(void **state)
{
    (void)state;
    const curve line = {0, 0.1, 0, 0};
    zcb_regime regimes[STEP_COUNT + 1];
    size_t count;
    zcb_size_times times = times_of(&line, 0.0);
    ln_ns[3 * LAUNCHES + 4] = ln_ns[5 * LAUNCHES + 6] = NAN;
    assert_int_equal(zcb_regimes_find(&times, STEPS, STEP_COUNT, 0.95, regimes, &count), 0);
    assert_int_equal(count, 1);
    assert_int_equal(regimes[0].launches, LAUNCHES - 2);
    times.launch_count = 1;
    assert_int_equal(zcb_regimes_find(&times, STEPS, 0, 0.95, regimes, &count), 0);
    assert_false(isnan(regimes[0].exponent.estimate));
    assert_true(isnan(regimes[0].exponent.lo));
}

/* Over many made-up runs the interval holds the true exponent as often as it says. */
static void the_interval_covers(void **state)
{
    (void)state;
    enum { TRIALS = 2000 };
    size_t held = 0;
    zcb_random random = {11};
    const curve line = {0, 0.1, 0, 0};
    zcb_size_times times = times_of(&line, 0.0);
    times.size_count = 4;
    for (size_t trial = 0; trial < TRIALS; trial++) {
        zcb_regime regime;
        size_t count;
        for (size_t i = 0; i < 4 * LAUNCHES; i++) {
            ln_ns[i] = log(sizes[i / LAUNCHES]) + 0.1 * zcb_sim_normal(&random);
        }
        assert_int_equal(zcb_regimes_find(&times, NULL, 0, 0.95, &regime, &count), 0);
        held += !zcb_interval_excludes(regime.exponent, 1.0);
    }
    assert_true(held > 0.935 * TRIALS && held < 0.965 * TRIALS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slope_agrees),
        cmocka_unit_test(a_straight_line_is_one_regime),
        cmocka_unit_test(a_step_cuts_and_its_transition_is_left_out),
        cmocka_unit_test(a_jump_at_no_known_step_stays_in),
        cmocka_unit_test(neighbours_across_another_step_do_not_count),
        cmocka_unit_test(short_runs_give_no_regime),
        cmocka_unit_test(a_certain_step_cuts_unseen),
        cmocka_unit_test(launches_that_miss_a_size_do_not_count),
        cmocka_unit_test(the_interval_covers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
