/* How a worker comes to life and ends: nothing of the driver's surroundings leaks in, no
 * process and no descriptor stays behind. */
#include "driver/worker_private.h"
#include "test_worker_support.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define DUMP_MAX 65536

/* Starts a worker that writes down all it sees, stops it, and reads that into dump[DUMP_MAX].
 */
static void dump_start(zcb_worker_options options, char *dump)
{
    char path[] = "/tmp/zcb-test-worker-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    zcb_worker *worker = NULL;
    zcb_error error = {0};
    int started = fake_start_with(options, "dump", path, &worker, &error);
    zcb_worker_stop(worker);
    ssize_t length = read(file, dump, DUMP_MAX - 1);
    close(file);
    unlink(path); /* before anything that may end the test */
    if (started < 0) {
        fail_msg("%s", error.text);
    }
    assert_true(length > 0);
    dump[length] = '\0';
}

/* The rest of the line that begins with `start`, as a new text; fails the test without one. */
static char *line_after(const char *dump, const char *start)
{
    char needle[64];
    snprintf(needle, sizeof needle, "\n%s", start);
    const char *line = strstr(dump, needle);
    if (line == NULL) {
        fail_msg("no line \"%s\"", start);
    }
    line += strlen(needle);
    return strndup(line, strcspn(line, "\n"));
}

static void assert_line(const char *dump, const char *start, const char *expected)
{
    char *rest = line_after(dump, start);
    assert_string_equal(rest, expected);
    free(rest);
}

/* The set of signals on the line that begins with `start` is empty, but for the two that glibc keeps
 * to itself (32 and 33): what a program inherits of those it can't change. */
static void assert_no_signals(const char *dump, const char *start)
{
    char *rest = line_after(dump, start);
    assert_int_equal(strtoull(rest, NULL, 16) & ~UINT64_C(0x180000000), 0);
    free(rest);
}

static void test_the_environment_is_built_from_nothing(void **state)
{
    (void)state;
    static const char *const unwanted[] = {
        "BENCHMARK_FILTER", "PYTHONPATH",     "PYTHONHASHSEED",
        "MALLOC_ARENA_MAX", "GLIBC_TUNABLES", "LD_LIBRARY_PATH",
        "LD_PRELOAD",       "LC_ALL",         "ZCB_OTHER"};
    static const char *const allowed =
        " PATH HOME TMPDIR LANG LC_NUMERIC OPENBLAS_NUM_THREADS OMP_NUM_THREADS "
        "NUMPY_MADVISE_HUGEPAGE ZCB_PAD ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS ";
    char *dump = malloc(DUMP_MAX);
    for (size_t i = 0; i < sizeof unwanted / sizeof unwanted[0]; i++) {
        if (strcmp(unwanted[i], "LD_PRELOAD") != 0) {
            setenv(unwanted[i], "/nowhere", 1);
        }
    }
    setenv("TMPDIR", "/tmp", 1);
    dump_start((zcb_worker_options){.seed = 1, .env_pad_bytes = 1234}, dump);
    for (char *entry = strstr(dump, "\nenvironment\n") + 13; *entry != '\0';
         entry += strcspn(entry, "\n") + 1) {
        char name[80];
        snprintf(name, sizeof name, " %.*s ", (int)strcspn(entry, "="), entry);
        if (strstr(allowed, name) == NULL) {
            fail_msg("the worker sees%s", name);
        }
    }
    assert_line(dump, "PATH=", getenv("PATH"));
    assert_line(dump, "TMPDIR=", "/tmp");
    assert_line(dump, "LANG=", "C.UTF-8");
    assert_line(dump, "LC_NUMERIC=", "C");
    assert_line(dump, "OPENBLAS_NUM_THREADS=", "1");
    assert_line(dump, "OMP_NUM_THREADS=", "1");
    assert_line(dump, "NUMPY_MADVISE_HUGEPAGE=", "0");
    char *padding = line_after(dump, "ZCB_PAD=");
    assert_int_equal(strlen(padding), 1234);
    free(padding);
    for (size_t i = 0; i < sizeof unwanted / sizeof unwanted[0]; i++) {
        unsetenv(unwanted[i]);
    }
    free(dump);
}

static void test_a_preload_and_the_largest_padding_arrive(void **state)
{
    (void)state;
    char *dump = malloc(DUMP_MAX);
    dump_start((zcb_worker_options){.env_pad_bytes = 4095, .preload = "/nowhere/count.so"},
               dump);
    assert_line(dump, "LD_PRELOAD=", "/nowhere/count.so");
    char *padding = line_after(dump, "ZCB_PAD=");
    assert_int_equal(strlen(padding), 4095);
    free(padding);
    free(dump);
}

