/* Protects: the exponents of a run, and the sentence where one is not what the pair promises.
 * Everything is held against the cost model the samples were made from. */
#include "fabricate.h"
#include "scratch.h"

#include "report/analysis.h"
#include "report/derive.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const fabricated_pair PAIRS[] = {
    {.name = "honest",
     .kind = ZCB_KIND_Z,
     .copy = COST(60, 0.1),
     .alternative_count = 1,
     .alternatives = {"view"},
     .views = {COST(90, 0)}},
    {.name = "copies",
     .kind = ZCB_KIND_Z,
     .copy = COST(60, 0.1),
     .alternative_count = 2,
     .alternatives = {"view", "view:too"},
     .views = {COST(90, 0), COST(90, 0.05)}},
    {.name = "halves",
     .kind = ZCB_KIND_R,
     .copy = COST(60, 0.1),
     .alternative_count = 1,
     .alternatives = {"view"},
     .views = {COST(60, 0.05)}},
    {.name = "quadratic",
     .kind = ZCB_KIND_Q,
     .copy = {.fixed_ns = 60, .ns_per_byte = 0.1, .ns_per_byte2 = 0.0005},
     .alternative_count = 1,
     .alternatives = {"view"},
     .views = {COST(30, 0.1)}},
    {.name = "not_quadratic",
     .kind = ZCB_KIND_Q,
     .copy = COST(10, 0.1),
     .alternative_count = 1,
     .alternatives = {"view"},
     .views = {COST(10, 0.1)}},
    {.name = "linear_no_more",
     .kind = ZCB_KIND_R,
     .copy = COST(60, 0.1),
     .alternative_count = 1,
     .alternatives = {"view"},
     .views = {{.fixed_ns = 60, .ns_per_byte = 0.1, .ns_per_byte2 = 0.0005}}},
    {.name = "read",
     .kind = ZCB_KIND_Z,
     .copy = COST(60, 0.1),
     .alternative_count = 1,
     .alternatives = {"view"},
     .views = {COST(90, 0.05)},
     .consumer = ZCB_CONSUMER_READ},
};

static zcb_recorded run;
static zcb_analysis found;

static fabrication small(void)
{
    static const char *const variants[] = {"cp311"};
    fabrication small = *usual_fabrication();
    small.variants = variants;
    small.variant_count = 1;
    small.pairs = PAIRS;
    small.pair_count = sizeof PAIRS / sizeof PAIRS[0];
    return small;
}

static int set_up(void **state)
{
    (void)state;
    fabrication made = small();
    fabricate(&made, &run);
    return zcb_analyse(&run, &found, NULL);
}

static int tear_down(void **state)
{
    (void)state;
    zcb_analysis_clear(&found);
    zcb_recorded_clear(&run);
    return 0;
}

/* The arm's regime that reaches to the largest size. */
static const zcb_scaling_row *last_regime(const zcb_analysis *analysis, const char *pair,
                                          const char *arm)
{
    const zcb_scaling_row *last = NULL;
    for (size_t i = 0; i < analysis->scaling_count; i++) {
        const zcb_scaling_row *row = &analysis->scaling[i];
        const zcb_cell *cell = zcb_cells_at(analysis->recorded->cells, row->cell);
        if (strcmp(cell->pair, pair) == 0 && strcmp(row->arm, arm) == 0) {
            last = row;
        }
    }
    assert_non_null(last);
    assert_int_equal(last->regime_hi_bytes, 4194304);
    return last;
}

