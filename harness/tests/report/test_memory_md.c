/* Protects: the page's sections on memory, meaning and lies: the right rows at the right size,
 * what was not seen as a dash, hostile names harmless, nothing where nothing was recorded. */
#include "fabricate.h"

#include "report/memory_md.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static zcb_arm_key key(const char *pair, uint64_t size_bytes, const char *arm)
{
    return (zcb_arm_key){"base", pair, ZCB_LANE_PYTHON, size_bytes, arm};
}

/* Keys of a real run are interned: so are these, by being the same constants. */
static const char slice[] = "slice", hostile[] = HOSTILE_NAME;

static char *page(const zcb_recorded *recorded)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    zcb_memory_md(recorded, stream);
    zcb_lies_md(recorded, stream);
    fclose(stream);
    return text;
}

static void assert_holds(const char *text, const char *part)
{
    if (strstr(text, part) == NULL) {
        fail_msg("\"%s\" is not in:\n%s", part, text);
    }
}

static void a_row_tells_the_size_nearest_to_64_KiB(void **state)
{
    (void)state;
    zcb_memory_row memory[] = {
        {key(slice, 64, "copy"), {1, 97, 0, 97, 97, 64}},
        {key(slice, 64, "view"), {1, 184, 1, 184, 6656, 64}},
        {key(slice, 65536, "copy"), {1, 65569, 0, 65569, 65569, 65536}},
        {key(slice, 65536, "view"), {1, 184, 1, 184, 131072, 65536}},
        {key(slice, 1048576, "copy"), {1, 1048609, 0, 0, 1048609, 1048576}},
        {key(slice, 1048576, "view"), {1, 184, 1, 184, 1048576, 1048576}},
    };
    for (size_t i = 0; i < 6; i++) { /* equal texts are one pointer */
        memory[i].key.python = memory[0].key.python;
    }
    zcb_semantics_row semantics = {memory[3].key, {1, 0, 1, -1, 1}};
    const zcb_recorded recorded = {
        .memory = memory, .memory_count = 6, .semantics = &semantics, .semantics_count = 1};
    char *text = page(&recorded);
    assert_holds(text,
                 "| base | slice python | 64 KiB | 64 KiB in 1 | 184 B in 1 | 1.00× | 2.00× | "
                 "yes | no | yes |\n");
    assert_holds(text, "that of slice python on base: 6.5 KiB for 64 B.");
    assert_null(strstr(text, "| 1 MiB |"));
    assert_null(strstr(text, "looks like"));
    free(text);
}

static void what_was_not_seen_is_a_dash(void **state)
{
    (void)state;
    zcb_memory_row memory[] = {
        {key(slice, 1048576, "copy"), {NAN, NAN, NAN, NAN, NAN, NAN}},
        {key(slice, 1048576, "view:x"), {2, 312, 2, 312, NAN, 64}},
    };
    memory[1].key.python = memory[0].key.python;
    const zcb_recorded recorded = {.memory = memory, .memory_count = 2};
    char *text = page(&recorded);
    assert_holds(text,
                 "| base | slice python, x | 1 MiB | – | 312 B in 2 | – | – | – | – | – |\n");
    assert_null(strstr(text, "keeps most alive"));
    free(text);
}

static void hostile_names_do_nothing(void **state)
{
    (void)state;
    zcb_memory_row memory[] = {{key(hostile, 64, "view"), {1, 184, 1, 184, 6400, 64}}};
    zcb_lie_row lie = {"base",        "x",           "b[:] | <script>",
                       "same object", "hidden copy", "`rm` | <b>"};
    zcb_variant variant = {.name = (char *)"base"};
    const zcb_recorded recorded = {.memory = memory,
                                   .memory_count = 1,
                                   .lies = &lie,
                                   .lie_count = 1,
                                   .run = {.variants = &variant, .variant_count = 1}};
    char *text = page(&recorded);
    assert_null(strstr(text, "<script>"));
    assert_null(strstr(text, "a<b>"));
    assert_null(strstr(text, "`rm` | <b>"));
    assert_holds(text, "1 of 1 answers are not as known");
    free(text);
}

static void a_lie_is_one_row_with_a_column_for_each_interpreter(void **state)
{
    (void)state;
    static const char first[] = "first", second[] = "second";
    zcb_lie_row lies[] = {
        {"old", first, "array(b)", "hidden copy", "", "needs numpy"},
        {"old", second, "b*1", "same object", "same object", "why"},
        {"new", first, "array(b)", "hidden copy", "hidden copy", "asarray is the view"},
        {"new", second, "b*1", "same object", "same object", "why"},
    };
    zcb_variant variants[] = {{.name = (char *)"old"}, {.name = (char *)"new"}};
    const zcb_recorded recorded = {
        .lies = lies, .lie_count = 4, .run = {.variants = variants, .variant_count = 2}};
    char *text = page(&recorded);
    assert_holds(text, "| statement | old | new | why |\n");
    assert_holds(text, "| array(b) | – | hidden copy | asarray is the view |\n");
    assert_holds(text, "(3 answers) behaves as known");
    assert_null(strstr(text, "needs numpy"));
    assert_null(strstr(text, "Memory and meaning"));
    free(text);
}

static void nothing_recorded_is_nothing_told(void **state)
{
    (void)state;
    const zcb_recorded recorded = {0};
    char *text = page(&recorded);
    assert_string_equal(text, "");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_tells_the_size_nearest_to_64_KiB),
        cmocka_unit_test(what_was_not_seen_is_a_dash),
        cmocka_unit_test(hostile_names_do_nothing),
        cmocka_unit_test(a_lie_is_one_row_with_a_column_for_each_interpreter),
        cmocka_unit_test(nothing_recorded_is_nothing_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
