/* Guards the break-even: where it is, how sure, and the words for series without a crossing. */
#include "check.h"

#include "stats/breakeven.h"

#include <string.h>

static const double margin = 0.02;

/* A series in words: '-' loss, '+' win, '=' tie, '?' open, ' ' not measured; sizes 64, 128, …
 */
static zcb_breakeven found(const char *stands)
{
    zcb_size_point points[40];
    size_t count = strlen(stands);
    for (size_t i = 0; i < count; i++) {
        zcb_interval log = {0.0, -0.5, 0.5};
        if (stands[i] == '-' || stands[i] == '+') {
            double sign = stands[i] == '+' ? 1.0 : -1.0;
            log = (zcb_interval){sign, sign - 0.2, sign + 0.2};
        } else if (stands[i] == '=') {
            log = (zcb_interval){0.0, -0.01, 0.01};
        } else if (stands[i] == ' ') {
            log = (zcb_interval){9.0, NAN, NAN};
        }
        points[i] = (zcb_size_point){ldexp(64.0, (int)i), log};
    }
    zcb_breakeven out;
    zcb_breakeven_find(points, count, margin, &out);
    return out;
}

static void every_series_has_its_status(void **state)
{
    (void)state;
    const struct {
        const char *stands;
        zcb_breakeven_status status;
        size_t crossings;
    } rows[] = {
        {"--++", ZCB_BREAKEVEN_CROSSED, 1},      {"-??+", ZCB_BREAKEVEN_CROSSED, 1},
        {"?-=+?", ZCB_BREAKEVEN_CROSSED, 1},     {"+-", ZCB_BREAKEVEN_CROSSED, 1},
        {"- +", ZCB_BREAKEVEN_CROSSED, 1},       {"-+-+", ZCB_BREAKEVEN_MULTIPLE, 3},
        {"-?+?-", ZCB_BREAKEVEN_MULTIPLE, 2},    {"++", ZCB_BREAKEVEN_ALWAYS, 0},
        {"+?=+", ZCB_BREAKEVEN_ALWAYS, 0},       {" +", ZCB_BREAKEVEN_ALWAYS, 0},
        {"--", ZCB_BREAKEVEN_NEVER, 0},          {"-?-", ZCB_BREAKEVEN_NEVER, 0},
        {"=-", ZCB_BREAKEVEN_NEVER, 0},          {"====", ZCB_BREAKEVEN_NONE_IN_RANGE, 0},
        {"=++", ZCB_BREAKEVEN_NONE_IN_RANGE, 0}, {"--=", ZCB_BREAKEVEN_NONE_IN_RANGE, 0},
        {"?++", ZCB_BREAKEVEN_INCONCLUSIVE, 0},  {"--?", ZCB_BREAKEVEN_INCONCLUSIVE, 0},
        {"?-", ZCB_BREAKEVEN_INCONCLUSIVE, 0},   {"=?=", ZCB_BREAKEVEN_INCONCLUSIVE, 0},
        {"????", ZCB_BREAKEVEN_INCONCLUSIVE, 0}, {"", ZCB_BREAKEVEN_INCONCLUSIVE, 0},
        {"   ", ZCB_BREAKEVEN_INCONCLUSIVE, 0},  {"+", ZCB_BREAKEVEN_ALWAYS, 0},
        {"-", ZCB_BREAKEVEN_NEVER, 0},           {"=", ZCB_BREAKEVEN_NONE_IN_RANGE, 0},
        {"--++ ", ZCB_BREAKEVEN_CROSSED, 1},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        zcb_breakeven out = found(rows[i].stands);
        if (out.status != rows[i].status || out.count != rows[i].crossings) {
            fail_msg("'%s' is %s with %zu crossings", rows[i].stands,
                     zcb_breakeven_status_name(out.status), out.count);
        }
    }
}

static void statuses_have_the_names_of_the_file(void **state)
{
    (void)state;
    const char *const names[] = {"crossed", "multiple",      "always",
                                 "never",   "none_in_range", "inconclusive"};
    for (int i = 0; i < 6; i++) {
        assert_string_equal(zcb_breakeven_status_name((zcb_breakeven_status)i), names[i]);
    }
}

/* From -0.3 ± 0.1 at 1 KiB to 0.5 ± 0.1 at 2 KiB: all three lines meet 0 at known shares of
 * ln 2. */
