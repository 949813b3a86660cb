/* Jobs of a real process: a bad worker costs its job, is ended, and its outcome says why. */
#include "driver/worker_private.h"
#include "test_worker_support.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>

#include <cmocka.h>

typedef int (*job_call)(zcb_worker *, const zcb_job *, zcb_outcome *, zcb_error *);

/* A part, and what becomes of the job and of the worker. */
typedef struct expectation {
    const char *part;
    job_call call;
    const char *status;
    const char *reason; /* a part of it */
    int is_alive;
} expectation;

static void assert_speaks_of(const char *reason, const char *expected)
{
    if (strstr(reason, expected) == NULL) {
        fail_msg("reason \"%s\" does not speak of \"%s\"", reason, expected);
    }
}

static void assert_outcome(const expectation *expected)
{
    zcb_worker *worker = fake_start(expected->part);
    zcb_outcome out;
    zcb_error error = {0};
    print_message("part %s\n", expected->part);
    assert_int_equal(expected->call(worker, fake_job(), &out, &error), 0);
    assert_string_equal(out.status, expected->status);
    assert_speaks_of(out.reason, expected->reason);
    assert_int_equal(zcb_worker_is_alive(worker), expected->is_alive);
    zcb_outcome_clear(&out);
    if (!expected->is_alive) { /* and a dead one answers at once */
        assert_int_equal(zcb_worker_proof(worker, fake_job(), &out, &error), 0);
        assert_string_equal(out.status, "lost");
        zcb_outcome_clear(&out);
    }
    zcb_worker_stop(worker);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void assert_outcomes(const expectation *expected, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_outcome(&expected[i]);
    }
}

static void test_one_worker_takes_jobs_of_every_kind(void **state)
{
    (void)state;
    zcb_worker *worker = fake_start("normal");
    zcb_outcome out;
    zcb_error error = {0};
    for (int round = 0; round < 3; round++) {
        assert_int_equal(zcb_worker_proof(worker, fake_job(), &out, &error), 0);
        assert_string_equal(out.status, "ok");
        assert_string_equal(out.reason, "");
        zcb_outcome_clear(&out);
        assert_int_equal(zcb_worker_calibrate(worker, fake_job(), &out, &error), 0);
        assert_string_equal(out.status, "ok");
        assert_int_equal(out.count_count, 6);
        assert_int_equal(out.settled, 1);
        assert_string_equal(out.counts[2].arm, "view:cast");
        assert_int_equal(out.counts[2].iterations, 300);
        assert_int_equal(out.counts[2].visit_ns, 500000);
        zcb_outcome_clear(&out);
        assert_int_equal(zcb_worker_measure(worker, fake_job(), &out, &error), 0);
        assert_string_equal(out.status, "ok");
        assert_int_equal(out.visit_count, 2 * 5 + 4 * 3);
        assert_int_equal(out.involuntary_switches, 3);
        assert_int_equal(out.peak_kib, 4096);
        zcb_outcome_clear(&out);
        assert_int_equal(zcb_worker_is_alive(worker), 1);
    }
    zcb_worker_stop(worker);
}

static void test_a_calibration_may_begin_without_counts(void **state)
{
    (void)state;
    zcb_worker *worker = fake_start("unsettled");
    zcb_job job = *fake_job();
    zcb_outcome out;
    zcb_error error = {0};
    job.counts = NULL;
    job.count_count = 0;
    assert_int_equal(zcb_worker_calibrate(worker, &job, &out, &error), 0);
    assert_string_equal(out.status, "ok");
    assert_int_equal(out.settled, 0);
    zcb_outcome_clear(&out);
    zcb_worker_stop(worker);
}

static void test_a_long_job_passes_the_pipe_many_times(void **state)
{
    (void)state;
    zcb_worker *worker = fake_start("normal");
    zcb_job job = *fake_job();
    zcb_outcome out;
    zcb_error error = {0};
    job.blocks = 5000;
    job.sparse_every = 1;
    assert_int_equal(zcb_worker_measure(worker, &job, &out, &error), 0);
    assert_string_equal(out.status, "ok");
    assert_int_equal(out.visit_count, 25000);
    assert_int_equal(out.visits[24999].block, 4999);
    assert_int_equal(out.visits[24999].elapsed_ns, 5999);
    zcb_outcome_clear(&out);
    zcb_worker_stop(worker);
}