static void test_only_its_own_descriptors_are_open(void **state)
{
    (void)state;
    char *dump = malloc(DUMP_MAX);
    int inherited[3];
    for (int i = 0; i < 3; i++) {
        inherited[i] = open("/dev/null", O_RDONLY);
    }
    dump_start((zcb_worker_options){.seed = 1}, dump);
    int count = 0;
    for (const char *at = strstr(dump, "\nfd "); at != NULL; at = strstr(at + 1, "\nfd ")) {
        int number = atoi(at + 4);
        assert_true(number >= 0 && number <= 4);
        count++;
    }
    assert_int_equal(count, 5);
    for (int i = 0; i < 3; i++) {
        close(inherited[i]);
    }
    free(dump);
}

static void test_signals_and_group_are_its_own(void **state)
{
    (void)state;
    char *dump = malloc(DUMP_MAX);
    sigset_t blocked, before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGUSR1);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    signal(SIGHUP, SIG_IGN);
    dump_start((zcb_worker_options){.seed = 1}, dump);
    signal(SIGHUP, SIG_DFL);
    sigprocmask(SIG_SETMASK, &before, NULL);
    assert_no_signals(dump, "SigIgn:\t");
    assert_no_signals(dump, "SigBlk:\t");
    char *group = line_after(dump, "group ");
    int number, pid;
    assert_int_equal(sscanf(group, "%d of %d", &number, &pid), 2);
    assert_int_equal(number, pid);
    assert_int_not_equal(number, getpgrp());
    free(group);
    free(dump);
}

/* The worker's --hash-seed for a launch's seed. */
static unsigned long hash_seed_of(uint64_t seed)
{
    char *dump = malloc(DUMP_MAX);
    dump_start((zcb_worker_options){.seed = seed, .modules = "numpy,array"}, dump);
    assert_non_null(strstr(dump, "arg --serve\narg --program\narg dump\narg --modules\n"
                                 "arg numpy,array\narg --hash-seed\narg "));
    assert_non_null(strstr(dump, "\narg --path\narg /tmp/"));
    unsigned long hash = strtoul(strstr(dump, "arg --hash-seed\narg ") + 20, NULL, 10);
    free(dump);
    return hash;
}

static void test_the_hash_seed_follows_from_the_seed(void **state)
{
    (void)state;
    unsigned long hash = hash_seed_of(11);
    assert_true(hash >= 1 && hash <= 4294967295UL);
    assert_int_equal(hash_seed_of(11), hash);
    assert_int_not_equal(hash_seed_of(12), hash);
}

static void test_a_pair_that_does_not_compile_is_no_failed_start(void **state)
{
    (void)state;
    static const char *const names[] = {"good", "bad", "far"};
    char far[ZCB_WIRE_LINE_MAX];
    memset(far, 'f', sizeof far - 1);
    far[sizeof far - 1] = '\0';
    const char *const files[] = {"/a/good.py", "/a/b c/bad.py", far};
    zcb_worker_options options = {.pair_names = names, .pair_files = files, .pair_count = 3};
    zcb_worker *worker = NULL;
    zcb_error error = {0};
    assert_int_equal(fake_start_with(options, "normal", NULL, &worker, &error), 0);
    assert_null(zcb_worker_load_error(worker, "good"));
    assert_null(zcb_worker_load_error(worker, "unheard"));
    assert_string_equal(zcb_worker_load_error(worker, "bad"), "SyntaxError: line 2 here");
    assert_string_equal(zcb_worker_load_error(worker, "far"),
                        "the path of its file is too long");
    assert_int_equal(zcb_worker_is_alive(worker), 1);
    zcb_worker_stop(worker);
}

static void test_a_failed_start_says_why(void **state)
{
    (void)state;
    static const char *const names[] = {"good"}, *const files[] = {"good.py"};
    static const struct {
        const char *part, *text;
        unsigned limit_ms;
    } all[] = {
        {"start-exit", "ended with exit status 5: libpython is missing before it was ready", 0},
        {"start-mute", "took too long", 100},
        {"start-garbage", "something else", 0},
        {"start-other", "something else", 0},
        {"load-other", "something else", 0},
    };
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        zcb_worker_options options = {.start_limit_ms = all[i].limit_ms,
                                      .pair_names = names,
                                      .pair_files = files,
                                      .pair_count = 1};
        zcb_worker *worker = NULL;
        zcb_error error = {0};
        assert_int_equal(fake_start_with(options, all[i].part, NULL, &worker, &error), -1);
        assert_null(worker);
        assert_int_equal(error.exit_code, ZCB_EXIT_INTERNAL);
        if (strstr(error.text, all[i].text) == NULL) {
            fail_msg("%s: \"%s\"", all[i].part, error.text);
        }
        assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    }
}