static void a_crossing_is_interpolated_in_ln_n(void **state)
{
    (void)state;
    const zcb_size_point points[] = {{512, {-0.9, -1.0, -0.8}},
                                     {1024, {-0.3, -0.4, -0.2}},
                                     {2048, {0.5, 0.4, 0.6}},
                                     {4096, {1.2, 1.1, 1.3}}};
    zcb_breakeven out;
    zcb_breakeven_find(points, COUNT_OF(points), margin, &out);
    assert_int_equal(out.status, ZCB_BREAKEVEN_CROSSED);
    zcb_crossing crossing = out.crossings[0];
    check_interval(crossing.bytes, 1024 * pow(2.0, 0.375), 1024 * pow(2.0, 0.25),
                   1024 * pow(2.0, 0.5), 1e-12, 0);
    check_near(crossing.slope, 0.8 / log(2.0), 1e-12, 1);
    assert_int_equal(crossing.view_starts, 1);
    assert_int_equal(crossing.is_asked, 1);
    assert_int_equal(crossing.is_precise, 1);
    check_near(crossing.below_bytes, 1024, 0.0, 2);
    check_near(crossing.above_bytes, 2048, 0.0, 3);
}

/* One straight line over four sizes, open at the second: the band reaches 0 a size before the
 * estimate does. */
static void a_band_opens_where_its_edge_reaches_nothing(void **state)
{
    (void)state;
    const zcb_size_point points[] = {{64, {-1.1, -1.3, -0.9}},
                                     {128, {-0.3, -0.7, 0.1}},
                                     {256, {0.5, 0.3, 0.7}},
                                     {512, {1.3, 1.1, 1.5}}};
    zcb_breakeven out;
    zcb_breakeven_find(points, COUNT_OF(points), margin, &out);
    assert_int_equal(out.status, ZCB_BREAKEVEN_CROSSED);
    check_interval(out.crossings[0].bytes, 128 * pow(2.0, 0.375), 64 * pow(2.0, 0.9),
                   128 * pow(2.0, 0.7), 1e-12, 0);
}

static void a_crossing_downwards_mirrors_one_upwards(void **state)
{
    (void)state;
    const zcb_size_point points[] = {{512, {0.9, 0.8, 1.0}},
                                     {1024, {0.3, 0.2, 0.4}},
                                     {2048, {-0.5, -0.6, -0.4}},
                                     {4096, {-1.2, -1.3, -1.1}}};
    zcb_breakeven out;
    zcb_breakeven_find(points, COUNT_OF(points), margin, &out);
    assert_int_equal(out.count, 1);
    check_interval(out.crossings[0].bytes, 1024 * pow(2.0, 0.375), 1024 * pow(2.0, 0.25),
                   1024 * pow(2.0, 0.5), 1e-12, 0);
    assert_int_equal(out.crossings[0].view_starts, 0);
    assert_true(out.crossings[0].slope > 0.0);
}

/* ln(copy / view) of a copy that jumps at 1000 bytes and is flat on both sides, measured well:
 * the line between 832 and 1024 is sure of a place it cannot know. */
static void a_step_is_as_wide_as_its_sizes_are_apart(void **state)
{
    (void)state;
    const zcb_size_point points[] = {{704, {-0.07, -0.08, -0.06}},
                                     {768, {0, NAN, NAN}},
                                     {832, {-0.05, -0.06, -0.04}},
                                     {1024, {0.231, 0.22, 0.24}},
                                     {2048, {0.23, 0.22, 0.24}}};
    zcb_breakeven out;
    zcb_breakeven_find(points, COUNT_OF(points), margin, &out);
    assert_int_equal(out.count, 1);
    check_near(out.crossings[0].bytes.lo, 832, 1e-12, 0);
    check_near(out.crossings[0].bytes.hi, 1024, 1e-12, 1);
    assert_int_equal(out.crossings[0].is_precise, 0);
}

/* copy = a + b n crosses 1 at 800 bytes; octaves apart, without noise, the line misses it and
 * says so. */
static void what_bends_crosses_within_the_interval(void **state)
{
    (void)state;
    zcb_size_point points[6];
    for (int i = 0; i < 6; i++) {
        double size = 128 * pow(2.0, i), log_ratio = log((50 + size / 16) / 100);
        points[i] = (zcb_size_point){size, {log_ratio, log_ratio - 1e-9, log_ratio + 1e-9}};
    }
    zcb_breakeven out;
    zcb_breakeven_find(points, COUNT_OF(points), margin, &out);
    zcb_interval bytes = out.crossings[0].bytes;
    assert_true(bytes.estimate < 790 && bytes.lo > 770);
    assert_true(bytes.hi > 800 && bytes.hi < 850);
}

/* Open sizes between loss and win, whose estimates wander through 0 three times: the middle
 * place is taken, and the interval spans all of them. */
static void the_band_of_open_sizes_is_in_the_interval(void **state)
{
    (void)state;
    const zcb_size_point points[] = {{1000, {-0.2, -0.3, -0.1}},
                                     {2000, {0.1, -0.1, 0.3}},
                                     {3000, {5.0, NAN, NAN}},
                                     {4000, {-0.1, -0.3, 0.1}},
                                     {8000, {0.2, 0.1, 0.3}}};
    zcb_breakeven out;
    zcb_breakeven_find(points, COUNT_OF(points), margin, &out);
    assert_int_equal(out.count, 1);
    zcb_crossing crossing = out.crossings[0];
    check_interval(crossing.bytes, 2000 * sqrt(2.0), 1000 * pow(2.0, 0.25),
                   4000 * pow(2.0, 0.75), 1e-12, 0);
    check_near(crossing.near_below_bytes, 2000, 0.0, 1);
    check_near(crossing.near_above_bytes, 4000, 0.0, 2);
    check_near(crossing.slope, 0.4 / log(8.0), 1e-12, 3);
    assert_int_equal(crossing.is_asked, 0);
    assert_int_equal(crossing.is_precise, 0);
}

