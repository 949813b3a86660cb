/* Which figures of a memory job are believed: all of them, or the job's answer is garbage. */
#include "driver/worker_judge.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define TOKEN UINT64_C(0x00c0ffee12345678)
#define SAID "memory token=00c0ffee12345678 "
#define FIGURES "blocks=1 bytes=97 gc=0 peak=97 retained=97 used=64 "
#define ANSWERS "change=0 locked= kept=1 writable=0 contiguous=1"
#define COPY SAID "arm=copy " FIGURES ANSWERS
#define VIEW SAID "arm=view " FIGURES ANSWERS
#define END "end token=00c0ffee12345678 status=ok switches=0 peak_kib=0"

static const zcb_cell cell = {.python = "x", .pair = "p", .size_bytes = 64};
static const zcb_job job = {.cell = &cell, .limit_ms = 700};

/* Says the lines in turn; the verdict on the last. */
static zcb_verdict play(const char *const *lines, size_t count, zcb_outcome *out)
{
    zcb_judge judge;
    zcb_error error = {0};
    zcb_verdict verdict = ZCB_JUDGE_GOES_ON;
    assert_int_equal(zcb_judge_begin(&judge, ZCB_JOB_MEMORY, &job, TOKEN, out, &error), 0);
    for (size_t i = 0; i < count; i++) {
        char line[512];
        assert_int_equal(verdict, ZCB_JUDGE_GOES_ON);
        snprintf(line, sizeof line, "%s", lines[i]);
        verdict = zcb_judge_line(&judge, line);
    }
    zcb_judge_end(&judge);
    return verdict;
}

static void figures_arrive_as_they_were_said(void **state)
{
    (void)state;
    static const char *const lines[] = {
        COPY,
        SAID "arm=view:x blocks=0.25 bytes= gc=2 peak=1e+09 retained= used= change=1 locked=1 "
             "kept= writable= contiguous=0",
        END};
    zcb_outcome out = {0};
    assert_int_equal(play(lines, 3, &out), ZCB_JUDGE_ENDED);
    assert_string_equal(out.status, "ok");
    assert_int_equal(out.finding_count, 2);
    const zcb_finding *copy = &out.findings[0], *view = &out.findings[1];
    assert_string_equal(copy->arm, "copy");
    assert_string_equal(view->arm, "view:x");
    assert_true(copy->figures.bytes_per_op == 97 && copy->figures.used_bytes == 64);
    assert_true(view->figures.blocks_per_op == 0.25 && view->figures.peak_bytes == 1e9);
    assert_true(isnan(view->figures.bytes_per_op) && isnan(view->figures.retained_bytes));
    assert_int_equal(copy->meaning.change_seen, 0);
    assert_int_equal(copy->meaning.source_locked, -1);
    assert_int_equal(view->meaning.source_locked, 1);
    assert_int_equal(view->meaning.source_kept_alive, -1);
    assert_int_equal(view->meaning.contiguous, 0);
    zcb_outcome_clear(&out);
}

static void what_is_no_figure_is_garbage(void **state)
{
    (void)state;
    static const char *const bad[] = {
        SAID
        "arm=copy blocks=1 bytes=97 gc=0 peak=97 retained=97 " ANSWERS, /* a field is missing */
        SAID "arm=copy " FIGURES "change=2 locked= kept=1 writable=0 contiguous=1",
        SAID "arm=copy " FIGURES "change=yes locked= kept=1 writable=0 contiguous=1",
        SAID "arm=copy blocks=-1 bytes=97 gc=0 peak=97 retained=97 used=64 " ANSWERS,
        SAID "arm=copy blocks=nan bytes=97 gc=0 peak=97 retained=97 used=64 " ANSWERS,
        SAID "arm=copy blocks=inf bytes=97 gc=0 peak=97 retained=97 used=64 " ANSWERS,
        SAID "arm=copy blocks=0x1 bytes=97 gc=0 peak=97 retained=97 used=64 " ANSWERS,
        SAID "arm=copy blocks=1e999 bytes=97 gc=0 peak=97 retained=97 used=64 " ANSWERS,
        SAID "arm=twin " FIGURES ANSWERS,
        VIEW, /* copy comes first */
        SAID FIGURES ANSWERS,
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        zcb_outcome out = {0};
        assert_int_equal(play(&bad[i], 1, &out), ZCB_JUDGE_GARBAGE);
        assert_string_equal(out.status, "garbage");
        assert_int_equal(out.finding_count, 0);
        zcb_outcome_clear(&out);
    }
}

static void arms_come_once_and_all(void **state)
{
    (void)state;
    static const char *const twice[] = {COPY, VIEW, VIEW}, *const alone[] = {COPY, END};
    static const char *const failed[] = {
        COPY, VIEW, "end token=00c0ffee12345678 status=signal:11 switches=0 peak_kib=0"};
    zcb_outcome out = {0};
    assert_int_equal(play(twice, 3, &out), ZCB_JUDGE_GARBAGE);
    zcb_outcome_clear(&out);
    assert_int_equal(play(alone, 2, &out), ZCB_JUDGE_GARBAGE);
    assert_non_null(strstr(out.reason, "missing"));
    zcb_outcome_clear(&out);
    assert_int_equal(play(failed, 3, &out), ZCB_JUDGE_ENDED);
    assert_int_equal(out.finding_count, 0);
    zcb_outcome_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_arrive_as_they_were_said),
        cmocka_unit_test(what_is_no_figure_is_garbage),
        cmocka_unit_test(arms_come_once_and_all),
    };
    return cmocka_run_group_tests_name("worker judge memory", tests, NULL, NULL);
}
