/* Which answers of a worker are believed: every way to break the protocol, as text. */
#include "driver/worker_judge.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define TOKEN UINT64_C(0x00c0ffee12345678)
#define LINES_MAX 16

/* One conversation. In its lines @ stands for the job's token field. */
typedef struct script {
    zcb_job_kind kind;
    const char *status; /* expected */
    const char *reason; /* expected to be a part of the reason; "" for ok: none */
    const char *lines[LINES_MAX];
} script;

/* Two blocks; twin joins the first only: four and three visits. */
static const zcb_count counts[] = {
    {.arm = "copy", .iterations = 10},
    {.arm = "view", .iterations = 20},
    {.arm = "null", .iterations = 20},
    {.arm = "twin", .iterations = 10},
};
static const zcb_cell cell = {.python = "x", .pair = "p", .size_bytes = 64};
static const zcb_job job = {
    .cell = &cell,
    .limit_ms = 700,
    .blocks = 2,
    .sparse_every = 4,
    .counts = counts,
    .count_count = 4,
};

#define BLOCK_0                                                                                \
    "visit @ block=0 order=0 arm=twin n=10 ns=5 faults=0",                                     \
        "visit @ block=0 order=1 arm=view n=20 ns=5 faults=0",                                 \
        "visit @ block=0 order=2 arm=copy n=10 ns=5 faults=9",                                 \
        "visit @ block=0 order=3 arm=null n=20 ns=5 faults=0"
#define FIRST_OF_1                                                                             \
    "visit @ block=1 order=0 arm=null n=20 ns=5 faults=0",                                     \
        "visit @ block=1 order=1 arm=copy n=10 ns=5 faults=0"
#define BLOCK_1 FIRST_OF_1, "visit @ block=1 order=2 arm=view n=20 ns=7 faults=0"
#define END(visits) "end @ status=ok visits=" visits " switches=2 peak_kib=3"
#define VISIT(place, rest) "visit @ block=" place " arm=" rest
#define READY(arm) "calibrated @ arm=" arm " n=4 ns=9 tries=2 settled=1"
#define CONTROLS READY("copy"), READY("null"), READY("twin"), READY("limit")

static const script good[] = {
    {ZCB_JOB_PROOF, "ok", "", {"proved @", END("0")}},
    {ZCB_JOB_PROOF, "ok", "", {"proved @", "end @ status=ok switches=0 peak_kib=0"}},
    {ZCB_JOB_PROOF,
     "refused",
     "not a view",
     {"refused @ reason=not%20a%20view",
      "end @ status=refused visits=0 switches=0 peak_kib=0"}},
    {ZCB_JOB_PROOF,
     "error",
     "E: a b",
     {"error @ reason=E:%20a%0a%1bb", "end @ status=error visits=0 switches=0 peak_kib=0"}},
    {ZCB_JOB_PROOF,
     "error",
     "no reason given",
     {"end @ status=error visits=0 switches=0 peak_kib=0"}},
    {ZCB_JOB_PROOF,
     "timeout",
     "within 700 ms",
     {"end @ status=timeout visits=0 switches=0 peak_kib=0"}},
    {ZCB_JOB_PROOF,
     "signal:11",
     "Segmentation fault",
     {"proved @", "end @ status=signal:11 visits=0 switches=0 peak_kib=0"}},
    {ZCB_JOB_CALIBRATE, "ok", "", {CONTROLS, READY("view"), END("0")}},
    {ZCB_JOB_CALIBRATE, "ok", "", {READY("view:a-1"), CONTROLS, READY("view:b"), END("17")}},
    {ZCB_JOB_MEASURE, "ok", "", {BLOCK_0, BLOCK_1, END("7")}},
    {ZCB_JOB_MEASURE, "ok", "", {BLOCK_1, BLOCK_0, END("7")}},
    {ZCB_JOB_MEASURE,
     "exit:3",
     "exit status 3",
     {BLOCK_0, "end @ status=exit:3 visits=4 switches=0 peak_kib=0"}},
};

