/* Protects: the number of reads after which a copy has paid for itself, held against known costs, and
 * that nothing is said where reading was not measured. */
#include "fabricate.h"

#include "report/reuse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A pair dropped and read: handing over takes copy_ns and view_ns, a read of either so much more. */
static void fabricate_read(double copy_ns, double view_ns, double copy_read_ns,
                           double view_read_ns, size_t pairs, double noise, zcb_recorded *out)
{
    fabricated_pair both[2] = {{.name = "strided",
                                .lane = ZCB_LANE_PYTHON,
                                .kind = ZCB_KIND_Z,
                                .copy = COST(copy_ns, 0),
                                .alternative_count = 1,
                                .alternatives = {"view"},
                                .views = {COST(view_ns, 0)},
                                .status = ZCB_STATUS_OK,
                                .reason = ""}};
    both[1] = both[0];
    both[1].consumer = ZCB_CONSUMER_READ;
    both[1].copy = (cost)COST(copy_ns + copy_read_ns, 0);
    both[1].views[0] = (cost)COST(view_ns + view_read_ns, 0);
    fabrication run = small_fabrication();
    run.pairs = both;
    run.pair_count = pairs;
    run.launch_sd = run.arm_sd = run.visit_sd = noise;
    fabricate(&run, out);
}

/* What is said of the first series of such a run into text[ZCB_REUSE_TEXT_MAX]. */
static void tell(double copy_ns, double view_ns, double copy_read_ns, double view_read_ns,
                 size_t pairs, double noise, char *text)
{
    zcb_recorded recorded;
    zcb_analysis analysis;
    fabricate_read(copy_ns, view_ns, copy_read_ns, view_read_ns, pairs, noise, &recorded);
    assert_int_equal(zcb_analyse(&recorded, &analysis, NULL), 0);
    assert_true(analysis.series_count > 0);
    zcb_reuse_text(&analysis, &analysis.series[0], text, ZCB_REUSE_TEXT_MAX);
    zcb_analysis_clear(&analysis);
    zcb_recorded_clear(&recorded);
}

static void a_dear_view_is_overtaken_after_so_many_reads(void **state)
{
    char text[ZCB_REUSE_TEXT_MAX];
    (void)state;
    /* 900 ns are saved at first, 300 are lost with each read */
    tell(1000, 100, 200, 500, 2, 0, text);
    assert_string_equal(text,
                        "at 1 KiB the copy is the cheaper one from 3.0 reads on (3.0–3.0)");
    tell(1000, 100, 200, 500, 2, 0.02, text);
    assert_non_null(strstr(text, "is the cheaper one from"));
}

static void other_answers_are_told_apart(void **state)
{
    char text[ZCB_REUSE_TEXT_MAX];
    (void)state;
    tell(1000, 100, 500, 400, 2, 0, text);
    assert_non_null(strstr(text, "no number of reads makes the copy the cheaper one"));
    tell(100, 1000, 200, 500, 2, 0, text);
    assert_non_null(strstr(text, "the copy is the cheaper one without being read"));
    tell(1000, 100, 500, 500, 2, 0.02,
         text); /* no true difference: the noise decides nothing */
    assert_true(strstr(text, "not the cheaper one before") != NULL ||
                strstr(text, "the data do not say") != NULL);
}

static void nothing_is_said_without_a_reader(void **state)
{
    char text[ZCB_REUSE_TEXT_MAX];
    (void)state;
    tell(1000, 100, 200, 500, 1, 0, text);
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dear_view_is_overtaken_after_so_many_reads),
        cmocka_unit_test(other_answers_are_told_apart),
        cmocka_unit_test(nothing_is_said_without_a_reader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
