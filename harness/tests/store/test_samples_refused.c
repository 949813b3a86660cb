/* Protects: nothing that is not a row of samples.csv is read as one, and what is wrong is named. */
#include "samples_text.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Expects `size` bytes to be refused with exit code 2 and a message that holds `part`. */
static void expect_refused(const char *path, const char *bytes, size_t size, const char *part)
{
    zcb_error error = {0};
    zcb_cells *cells = zcb_cells_new();
    zcb_samples samples = {0};
    int torn = 7;
    uint64_t valid_bytes = 7;
    put_bytes(path, bytes, size);
    if (zcb_samples_read(path, cells, &samples, &torn, &valid_bytes, &error) == 0) {
        fail_msg("accepted, but expected '%s':\n%s", part, bytes);
    }
    assert_error(&error, ZCB_EXIT_USAGE, part);
    assert_error(&error, ZCB_EXIT_USAGE, "samples.csv'");
    assert_int_equal(torn, 7);
    assert_int_equal(valid_bytes, 7);
    assert_null(samples.rows);
    zcb_cells_free(cells);
}

#define NAME64 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

/* A line, and what is said of it. */
static const char *const malformed[][2] = {
    {"\n", "line 3: 1 fields instead of 14"},
    {CELL "1,0,0,copy,1000,512345\n", "line 3: 13 fields instead of 14"},
    {CELL "1,0,0,copy,1000,512345,0,0\n", "line 3: more than 14 fields"},
    {CELL "1,0,0,copy,1000,512345,\n", "line 3: minor_faults is ''"},
    {CELL "1,0,0,copy,1000,-1,0\n", "line 3: elapsed_ns is '-1'"},
    {CELL "1,0,0,copy,1000,+1,0\n", "line 3: elapsed_ns is '+1'"},
    {CELL "1,0,0,copy,1000,1.5,0\n", "line 3: elapsed_ns is '1.5'"},
    {CELL "1,0,0,copy,1000,1e3,0\n", "line 3: elapsed_ns is '1e3'"},
    {CELL "1,0,0,copy,1000, 1,0\n", "line 3: elapsed_ns is ' 1'"},
    {CELL "1,0,0,copy,1000,0x10,0\n", "line 3: elapsed_ns is '0x10'"},
    {CELL "1,0,0,copy,1000,nan,0\n", "line 3: elapsed_ns is 'nan'"},
    {CELL "1,0,0,copy,1000,18446744073709551616,0\n",
     "line 3: elapsed_ns is '18446744073709551616'"},
    {CELL "1,0,0,copy,1000,99999999999999999999999,0\n", "line 3: elapsed_ns"},
    {CELL "4294967296,0,0,copy,1000,1,0\n", "line 3: launch is '4294967296'"},
    {CELL "1,4294967296,0,copy,1000,1,0\n", "line 3: block is '4294967296'"},
    {CELL "1,0,4294967296,copy,1000,1,0\n", "line 3: order is '4294967296'"},
    {CELL "1,0,0,copy,0,1,0\n", "line 3: iterations is 0"},
    {CELL "1,0,0,cpoy,1000,1,0\n", "line 3: unknown arm 'cpoy'"},
    {CELL "1,0,0,views,1000,1,0\n", "line 3: unknown arm 'views'"},
    {CELL "1,0,0,view:,1000,1,0\n", "line 3: unknown arm 'view:'"},
    {CELL "1,0,0,,1000,1,0\n", "line 3: arm is ''"},
    {CELL "1,0,0,view:" NAME64 ",1000,1,0\n", "line 3: arm is 'view:xxx"},
    {CELL "1,0,0,copy,1000,1,0\r\n", "line 3: minor_faults is '0 '"},
    {"cp311,b,python,default,hot,drop,0,1,0,0,copy,1,1,0\n", "line 3: size_bytes is 0"},
    {"cp311,b,python,default,hot,drop,4K,1,0,0,copy,1,1,0\n", "line 3: size_bytes is '4K'"},
    {"cp311,b,Python,default,hot,drop,1,1,0,0,copy,1,1,0\n", "line 3: unknown lane 'Python'"},
    {"cp311,b,python,warmer,hot,drop,1,1,0,0,copy,1,1,0\n", "line 3: unknown heap 'warmer'"},
    {"cp311,b,python,warm,tepid,drop,1,1,0,0,copy,1,1,0\n", "line 3: unknown cache 'tepid'"},
    {"cp311,b,python,warm,hot,,1,1,0,0,copy,1,1,0\n", "line 3: unknown consumer ''"},
    {",b,python,warm,hot,drop,1,1,0,0,copy,1,1,0\n", "line 3: python is ''"},
    {NAME64 ",b,python,warm,hot,drop,1,1,0,0,copy,1,1,0\n", "line 3: python is 'xxxx"},
    {"cp311,a\tb,python,warm,hot,drop,1,1,0,0,copy,1,1,0\n", "line 3: pair is 'a b'"},
    {"cp311,\xff,python,warm,hot,drop,1,1,0,0,copy,1,1,0\n", "line 3: pair is"},
    {"cp311,\"b,python,warm,hot,drop,1,1,0,0,copy,1,1,0\n", "line 3: a quotation mark"},
    {"cp311,\"b\"c,python,warm,hot,drop,1,1,0,0,copy,1,1,0\n", "line 3: a quotation mark"},
    {"cp311,b\"c,python,warm,hot,drop,1,1,0,0,copy,1,1,0\n", "line 3: a quotation mark"},
    {"python,pair,lane,heap,cache,consumer,size_bytes,launch,block,order,arm,iterations,"
     "elapsed_ns,minor_faults\n",
     "line 3: unknown lane 'lane'"},
};

