/* What people write as a size is taken as meant, or refused in one sentence. */
#include "driver/sizes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void expect_sizes(const char *text, const uint64_t *expected, size_t count)
{
    zcb_sizes sizes = {.count = 0};
    zcb_error error;
    assert_int_equal(zcb_sizes_parse(text, &sizes, &error), 0);
    assert_int_equal(sizes.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(sizes.items[i], expected[i]);
    }
}

static void expect_refused(const char *text, const char *part)
{
    zcb_sizes sizes = {.items = {7}, .count = 1};
    zcb_error error = {0};
    assert_int_equal(zcb_sizes_parse(text, &sizes, &error), -1);
    assert_int_equal(error.exit_code, ZCB_EXIT_USAGE);
    assert_non_null(strstr(error.text, part));
    assert_int_equal(sizes.count, 1);
    assert_int_equal(sizes.items[0], 7);
}

static void plain_sizes_and_units(void **state)
{
    (void)state;
    expect_sizes("4096", (uint64_t[]){4096}, 1);
    expect_sizes("1B", (uint64_t[]){1}, 1);
    expect_sizes("4KiB", (uint64_t[]){4096}, 1);
    expect_sizes("4K", (uint64_t[]){4096}, 1);
    expect_sizes("3M", (uint64_t[]){3u << 20}, 1);
    expect_sizes("2GiB", (uint64_t[]){UINT64_C(2) << 30}, 1);
    expect_sizes("1T", (uint64_t[]){ZCB_SIZE_LIMIT}, 1);
}

static void lists_are_sorted_and_distinct(void **state)
{
    (void)state;
    expect_sizes("1K,64,1024,100", (uint64_t[]){64, 100, 1024}, 3);
}

static void ranges_are_powers_of_two(void **state)
{
    (void)state;
    expect_sizes("64..1K", (uint64_t[]){64, 128, 256, 512, 1024}, 5);
    expect_sizes("100..600", (uint64_t[]){128, 256, 512}, 3);
    expect_sizes("4K..4K", (uint64_t[]){4096}, 1);
    expect_sizes("1..4", (uint64_t[]){1, 2, 4}, 3);
}

static void points_per_octave_are_rounded_powers(void **state)
{
    (void)state;
    expect_sizes("64..128:4", (uint64_t[]){64, 76, 91, 108, 128}, 5);
    expect_sizes("64..256:1", (uint64_t[]){64, 128, 256}, 3);
}

static void the_widest_range_has_every_power_once(void **state)
{
    (void)state;
    zcb_sizes sizes = {.count = 0};
    assert_int_equal(zcb_sizes_parse("1..1T", &sizes, NULL), 0);
    assert_int_equal(sizes.count, 41);
    assert_int_equal(sizes.items[40], ZCB_SIZE_LIMIT);
}

static void malformed_sizes_are_refused(void **state)
{
    (void)state;
    expect_refused("0", "too small");
    expect_refused("-1", "malformed size '-1'");
    expect_refused("+1", "malformed");
    expect_refused("4X", "unit 'X'");
    expect_refused("4 K", "unit ' K'");
    expect_refused("1.5K", "unit '.5K'");
    expect_refused("1M..1K", "backwards");
    expect_refused("18446744073709551616", "too large");
    expect_refused("18446744073709551617K", "too large");
    expect_refused("2T", "too large");
    expect_refused("", "missing");
    expect_refused("64,,128", "missing");
    expect_refused("64..", "missing");
    expect_refused("..64", "missing");
    expect_refused("64..128:0", "points per octave '0'");
    expect_refused("64..128:65", "points per octave");
    expect_refused("64..128:", "points per octave");
    expect_refused("100..120", "no power of two");
    expect_refused("64,4X", "unit");
}

static void too_many_sizes_are_refused(void **state)
{
    (void)state;
    expect_refused("1K..1T:64", "too many sizes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_sizes_and_units),
        cmocka_unit_test(lists_are_sorted_and_distinct),
        cmocka_unit_test(ranges_are_powers_of_two),
        cmocka_unit_test(points_per_octave_are_rounded_powers),
        cmocka_unit_test(the_widest_range_has_every_power_once),
        cmocka_unit_test(malformed_sizes_are_refused),
        cmocka_unit_test(too_many_sizes_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
