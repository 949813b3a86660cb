/* What strangers say becomes one clean line. */
#include "driver/worker_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void assert_clean(const char *bytes, size_t length, const char *expected)
{
    char out[64];
    assert_string_equal(zcb_worker_text_clean(bytes, length, out, sizeof out), expected);
}

static void test_controls_become_single_spaces(void **state)
{
    (void)state;
    assert_clean("  a\n\tb\x1b[31m \x7f c\r\n", 16, "a b [31m c");
    assert_clean("a\0b", 3, "a b");
    assert_clean("", 0, "");
    assert_clean(" \n ", 3, "");
}

static void test_only_utf8_is_let_through(void **state)
{
    (void)state;
    assert_clean("\xc3\xa4 \xe2\x82\xac \xf0\x9f\x90\x8d", 11,
                 "\xc3\xa4 \xe2\x82\xac \xf0\x9f\x90\x8d");
    assert_clean("a\xff\xfe", 3, "a??");
    assert_clean("\xc0\xaf", 2, "??");           /* overlong */
    assert_clean("\xed\xa0\x80", 3, "???");      /* a surrogate */
    assert_clean("\xf4\x90\x80\x80", 4, "????"); /* above U+10FFFF */
    assert_clean("\xe0\x80\xaf", 3, "???");      /* overlong */
    assert_clean("\xc2\x85", 2, "??");           /* a control of C1 */
    assert_clean("x\xe2\x82", 3, "x??");         /* torn */
}

static void test_text_is_cut_at_a_whole_character(void **state)
{
    (void)state;
    char out[6];
    assert_string_equal(zcb_worker_text_clean("abcdefgh", 8, out, sizeof out), "abcde");
    assert_string_equal(zcb_worker_text_clean("abc\xe2\x82\xac", 6, out, sizeof out), "abc");
    assert_string_equal(zcb_worker_text_clean("abcde f", 7, out, sizeof out), "abcde");
}

static void test_a_death_is_told_by_its_status(void **state)
{
    (void)state;
    char out[128];
    assert_int_equal(zcb_worker_text_death("signal:11", out, sizeof out), 0);
    assert_string_equal(out, "was killed by signal 11 (Segmentation fault)");
    assert_int_equal(zcb_worker_text_death("exit:0", out, sizeof out), 0);
    assert_string_equal(out, "ended with exit status 0");
    static const char *const others[] = {"",          "ok",        "exit",
                                         "exit:",     "exit:-1",   "exit:1234",
                                         "signal:1x", "signal: 1", "Signal:1"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_int_equal(zcb_worker_text_death(others[i], out, sizeof out), -1);
    }
    assert_string_equal(out, "ended with exit status 0");
}

static void test_a_status_follows_the_wait_status(void **state)
{
    (void)state;
    char status[ZCB_WORKER_STATUS_BYTES];
    zcb_worker_text_status(3 << 8, status);
    assert_string_equal(status, "exit:3");
    zcb_worker_text_status(9, status);
    assert_string_equal(status, "signal:9");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_controls_become_single_spaces),
        cmocka_unit_test(test_only_utf8_is_let_through),
        cmocka_unit_test(test_text_is_cut_at_a_whole_character),
        cmocka_unit_test(test_a_death_is_told_by_its_status),
        cmocka_unit_test(test_a_status_follows_the_wait_status),
    };
    return cmocka_run_group_tests_name("worker text", tests, NULL, NULL);
}
