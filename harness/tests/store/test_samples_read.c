/* Protects: samples.csv reads back as written, and a torn end costs its line only. */
#include "samples_text.h"
#include "support.h"

#include "store/csv_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static void push(zcb_samples *samples, zcb_sample sample)
{
    assert_int_equal(zcb_samples_push(samples, &sample, NULL), 0);
}

/* Rows with everything that is awkward: quoted names, largest numbers, cells that alternate. */
static void fill(zcb_cells *cells, zcb_samples *samples)
{
    uint32_t plain = add_cell(cells, "cp311", "bytes_slice", 4096);
    uint32_t as_long = add_cell(cells, "cp311", "bytes_slice", 8192);
    uint32_t quoted = add_cell(cells, "base, \"old\"", "my pair\xc3\xa9", UINT64_MAX);
    zcb_cell other = {"cp313t",
                      "ndarray_slice",
                      ZCB_LANE_CAPI,
                      ZCB_HEAP_FRESH,
                      ZCB_CACHE_COLD,
                      ZCB_CONSUMER_READ,
                      1};
    uint32_t conditions = (uint32_t)zcb_cells_add(cells, &other);
    const char *copy = zcb_cells_intern(cells, "copy");
    const char *named = zcb_cells_intern(cells, "view:a,b");
    push(samples, (zcb_sample){plain, 1, 0, 0, copy, 1000, 512345, 0});
    push(samples, (zcb_sample){plain, 1, 0, 1, zcb_cells_intern(cells, "view"), 1000, 1, 3});
    push(samples, (zcb_sample){quoted, UINT32_MAX, UINT32_MAX, UINT32_MAX, named, UINT64_MAX,
                               UINT64_MAX, UINT64_MAX});
    push(samples, (zcb_sample){plain, 1, 1, 0, zcb_cells_intern(cells, "null"), 9, 9, 9});
    push(samples, (zcb_sample){quoted, 2, 1, 0, zcb_cells_intern(cells, "limit"), 9, 9, 9});
    push(samples, (zcb_sample){plain, 5, 5, 5, copy, 5, 5, 5});
    push(samples, (zcb_sample){as_long, 5, 5, 5, copy, 5, 5, 5});
    push(samples, (zcb_sample){plain, 5, 6, 5, copy, 5, 5, 5});
    push(samples, (zcb_sample){conditions, 0, 0, 0, zcb_cells_intern(cells, "twin"), 1, 0, 0});
}

static void write_all(const char *path, const zcb_cells *cells, const zcb_sample *rows,
                      size_t count)
{
    zcb_error error = {0};
    zcb_samples_writer *writer = zcb_samples_writer_open(path, 0, &error);
    assert_non_null(writer);
    assert_int_equal(zcb_samples_writer_append(writer, cells, rows, count, &error), 0);
    assert_int_equal(zcb_samples_writer_close(writer, &error), 0);
}

static void rows_read_back_as_written(void **state)
{
    char *path = in_folder(state, "samples.csv");
    zcb_error error = {0};
    zcb_cells *cells = zcb_cells_new();
    zcb_cells *read_cells = zcb_cells_new();
    zcb_samples samples = {0}, read_samples = {0};
    int torn = 7;
    uint64_t valid_bytes = 0;
    fill(cells, &samples);
    write_all(path, cells, samples.rows, samples.count);
    assert_int_equal(
        zcb_samples_read(path, read_cells, &read_samples, &torn, &valid_bytes, &error), 0);
    assert_samples_equal(cells, &samples, read_cells, &read_samples);
    assert_ptr_equal(read_samples.rows[0].arm, zcb_cells_intern(read_cells, "copy"));
    assert_int_equal(zcb_cells_count(read_cells), 4);
    size_t size = 0;
    free(get_text(path, &size));
    assert_int_equal(torn, 0);
    assert_int_equal(valid_bytes, size);
    zcb_samples_clear(&samples);
    zcb_samples_clear(&read_samples);
    zcb_cells_free(cells);
    zcb_cells_free(read_cells);
    free(path);
}