static void test_a_program_that_is_none_is_named(void **state)
{
    (void)state;
    zcb_variant variant = {.worker = "/nowhere/zcbench-worker-cp399", .program = "python"};
    zcb_worker_options options = {.variant = &variant};
    zcb_worker *worker = NULL;
    zcb_error error = {0};
    assert_int_equal(zcb_worker_start(&options, &worker, &error), -1);
    assert_string_equal(error.text, "can't start worker /nowhere/zcbench-worker-cp399: "
                                    "No such file or directory");
    variant.worker = ZCB_FAKE_WORKER;
    options.env_pad_bytes = 4096;
    assert_int_equal(zcb_worker_start(&options, &worker, &error), -1);
    variant.worker = NULL;
    options.env_pad_bytes = 0;
    assert_int_equal(zcb_worker_start(&options, &worker, &error), -1);
    assert_null(worker);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void test_an_interrupt_ends_a_start(void **state)
{
    (void)state;
    static const volatile int flag = 1;
    zcb_worker_options options = {.interrupt = &flag};
    zcb_worker *worker = NULL;
    zcb_error error = {0};
    assert_int_equal(fake_start_with(options, "start-mute", NULL, &worker, &error), -1);
    assert_int_equal(error.exit_code, ZCB_EXIT_SIGINT);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void test_nothing_stays_behind(void **state)
{
    (void)state;
    zcb_worker_stop(fake_start("normal"));
    int before = open_descriptors();
    for (int i = 0; i < 50; i++) {
        static const char *const parts[] = {"normal", "exit", "garbage", "start-exit",
                                            "refuse"};
        zcb_worker_options options = {.seed = (uint64_t)i};
        zcb_worker *worker = NULL;
        zcb_outcome out;
        zcb_error error = {0};
        if (fake_start_with(options, parts[i % 5], NULL, &worker, &error) == 0) {
            assert_int_equal(zcb_worker_proof(worker, fake_job(), &out, &error), 0);
            zcb_outcome_clear(&out);
        }
        zcb_worker_stop(worker);
    }
    assert_int_equal(open_descriptors(), before);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

static void test_stop_ends_a_worker_that_will_not(void **state)
{
    (void)state;
    zcb_worker *worker = fake_start("stubborn");
    pid_t pid = worker->link.pid;
    zcb_worker_stop(worker);
    assert_int_equal(kill(pid, 0), -1);
    assert_int_equal(errno, ESRCH);
}

/* A driver that starts a worker, tells its pid, and waits to be killed. */
static _Noreturn void be_driver(int tell)
{
    zcb_worker *worker = NULL;
    zcb_error error;
    zcb_worker_options options = {.seed = 1};
    if (fake_start_with(options, "stubborn", NULL, &worker, &error) < 0 ||
        write(tell, &worker->link.pid, sizeof worker->link.pid) < 0) {
        _exit(1);
    }
    for (;;) {
        pause();
    }
}

static void test_a_worker_dies_with_its_driver(void **state)
{
    (void)state;
    int pipe_ends[2], wait_status;
    pid_t worker = 0;
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    assert_int_equal(pipe(pipe_ends), 0);
    pid_t driver = fork();
    if (driver == 0) {
        be_driver(pipe_ends[1]);
    }
    assert_int_equal(read(pipe_ends[0], &worker, sizeof worker), sizeof worker);
    kill(driver, SIGKILL);
    assert_int_equal(waitpid(driver, NULL, 0), driver);
    assert_int_equal(waitpid(worker, &wait_status, 0), worker);
    assert_true(WIFSIGNALED(wait_status));
    assert_int_equal(WTERMSIG(wait_status), SIGKILL);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
}

static void test_what_a_worker_leaves_behind_is_killed(void **state)
{
    (void)state;
    int wait_status;
    zcb_outcome out;
    zcb_error error = {0};
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    zcb_worker *worker = fake_start("orphan");
    assert_int_equal(zcb_worker_proof(worker, fake_job(), &out, &error), 0);
    assert_string_equal(out.status, "exit:3");
    zcb_outcome_clear(&out);
    zcb_worker_stop(worker);
    assert_true(waitpid(-1, &wait_status, 0) > 0); /* the orphan is ours now */
    assert_true(WIFSIGNALED(wait_status));
    assert_int_equal(WTERMSIG(wait_status), SIGKILL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_environment_is_built_from_nothing),
        cmocka_unit_test(test_a_preload_and_the_largest_padding_arrive),
        cmocka_unit_test(test_only_its_own_descriptors_are_open),
        cmocka_unit_test(test_signals_and_group_are_its_own),
        cmocka_unit_test(test_the_hash_seed_follows_from_the_seed),
        cmocka_unit_test(test_a_pair_that_does_not_compile_is_no_failed_start),
        cmocka_unit_test(test_a_failed_start_says_why),
        cmocka_unit_test(test_a_program_that_is_none_is_named),
        cmocka_unit_test(test_an_interrupt_ends_a_start),
        cmocka_unit_test(test_nothing_stays_behind),
        cmocka_unit_test(test_stop_ends_a_worker_that_will_not),
        cmocka_unit_test(test_a_worker_dies_with_its_driver),
        cmocka_unit_test(test_what_a_worker_leaves_behind_is_killed),
    };
    return cmocka_run_group_tests_name("worker life", tests, NULL, NULL);
}
