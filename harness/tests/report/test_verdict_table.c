/* Protects: the answer on the terminal, at every width. */
#include "fabricate.h"

#include "report/text.h"
#include "report/verdict_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static zcb_recorded run;
static zcb_analysis found;

static int set_up(void **state)
{
    (void)state;
    fabricate(usual_fabrication(), &run);
    return zcb_analyse(&run, &found, NULL);
}

static int tear_down(void **state)
{
    (void)state;
    zcb_analysis_clear(&found);
    zcb_recorded_clear(&run);
    return 0;
}

/* The table at a width; the caller frees it. */
static char *painted(const zcb_analysis *analysis, unsigned width, int is_colored)
{
    char *buffer = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&buffer, &size);
    assert_int_equal(zcb_verdict_print(analysis, width, is_colored, stream, NULL), 0);
    fclose(stream);
    return buffer;
}

static char *printed(const zcb_analysis *analysis, unsigned width)
{
    return painted(analysis, width, 0);
}

static void no_line_is_too_wide(void **state)
{
    (void)state;
    for (unsigned width = 40; width <= 200; width++) {
        char *text = printed(&found, width);
        for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
            assert_true(zcb_text_width(line) <= width);
            assert_true(line[0] == '\0' || line[strlen(line) - 1] != ' ');
        }
        free(text);
    }
}