static void compressed_rows_read_back_and_a_cut_archive_does_not(void **state)
{
    char *path = in_folder(state, "samples.csv.gz");
    zcb_error error = {0};
    zcb_cells *cells = zcb_cells_new();
    zcb_samples samples = {0};
    gzFile zipped = gzopen(path, "wb");
    gzputs(zipped, HEADER);
    for (int i = 0; i < 20000; i++) { /* beyond one read */
        gzprintf(zipped, CELL "%d,0,0,copy,1000,%d,0\n", i, i * 7919);
    }
    assert_int_equal(gzclose(zipped), Z_OK);
    assert_int_equal(zcb_samples_read(path, cells, &samples, NULL, NULL, &error), 0);
    assert_int_equal(samples.count, 20000);
    assert_int_equal(samples.rows[19999].elapsed_ns, 19999 * 7919);
    zcb_samples_clear(&samples);

    size_t size = 0;
    char *bytes = get_text(path, &size);
    const size_t lengths[] = {size - 1, size - 8, size / 2, 20, 3};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        put_bytes(path, bytes, lengths[i]);
        assert_int_equal(zcb_samples_read(path, cells, &samples, NULL, NULL, &error), -1);
        assert_error(&error, ZCB_EXIT_USAGE, "samples.csv.gz'");
        assert_null(samples.rows);
    }
    bytes[size / 2] ^= 0x55;
    put_bytes(path, bytes, size);
    assert_int_equal(zcb_samples_read(path, cells, &samples, NULL, NULL, &error), -1);
    assert_error(&error, ZCB_EXIT_USAGE, "samples.csv.gz'");
    free(bytes);
    zcb_cells_free(cells);
    free(path);
}

/* Cuts a good file at one offset, reads it, resumes, and expects the uncut file. */
static void resume_from(const char *path, const char *whole, size_t size, size_t cut,
                        const zcb_cells *cells, const zcb_samples *samples)
{
    zcb_error error = {0};
    zcb_cells *read_cells = zcb_cells_new();
    zcb_samples read_samples = {0};
    int torn = 7;
    uint64_t valid_bytes = 7;
    put_bytes(path, whole, cut);
    assert_int_equal(
        zcb_samples_read(path, read_cells, &read_samples, &torn, &valid_bytes, &error), 0);
    size_t lines = 0, last = 0;
    for (size_t i = 0; i < cut; i++) {
        if (whole[i] == '\n') {
            lines++;
            last = i + 1;
        }
    }
    assert_int_equal(read_samples.count, lines == 0 ? 0 : lines - 1);
    assert_int_equal(valid_bytes, last);
    assert_int_equal(torn, last < cut);

    zcb_samples_writer *writer = zcb_samples_writer_open(path, valid_bytes, &error);
    assert_non_null(writer);
    assert_int_equal(zcb_samples_writer_append(writer, cells,
                                               samples->rows + read_samples.count,
                                               samples->count - read_samples.count, &error),
                     0);
    assert_int_equal(zcb_samples_writer_close(writer, &error), 0);
    size_t new_size = 0;
    char *text = get_text(path, &new_size);
    assert_int_equal(new_size, size);
    assert_memory_equal(text, whole, size);
    free(text);
    zcb_samples_clear(&read_samples);
    zcb_cells_free(read_cells);
}

static void a_torn_end_at_any_byte_can_be_resumed(void **state)
{
    char *path = in_folder(state, "samples.csv");
    zcb_cells *cells = zcb_cells_new();
    zcb_samples samples = {0};
    fill(cells, &samples);
    write_all(path, cells, samples.rows, samples.count);
    size_t size = 0;
    char *whole = get_text(path, &size);
    for (size_t cut = 0; cut <= size; cut++) {
        resume_from(path, whole, size, cut, cells, &samples);
    }
    free(whole);
    zcb_samples_clear(&samples);
    zcb_cells_free(cells);
    free(path);
}

