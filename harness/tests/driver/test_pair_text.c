/* A user's code in a pair file: quoting changes nothing of it, and what Python says of a line
 * of the file comes back as the user's own line. */
#include "driver/pair_text.h"
#include "driver/python_literal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const zcb_pair_text example = {
    .name = "mine",
    .kind = ZCB_KIND_Z,
    .parts = {[ZCB_PART_SETUP] = {"import os\nb = payload(n)\n", "--setup", 0},
              [ZCB_PART_COPY] = {"b[:n]", "--copy", 0},
              [ZCB_PART_VIEW] = {"x = 1\n  y(x)", "--view", 0}}};

static char *literal(const char *code)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    zcb_python_literal(stream, code);
    assert_int_equal(fclose(stream), 0);
    return text;
}

static void check_literal(const char *code, const char *expected)
{
    char *text = literal(code);
    assert_string_equal(text, expected);
    free(text);
}

static void special_characters_are_escaped(void **state)
{
    (void)state;
    check_literal("", "(\n    ''\n)\n");
    check_literal("it's", "(\n    'it\\'s'\n)\n");
    check_literal("'''\"\"\"", "(\n    '\\'\\'\\'\"\"\"'\n)\n");
    check_literal("a\\nb", "(\n    'a\\\\nb'\n)\n");
    check_literal("100 % %s %n", "(\n    '100 % %s %n'\n)\n");
    check_literal("\t\x01\x7f", "(\n    '\\x09\\x01\\x7f'\n)\n");
    check_literal("é€😀", "(\n    'é€😀'\n)\n");
    check_literal("\xc2\x85\xe2\x80\xa8\xe2\x80\xa9", "(\n    '\\u0085\\u2028\\u2029'\n)\n");
}

static void every_line_has_a_line(void **state)
{
    (void)state;
    check_literal("a\nb", "(\n    'a\\n'\n    'b'\n)\n");
    check_literal("a\r\nb\rc\n", "(\n    'a\\n'\n    'b\\n'\n    'c\\n'\n)\n");
    check_literal("\n\na", "(\n    '\\n'\n    '\\n'\n    'a'\n)\n");
}

static void lines_are_counted_as_python_counts(void **state)
{
    (void)state;
    size_t length = 0;
    assert_int_equal(zcb_code_line_count(""), 0);
    assert_int_equal(zcb_code_line_count("a"), 1);
    assert_int_equal(zcb_code_line_count("a\n"), 1);
    assert_int_equal(zcb_code_line_count("a\r\nb\rc"), 3);
    assert_memory_equal(zcb_code_line("a\r\nbc\rd", 2, &length), "bc", 2);
    assert_int_equal(length, 2);
    assert_null(zcb_code_line("a\n", 2, &length));
}

/* Python itself reads what was written. */
static void python_reads_the_same_text_back(void **state)
{
    (void)state;
    static const char code[] = "a = 'it''s' + \"\"\"x\"\"\" + '''y'''\n\tb = '\\n\\\\' % 5\n"
                               "c = 'é\xe2\x80\xa8😀\x01{}$`'";
    static const char program[] =
        "import runpy, sys\n"
        "v = runpy.run_path(sys.argv[1])\n"
        "print(v['NAME'], v['KIND'], v['SETUP'] == sys.argv[2], v['COPY'] == sys.argv[2],\n"
        "      'CONSUME' in v)";
    char path[] = "/tmp/zcb-pair-text-XXXXXX", command_path[64], line[128] = "";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    zcb_error error = {0};
    zcb_pair_text pair = example;
    pair.parts[ZCB_PART_SETUP].text = code;
    pair.parts[ZCB_PART_COPY].text = code;
    assert_int_equal(zcb_pair_text_check(&pair, &error), 0);
    assert_int_equal(zcb_pair_text_write(&pair, path, &error), 0);
    snprintf(command_path, sizeof command_path, "%s", path);
    setenv("ZCB_TEST_PROGRAM", program, 1);
    setenv("ZCB_TEST_CODE", code, 1);
    setenv("ZCB_TEST_PATH", command_path, 1);
    FILE *python =
        popen("python3 -c \"$ZCB_TEST_PROGRAM\" \"$ZCB_TEST_PATH\" \"$ZCB_TEST_CODE\"", "r");
    assert_non_null(python);
    assert_non_null(fgets(line, sizeof line, python));
    assert_int_equal(pclose(python), 0);
    unlink(path);
    assert_string_equal(line, "mine Z True True False\n");
}

static void names_and_encodings_are_checked(void **state)
{
    (void)state;
    zcb_error error = {0};
    char longest[ZCB_NAME_MAX + 2];
    memset(longest, 'a', sizeof longest);
    longest[ZCB_NAME_MAX] = '\0';
    assert_true(zcb_pair_name_is_valid("mine_2"));
    assert_true(zcb_pair_name_is_valid(longest));
    longest[ZCB_NAME_MAX] = 'a';
    longest[ZCB_NAME_MAX + 1] = '\0';
    assert_false(zcb_pair_name_is_valid(longest));
    assert_false(zcb_pair_name_is_valid(""));
    assert_false(zcb_pair_name_is_valid("it's"));
    assert_false(zcb_pair_name_is_valid("\xc3\xa9"));
    zcb_pair_text pair = example;
    pair.parts[ZCB_PART_VIEW].text = "b\xff";
    assert_int_equal(zcb_pair_text_check(&pair, &error), -1);
    assert_int_equal(error.exit_code, ZCB_EXIT_USAGE);
    assert_string_equal(error.text, "--view is not UTF-8");
}

/* The file: 1 docstring, 2 NAME, 3 KIND, 4 SETUP, 5–6 its lines, 7 ), 8 COPY, 9 its line, 10 ),
 * 11 VIEW, 12–13 its lines. */
static void messages_point_at_the_users_line(void **state)
{
    (void)state;
    char text[512];
    assert_true(zcb_pair_text_explain(
        &example, "NameError: name 'y' is not defined (/t/pair.py, line 13: '  y(x)')", text,
        sizeof text));
    assert_string_equal(text, "--view, line 2: NameError: name 'y' is not defined: y(x)");
    assert_true(zcb_pair_text_explain(&example, "SyntaxError: bad (/t/pair.py, line 5)", text,
                                      sizeof text));
    assert_string_equal(text, "--setup, line 1: SyntaxError: bad: import os");
    assert_true(zcb_pair_text_explain(&example, "E: (x) (y) (/t/pair.py, line 9: 'b[:n]')",
                                      text, sizeof text));
    assert_string_equal(text, "--copy, line 1: E: (x) (y): b[:n]");
}

static void other_messages_stay_as_they_are(void **state)
{
    (void)state;
    char text[512];
    static const char *const others[] = {"the view copies",          "",
                                         "E (/t/pair.py, line 7)",   "E (/t/pair.py, line 2)",
                                         "E (/t/pair.py, line 400)", "E (/t/pair.py, line x)"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_false(zcb_pair_text_explain(&example, others[i], text, sizeof text));
        assert_string_equal(text, others[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(special_characters_are_escaped),
        cmocka_unit_test(every_line_has_a_line),
        cmocka_unit_test(lines_are_counted_as_python_counts),
        cmocka_unit_test(python_reads_the_same_text_back),
        cmocka_unit_test(names_and_encodings_are_checked),
        cmocka_unit_test(messages_point_at_the_users_line),
        cmocka_unit_test(other_messages_stay_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
