/* Protects: the wording of figures. */
#include "report/units.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static char text[ZCB_UNIT_TEXT_MAX];

static void sizes_are_binary(void **state)
{
    (void)state;
    static const struct {
        double bytes;
        const char *text;
    } cases[] = {
        {1, "1 B"},           {64, "64 B"},        {300, "300 B"},
        {512, "512 B"},       {922, "0.9 KiB"},    {1024, "1 KiB"},
        {1100, "1.1 KiB"},    {4096, "4 KiB"},     {23456, "23 KiB"},
        {137000, "134 KiB"},  {1048576, "1 MiB"},  {1.5e6, "1.4 MiB"},
        {67108864, "64 MiB"}, {524288, "512 KiB"}, {1073741824, "1 GiB"},
        {600000, "586 KiB"},  {3072, "3 KiB"},     {1099511627776, "1 TiB"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(zcb_unit_size(cases[i].bytes, text, sizeof text), cases[i].text);
    }
    assert_string_equal(zcb_unit_size(NAN, text, sizeof text), "–");
}

static void intervals_of_sizes_share_the_unit(void **state)
{
    (void)state;
    assert_string_equal(zcb_unit_size_interval(922, 820, 1020, text, sizeof text),
                        "0.9 KiB (0.8–1.0)");
    assert_string_equal(zcb_unit_size_interval(300, 280, 321, text, sizeof text),
                        "300 B (280–321)");
    assert_string_equal(zcb_unit_size_interval(131072, 120000, 140000, text, sizeof text),
                        "128 KiB (117–137)");
    assert_string_equal(zcb_unit_size_interval(4096, 90, 4e7, text, sizeof text),
                        "4 KiB (90 B–38 MiB)");
    assert_string_equal(zcb_unit_size_interval(1550, 1526, 1567, text, sizeof text),
                        "1.51 KiB (1.49–1.53)");
    assert_string_equal(zcb_unit_size_interval(4096, NAN, NAN, text, sizeof text), "4 KiB");
}

static void times_have_three_digits(void **state)
{
    (void)state;
    static const struct {
        double ns;
        const char *text;
    } cases[] = {
        {0.2, "0.20 ns"},   {1.234, "1.23 ns"}, {62.14, "62.1 ns"},   {999.4, "999 ns"},
        {999.6, "1.00 µs"}, {1580, "1.58 µs"},  {12.04e6, "12.0 ms"}, {2e9, "2.00 s"},
        {123e9, "123 s"},   {INFINITY, "–"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(zcb_unit_time(cases[i].ns, text, sizeof text), cases[i].text);
    }
}

static void ratios_carry_their_interval(void **state)
{
    (void)state;
    assert_string_equal(zcb_unit_ratio_interval(1.58, 1.54, 1.62, text, sizeof text),
                        "1.58× (1.54–1.62)");
    assert_string_equal(zcb_unit_ratio_interval(340.2, 309.9, 370.1, text, sizeof text),
                        "340× (310–370)");
    assert_string_equal(zcb_unit_ratio_interval(17.41, 16.0, 19.9, text, sizeof text),
                        "17.4× (16.0–19.9)");
    assert_string_equal(zcb_unit_ratio_interval(1234, 1180, 1290, text, sizeof text),
                        "1230× (1180–1290)");
    assert_string_equal(zcb_unit_ratio(0.0123, text, sizeof text), "0.012×");
    assert_string_equal(zcb_unit_ratio_interval(0.88, NAN, NAN, text, sizeof text), "0.88×");
    assert_string_equal(zcb_unit_ratio(NAN, text, sizeof text), "–");
    assert_string_equal(zcb_unit_factor_interval(1.0012, 0.9981, 1.0041, text, sizeof text),
                        "1.001 (0.998–1.004)");
    assert_string_equal(zcb_unit_percent(0.876, text, sizeof text), "88 %");
}

static void short_buffers_are_respected(void **state)
{
    (void)state;
    char small[6];
    zcb_unit_ratio_interval(1.58, 1.54, 1.62, small, sizeof small);
    assert_true(strlen(small) < sizeof small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_binary),
        cmocka_unit_test(intervals_of_sizes_share_the_unit),
        cmocka_unit_test(times_have_three_digits),
        cmocka_unit_test(ratios_carry_their_interval),
        cmocka_unit_test(short_buffers_are_respected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
