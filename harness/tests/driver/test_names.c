/* Names: the nearest one is the one that was meant, patterns match what they say, words are
 * taken apart. */
#include "driver/amounts.h"
#include "driver/nearest.h"
#include "driver/pattern.h"
#include "driver/python_spec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void edits_are_counted(void **state)
{
    (void)state;
    assert_int_equal(zcb_edit_distance("", ""), 0);
    assert_int_equal(zcb_edit_distance("abc", ""), 3);
    assert_int_equal(zcb_edit_distance("kitten", "sitting"), 3);
    assert_int_equal(zcb_edit_distance("bytes_slcie", "bytes_slice"), 1);
    assert_int_equal(zcb_edit_distance("BYTES", "bytes"), 0);
    char longest[65];
    memset(longest, 'a', 64);
    longest[64] = '\0';
    assert_true(zcb_edit_distance(longest, "a") == SIZE_MAX);
}

static void the_nearest_name_is_found_or_none(void **state)
{
    (void)state;
    const char *const names[] = {"bytes_slice", "bytearray_slice", "view_tobytes"};
    assert_string_equal(zcb_nearest("bytes_slise", names, 3), "bytes_slice");
    assert_string_equal(zcb_nearest("byte_array_slice", names, 3), "bytearray_slice");
    assert_null(zcb_nearest("xyz", names, 3));
    assert_null(zcb_nearest("anything", names, 0));
}

static void patterns_match_names_ids_and_globs(void **state)
{
    (void)state;
    assert_true(zcb_pattern_matches("bytes_slice", "bytes_slice", "C1"));
    assert_true(zcb_pattern_matches("C1", "bytes_slice", "C1"));
    assert_true(zcb_pattern_matches("c1", "bytes_slice", "C1"));
    assert_true(zcb_pattern_matches("all", "bytes_slice", "C1"));
    assert_true(zcb_pattern_matches("*_slice", "bytes_slice", "C1"));
    assert_true(zcb_pattern_matches("c?", "bytes_slice", "C1"));
    assert_false(zcb_pattern_matches("bytes", "bytes_slice", "C1"));
    assert_false(zcb_pattern_matches("C", "bytes_slice", "C1"));
    assert_false(zcb_pattern_matches("array*", "bytes_slice", "C1"));
    assert_false(zcb_pattern_matches("", "bytes_slice", "C1"));
}

static void expect_spec(const char *text, const char *name, const char *spec, const char *path)
{
    zcb_python_spec out;
    zcb_error error;
    assert_int_equal(zcb_python_spec_parse(text, &out, &error), 0);
    assert_string_equal(out.name, name);
    assert_string_equal(out.spec, spec);
    assert_string_equal(out.path, path);
    zcb_python_spec_clear(&out);
}

static void expect_no_spec(const char *text, const char *part)
{
    zcb_python_spec out;
    zcb_error error = {0};
    assert_int_equal(zcb_python_spec_parse(text, &out, &error), -1);
    assert_int_equal(error.exit_code, ZCB_EXIT_USAGE);
    assert_non_null(strstr(error.text, part));
    assert_null(out.spec);
}

static void python_words_are_taken_apart(void **state)
{
    (void)state;
    expect_spec("3.11", "", "3.11", "");
    expect_spec("old=3.8", "old", "3.8", "");
    expect_spec("head=/usr/bin/python3,path=/usr", "head", "/usr/bin/python3", "/usr");
    expect_spec("/a=b/python3", "", "/a=b/python3", "");
    expect_spec("3.11,path=/", "", "3.11", "/");
    expect_no_spec("", "names no interpreter");
    expect_no_spec("name=", "names no interpreter");
    expect_no_spec("=3.11", "malformed name");
    expect_no_spec("--help", "names no interpreter");
    expect_no_spec("3.11,path=/no/such/folder", "no folder");
    expect_no_spec("nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn=3.11",
                   "malformed name");
}

static void durations_need_a_unit_and_a_range(void **state)
{
    (void)state;
    uint64_t ns = 0;
    assert_int_equal(zcb_duration_parse("500us", "visit", &ns, NULL), 0);
    assert_int_equal(ns, 500000);
    assert_int_equal(zcb_duration_parse("0.5ms", "visit", &ns, NULL), 0);
    assert_int_equal(ns, 500000);
    assert_int_equal(zcb_duration_parse("2m", "budget", &ns, NULL), 0);
    assert_int_equal(ns, UINT64_C(120000000000));
    const char *const wrong[] = {"",     "5",  "s",   "-1s",   "1x",  "0s",
                                 "1e3s", ".s", "1.s", "2000h", "infs"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        zcb_error error = {0};
        assert_int_equal(zcb_duration_parse(wrong[i], "budget", &ns, &error), -1);
        assert_int_equal(error.exit_code, ZCB_EXIT_USAGE);
        assert_non_null(strstr(error.text, "budget"));
    }
    assert_int_equal(ns, UINT64_C(120000000000));
}

static void counts_are_whole_and_in_range(void **state)
{
    (void)state;
    uint64_t count = 9;
    assert_int_equal(
        zcb_count_parse("18446744073709551615", "seed", 0, UINT64_MAX, &count, NULL), 0);
    assert_true(count == UINT64_MAX);
    const char *const wrong[] = {"",  "0", "11", "-1", "1.0", "0x5", "18446744073709551616",
                                 "5 "};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(zcb_count_parse(wrong[i], "n", 1, 10, &count, NULL), -1);
    }
}

static void times_are_shown_as_clocks(void **state)
{
    (void)state;
    char text[32];
    assert_string_equal(zcb_clock_text(0.4, text, sizeof text), "0:00");
    assert_string_equal(zcb_clock_text(62, text, sizeof text), "1:02");
    assert_string_equal(zcb_clock_text(3725, text, sizeof text), "1:02:05");
    assert_string_equal(zcb_clock_text(-1, text, sizeof text), "0:00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_are_counted),
        cmocka_unit_test(the_nearest_name_is_found_or_none),
        cmocka_unit_test(patterns_match_names_ids_and_globs),
        cmocka_unit_test(python_words_are_taken_apart),
        cmocka_unit_test(durations_need_a_unit_and_a_range),
        cmocka_unit_test(counts_are_whole_and_in_range),
        cmocka_unit_test(times_are_shown_as_clocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
