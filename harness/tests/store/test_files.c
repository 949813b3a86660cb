/* Protects: a file is whole or as it was; fields read back as they were written. */
#include "support.h"

#include "store/files.h"
#include "store/io.h"
#include "store/utf8.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static void commit_replaces_the_target(void **state)
{
    char *path = in_folder(state, "a.csv");
    zcb_error error = {0};
    put_text(path, "old");
    zcb_file *file = zcb_file_begin(path, &error);
    assert_non_null(file);
    fputs("new", zcb_file_stream(file));
    char *before = get_text(path, NULL);
    assert_string_equal(before, "old");
    assert_int_equal(zcb_file_commit(file, &error), 0);
    char *after = get_text(path, NULL);
    assert_string_equal(after, "new");
    assert_int_equal(count_entries(*state), 1);
    free(before);
    free(after);
    free(path);
}

static void discard_leaves_no_trace(void **state)
{
    char *path = in_folder(state, "a.csv");
    zcb_error error = {0};
    zcb_file *file = zcb_file_begin(path, &error);
    assert_non_null(file);
    fputs("new", zcb_file_stream(file));
    assert_int_equal(count_entries(*state), 1);
    zcb_file_discard(file);
    zcb_file_discard(NULL);
    assert_int_equal(count_entries(*state), 0);
    free(path);
}

static void two_files_of_one_name_do_not_mix(void **state)
{
    char *path = in_folder(state, "a.csv");
    zcb_error error = {0};
    zcb_file *first = zcb_file_begin(path, &error);
    zcb_file *second = zcb_file_begin(path, &error);
    assert_non_null(first);
    assert_non_null(second);
    fputs("first", zcb_file_stream(first));
    fputs("second", zcb_file_stream(second));
    assert_int_equal(zcb_file_commit(second, &error), 0);
    assert_int_equal(zcb_file_commit(first, &error), 0);
    char *text = get_text(path, NULL);
    assert_string_equal(text, "first");
    assert_int_equal(count_entries(*state), 1);
    free(text);
    free(path);
}

static void a_full_disk_keeps_the_target(void **state)
{
    char *path = in_folder(state, "a.csv");
    zcb_error error = {0};
    put_text(path, "old");
    zcb_file *file = zcb_file_begin(path, &error);
    assert_non_null(file);
    limit_file_size(10000);
    for (int i = 0; i < 100000; i++) {
        fputs("text", zcb_file_stream(file));
    }
    int status = zcb_file_commit(file, &error);
    limit_file_size(0);
    assert_int_equal(status, -1);
    assert_error(&error, ZCB_EXIT_INTERNAL, "a.csv': File too large");
    char *text = get_text(path, NULL);
    assert_string_equal(text, "old");
    assert_int_equal(count_entries(*state), 1);
    free(text);
    free(path);
}

static void unusable_paths_are_usage_errors(void **state)
{
    const char *const names[] = {"missing/a.csv", "file/a.csv"};
    char *blocker = in_folder(state, "file");
    put_text(blocker, "");
    for (size_t i = 0; i < 2; i++) {
        char *path = in_folder(state, names[i]);
        zcb_error error = {0};
        assert_null(zcb_file_begin(path, &error));
        assert_error(&error, ZCB_EXIT_USAGE, names[i]);
        free(path);
    }
    char *folder = in_folder(state, "folder");
    zcb_error error = {0};
    assert_int_equal(mkdir(folder, 0700), 0);
    zcb_file *file = zcb_file_begin(folder, &error);
    assert_non_null(file);
    assert_int_equal(zcb_file_commit(file, &error), -1);
    assert_error(&error, ZCB_EXIT_USAGE, "Is a directory");
    assert_int_equal(count_entries(*state), 2);
    free(folder);
    free(blocker);
}

static void ignore_signal(int number)
{
    (void)number;
}

/* A process that empties the pipe after a while: exit status 0 when it got `size` bytes. */
static pid_t start_slow_reader(const int ends[2], size_t size)
{
    pid_t child = fork();
    if (child != 0) {
        close(ends[0]);
        return child;
    }
    static char buffer[4096];
    size_t total = 0;
    close(ends[1]);
    usleep(100000);
    for (ssize_t got; (got = read(ends[0], buffer, sizeof buffer)) > 0;) {
        total += (size_t)got;
    }
    _exit(total == size ? 0 : 1);
}

static void a_write_goes_on_after_signals_and_short_writes(void **state)
{
    (void)state;
    enum {
        SIZE = 1 << 20
    }; /* far more than a pipe holds: the writer blocks, a timer wakes it */
    static char data[SIZE];
    int ends[2], status = -1;
    assert_int_equal(pipe(ends), 0);
    pid_t child = start_slow_reader(ends, SIZE);
    assert_true(child > 0);
    const struct sigaction action = {.sa_handler = ignore_signal}; /* without SA_RESTART */
    const struct itimerval often = {{0, 2000}, {0, 2000}}, never = {{0, 0}, {0, 0}};
    assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
    setitimer(ITIMER_REAL, &often, NULL);
    size_t written = zcb_write_all(ends[1], data, SIZE);
    setitimer(ITIMER_REAL, &never, NULL);
    close(ends[1]);
    assert_int_equal(written, SIZE);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void errors_are_told_apart_by_who_can_mend_them(void **state)
{
    (void)state;
    assert_int_equal(zcb_exit_of_errno(EACCES), ZCB_EXIT_USAGE);
    assert_int_equal(zcb_exit_of_errno(ENOENT), ZCB_EXIT_USAGE);
    assert_int_equal(zcb_exit_of_errno(EROFS), ZCB_EXIT_USAGE);
    assert_int_equal(zcb_exit_of_errno(ENOSPC), ZCB_EXIT_INTERNAL);
    assert_int_equal(zcb_exit_of_errno(ENOMEM), ZCB_EXIT_INTERNAL);
}

/* What zcb_csv_text puts on a stream; owned by the caller. */
static char *written_text(const char *text)
{
    char *out = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&out, &size);
    zcb_csv_text(stream, text);
    fclose(stream);
    return out;
}