static const script bad_lines[] = {
    {ZCB_JOB_PROOF, "garbage", "not this job's: hello world", {"hello world"}},
    {ZCB_JOB_PROOF, "garbage", "not this job's", {""}},
    {ZCB_JOB_PROOF, "garbage", "not this job's", {"proved"}},
    {ZCB_JOB_PROOF, "garbage", "not this job's", {"proved token="}},
    {ZCB_JOB_PROOF, "garbage", "not this job's", {"proved token=00c0ffee12345679"}},
    {ZCB_JOB_PROOF, "garbage", "not this job's", {"proved token=c0ffee12345678"}},
    {ZCB_JOB_PROOF,
     "garbage",
     "not this job's",
     {"end status=ok visits=0 switches=0 peak_kib=0"}},
    {ZCB_JOB_PROOF, "garbage", "unexpected line: proved", {"proved @", "proved @"}},
    {ZCB_JOB_PROOF, "garbage", "unexpected line: hello", {"hello @ pid=3"}},
    {ZCB_JOB_PROOF,
     "garbage",
     "unexpected line",
     {VISIT("0 order=0", "copy n=10 ns=5 faults=0")}},
    {ZCB_JOB_MEASURE, "garbage", "unexpected line", {READY("copy")}},
    {ZCB_JOB_MEASURE, "garbage", "unexpected line", {"proved @"}},
    {ZCB_JOB_PROOF, "garbage", "without proof", {END("0")}},
    {ZCB_JOB_PROOF, "garbage", "ended with ok", {"proved @", "refused @ reason=x", END("0")}},
    {ZCB_JOB_PROOF, "garbage", "reason", {"refused @"}},
    {ZCB_JOB_PROOF, "garbage", "second", {"refused @ reason=x", "error @ reason=y"}},
    {ZCB_JOB_PROOF,
     "garbage",
     "unknown status: fine",
     {"end @ status=fine visits=0 switches=0 peak_kib=0"}},
    {ZCB_JOB_PROOF, "garbage", "last line", {"end @ visits=0 switches=0 peak_kib=0"}},
    {ZCB_JOB_PROOF, "garbage", "last line", {"end @ status=ok visits=x switches=0 peak_kib=0"}},
    {ZCB_JOB_PROOF,
     "garbage",
     "last line",
     {"end @ status=ok visits=0 switches=-1 peak_kib=0"}},
    {ZCB_JOB_PROOF, "garbage", "last line", {"end @ status=ok visits=0 switches=0"}},
};

static const script bad_calibrations[] = {
    {ZCB_JOB_CALIBRATE,
     "garbage",
     "not calibrated",
     {READY("copy"), READY("null"), READY("twin"), READY("view"), END("0")}},
    {ZCB_JOB_CALIBRATE, "garbage", "no view", {CONTROLS, END("0")}},
    {ZCB_JOB_CALIBRATE, "garbage", "twice: twin", {CONTROLS, READY("twin")}},
    {ZCB_JOB_CALIBRATE, "garbage", "unknown arm", {READY("mirror")}},
    {ZCB_JOB_CALIBRATE, "garbage", "unknown arm", {READY("view:")}},
    {ZCB_JOB_CALIBRATE, "garbage", "unknown arm", {READY("view:a,b")}},
    {ZCB_JOB_CALIBRATE,
     "garbage",
     "unknown arm",
     {READY("view:0123456789012345678901234567890123456789012345678901234567890123")}},
    {ZCB_JOB_CALIBRATE,
     "garbage",
     "or one twice",
     {CONTROLS, READY("view:1"), READY("view:2"), READY("view:3"), READY("view:4"),
      READY("view:5")}},
    {ZCB_JOB_CALIBRATE,
     "garbage",
     "0 iterations",
     {"calibrated @ arm=copy n=0 ns=9 tries=2 settled=1"}},
    {ZCB_JOB_CALIBRATE,
     "garbage",
     "in 0 ns",
     {"calibrated @ arm=copy n=4 ns=0 tries=2 settled=1"}},
    {ZCB_JOB_CALIBRATE,
     "garbage",
     "settled 2",
     {"calibrated @ arm=copy n=4 ns=9 tries=2 settled=2"}},
    {ZCB_JOB_CALIBRATE,
     "garbage",
     "no number",
     {"calibrated @ arm=copy n=4 ns=9.5 tries=2 settled=1"}},
    {ZCB_JOB_CALIBRATE,
     "garbage",
     "lacks a field",
     {"calibrated @ n=4 ns=9 tries=2 settled=1"}},
};