static void test_a_bad_cell_leaves_the_worker_alive(void **state)
{
    (void)state;
    static const expectation all[] = {
        {"refuse", zcb_worker_proof, "refused", "the view is a copy", 1},
        {"raise", zcb_worker_measure, "error", "the view is a copy", 1},
        {"child-crash", zcb_worker_measure, "signal:11",
         "was killed by signal 11 (Segmentation fault): child: out of luck", 1},
        {"timeout", zcb_worker_measure, "timeout", "within 60000 ms", 1},
        {"stderr-flood", zcb_worker_measure, "ok", "", 1},
    };
    assert_outcomes(all, sizeof all / sizeof all[0]);
}

static void test_a_worker_that_dies_is_told_with_its_last_words(void **state)
{
    (void)state;
    static const expectation all[] = {
        {"crash", zcb_worker_measure, "signal:6",
         "killed by signal 6 (Aborted): about to crash", 0},
        {"exit", zcb_worker_proof, "exit:7", "exit status 7", 0},
        {"half-line", zcb_worker_measure, "exit:0", "exit status 0", 0},
        {"orphan", zcb_worker_measure, "exit:3", "exit status 3", 0},
        {"close-wire", zcb_worker_proof, "lost", "closed its side", 0},
    };
    assert_outcomes(all, sizeof all / sizeof all[0]);
}

static void test_a_worker_that_breaks_the_protocol_is_ended(void **state)
{
    (void)state;
    static const expectation all[] = {
        {"garbage", zcb_worker_proof, "garbage", "Segmentation of the world: [31mred [0m", 0},
        {"no-token", zcb_worker_proof, "garbage", "not this job's", 0},
        {"other-token", zcb_worker_proof, "garbage", "not this job's", 0},
        {"nul", zcb_worker_proof, "garbage", "NUL", 0},
        {"flood", zcb_worker_proof, "garbage", "unexpected line", 0},
        {"flood-bytes", zcb_worker_proof, "garbage", "without an end", 0},
        {"after-end", zcb_worker_proof, "garbage", "after the job's last line", 0},
        {"duplicate", zcb_worker_measure, "garbage", "twice", 0},
        {"missing", zcb_worker_measure, "garbage", "missing", 0},
        {"wrong-count", zcb_worker_measure, "garbage", "iterations", 0},
    };
    assert_outcomes(all, sizeof all / sizeof all[0]);
}

static void test_a_hanging_worker_is_killed_after_the_limit(void **state)
{
    (void)state;
    zcb_worker *worker = fake_start("hang");
    zcb_job job = *fake_job();
    zcb_outcome out;
    zcb_error error = {0};
    job.limit_ms = 1;
    assert_int_equal(zcb_worker_measure(worker, &job, &out, &error), 0);
    assert_string_equal(out.status, "lost");
    assert_speaks_of(out.reason, "within 0.001 s: an endless loop");
    assert_int_equal(zcb_worker_is_alive(worker), 0);
    zcb_outcome_clear(&out);
    zcb_worker_stop(worker);
}

/* Waits until the worker has left, or said, something. */
static void await_news(const zcb_worker *worker)
{
    while (!zcb_link_has_news(&worker->link)) {
    }
}

static void test_what_happens_between_jobs_is_seen_before_the_next(void **state)
{
    (void)state;
    static const char *const parts[] = {"leave", "late-word"};
    static const char *const statuses[] = {"exit:4", "garbage"};
    static const char *const reasons[] = {"exit status 4: gone by itself", "by the way"};
    for (int i = 0; i < 2; i++) {
        zcb_worker *worker = fake_start(parts[i]);
        zcb_outcome out;
        zcb_error error = {0};
        assert_int_equal(zcb_worker_proof(worker, fake_job(), &out, &error), 0);
        if (strcmp(out.status, "ok") ==
            0) { /* else the late word came in one read with the end */
            await_news(worker);
            assert_int_equal(zcb_worker_last_word(worker),
                             i == 0 ? ZCB_LAST_WORD_NONE : ZCB_LAST_WORD_OF_JOB);
            assert_int_equal(zcb_worker_is_alive(worker), 0);
            assert_int_equal(zcb_worker_proof(worker, fake_job(), &out, &error), 0);
            assert_string_equal(out.status, statuses[i]);
            assert_speaks_of(out.reason, reasons[i]);
        } else {
            assert_string_equal(parts[i], "late-word");
            assert_string_equal(out.status, "garbage");
        }
        zcb_outcome_clear(&out);
        zcb_worker_stop(worker);
    }
}

