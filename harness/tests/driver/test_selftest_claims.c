/* Guards what a self-test says: a claim is broken only where the interval excludes it, and the
 * answer fits a terminal. */
#include "driver/selftest_output.h"

#include "report/text.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const zcb_interval nothing = {NAN, NAN, NAN};

static zcb_share share(double estimate, double lo, double hi, uint64_t trials)
{
    return (zcb_share){{estimate, lo, hi}, 0, trials};
}

/* Findings in which every claim holds. */
static zcb_findings good(void)
{
    zcb_findings f = {.launches = 600,
                      .sets = 100,
                      .order = {1, 0.999, 1.001},
                      .linearity = {1.001, 0.995, 1.004},
                      .mirror = {0.995, 0.994, 0.996}};
    f.alarms = share(0.03, 0.02, 0.045, 1000);
    f.ratios_covered = f.nets_covered = f.halves_covered = share(0.95, 0.92, 0.97, 400);
    for (size_t work = 0; work < ZCB_SELFTEST_WORKS; work++) {
        f.injected[work] = (zcb_interval){0.0498, 0.0497, 0.0499};
        for (size_t i = 0; i < ZCB_SELFTEST_SHARES; i++) {
            f.detected[work][i] = share(1, 0.93, 1, 100);
        }
    }
    return f;
}

static const zcb_costs costs = {
    {28, 27.5, 28.5}, {0.7, 0.65, 0.75}, {5, 4.9, 5.1}, {0.83, 0.82, 0.84}};

static size_t broken(const zcb_findings *findings)
{
    zcb_selftest_figures figures;
    zcb_selftest_figures_make(findings, &costs, &figures);
    return zcb_selftest_figures_count(&figures, ZCB_CLAIM_BROKEN);
}

static void only_an_interval_beyond_the_limit_breaks_a_claim(void **state)
{
    (void)state;
    const zcb_interval below = {0.02, 0.01, 0.04}, across = {0.2, 0.049, 0.5},
                       above = {0.2, 0.051, 0.5};
    assert_int_equal(zcb_claim_at_most(below, 0.05), ZCB_CLAIM_HOLDS);
    assert_int_equal(zcb_claim_at_most(across, 0.05), ZCB_CLAIM_OPEN);
    assert_int_equal(zcb_claim_at_most(above, 0.05), ZCB_CLAIM_BROKEN);
    assert_int_equal(zcb_claim_at_most(nothing, 0.05), ZCB_CLAIM_OPEN);
    assert_int_equal(zcb_claim_at_least(above, 0.05), ZCB_CLAIM_HOLDS);
    assert_int_equal(zcb_claim_at_least(across, 0.05), ZCB_CLAIM_OPEN);
    assert_int_equal(zcb_claim_at_least(below, 0.05), ZCB_CLAIM_BROKEN);
    assert_int_equal(zcb_claim_at_least(nothing, 0.05), ZCB_CLAIM_OPEN);
    assert_int_equal(zcb_claim_within(across, 0.04, 0.6), ZCB_CLAIM_HOLDS);
    assert_int_equal(zcb_claim_within(across, 0.1, 0.6), ZCB_CLAIM_OPEN);
    assert_int_equal(zcb_claim_within(across, 0.6, 0.7), ZCB_CLAIM_BROKEN);
    assert_int_equal(zcb_claim_within(above, 0.01, 0.05), ZCB_CLAIM_BROKEN);
    assert_int_equal(zcb_claim_within((zcb_interval){NAN, 1.03, NAN}, 0.98, 1.02),
                     ZCB_CLAIM_BROKEN);
    assert_int_equal(zcb_claim_within(nothing, 0.98, 1.02), ZCB_CLAIM_OPEN);
}

static void the_promises_are_these(void **state)
{
    (void)state;
    zcb_findings f = good();
    assert_int_equal(broken(&f), 0);
    f.alarms.interval = (zcb_interval){0.08, 0.0499, 0.12};
    assert_int_equal(broken(&f), 0);
    f.alarms.interval.lo = 0.0501;
    assert_int_equal(broken(&f), 1);
    f = good();
    f.linearity = (zcb_interval){1.03, 1.0199, 1.04};
    assert_int_equal(broken(&f), 0);
    f.linearity.lo = 1.0201;
    assert_int_equal(broken(&f), 1);
    f.linearity = (zcb_interval){0.97, 0.96, 0.9799};
    assert_int_equal(broken(&f), 1);
}