static void answers_stand_in_the_row_of_their_pair(void **state)
{
    (void)state;
    char *text = printed(&found, 300);
    static const struct {
        const char *label, *answer;
    } rows[] = {
        {"bytes_slice python", "pays from 2"},
        {"never_pays python", "never pays"},
        {"always_pays python", "pays at every size"},
        {"all_the_same python", "same"},
        {"refused_pair capi", "refused"},
        {"failed_pair python", "failed"},
        {"there_and_back python", ", not from "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char line[1024];
        const char *start = strstr(text, rows[i].label);
        assert_non_null(start);
        snprintf(line, sizeof line, "%.*s", (int)strcspn(start, "\n"), start);
        if (strstr(line, rows[i].answer) == NULL) {
            fail_msg("'%s' does not say '%s'", line, rows[i].answer);
        }
    }
    assert_non_null(strstr(text, "VERDICT (95 % intervals)"));
    /* the head says where the speed-ups hold; 60 + 104858 over 90 ns: 1166 times */
    assert_true(strstr(text, "at 1 MiB") < strchr(text, '\n'));
    assert_non_null(strstr(strchr(text, '\n'), "  11"));
    assert_null(strstr(strchr(text, '\n'), "at 1 MiB 1"));
    free(text);
}

static void names_are_shown_and_not_sent(void **state)
{
    (void)state;
    char *text = printed(&found, 200);
    assert_non_null(strstr(text, "a<b>&\"'$(x)\\`y`"));
    for (const char *c = text; *c != '\0'; c++) {
        assert_true((unsigned char)*c >= 0x20 || *c == '\n');
    }
    free(text);
}

/* Takes away the sequences that turn a colour on or off; any other stays. */
static void strip_colors(char *text)
{
    static const char *const colors[] = {"\033[0m",  "\033[1m",  "\033[2m",
                                         "\033[31m", "\033[32m", "\033[33m"};
    for (size_t i = 0; i < sizeof colors / sizeof colors[0]; i++) {
        size_t length = strlen(colors[i]);
        for (char *at = strstr(text, colors[i]); at != NULL; at = strstr(text, colors[i])) {
            memmove(at, at + length, strlen(at + length) + 1);
        }
    }
}

static void colors_move_nothing(void **state)
{
    (void)state;
    for (unsigned width = 60; width <= 180; width += 40) {
        char *plain = printed(&found, width), *colored = painted(&found, width, 1);
        assert_non_null(strstr(colored, "\033[32mpays from"));
        assert_non_null(strstr(colored, "\033[33mnever pays\033[0m"));
        assert_non_null(strstr(colored, "\033[31mrefused\033[0m"));
        strip_colors(colored);
        assert_string_equal(colored, plain);
        free(plain);
        free(colored);
    }
}

static void controls_and_cells_are_counted(void **state)
{
    (void)state;
    char *text = printed(&found, 200);
    assert_non_null(strstr(text, "controls: twin/copy 1.00"));
    assert_non_null(strstr(text, "of memcpy at 1 MiB · timed share 88 %"));
    assert_non_null(strstr(text, "34 of 306 cells are refused, 34 failed: see the report"));
    free(text);
}

/* Six variants do not fit beside each other: they go below, none is lost. */
static void many_variants_are_shown_in_turns(void **state)
{
    (void)state;
    static const char *const names[] = {"cp38", "cp39", "cp310", "cp311", "cp312", "cp313"};
    zcb_recorded recorded;
    zcb_analysis analysis;
    fabrication many = *usual_fabrication();
    many.variants = names;
    many.variant_count = 6;
    many.pair_count = 2;
    many.size_max = 1024;
    fabricate(&many, &recorded);
    assert_int_equal(zcb_analyse(&recorded, &analysis, NULL), 0);
    char *text = printed(&analysis, 80);
    for (size_t i = 0; i < 6; i++) {
        assert_non_null(strstr(text, names[i]));
    }
    free(text);
    zcb_analysis_clear(&analysis);
    zcb_recorded_clear(&recorded);
}

/* What one series of one variant says in a run that deviates from the usual one. */
static char *answer_of(const fabrication *fabrication)
{
    zcb_recorded recorded;
    zcb_analysis analysis;
    fabricate(fabrication, &recorded);
    assert_int_equal(zcb_analyse(&recorded, &analysis, NULL), 0);
    char *text = printed(&analysis, 120);
    zcb_analysis_clear(&analysis);
    zcb_recorded_clear(&recorded);
    return text;
}

/* From the smallest size on the view is 30 ns cheaper, which at 4 MiB is nothing. */
static void what_wins_at_some_sizes_is_not_said_of_all(void **state)
{
    (void)state;
    fabrication small = *usual_fabrication();
    fabricated_pair pair = usual_fabrication()->pairs[0];
    pair.alternative_count = 1;
    pair.views[0] = (cost)COST(30.0, 0.1);
    small.variant_count = 1;
    small.pairs = &pair;
    small.pair_count = 1;
    char *text = answer_of(&small);
    assert_non_null(strstr(text, "never loses, pays at "));
    assert_null(strstr(text, "pays at every size"));
    free(text);
}

static void what_is_not_known_is_said(void **state)
{
    (void)state;
    fabrication small = *usual_fabrication();
    small.variant_count = 1;
    small.pair_count = 1;
    small.launches = 1;
    char *text = answer_of(&small);
    assert_non_null(strstr(text, "no interval: too few launches"));
    free(text);
    /* Copy and view cost the same at 256 B: of that size alone nothing can be said, */
    fabricated_pair pair = usual_fabrication()->pairs[0];
    pair.copy = (cost)COST(90.0 - 25.6, 0.1);
    small.pairs = &pair;
    small.launches = 10;
    small.arm_sd = 0.1;
    small.seed = 3;
    small.size_min = 256;
    small.size_max = 256;
    text = answer_of(&small);
    assert_non_null(strstr(text, "no clear answer"));
    free(text);
    small.size_max = 4096; /* with the sizes above it a little */
    text = answer_of(&small);
    assert_non_null(strstr(text, "unclear below "));
    assert_non_null(strstr(text, ", pays above"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_line_is_too_wide),
        cmocka_unit_test(answers_stand_in_the_row_of_their_pair),
        cmocka_unit_test(names_are_shown_and_not_sent),
        cmocka_unit_test(colors_move_nothing),
        cmocka_unit_test(controls_and_cells_are_counted),
        cmocka_unit_test(many_variants_are_shown_in_turns),
        cmocka_unit_test(what_wins_at_some_sizes_is_not_said_of_all),
        cmocka_unit_test(what_is_not_known_is_said),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
