/* Protects: a failure is one line that fits, whatever it was made of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"

#include <string.h>

static void a_failure_carries_code_and_sentence(void **state)
{
    (void)state;
    zcb_error error = {0};
    assert_int_equal(zcb_fail(&error, ZCB_EXIT_NOTHING, "no %s in %d", "pair", 3), -1);
    assert_int_equal(error.exit_code, 5);
    assert_string_equal(error.text, "no pair in 3");
    assert_int_equal(zcb_fail(NULL, ZCB_EXIT_USAGE, "%s", "unheard"), -1);
}

static void control_characters_do_not_reach_the_terminal(void **state)
{
    (void)state;
    zcb_error error = {0};
    zcb_fail(&error, ZCB_EXIT_USAGE, "a%sb", "\n\x1b[31m\x7f\t");
    assert_string_equal(error.text, "a  [31m  b");
}

static void a_long_sentence_is_cut_to_fit(void **state)
{
    (void)state;
    char text[3000];
    zcb_error error = {0};
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    zcb_fail(&error, ZCB_EXIT_USAGE, "%s", text);
    assert_int_equal(strlen(error.text), sizeof error.text - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_carries_code_and_sentence),
        cmocka_unit_test(control_characters_do_not_reach_the_terminal),
        cmocka_unit_test(a_long_sentence_is_cut_to_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