static void detection_is_promised_for_2_percent_of_each_work(void **state)
{
    (void)state;
    zcb_findings f = good();
    for (size_t work = 0; work < ZCB_SELFTEST_WORKS; work++) {
        f.detected[work][0] = f.detected[work][1] = f.detected[work][3] = share(0, 0, 0.1, 99);
    }
    assert_int_equal(broken(&f), 0);
    f.detected[0][2] = share(0.8, 0.7, 0.9001, 99);
    assert_int_equal(broken(&f), 0);
    f.detected[0][2].interval.hi = 0.8999;
    assert_int_equal(broken(&f), 1);
    f.detected[1][2] = f.detected[2][2] = share(0.5, 0.4, 0.6, 99);
    assert_int_equal(broken(&f), 3);
}

static void what_is_only_shown_breaks_nothing(void **state)
{
    (void)state;
    zcb_findings f = good();
    const zcb_costs dear = {{900, 800, 1000}, {9, 8, 10}, {90, 80, 100}, {3, 2, 4}};
    zcb_selftest_figures figures;
    f.mirror = (zcb_interval){1.2, 1.1, 1.3};
    f.order = (zcb_interval){1.2, 1.1, 1.3};
    f.ratios_covered = f.nets_covered = f.halves_covered = share(0.5, 0.4, 0.6, 400);
    f.injected[0] = (zcb_interval){0.1, 0.09, 0.11};
    zcb_selftest_figures_make(&f, &dear, &figures);
    assert_int_equal(zcb_selftest_figures_count(&figures, ZCB_CLAIM_BROKEN), 0);
    assert_int_equal(zcb_selftest_figures_count(&figures, ZCB_CLAIM_HOLDS), 5);
}

static void figures_read_well(void **state)
{
    (void)state;
    char text[128];
    zcb_selftest_figure f = {
        .unit = ZCB_SELFTEST_UNIT_SHARE, .value = {0.031, 0.015, 0.056}, .trials = 318};
    assert_string_equal(zcb_selftest_figure_text(&f, text, sizeof text), "3.1 % (1.5–5.6)");
    f.trials = 0;
    assert_string_equal(zcb_selftest_figure_text(&f, text, sizeof text), "3.10 % (1.50–5.60)");
    f = (zcb_selftest_figure){.unit = ZCB_SELFTEST_UNIT_FACTOR,
                              .value = {1.0003, 0.9998, 1.00081}};
    assert_string_equal(zcb_selftest_figure_text(&f, text, sizeof text),
                        "1.0003 (0.9998–1.0008)");
    f.value = (zcb_interval){NAN, 0.9, NAN};
    assert_string_equal(zcb_selftest_figure_text(&f, text, sizeof text), "≥ 0.9000");
    f.value = (zcb_interval){0.9, NAN, NAN};
    assert_string_equal(zcb_selftest_figure_text(&f, text, sizeof text), "0.9000");
    f = (zcb_selftest_figure){.unit = ZCB_SELFTEST_UNIT_NS, .value = {22.31, 22.1, 22.6}};
    assert_string_equal(zcb_selftest_figure_text(&f, text, sizeof text), "22.3 ns (22.1–22.6)");
    f.value = nothing;
    assert_string_equal(zcb_selftest_figure_text(&f, text, sizeof text), "–");
}

static char name[] = "cp311", version[] = "3.11.7";
static zcb_variant variant = {.name = name, .version = version};

static const zcb_run run = {.seed = UINT64_MAX,
                            .plan = {.blocks = 10, .visit_ns = 500000, .budget_s = 120},
                            .variants = &variant,
                            .variant_count = 1};

/* The table as text; owned by the caller. */
static char *printed(const zcb_findings *findings)
{
    char *text = NULL;
    size_t size = 0;
    zcb_selftest_figures figures;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    zcb_selftest_figures_make(findings, &costs, &figures);
    zcb_selftest_print(&run, findings, &figures, stream);
    assert_int_equal(fclose(stream), 0);
    return text;
}