/* What a file system may leave whose lengths reach the disk before the data. */
static void zeroes_at_the_end_are_a_torn_line(void **state)
{
    char *path = in_folder(state, "samples.csv");
    zcb_cells *cells = zcb_cells_new();
    zcb_samples samples = {0};
    fill(cells, &samples);
    write_all(path, cells, samples.rows, samples.count);
    size_t whole = 0;
    char *text = get_text(path, &whole);
    static const size_t zeroes[] = {1, 100, 9000, 300000};
    for (size_t half = 0; half <= 5; half += 5) {
        for (size_t i = 0; i < sizeof zeroes / sizeof zeroes[0]; i++) {
            zcb_error error = {0};
            zcb_samples read_samples = {0};
            int torn = 0;
            uint64_t valid_bytes = 0;
            char *bytes = calloc(whole + half + zeroes[i] + 1, 1);
            memcpy(bytes, text, whole);
            memcpy(bytes + whole, text, half);
            put_bytes(path, bytes, whole + half + zeroes[i]);
            assert_int_equal(
                zcb_samples_read(path, cells, &read_samples, &torn, &valid_bytes, &error), 0);
            assert_int_equal(torn, 1);
            assert_int_equal(valid_bytes, whole);
            assert_samples_equal(cells, &samples, cells, &read_samples);
            zcb_samples_clear(&read_samples);
            bytes[whole + half + zeroes[i]] = 'x'; /* something behind them: no torn line */
            put_bytes(path, bytes, whole + half + zeroes[i] + 1);
            if (half + zeroes[i] > ZCB_CSV_RECORD_MAX) {
                assert_int_equal(
                    zcb_samples_read(path, cells, &read_samples, NULL, NULL, &error), -1);
            }
            free(bytes);
        }
    }
    memset(text + 10, 0, whole - 10); /* as early as in the header */
    for (size_t size = 11; size <= whole; size += whole - 11) {
        zcb_error error = {0};
        zcb_samples read_samples = {0};
        put_bytes(path, text, size);
        assert_int_equal(zcb_samples_read(path, cells, &read_samples, NULL, NULL, &error), 0);
        assert_int_equal(read_samples.count, 0);
        zcb_samples_writer *writer = zcb_samples_writer_open(path, 0, &error); /* begins anew */
        assert_non_null(writer);
        assert_int_equal(zcb_samples_writer_close(writer, &error), 0);
        size_t begun = 0;
        char *again = get_text(path, &begun);
        assert_string_equal(again, HEADER);
        assert_int_equal(begun, strlen(HEADER));
        free(again);
    }
    free(text);
    zcb_samples_clear(&samples);
    zcb_cells_free(cells);
    free(path);
}

static void rows_across_read_chunks_stay_whole(void **state)
{
    /* Row lengths that shift against any power of two: every row must survive the buffer's
     * seams. */
    char *path = in_folder(state, "samples.csv");
    FILE *file = fopen(path, "w");
    fputs(HEADER, file);
    for (unsigned i = 0; i < 30000; i++) {
        fprintf(file, CELL "%u,%u,0,copy,1000,%u,0\n", i % 11, i, i * 31);
    }
    fclose(file);
    zcb_error error = {0};
    zcb_cells *cells = zcb_cells_new();
    zcb_samples samples = {0};
    assert_int_equal(zcb_samples_read(path, cells, &samples, NULL, NULL, &error), 0);
    assert_int_equal(samples.count, 30000);
    for (uint32_t i = 0; i < 30000; i++) {
        assert_int_equal(samples.rows[i].launch, i % 11);
        assert_int_equal(samples.rows[i].block, i);
        assert_int_equal(samples.rows[i].elapsed_ns, i * 31);
    }
    assert_int_equal(zcb_cells_count(cells), 1);
    zcb_samples_clear(&samples);
    zcb_cells_free(cells);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_read_back_as_written, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(compressed_rows_read_back_and_a_cut_archive_does_not,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(a_torn_end_at_any_byte_can_be_resumed, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(zeroes_at_the_end_are_a_torn_line, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(rows_across_read_chunks_stay_whole, make_folder,
                                        remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
