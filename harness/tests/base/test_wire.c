/* Protects: what one side says, the other reads; and garbage is not taken for a message. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void every_byte_passes_through(void **state)
{
    (void)state;
    char text[256], encoded[3 * sizeof text], line[sizeof encoded + 32];
    for (int i = 1; i < 256; i++) {
        text[i - 1] = (char)i;
    }
    text[255] = '\0';
    assert_ptr_equal(zcb_wire_encode(text, encoded, sizeof encoded), encoded);
    assert_null(strpbrk(encoded, " =\n\r\t\""));
    snprintf(line, sizeof line, "error reason=%s token=ab", encoded);
    zcb_wire wire;
    assert_int_equal(zcb_wire_parse(line, &wire), 0);
    assert_string_equal(zcb_wire_text(&wire, "reason"), text);
    assert_string_equal(zcb_wire_text(&wire, "token"), "ab");
}

static void encoding_is_as_documented(void **state)
{
    (void)state;
    const char *const cases[][2] = {
        {"", ""},
        {"view:a_b.c,d+e/f-1", "view:a_b.c,d+e/f-1"},
        {"a b", "a%20b"},
        {"100%", "100%25"},
        {"a=b\n", "a%3db%0a"},
        {"\xc3\xa9", "%c3%a9"},
    };
    char out[64];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(zcb_wire_encode(cases[i][0], out, sizeof out), cases[i][1]);
    }
}

static void encoding_is_cut_at_whole_characters(void **state)
{
    (void)state;
    const char *const cut[] = {"", "a", "a", "a", "a%20", "a%20b"};
    char *out = NULL;
    for (size_t size = 1; size <= 6; size++) {
        out = realloc(out, size); /* exact, for the sanitizer */
        assert_non_null(out);
        assert_string_equal(zcb_wire_encode("a b", out, size), cut[size - 1]);
    }
    free(out);
}

static void messages_are_taken_apart(void **state)
{
    (void)state;
    char bare[] = "ready";
    zcb_wire wire;
    assert_int_equal(zcb_wire_parse(bare, &wire), 0);
    assert_string_equal(wire.verb, "ready");
    assert_int_equal(wire.count, 0);
    assert_null(zcb_wire_text(&wire, "token"));

    char visit[] = "visit token=00ff block=3 counts= text=a=b";
    assert_int_equal(zcb_wire_parse(visit, &wire), 0);
    assert_string_equal(wire.verb, "visit");
    assert_int_equal(wire.count, 4);
    assert_string_equal(zcb_wire_text(&wire, "counts"), "");
    assert_string_equal(zcb_wire_text(&wire, "text"), "a=b");
    assert_null(zcb_wire_text(&wire, "bloc"));
}

static void garbage_is_no_message(void **state)
{
    (void)state;
    const char *const lines[] = {
        "",
        " ",
        " visit",
        "visit ",
        "visit  a=1",
        "visit a=1 ",
        "visit a",
        "visit =1",
        "visit a=%",
        "visit a=%4",
        "visit a=%zz",
        "visit a=%4G",
        "visit a=%4A",
        "visit a=%00",
        "visit a=1 b=%f",
        "visit a=%%20",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        char line[64];
        zcb_wire wire = {.verb = "untouched"};
        snprintf(line, sizeof line, "%s", lines[i]);
        if (zcb_wire_parse(line, &wire) == 0) {
            fail_msg("accepted: '%s'", lines[i]);
        }
        assert_string_equal(wire.verb, "untouched");
    }
}

static void a_message_has_a_limited_number_of_fields(void **state)
{
    (void)state;
    for (int fields = ZCB_WIRE_FIELDS_MAX; fields <= ZCB_WIRE_FIELDS_MAX + 1; fields++) {
        char line[512] = "visit";
        zcb_wire wire;
        for (int i = 0; i < fields; i++) {
            strcat(line, " a=1");
        }
        assert_int_equal(zcb_wire_parse(line, &wire), fields <= ZCB_WIRE_FIELDS_MAX ? 0 : -1);
    }
}

static void numbers_are_whole_and_in_range(void **state)
{
    (void)state;
    const struct {
        const char *text;
        int status;
        uint64_t number;
    } cases[] = {
        {"0", 0, 0},
        {"18446744073709551615", 0, UINT64_MAX},
        {"007", 0, 7},
        {"18446744073709551616", -1, 0},
        {"99999999999999999999999", -1, 0},
        {"", -1, 0},
        {"-1", -1, 0},
        {"+1", -1, 0},
        {"1.0", -1, 0},
        {"1e3", -1, 0},
        {"0x10", -1, 0},
        {"12%20", -1, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char line[64];
        zcb_wire wire;
        uint64_t number = 42;
        snprintf(line, sizeof line, "visit n=%s", cases[i].text);
        assert_int_equal(zcb_wire_parse(line, &wire), 0);
        assert_int_equal(zcb_wire_u64(&wire, "n", &number), cases[i].status);
        assert_int_equal(number, cases[i].status == 0 ? cases[i].number : 42);
        assert_int_equal(zcb_wire_u64(&wire, "m", &number), -1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_passes_through),
        cmocka_unit_test(encoding_is_as_documented),
        cmocka_unit_test(encoding_is_cut_at_whole_characters),
        cmocka_unit_test(messages_are_taken_apart),
        cmocka_unit_test(garbage_is_no_message),
        cmocka_unit_test(a_message_has_a_limited_number_of_fields),
        cmocka_unit_test(numbers_are_whole_and_in_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