static const script bad_visits[] = {
    {ZCB_JOB_MEASURE, "garbage", "missing", {END("0")}},
    {ZCB_JOB_MEASURE, "garbage", "missing", {BLOCK_0, FIRST_OF_1, END("6")}},
    {ZCB_JOB_MEASURE, "garbage", "other visits than came", {BLOCK_0, BLOCK_1, END("8")}},
    {ZCB_JOB_MEASURE,
     "garbage",
     "twice: block 0, place 3",
     {BLOCK_0, VISIT("0 order=3", "null n=20 ns=5 faults=0")}},
    {ZCB_JOB_MEASURE,
     "garbage",
     "twice",
     {FIRST_OF_1, VISIT("1 order=2", "copy n=10 ns=5 faults=0")}},
    {ZCB_JOB_MEASURE,
     "garbage",
     "twice",
     {FIRST_OF_1, VISIT("1 order=1", "view n=20 ns=5 faults=0")}},
    {ZCB_JOB_MEASURE, "garbage", "unplanned", {VISIT("2 order=0", "copy n=10 ns=5 faults=0")}},
    {ZCB_JOB_MEASURE,
     "garbage",
     "unplanned",
     {VISIT("4294967296 order=0", "copy n=10 ns=5 faults=0")}},
    {ZCB_JOB_MEASURE, "garbage", "unplanned", {VISIT("0 order=4", "copy n=10 ns=5 faults=0")}},
    {ZCB_JOB_MEASURE, "garbage", "unplanned", {VISIT("1 order=3", "copy n=10 ns=5 faults=0")}},
    {ZCB_JOB_MEASURE, "garbage", "unplanned", {VISIT("1 order=0", "twin n=10 ns=5 faults=0")}},
    {ZCB_JOB_MEASURE, "garbage", "unplanned", {VISIT("0 order=0", "limit n=10 ns=5 faults=0")}},
    {ZCB_JOB_MEASURE,
     "garbage",
     "11 iterations",
     {VISIT("0 order=0", "copy n=11 ns=5 faults=0")}},
    {ZCB_JOB_MEASURE, "garbage", "in 0 ns", {VISIT("0 order=0", "copy n=10 ns=0 faults=0")}},
    {ZCB_JOB_MEASURE,
     "garbage",
     "no number",
     {VISIT("0 order=0", "copy n=10 ns=1e3 faults=0")}},
    {ZCB_JOB_MEASURE,
     "garbage",
     "no number",
     {VISIT("0 order=0", "copy n=10 ns=18446744073709551616 faults=0")}},
    {ZCB_JOB_MEASURE, "garbage", "lacks a field", {VISIT("0 order=0", "copy n=10 ns=5")}},
    {ZCB_JOB_MEASURE, "garbage", "lacks a field", {VISIT("0", "copy n=10 ns=5 faults=0")}},
};

/* Writes `line` with the token put in for @. */
static void fill_in(const char *line, char *out, size_t size)
{
    const char *at = strchr(line, '@');
    if (at == NULL) {
        snprintf(out, size, "%s", line);
    } else {
        snprintf(out, size, "%.*stoken=%016" PRIx64 "%s", (int)(at - line), line, TOKEN,
                 at + 1);
    }
}

/* Plays a script to its last line, which must be the one that decides. */
static void play(const script *s, zcb_outcome *out)
{
    zcb_judge judge;
    zcb_error error;
    assert_int_equal(zcb_judge_begin(&judge, s->kind, &job, TOKEN, out, &error), 0);
    zcb_verdict verdict = ZCB_JUDGE_GOES_ON;
    for (size_t i = 0; i < LINES_MAX && s->lines[i] != NULL; i++) {
        char line[256];
        assert_int_equal(verdict, ZCB_JUDGE_GOES_ON);
        fill_in(s->lines[i], line, sizeof line);
        verdict = zcb_judge_line(&judge, line);
    }
    zcb_judge_end(&judge);
    int is_garbage = strcmp(s->status, "garbage") == 0;
    assert_int_equal(verdict, is_garbage ? ZCB_JUDGE_GARBAGE : ZCB_JUDGE_ENDED);
    assert_string_equal(out->status, s->status);
    if (strstr(out->reason, s->reason) == NULL) {
        fail_msg("reason \"%s\" does not speak of \"%s\"", out->reason, s->reason);
    }
    int is_ok = strcmp(s->status, "ok") == 0;
    assert_int_equal(out->reason[0] == '\0', is_ok);
    if (!is_ok) {
        assert_int_equal(out->visit_count + out->count_count, 0);
        assert_null(out->visits);
    }
}

static void play_all(const script *scripts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        zcb_outcome out = {0};
        play(&scripts[i], &out);
        zcb_outcome_clear(&out);
    }
}

#define PLAY_ALL(scripts) play_all(scripts, sizeof(scripts) / sizeof(scripts)[0])

static void test_whole_answers_are_believed(void **state)
{
    (void)state;
    PLAY_ALL(good);
}

static void test_lines_of_no_job_are_garbage(void **state)
{
    (void)state;
    PLAY_ALL(bad_lines);
}

