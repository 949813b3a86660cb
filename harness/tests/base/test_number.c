/* Protects: a whole number is read as it stands, or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/number.h"

static void digits_are_a_number(void **state)
{
    (void)state;
    uint64_t number = 7;
    assert_int_equal(zcb_number_u64("0", &number), 0);
    assert_int_equal(number, 0);
    assert_int_equal(zcb_number_u64("007", &number), 0);
    assert_int_equal(number, 7);
    assert_int_equal(zcb_number_u64("18446744073709551615", &number), 0);
    assert_true(number == UINT64_MAX);
}

static void all_else_is_none_and_changes_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        " 1",
                                        "1 ",
                                        "+1",
                                        "-1",
                                        "1.0",
                                        "1e3",
                                        "0x",
                                        "١",
                                        "18446744073709551616",
                                        "99999999999999999999999"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        uint64_t number = 42;
        assert_int_equal(zcb_number_u64(texts[i], &number), -1);
        assert_int_equal(number, 42);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_are_a_number),
        cmocka_unit_test(all_else_is_none_and_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
