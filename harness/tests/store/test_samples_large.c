/* Protects: a million rows are read whole, and in memory that leaves room for the rest of the
 * driver. */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

enum { CELLS = 680, LAUNCHES = 10, BLOCKS = 25, ARMS = 6 }; /* 1 020 000 rows */

#define PEAK_LIMIT_KIB (100 * 1024)

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif

static const char *const arms[ARMS] = {"copy", "view", "view:offset", "null", "twin", "limit"};

static uint64_t elapsed_of(uint32_t cell, uint32_t launch, uint32_t block, uint32_t arm)
{
    return 500000 + cell * 7919u + launch * 104729u + block * 31u + arm;
}

static void write_cell(zcb_samples_writer *writer, const zcb_cells *cells, uint32_t launch,
                       uint32_t cell)
{
    static zcb_sample rows[BLOCKS * ARMS];
    for (uint32_t i = 0; i < BLOCKS * ARMS; i++) {
        uint32_t block = i / ARMS, arm = (i + block) % ARMS;
        rows[i] = (zcb_sample){cell,
                               launch,
                               block,
                               i % ARMS,
                               arms[arm],
                               1000 + arm,
                               elapsed_of(cell, launch, block, arm),
                               arm};
    }
    assert_int_equal(zcb_samples_writer_append(writer, cells, rows, BLOCKS * ARMS, NULL), 0);
}

static void write_run(const char *path)
{
    zcb_cells *cells = zcb_cells_new();
    zcb_samples_writer *writer = zcb_samples_writer_open(path, 0, NULL);
    assert_non_null(writer);
    for (uint32_t cell = 0; cell < CELLS; cell++) {
        char pair[32];
        snprintf(pair, sizeof pair, "pair_%u", cell / 17);
        add_cell(cells, "cp313", pair, UINT64_C(64) << cell % 17);
    }
    for (uint32_t launch = 0; launch < LAUNCHES; launch++) {
        for (uint32_t cell = 0; cell < CELLS; cell++) {
            write_cell(writer, cells, launch, cell);
        }
    }
    assert_int_equal(zcb_samples_writer_close(writer, NULL), 0);
    zcb_cells_free(cells);
}

static void a_million_rows_fit(void **state)
{
    char *path = in_folder(state, "samples.csv");
    write_run(path);
    zcb_error error = {0};
    zcb_cells *cells = zcb_cells_new();
    zcb_samples samples = {0};
    assert_int_equal(zcb_samples_read(path, cells, &samples, NULL, NULL, &error), 0);
    assert_int_equal(samples.count, CELLS * LAUNCHES * BLOCKS * ARMS);
    assert_int_equal(zcb_cells_count(cells), CELLS);
    for (size_t i = 0; i < samples.count; i++) {
        const zcb_sample *row = &samples.rows[i];
        uint32_t group = (uint32_t)(i / (BLOCKS * ARMS));
        uint32_t block = (uint32_t)(i % (BLOCKS * ARMS) / ARMS);
        uint32_t arm = (uint32_t)((i % (BLOCKS * ARMS) + block) % ARMS);
        if (row->cell != group % CELLS || row->launch != group / CELLS || row->block != block ||
            row->elapsed_ns != elapsed_of(row->cell, row->launch, block, arm)) {
            fail_msg("row %zu is not the one written", i);
        }
    }
#ifdef HAS_SANITIZER
    print_message("peak memory is not looked at: the sanitizer keeps freed blocks\n");
#else
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    assert_true(usage.ru_maxrss >= 1 && usage.ru_maxrss <= PEAK_LIMIT_KIB);
#endif
    zcb_samples_clear(&samples);
    zcb_cells_free(cells);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_million_rows_fit, make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
