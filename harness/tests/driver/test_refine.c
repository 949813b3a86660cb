/* Which sizes are measured next where a break-even lies: laws are followed to their crossing.
 */
#include "driver/refine.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define MARGIN 0.02
#define POINTS_MAX 64

typedef double law(double size_bytes);

static zcb_size_point points[POINTS_MAX];
static size_t count;

static void measure(law *law, double size_bytes, double noise)
{
    size_t at = count++;
    for (; at > 0 && points[at - 1].size_bytes > size_bytes; at--) {
        points[at] = points[at - 1];
    }
    double log_ratio = log(law(size_bytes));
    points[at] =
        (zcb_size_point){size_bytes, {log_ratio, log_ratio - noise, log_ratio + noise}};
}

/* Measures powers of two, then what is asked for, until nothing is: how many rounds, or -1 past
 * `rounds`. */
static int follow(law *law, double noise, int rounds, zcb_breakeven *found)
{
    count = 0;
    for (double size = 64; size <= 65536; size *= 2) {
        measure(law, size, noise);
    }
    for (int round = 0; round <= rounds; round++) {
        uint64_t sizes[ZCB_REFINE_SIZES_MAX];
        zcb_breakeven_find(points, count, MARGIN, found);
        assert_int_equal(found->count, 1);
        size_t asked = zcb_refine_sizes(points, count, &found->crossings[0], sizes);
        if (asked == 0) {
            return round;
        }
        for (size_t i = 0; i < asked; i++) {
            assert_true((double)sizes[i] > found->crossings[0].near_below_bytes);
            assert_true((double)sizes[i] < found->crossings[0].near_above_bytes);
            assert_true(i == 0 || sizes[i] > sizes[i - 1]);
            measure(law, (double)sizes[i], noise);
        }
    }
    return -1;
}

static double smooth(double n)
{
    return (50 + n / 16) / 100;
}

static double step(double n)
{
    return n <= 617 ? 0.9 : 20;
}

static double shallow(double n)
{
    return exp(0.1 * log(n / 3000));
}

static void a_smooth_law_takes_two_rounds(void **state)
{
    (void)state;
    zcb_breakeven found;
    assert_int_equal(follow(smooth, 0.01, 6, &found), 2);
    assert_true(fabs(found.crossings[0].bytes.estimate / 800 - 1) < 0.01);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal((int)points[i].size_bytes % 64, 0);
    }
}

static void a_step_is_followed_to_whole_bytes(void **state)
{
    (void)state;
    zcb_breakeven found;
    int rounds = follow(step, 0.01, (int)ZCB_REFINE_ROUNDS, &found);
    assert_true(rounds > 2);
    assert_true(found.crossings[0].near_below_bytes == 617);
    assert_true(found.crossings[0].near_above_bytes == 618);
}

static void a_shallow_law_stops_earlier(void **state)
{
    (void)state;
    zcb_breakeven found;
    assert_int_equal(follow(shallow, 0.005, 6, &found), 1);
    assert_false(found.crossings[0].is_asked);
}

static void whole_bytes_end_it(void **state)
{
    (void)state;
    uint64_t sizes[ZCB_REFINE_SIZES_MAX];
    const zcb_size_point beside[] = {{617, {-1, -1.1, -0.9}}, {618, {1, 0.9, 1.1}}};
    zcb_breakeven found;
    zcb_breakeven_find(beside, 2, MARGIN, &found);
    assert_int_equal(found.count, 1);
    assert_int_equal(zcb_refine_sizes(beside, 2, &found.crossings[0], sizes), 0);
    const zcb_size_point apart[] = {{617, {-1, -1.1, -0.9}}, {620, {1, 0.9, 1.1}}};
    zcb_breakeven_find(apart, 2, MARGIN, &found);
    assert_int_equal(zcb_refine_sizes(apart, 2, &found.crossings[0], sizes), 2);
    assert_int_equal(sizes[0], 618);
    assert_int_equal(sizes[1], 619);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_smooth_law_takes_two_rounds),
        cmocka_unit_test(a_step_is_followed_to_whole_bytes),
        cmocka_unit_test(a_shallow_law_stops_earlier),
        cmocka_unit_test(whole_bytes_end_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
