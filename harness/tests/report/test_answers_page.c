/* Protects: every question is answered from the run, or said to be unanswered; nothing that
 * came from outside is obeyed by Markdown. */
#include "fabricate.h"

#include "report/answers_page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The page of a run, owned by the caller. */
static char *page_of(zcb_recorded *recorded)
{
    zcb_analysis analysis;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    assert_int_equal(zcb_analyse(recorded, &analysis, NULL), 0);
    zcb_answers_page(&analysis, stream);
    assert_int_equal(fclose(stream), 0);
    zcb_analysis_clear(&analysis);
    return text;
}

/* The part of the page below `title`, in place: what follows it is cut off. */
static char *section(char *page, const char *title)
{
    char *start = strstr(page, title);
    assert_non_null(start);
    char *end = strstr(start, "\n## ");
    if (end != NULL) {
        *end = '\0';
    }
    return start;
}

static void what_was_measured_is_answered(void **state)
{
    (void)state;
    static const char *const answers[][2] = {
        {"## When does a memoryview pay", "python: pays from "},
        {"## Is it slower for small slices", "the view takes 1."},
        {"## Why is my copy slower", "times as long, with"},
        {"## Which cut-off", "python: copy below "}};
    zcb_recorded recorded;
    fabricate(usual_fabrication(), &recorded);
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        char *page = page_of(&recorded);
        char *part = section(page, answers[i][0]);
        assert_non_null(strstr(part, answers[i][1]));
        assert_null(strstr(part, "Not measured"));
        free(page);
    }
    zcb_recorded_clear(&recorded);
}

static void what_was_not_measured_is_said_with_the_command(void **state)
{
    (void)state;
    zcb_recorded recorded;
    fabricate(usual_fabrication(), &recorded);
    char *page = page_of(&recorded);
    assert_string_equal(section(page, "## Is `BufferedProtocol`"),
                        "## Is `BufferedProtocol` faster?\n\nNot measured in this run: "
                        "`zcbench run asyncio_protocol` measures it.\n");
    free(page);
    zcb_recorded_clear(&recorded);
}

static void an_alternative_too_new_is_told_with_what_brings_it(void **state)
{
    (void)state;
    zcb_recorded recorded;
    fabrication run = *usual_fabrication();
    fabricated_pair pair = run.pairs[0];
    pair.name = "file_chunks";
    pair.alternative_count = 1;
    run.pairs = &pair;
    run.pair_count = 1;
    fabricate(&run, &recorded);
    zcb_planned_pair *planned = &recorded.run.pairs[0];
    planned->alternatives[planned->alternative_count++] = strdup("view:os");
    for (size_t i = 0; i < recorded.cell_row_count; i++) {
        snprintf(recorded.cell_rows[i].reason, sizeof recorded.cell_rows[i].reason,
                 "view:os needs Python 3.14");
    }
    char *page = page_of(&recorded);
    assert_non_null(strstr(section(page, "## Is `readinto`"), "view:os: needs Python 3.14.\n"));
    free(page);
    zcb_recorded_clear(&recorded);
}

static void pinned_memory_is_told_from_the_memory_pass(void **state)
{
    (void)state;
    zcb_recorded recorded;
    fabricate(usual_fabrication(), &recorded);
    const char *python = recorded.run.variants[0].name;
    recorded.memory = calloc(1, sizeof *recorded.memory);
    recorded.memory_count = 1;
    recorded.memory[0] =
        (zcb_memory_row){{python, "bytes_slice", ZCB_LANE_PYTHON, 1024, "view"},
                         {.retained_bytes = 4096, .used_bytes = 1024}};
    char *page = page_of(&recorded);
    assert_non_null(
        strstr(section(page, "## How much memory"),
               "a view of 1 KiB keeps its whole source alive, here 4 KiB, 4.00 times what it "
               "shows"));
    free(page);
    zcb_recorded_clear(&recorded);
}

static void names_from_outside_are_shown_not_obeyed(void **state)
{
    (void)state;
    zcb_recorded recorded;
    fabricate(usual_fabrication(), &recorded);
    char *page = page_of(&recorded);
    assert_null(strstr(page, "<b>"));
    assert_null(strstr(page, "`y`"));
    assert_null(strstr(page, "<script>"));
    free(page);
    zcb_recorded_clear(&recorded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_measured_is_answered),
        cmocka_unit_test(what_was_not_measured_is_said_with_the_command),
        cmocka_unit_test(an_alternative_too_new_is_told_with_what_brings_it),
        cmocka_unit_test(pinned_memory_is_told_from_the_memory_pass),
        cmocka_unit_test(names_from_outside_are_shown_not_obeyed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
