/* Protects: the arithmetic from nanoseconds to frames and packets, and that nothing is said of
 * what was not measured. */
#include "fabricate.h"

#include "report/scenarios.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A run without noise: copy 1 ms, view 1 µs at every size. */
static void fabricate_scenario(const char *name, zcb_status status, zcb_recorded *out)
{
    fabricated_pair pair = {.name = name,
                            .lane = ZCB_LANE_PYTHON,
                            .kind = ZCB_KIND_Z,
                            .copy = COST(1e6, 0),
                            .alternative_count = 1,
                            .alternatives = {"view"},
                            .views = {COST(1e3, 0)},
                            .status = status,
                            .reason = ""};
    fabrication run = small_fabrication();
    run.pairs = &pair;
    run.pair_count = 1;
    run.launch_sd = run.arm_sd = run.visit_sd = 0;
    fabricate(&run, out);
}

static void check(const char *name, zcb_status status, const char *expected)
{
    zcb_recorded recorded;
    zcb_analysis analysis;
    char text[ZCB_SCENARIO_TEXT_MAX];
    fabricate_scenario(name, status, &recorded);
    assert_int_equal(zcb_analyse(&recorded, &analysis, NULL), 0);
    assert_true(analysis.series_count > 0);
    zcb_scenario_text(&analysis, &analysis.series[0], text, sizeof text);
    assert_string_equal(text, expected);
    zcb_analysis_clear(&analysis);
    zcb_recorded_clear(&recorded);
}

static void frames_take_a_share_of_a_core(void **state)
{
    (void)state;
    check("video_roi", ZCB_STATUS_OK,
          "handing on 60 regions of 1 KiB a second takes 6.00 % (6.00–6.00) of a core by "
          "copying, 0.00600 % (0.00600–0.00600) by view");
}

static void packets_are_counted_by_the_second(void **state)
{
    (void)state;
    check("packet_parse", ZCB_STATUS_OK,
          "packets of 1 KiB: a core does 1000 (1000–1000) a second by copying, 1.00 million "
          "(1.00–1.00) by view");
}

static void nothing_is_said_of_other_pairs_or_without_times(void **state)
{
    (void)state;
    check("bytes_slice", ZCB_STATUS_OK, "");
    check("video_roi", ZCB_STATUS_REFUSED, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_take_a_share_of_a_core),
        cmocka_unit_test(packets_are_counted_by_the_second),
        cmocka_unit_test(nothing_is_said_of_other_pairs_or_without_times),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