static void the_table_fits_80_columns(void **state)
{
    (void)state;
    zcb_findings f = good();
    f.alarms = share(1, 0.999, 1, 999999);
    f.detected[0][2] = f.detected[1][2] = f.detected[2][2] = share(0.123, 0.111, 0.222, 999999);
    f.linearity = (zcb_interval){1.0333, 1.0222, 1.0444};
    char *text = printed(&f), *rest = text;
    size_t lines = 0;
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n"), lines++) {
        size_t length = strlen(line);
        if (zcb_text_width(line) > 80 || (length > 0 && line[length - 1] == ' ')) {
            fail_msg("%zu columns: '%s'", zcb_text_width(line), line);
        }
    }
    assert_true(lines > 30);
    free(text);
}

static void the_outcome_is_a_sentence(void **state)
{
    (void)state;
    zcb_findings f = good();
    char *text = printed(&f);
    assert_non_null(strstr(text, "Every claim holds"));
    free(text);
    f.alarms = share(0.05, 0.03, 0.08, 300);
    text = printed(&f);
    assert_non_null(strstr(text, "Nothing speaks against a claim"));
    assert_null(strstr(text, "does not hold"));
    free(text);
    f.alarms = share(0.09, 0.06, 0.13, 300);
    text = printed(&f);
    assert_non_null(strstr(text, "alarms on identical code: 9.0 % (6.0–13.0), promised ≤ 5 %"));
    assert_non_null(strstr(text, "does not hold"));
    assert_null(strstr(text, "Nothing speaks against"));
    free(text);
}

static const json_t *figure_called(const json_t *root, const char *id)
{
    size_t index;
    json_t *figure;
    json_array_foreach(json_object_get(root, "figures"), index, figure)
    {
        if (strcmp(json_string_value(json_object_get(figure, "id")), id) == 0) {
            return figure;
        }
    }
    fail_msg("no figure %s", id);
    return NULL;
}

static void json_holds_every_figure(void **state)
{
    (void)state;
    zcb_findings f = good();
    zcb_selftest_figures figures;
    f.detected[2][0] = (zcb_share){nothing, 0, 0};
    zcb_selftest_figures_make(&f, &costs, &figures);
    json_t *root = zcb_selftest_json(&run, &f, &figures, NULL);
    assert_non_null(root);
    assert_int_equal(json_integer_value(json_object_get(root, "schema")), 1);
    assert_string_equal(json_string_value(json_object_get(root, "seed")),
                        "18446744073709551615");
    assert_int_equal(json_integer_value(json_object_get(root, "sets")), 100);
    assert_true(json_is_null(json_object_get(root, "folder")));
    assert_int_equal(json_array_size(json_object_get(root, "figures")), figures.count);
    const json_t *alarms = figure_called(root, "alarms");
    assert_string_equal(json_string_value(json_object_get(alarms, "verdict")), "holds");
    assert_int_equal(json_integer_value(json_object_get(alarms, "trials")), 1000);
    const json_t *missing = figure_called(root, "detects_0p5_ms");
    assert_true(json_is_null(json_object_get(missing, "value")));
    assert_true(json_is_null(json_object_get(missing, "verdict")));
    json_decref(root);
}

static void loop_costs_are_read_from_the_workers_table(void **state)
{
    (void)state;
    const char *table = "loop,median_ns,lowest_ns,highest_ns\ncapi,0.732,0.595,1.331\n"
                        "python,5.497,4.910,26.457\n";
    assert_true(zcb_loop_cost_find(table, "capi") == 0.732);
    assert_true(zcb_loop_cost_find(table, "python") == 5.497);
    assert_true(isnan(zcb_loop_cost_find(table, "timeit")));
    assert_true(isnan(zcb_loop_cost_find(table, "cap")));
    assert_true(isnan(zcb_loop_cost_find("capi,,1,2\n", "capi")));
    assert_true(isnan(zcb_loop_cost_find("", "capi")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_an_interval_beyond_the_limit_breaks_a_claim),
        cmocka_unit_test(the_promises_are_these),
        cmocka_unit_test(detection_is_promised_for_2_percent_of_each_work),
        cmocka_unit_test(what_is_only_shown_breaks_nothing),
        cmocka_unit_test(figures_read_well),
        cmocka_unit_test(the_table_fits_80_columns),
        cmocka_unit_test(the_outcome_is_a_sentence),
        cmocka_unit_test(json_holds_every_figure),
        cmocka_unit_test(loop_costs_are_read_from_the_workers_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