static void malformed_rows_are_named(void **state)
{
    char *path = in_folder(state, "samples.csv");
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
        char text[2048];
        /* Good rows before and after: the error must neither be skipped nor blamed on a
         * neighbour. */
        int size = snprintf(text, sizeof text, "%s%s%s%s", HEADER, GOOD, malformed[i][0], GOOD);
        assert_true(size >= 1 && (size_t)size < sizeof text);
        expect_refused(path, text, (size_t)size, malformed[i][1]);
    }
    free(path);
}

static void foreign_files_are_refused(void **state)
{
    char *path = in_folder(state, "samples.csv");
    const char *const cases[] = {
        "\n",
        "garbage",
        "\xef\xbb\xbf" HEADER,
        "python;pair;lane\n",
        &(HEADER "x")[1],
        "python,pair,lane,heap,cache,consumer,size_bytes,launch,block,order,arm,iterations,"
        "elapsed_ns,minor_faults\r\n",
        "python,pair,lane,heap,cache,consumer,size_bytes,launch,block,order,arm,iterations,"
        "elapsed_ns,minor_faults,more",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        expect_refused(path, cases[i], strlen(cases[i]),
                       "line 1: the header should be python,pair,");
    }
    zcb_error error = {0};
    zcb_samples samples = {0};
    assert_int_equal(zcb_samples_read(*state, NULL, &samples, NULL, NULL, &error), -1);
    assert_error(&error, ZCB_EXIT_USAGE, "Is a directory");
    char *missing = in_folder(state, "missing.csv");
    assert_int_equal(zcb_samples_read(missing, NULL, &samples, NULL, NULL, &error), -1);
    assert_error(&error, ZCB_EXIT_USAGE, "missing.csv': No such file");
    free(missing);
    free(path);
}

static void bytes_that_are_no_text_are_refused(void **state)
{
    char *path = in_folder(state, "samples.csv");
    char text[16384];
    size_t head = strlen(HEADER);
    memcpy(text, HEADER, head);
    memcpy(text + head, GOOD, strlen(GOOD));
    size_t size = head + strlen(GOOD);
    text[head + 3] = '\0';
    expect_refused(path, text, size, "line 2: holds a NUL byte");

    /* A line beyond the limit, with and without an end. */
    memset(text + head, '1', sizeof text - head);
    expect_refused(path, text, sizeof text, "line 2: longer than 8192 bytes");
    text[sizeof text - 1] = '\n';
    expect_refused(path, text, sizeof text, "line 2: longer than 8192 bytes");
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(malformed_rows_are_named, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(foreign_files_are_refused, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(bytes_that_are_no_text_are_refused, make_folder,
                                        remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