static void exponents_are_those_of_the_costs(void **state)
{
    (void)state;
    static const struct {
        const char *pair, *arm;
        double exponent, expected;
        int is_finding;
    } cases[] = {
        {"honest", "copy", 1, 1, 0},         {"honest", "view", 0, 0, 0},
        {"honest", "limit", 1, 1, 0},        {"copies", "view", 0, 0, 0},
        {"copies", "view:too", 0.7, 0, 1},   {"halves", "copy", 1, 1, 0},
        {"halves", "view", 1, 1, 0},         {"quadratic", "copy", 2, 2, 0},
        {"quadratic", "view", 1, 1, 0},      {"not_quadratic", "view", 1, 1, 0},
        {"linear_no_more", "copy", 1, 1, 0}, {"linear_no_more", "view", 2, 1, 1},
        {"read", "copy", 1, 1, 0},           {"read", "view", 1, 1, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const zcb_scaling_row *row = last_regime(&found, cases[i].pair, cases[i].arm);
        assert_true(fabs(row->exponent - cases[i].exponent) < 0.1);
        assert_true(row->ci_lo < row->exponent && row->exponent < row->ci_hi);
        assert_true(row->ci_hi - row->ci_lo < 0.05);
        assert_true(row->expected == cases[i].expected);
        assert_int_equal(row->is_finding, cases[i].is_finding);
    }
}

/* Where a constant still matters no exponent is expected, and nothing is found. */
static void small_sizes_promise_nothing_of_a_copy(void **state)
{
    (void)state;
    size_t seen = 0;
    for (size_t i = 0; i < found.scaling_count; i++) {
        const zcb_scaling_row *row = &found.scaling[i];
        if (row->regime_lo_bytes == 64 && strcmp(row->arm, "copy") == 0) {
            assert_true(isnan(row->expected));
            assert_int_equal(row->is_finding, 0);
            seen += row->regime_hi_bytes < 16384 ? 1 : 0;
        }
    }
    /* A copy that never becomes quadratic is never told that it should have. */
    assert_int_equal(seen, sizeof PAIRS / sizeof PAIRS[0] - 1);
    assert_int_equal(last_regime(&found, "not_quadratic", "copy")->regime_lo_bytes, 64);
}

/* Rows come in the order of the tables: copy, alternatives, limit. */
static void arms_come_in_order(void **state)
{
    (void)state;
    static const char *const order[] = {"copy", "view", "view:too", "limit"};
    size_t place = 0;
    for (size_t i = 0; i < found.scaling_count; i++) {
        const zcb_scaling_row *row = &found.scaling[i];
        if (strcmp(zcb_cells_at(run.cells, row->cell)->pair, "copies") == 0) {
            place += strcmp(row->arm, order[place]) != 0 ? 1 : 0;
            assert_true(place < 4);
            assert_string_equal(row->arm, order[place]);
        }
    }
    assert_int_equal(place, 3);
}

/* Memory that grows dearer with size is no finding against the pair: memcpy does the same. */
static void memory_is_not_held_against_a_pair(void **state)
{
    (void)state;
    zcb_recorded recorded;
    zcb_analysis analysis;
    fabrication made = small();
    made.pair_count = 1;
    fabricate(&made, &recorded);
    for (int is_limit_too = 0; is_limit_too < 2; is_limit_too++) {
        const char *arm = is_limit_too ? ZCB_ARM_LIMIT : ZCB_ARM_COPY;
        for (size_t i = 0; i < recorded.samples.count; i++) {
            zcb_sample *sample = &recorded.samples.rows[i];
            double size = (double)zcb_cells_at(recorded.cells, sample->cell)->size_bytes;
            if (strcmp(sample->arm, arm) == 0) {
                sample->elapsed_ns = (uint64_t)((double)sample->elapsed_ns * sqrt(size));
            }
        }
        assert_int_equal(zcb_analyse(&recorded, &analysis, NULL), 0);
        const zcb_scaling_row *row = last_regime(&analysis, "honest", "copy");
        assert_true(fabs(row->exponent - 1.5) < 0.1);
        assert_int_equal(row->is_finding, !is_limit_too);
        zcb_analysis_clear(&analysis);
    }
    zcb_recorded_clear(&recorded);
}

/* A size measured afterwards in one launch only takes no launches from the others. */
static void a_thin_size_is_left_out(void **state)
{
    (void)state;
    zcb_recorded recorded;
    zcb_analysis analysis;
    fabrication made = small();
    made.pair_count = 1;
    fabricate(&made, &recorded);
    size_t kept = 0;
    for (size_t i = 0; i < recorded.samples.count; i++) {
        zcb_sample sample = recorded.samples.rows[i];
        int is_thin = zcb_cells_at(recorded.cells, sample.cell)->size_bytes == 262144;
        if (!is_thin || sample.launch == 3) {
            recorded.samples.rows[kept++] = sample;
        }
    }
    recorded.samples.count = kept;
    assert_int_equal(zcb_analyse(&recorded, &analysis, NULL), 0);
    const zcb_scaling_row *row = last_regime(&analysis, "honest", "view");
    assert_int_equal(row->regime_lo_bytes, 64);
    assert_true(row->ci_hi - row->ci_lo < 0.05);
    zcb_analysis_clear(&analysis);
    zcb_recorded_clear(&recorded);
}

static void findings_are_told_in_a_sentence(void **state)
{
    (void)state;
    char dir[SCRATCH_PATH_MAX];
    size_t size;
    scratch_make(dir);
    assert_int_equal(zcb_report_write(&run, dir, NULL, NULL), 0);
    char *text = scratch_read(dir, "summary.md", &size);
    assert_non_null(text);
    const char *findings = strstr(text, "## Findings");
    assert_non_null(findings);
    assert_non_null(strstr(findings, "- cp311, copies python, view:too: time grows as n^0."));
    assert_non_null(strstr(findings, "to 4 MiB, where a pair of kind Z promises n^0; "
                                     "page faults per operation grow from 0 to 1.\n"));
    assert_non_null(strstr(findings, "- cp311, linear_no_more python, view: time grows as "));
    assert_null(strstr(findings, "honest"));
    free(text);
    scratch_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exponents_are_those_of_the_costs),
        cmocka_unit_test(small_sizes_promise_nothing_of_a_copy),
        cmocka_unit_test(arms_come_in_order),
        cmocka_unit_test(memory_is_not_held_against_a_pair),
        cmocka_unit_test(a_thin_size_is_left_out),
        cmocka_unit_test(findings_are_told_in_a_sentence),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