static void test_incomplete_calibrations_are_garbage(void **state)
{
    (void)state;
    PLAY_ALL(bad_calibrations);
}

static void test_visits_out_of_plan_are_garbage(void **state)
{
    (void)state;
    PLAY_ALL(bad_visits);
}

static void test_visits_arrive_as_they_were_said(void **state)
{
    (void)state;
    static const script all = {ZCB_JOB_MEASURE, "ok", "", {BLOCK_0, BLOCK_1, END("7")}};
    zcb_outcome out = {0};
    play(&all, &out);
    assert_int_equal(out.visit_count, 7);
    assert_int_equal(out.involuntary_switches, 2);
    assert_int_equal(out.peak_kib, 3);
    const zcb_visit_line *third = &out.visits[2], *last = &out.visits[6];
    assert_int_equal(third->block, 0);
    assert_int_equal(third->order, 2);
    assert_int_equal(third->arm, 0);
    assert_int_equal(third->iterations, 10);
    assert_int_equal(third->minor_faults, 9);
    assert_int_equal(last->block, 1);
    assert_int_equal(last->arm, 1);
    assert_int_equal(last->elapsed_ns, 7);
    zcb_outcome_clear(&out);
    assert_null(out.visits);
}

static void test_one_unsettled_arm_unsettles_the_cell(void **state)
{
    (void)state;
    static const char *const unsettled = "calibrated @ arm=view n=8 ns=9 tries=6 settled=0";
    const script scripts[] = {
        {ZCB_JOB_CALIBRATE, "ok", "", {CONTROLS, READY("view"), END("0")}},
        {ZCB_JOB_CALIBRATE, "ok", "", {CONTROLS, unsettled, END("0")}},
        {ZCB_JOB_CALIBRATE, "ok", "", {unsettled, CONTROLS, END("0")}},
    };
    for (int i = 0; i < 3; i++) {
        zcb_outcome out = {0};
        play(&scripts[i], &out);
        assert_int_equal(out.settled, i == 0);
        assert_int_equal(out.count_count, 5);
        zcb_outcome_clear(&out);
    }
}

static void test_a_null_below_the_clock_takes_1_ns(void **state)
{
    (void)state;
    static const char *const below = "calibrated @ arm=null n=1 ns=0 tries=2 settled=1";
    const script all = {
        ZCB_JOB_CALIBRATE,
        "ok",
        "",
        {READY("copy"), READY("twin"), READY("limit"), below, READY("view"), END("0")}};
    zcb_outcome out = {0};
    play(&all, &out);
    assert_int_equal(out.count_count, 5);
    assert_string_equal(out.counts[3].arm, "null");
    assert_int_equal(out.counts[3].visit_ns, 1);
    zcb_outcome_clear(&out);
}

static void test_jobs_without_sense_are_not_begun(void **state)
{
    (void)state;
    zcb_count twice[] = {{.arm = "copy", .iterations = 1}, {.arm = "copy", .iterations = 1}};
    zcb_count none[] = {{.arm = "copy", .iterations = 0}};
    const zcb_job jobs[] = {
        {.cell = &cell, .blocks = 0, .counts = counts, .count_count = 4},
        {.cell = &cell, .blocks = 1, .counts = counts, .count_count = 0},
        {.cell = &cell, .blocks = 1, .counts = twice, .count_count = 2},
        {.cell = &cell, .blocks = 1, .counts = none, .count_count = 1},
    };
    for (size_t i = 0; i < sizeof jobs / sizeof jobs[0]; i++) {
        zcb_judge judge;
        zcb_outcome out = {0};
        zcb_error error = {0};
        assert_int_equal(
            zcb_judge_begin(&judge, ZCB_JOB_MEASURE, &jobs[i], TOKEN, &out, &error), -1);
        assert_int_equal(error.exit_code, ZCB_EXIT_INTERNAL);
        assert_null(out.visits);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_answers_are_believed),
        cmocka_unit_test(test_lines_of_no_job_are_garbage),
        cmocka_unit_test(test_incomplete_calibrations_are_garbage),
        cmocka_unit_test(test_visits_out_of_plan_are_garbage),
        cmocka_unit_test(test_visits_arrive_as_they_were_said),
        cmocka_unit_test(test_one_unsettled_arm_unsettles_the_cell),
        cmocka_unit_test(test_a_null_below_the_clock_takes_1_ns),
        cmocka_unit_test(test_jobs_without_sense_are_not_begun),
    };
    return cmocka_run_group_tests_name("worker judge", tests, NULL, NULL);
}