static void test_a_word_too_late_is_laid_to_the_job_that_said_it(void **state)
{
    (void)state;
    zcb_worker *worker = fake_start("belated");
    zcb_outcome out;
    zcb_error error = {0};
    assert_int_equal(zcb_worker_proof(worker, fake_job(), &out, &error), 0);
    assert_string_equal(out.status, "ok");
    assert_int_equal(zcb_worker_last_word(worker), ZCB_LAST_WORD_NONE);
    assert_int_equal(zcb_worker_is_alive(worker), 1);
    assert_int_equal(zcb_worker_measure(worker, fake_job(), &out, &error), 0);
    assert_string_equal(out.status, "ok");
    assert_true(out.visit_count > 0);
    assert_int_equal(zcb_worker_last_word(worker), ZCB_LAST_WORD_OF_JOB_BEFORE);
    assert_int_equal(zcb_worker_is_alive(worker), 0);
    zcb_outcome_clear(&out);
    zcb_worker_stop(worker);
}

static void test_what_an_earlier_job_said_explains_no_later_one(void **state)
{
    (void)state;
    zcb_worker *worker = fake_start("chat-then-crash");
    zcb_outcome out;
    zcb_error error = {0};
    assert_int_equal(zcb_worker_proof(worker, fake_job(), &out, &error), 0);
    assert_string_equal(out.status, "ok");
    zcb_outcome_clear(&out);
    assert_int_equal(zcb_worker_measure(worker, fake_job(), &out, &error), 0);
    assert_string_equal(out.status, "signal:11");
    assert_null(strstr(out.reason, "old news"));
    zcb_outcome_clear(&out);
    zcb_worker_stop(worker);
}

static volatile int interrupted;

static void note_alarm(int number)
{
    interrupted = number;
}

static void test_an_interrupt_ends_the_wait(void **state)
{
    (void)state;
    struct sigaction action = {.sa_handler = note_alarm};
    const struct itimerval soon = {.it_value = {0, 50000}};
    zcb_worker *worker = fake_start("hang");
    zcb_outcome out;
    zcb_error error = {0};
    interrupted = 0;
    zcb_worker_set_interrupt(worker, &interrupted);
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &soon, NULL);
    assert_int_equal(zcb_worker_measure(worker, fake_job(), &out, &error), -1);
    assert_int_equal(error.exit_code, ZCB_EXIT_SIGINT);
    assert_int_equal(interrupted, SIGALRM);
    assert_null(out.visits);
    assert_int_equal(zcb_worker_is_alive(worker), 0);
    zcb_worker_stop(worker);
    signal(SIGALRM, SIG_DFL);
}

static void test_a_name_that_fits_no_line_is_refused(void **state)
{
    (void)state;
    char name[ZCB_NAME_MAX + 2];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    zcb_worker *worker = fake_start("normal");
    zcb_cell cell = *fake_job()->cell;
    zcb_job job = *fake_job();
    zcb_outcome out;
    zcb_error error = {0};
    cell.pair = name;
    job.cell = &cell;
    assert_int_equal(zcb_worker_proof(worker, &job, &out, &error), -1);
    assert_int_equal(error.exit_code, ZCB_EXIT_INTERNAL);
    assert_int_equal(zcb_worker_is_alive(worker), 1);
    zcb_worker_stop(worker);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_worker_takes_jobs_of_every_kind),
        cmocka_unit_test(test_a_calibration_may_begin_without_counts),
        cmocka_unit_test(test_a_long_job_passes_the_pipe_many_times),
        cmocka_unit_test(test_a_bad_cell_leaves_the_worker_alive),
        cmocka_unit_test(test_a_worker_that_dies_is_told_with_its_last_words),
        cmocka_unit_test(test_a_worker_that_breaks_the_protocol_is_ended),
        cmocka_unit_test(test_a_hanging_worker_is_killed_after_the_limit),
        cmocka_unit_test(test_what_happens_between_jobs_is_seen_before_the_next),
        cmocka_unit_test(test_a_word_too_late_is_laid_to_the_job_that_said_it),
        cmocka_unit_test(test_what_an_earlier_job_said_explains_no_later_one),
        cmocka_unit_test(test_an_interrupt_ends_the_wait),
        cmocka_unit_test(test_a_name_that_fits_no_line_is_refused),
    };
    return cmocka_run_group_tests_name("worker jobs", tests, NULL, NULL);
}