static void several_crossings_alternate(void **state)
{
    (void)state;
    zcb_breakeven out = found("-+-+");
    for (size_t i = 0; i < out.count; i++) {
        assert_int_equal(out.crossings[i].view_starts, i % 2 == 0);
        check_near(out.crossings[i].bytes.estimate, 64 * pow(2.0, (double)i + 0.5), 1e-12, i);
    }
    out = found("-+-+-+-+-+-+-+-+-+-+");
    assert_int_equal(out.count, ZCB_CROSSINGS_MAX);
    assert_int_equal(out.dropped, 3);
    assert_int_equal(out.status, ZCB_BREAKEVEN_MULTIPLE);
}

static void a_step_stays_between_its_sizes(void **state)
{
    (void)state;
    const zcb_size_point points[] = {{512, {-700, -700, -700}}, {513, {700, 700, 700}}};
    zcb_breakeven out;
    zcb_breakeven_find(points, 2, margin, &out);
    zcb_interval bytes = out.crossings[0].bytes;
    assert_true(512 <= bytes.lo && bytes.lo <= bytes.estimate);
    assert_true(bytes.estimate <= bytes.hi && bytes.hi <= 513);
    const zcb_size_point exact[] = {{512, {-0.1, -0.2, -1e-300}}, {1024, {0.1, 1e-300, 0.2}}};
    zcb_breakeven_find(exact, 2, margin, &out);
    check_interval(out.crossings[0].bytes, 512 * sqrt(2.0), 512, 1024, 1e-12, 0);
}

static void bootstrap_follows_launches(void **state)
{
    (void)state;
    const double sizes[] = {256, 512, 1024, 2048, 4096};
    double logs[5 * 8];
    zcb_size_point points[5];
    for (size_t s = 0; s < 5; s++) {
        double centre = 0.6 * ((double)s - 2.4);
        points[s] = (zcb_size_point){sizes[s], {centre, centre - 0.1, centre + 0.1}};
        for (size_t k = 0; k < 8; k++) {
            logs[s * 8 + k] = centre + 0.06 * ((double)k - 3.5);
        }
    }
    logs[3] = NAN; /* a launch without that size */
    zcb_breakeven found_one;
    zcb_breakeven_find(points, 5, margin, &found_one);
    const zcb_crossing *crossing = &found_one.crossings[0];
    zcb_interval first, again;
    assert_int_equal(zcb_breakeven_bootstrap(sizes, 5, logs, 8, crossing, 0.95, 400, 5, &first),
                     0);
    assert_int_equal(zcb_breakeven_bootstrap(sizes, 5, logs, 8, crossing, 0.95, 400, 5, &again),
                     0);
    check_interval(again, first.estimate, first.lo, first.hi, 0.0, 0);
    check_near(first.estimate, 1024 * pow(2.0, 0.4), 1e-12, 1);
    assert_true(first.lo < first.estimate && first.estimate < first.hi);
    assert_true(first.lo >= 1024 && first.hi <= 2048);
    /* One launch has no spread to resample; launches that all lose put the crossing above. */
    assert_int_equal(zcb_breakeven_bootstrap(sizes, 5, logs, 1, crossing, 0.95, 400, 5, &first),
                     0);
    check_interval(first, again.estimate, NAN, NAN, 0.0, 2);
    for (size_t i = 0; i < 40; i++) {
        logs[i] = -1.0;
    }
    assert_int_equal(zcb_breakeven_bootstrap(sizes, 5, logs, 8, crossing, 0.95, 400, 5, &first),
                     0);
    check_interval(first, again.estimate, 2048, 2048, 0.0, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_series_has_its_status),
        cmocka_unit_test(statuses_have_the_names_of_the_file),
        cmocka_unit_test(a_crossing_is_interpolated_in_ln_n),
        cmocka_unit_test(a_band_opens_where_its_edge_reaches_nothing),
        cmocka_unit_test(a_crossing_downwards_mirrors_one_upwards),
        cmocka_unit_test(a_step_is_as_wide_as_its_sizes_are_apart),
        cmocka_unit_test(what_bends_crosses_within_the_interval),
        cmocka_unit_test(the_band_of_open_sizes_is_in_the_interval),
        cmocka_unit_test(several_crossings_alternate),
        cmocka_unit_test(a_step_stays_between_its_sizes),
        cmocka_unit_test(bootstrap_follows_launches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
