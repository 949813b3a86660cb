/* Protects: what users wrote is shown and never obeyed. */
#include "report/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char out[256];

static void control_characters_are_shown(void **state)
{
    (void)state;
    assert_string_equal(zcb_text_visible("plain µ 名", out, sizeof out), "plain µ 名");
    assert_string_equal(zcb_text_visible("\x1b[31mred\n\t\r\x7f", out, sizeof out),
                        "\\x1b[31mred\\n\\t\\r\\x7f");
    assert_string_equal(zcb_text_visible("\xc2\x9b", out, sizeof out), "\\x9b"); /* C1: CSI */
    assert_string_equal(zcb_text_visible("a\xe2\x80\xaetxt.exe", out, sizeof out),
                        "a\\u202etxt.exe"); /* right-to-left override */
    assert_string_equal(zcb_text_visible("a\xe2\x80\x8b", out, sizeof out), "a\\u200b");
    assert_string_equal(zcb_text_visible("bad \xff\xc3", out, sizeof out), "bad \\xff\\xc3");
}

static void long_text_is_cut_at_a_whole_character(void **state)
{
    (void)state;
    char small[8];
    assert_string_equal(zcb_text_visible("abcdefg", small, sizeof small), "abcdefg");
    assert_string_equal(zcb_text_visible("abcdefgh", small, sizeof small), "abcd…");
    assert_string_equal(zcb_text_visible("µµµµ", small, sizeof small), "µµ…");
    assert_string_equal(zcb_text_visible("abc", small, 2), "");
}

static void width_counts_columns(void **state)
{
    (void)state;
    assert_int_equal(zcb_text_width("0.9 KiB (0.8–1.0)"), 17);
    assert_int_equal(zcb_text_width("名前"), 4);
    assert_int_equal(zcb_text_width("e\xcc\x81"), 1); /* e and a combining accent */
    assert_int_equal(zcb_text_width("\xf0\x9f\x98\x80"), 2);
    assert_int_equal(zcb_text_fit("名前", 3), 3);
    assert_int_equal(zcb_text_fit("abc", 10), 3);
}

static char *through(void (*write)(FILE *, const char *), const char *text)
{
    char *buffer = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&buffer, &size);
    write(stream, text);
    fclose(stream);
    snprintf(out, sizeof out, "%s", buffer);
    free(buffer);
    return out;
}

static void markdown_80(FILE *stream, const char *text)
{
    zcb_text_markdown(stream, text, 80);
}

static void markdown_5(FILE *stream, const char *text)
{
    zcb_text_markdown(stream, text, 5);
}

static void markdown_means_nothing_special(void **state)
{
    (void)state;
    assert_string_equal(through(markdown_80, "bytes_slice"), "bytes_slice");
    assert_string_equal(through(markdown_80, "_a_"), "\\_a\\_");
    assert_string_equal(through(markdown_80, "a|b`c<d>&\"[e](f)*#~$\\"),
                        "a\\|b\\`c&lt;d&gt;&amp;&quot;\\[e\\](f)\\*\\#\\~\\$\\\\");
    assert_string_equal(through(markdown_80, "two\nlines"), "two\\\\nlines");
    assert_string_equal(through(markdown_5, "abcdefgh"), "abcd…");
    assert_string_equal(through(markdown_5, "abcde"), "abcde");
}

static void gnuplot_strings_end_where_they_should(void **state)
{
    (void)state;
    assert_string_equal(through(zcb_text_gnuplot, "it's `id`"), "'it''s `id`'");
    assert_string_equal(through(zcb_text_gnuplot, "a\n'b"), "'a\\n''b'");
    assert_string_equal(through(zcb_text_gnuplot, ""), "''");
}

static void file_names_are_plain_and_distinct(void **state)
{
    (void)state;
    char other[256];
    assert_string_equal(zcb_text_filename("time-cp311-bytes_slice", out, sizeof out),
                        "time-cp311-bytes_slice");
    zcb_text_filename("a/b", out, sizeof out);
    zcb_text_filename("a|b", other, sizeof other);
    assert_string_not_equal(out, other);
    assert_int_equal(strncmp(out, "a_b_", 4), 0);
    assert_null(strpbrk(out, "/|"));
    zcb_text_filename("../x", out, sizeof out);
    assert_true(out[0] == '_');
    assert_null(strchr(out, '/'));
    assert_true(strlen(zcb_text_filename("a-name-that-is-too-long", out, 20)) < 20);
    assert_string_not_equal(zcb_text_filename("", out, sizeof out), "");
}

static void a_shell_takes_it_as_one_word(void **state)
{
    (void)state;
    char out[64];
    assert_string_equal(zcb_text_shell("results/latest", out, sizeof out), "results/latest");
    assert_string_equal(zcb_text_shell("", out, sizeof out), "''");
    assert_string_equal(zcb_text_shell("a b;$(c)`d`", out, sizeof out), "'a b;$(c)`d`'");
    assert_string_equal(zcb_text_shell("it's", out, sizeof out), "'it'\\''s'");
    assert_string_equal(zcb_text_shell("\x1b[1m'\\\n", out, sizeof out),
                        "$'\\x1b[1m\\'\\\\\\x0a'");
    assert_string_equal(zcb_text_shell("\xe2\x80\xae", out, sizeof out), "$'\\xe2\\x80\\xae'");
    assert_true(strlen(zcb_text_shell("a very long name with blanks in it", out, 12)) < 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shell_takes_it_as_one_word),
        cmocka_unit_test(control_characters_are_shown),
        cmocka_unit_test(long_text_is_cut_at_a_whole_character),
        cmocka_unit_test(width_counts_columns),
        cmocka_unit_test(markdown_means_nothing_special),
        cmocka_unit_test(gnuplot_strings_end_where_they_should),
        cmocka_unit_test(file_names_are_plain_and_distinct),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