static void csv_text_is_quoted_only_when_needed(void **state)
{
    (void)state;
    const char *const cases[][2] = {
        {"", ""},
        {"plain text", "plain text"},
        {"a,b", "\"a,b\""},
        {"say \"x\"", "\"say \"\"x\"\"\""},
        {"two\nlines", "\"two\nlines\""},
        {"cr\r", "\"cr\r\""},
        {"'; \t", "'; \t"},
        {"\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\x8d", "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\x8d"},
        {"\xff\xc3x\xed\xa0\x80", "??x???"},                   /* stray, cut short, surrogate */
        {"\xc0\xaf\xe0\x80\xaf\xf5\x80\x80\x80", "?????????"}, /* overlong, beyond U+10FFFF */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *out = written_text(cases[i][0]);
        assert_string_equal(out, cases[i][1]);
        free(out);
    }
}

static void csv_numbers_read_back_to_nine_digits(void **state)
{
    (void)state;
    const struct {
        double number;
        const char *text;
    } cases[] = {
        {0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {0.1, "0.1"},
        {-2.5, "-2.5"},
        {1.0 / 3, "0.333333333"},
        {123456789, "123456789"},
        {1234567890, "1.23456789e+09"},
        {1e-7, "1e-07"},
        {1e300, "1e+300"},
        {NAN, ""},
        {INFINITY, ""},
        {-INFINITY, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *out = NULL;
        size_t size = 0;
        FILE *stream = open_memstream(&out, &size);
        zcb_csv_number(stream, cases[i].number);
        fclose(stream);
        assert_string_equal(out, cases[i].text);
        free(out);
    }
}

static void what_killed_writers_left_is_told_apart_and_swept(void **state)
{
    static const char *const left[] = {".run.json.4711-0.tmp", ".a.1-999.tmp", "..1-1.1-1.tmp"};
    static const char *const kept[] = {"run.json",    ".run.json",         "run.json.1-0.tmp",
                                       ".x.tmp",      ".x.1.tmp",          ".x.1-.tmp",
                                       ".x.-1.tmp",   ".x.1-0.tmp.gz",     ".1-0.tmp",
                                       "latest.1-0.", ".run.json.1a-0.tmp"};
    const size_t left_count = sizeof left / sizeof left[0];
    const size_t kept_count = sizeof kept / sizeof kept[0];
    for (size_t i = 0; i < left_count + kept_count; i++) {
        const char *name = i < left_count ? left[i] : kept[i - left_count];
        char *path = in_folder(state, name);
        if (zcb_file_is_temporary(name) != (i < left_count)) {
            fail_msg("%s", name);
        }
        put_text(path, "x");
        free(path);
    }
    zcb_error error = {0};
    char *path = in_folder(state, "mine");
    zcb_file *file = zcb_file_begin(path, &error);
    assert_non_null(file);
    assert_int_equal(count_entries(*state), left_count + kept_count + 1);
    zcb_file_sweep(*state); /* what is being written here goes as well: hence the lock */
    assert_int_equal(count_entries(*state), kept_count);
    zcb_file_discard(file);
    zcb_file_sweep("/nowhere/at/all");
    free(path);
}

static void names_are_short_and_printable(void **state)
{
    (void)state;
    char longest[ZCB_NAME_MAX + 2];
    memset(longest, 'x', sizeof longest);
    longest[ZCB_NAME_MAX] = '\0';
    assert_true(zcb_name_is_valid(longest));
    longest[ZCB_NAME_MAX] = 'x';
    longest[ZCB_NAME_MAX + 1] = '\0';
    assert_false(zcb_name_is_valid(longest));
    longest[ZCB_NAME_MAX - 1] = '\xc3'; /* a two-byte character across the limit */
    longest[ZCB_NAME_MAX] = '\xa9';
    assert_false(zcb_name_is_valid(longest));
    const char *const refused[] = {"", "a\nb", "a\x1b[0m", "\x7f", "\xc2\x85", "\xff", "a\t"};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        assert_false(zcb_name_is_valid(refused[i]));
    }
    const char *const accepted[] = {"a", "view:x", "my pair, \"quoted\"", "\xc3\xa9",
                                    "\xc2\xa0"};
    for (size_t i = 0; i < sizeof accepted / sizeof accepted[0]; i++) {
        assert_true(zcb_name_is_valid(accepted[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(commit_replaces_the_target, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(discard_leaves_no_trace, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(two_files_of_one_name_do_not_mix, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_full_disk_keeps_the_target, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(unusable_paths_are_usage_errors, make_folder,
                                        remove_folder),
        cmocka_unit_test(a_write_goes_on_after_signals_and_short_writes),
        cmocka_unit_test(errors_are_told_apart_by_who_can_mend_them),
        cmocka_unit_test(csv_text_is_quoted_only_when_needed),
        cmocka_unit_test(csv_numbers_read_back_to_nine_digits),
        cmocka_unit_test_setup_teardown(what_killed_writers_left_is_told_apart_and_swept,
                                        make_folder, remove_folder),
        cmocka_unit_test(names_are_short_and_printable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
