/* Appends to samples.csv: a group of rows reaches the file in one write or not at all. */
#include "store/samples.h"

#include "store/columns.h"
#include "store/csv_fields.h"
#include "store/files.h"
#include "store/io.h"
#include "store/samples_row.h"
#include "store/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char header[] = ZCB_SAMPLES_COLUMNS "\n";

/* Invariant: the file's first `good_bytes` bytes are whole groups. */
struct zcb_samples_writer {
    char *path;
    int fd;
    uint64_t good_bytes;
};

/* Fills `error` from errno. Always -1. */
static int fail_with_errno(const zcb_samples_writer *writer, const char *what, zcb_error *error)
{
    int number = errno;
    return zcb_fail(error, zcb_exit_of_errno(number), "cannot %s '%s': %s", what, writer->path,
                    strerror(number));
}

/* Appends whole or takes back what was written of it. */
static int append_bytes(zcb_samples_writer *writer, const char *data, size_t size,
                        zcb_error *error)
{
    if (zcb_write_all(writer->fd, data, size) == size) {
        writer->good_bytes += size;
        return 0;
    }
    int number = errno;
    int is_taken_back = ftruncate(writer->fd, (off_t)writer->good_bytes) == 0;
    return zcb_fail(error, ZCB_EXIT_INTERNAL, "cannot append to '%s': %s; %s", writer->path,
                    strerror(number),
                    is_taken_back ? "the rows before are kept"
                                  : "the rows before are kept, behind them a torn line");
}

/* The byte before `offset`, or -1. */
static int byte_before(int fd, uint64_t offset)
{
    unsigned char byte = 0;
    return pread(fd, &byte, 1, (off_t)offset - 1) == 1 ? byte : -1;
}

/* 1 when the file holds nothing but zeroes from `offset` to `size`. */
static int is_zero_behind(int fd, uint64_t offset, uint64_t size)
{
    char bytes[4096];
    static const char zeroes[sizeof bytes];
    while (offset < size) {
        ssize_t count = pread(fd, bytes, sizeof bytes, (off_t)offset);
        if (count <= 0 || memcmp(bytes, zeroes, (size_t)count) != 0) {
            return 0;
        }
        offset += (uint64_t)count;
    }
    return 1;
}

/* 1 when the file is a beginning of the header, with zeroes or nothing behind it: a new run killed
 * before its first row. */
static int is_torn_header(int fd, uint64_t size)
{
    char start[sizeof header] = "";
    ssize_t count = pread(fd, start, sizeof start - 1, 0);
    size_t length = strlen(start);
    return count >= 0 && length < sizeof header - 1 && memcmp(start, header, length) == 0 &&
           is_zero_behind(fd, length, size);
}

/* Leaves the file with a header and whole lines of rows behind it, cut to `truncate_to` where
 * asked. */
static int prepare(zcb_samples_writer *writer, uint64_t truncate_to, zcb_error *error)
{
    struct stat status;
    if (fstat(writer->fd, &status) < 0) {
        return fail_with_errno(writer, "open", error);
    }
    uint64_t size = (uint64_t)status.st_size;
    if (truncate_to > size) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "cannot cut '%s' to %" PRIu64 " bytes: it has %" PRIu64, writer->path,
                        truncate_to, size);
    }
    uint64_t keep = truncate_to > 0 ? truncate_to : size;
    if (is_torn_header(writer->fd, keep)) {
        keep = 0;
    }
    char start[sizeof header] = "";
    if (keep > 0 &&
        (pread(writer->fd, start, sizeof header - 1, 0) < (ssize_t)(sizeof header - 1) ||
         strcmp(start, header) != 0 || byte_before(writer->fd, keep) != '\n')) {
        return zcb_fail(
            error, ZCB_EXIT_USAGE,
            "cannot append to '%s': the rows before do not end with a whole line, or it is "
            "no table of samples",
            writer->path);
    }
    if (keep < size && ftruncate(writer->fd, (off_t)keep) < 0) {
        return fail_with_errno(writer, "cut", error);
    }
    writer->good_bytes = keep;
    return keep > 0 ? 0 : append_bytes(writer, header, sizeof header - 1, error);
}

zcb_samples_writer *zcb_samples_writer_open(const char *path, uint64_t truncate_to,
                                            zcb_error *error)
{
    zcb_samples_writer *writer = calloc(1, sizeof *writer);
    if (writer == NULL || (writer->path = strdup(path)) == NULL) {
        free(writer);
        zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory writing '%s'", path);
        return NULL;
    }
    writer->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (writer->fd < 0) {
        fail_with_errno(writer, "create", error);
    } else if (prepare(writer, truncate_to, error) == 0) {
        return writer;
    } else {
        close(writer->fd);
    }
    free(writer->path);
    free(writer);
    return NULL;
}

static int can_be_read_back(const zcb_cells *cells, const zcb_sample *row)
{
    if (row->cell >= zcb_cells_count(cells) || row->iterations == 0 ||
        !zcb_name_is_valid(row->arm) || !zcb_sample_arm_is_known(row->arm)) {
        return 0;
    }
    const zcb_cell *cell = zcb_cells_at(cells, row->cell);
    return cell->size_bytes > 0 && zcb_name_is_valid(cell->python) &&
           zcb_name_is_valid(cell->pair);
}

static int format_rows(FILE *stream, const char *path, const zcb_cells *cells,
                       const zcb_sample *rows, size_t count, zcb_error *error)
{
    for (size_t i = 0; i < count; i++) {
        const zcb_sample *row = &rows[i];
        if (!can_be_read_back(cells, row)) {
            return zcb_fail(error, ZCB_EXIT_INTERNAL,
                            "cannot append to '%s': row %zu of %zu could not be read back",
                            path, i + 1, count);
        }
        zcb_csv_cell(stream, zcb_cells_at(cells, row->cell));
        fprintf(stream, ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",", row->launch, row->block,
                row->order);
        zcb_csv_text(stream, row->arm);
        fprintf(stream, ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 "\n", row->iterations,
                row->elapsed_ns, row->minor_faults);
    }
    return 0;
}

int zcb_samples_writer_append(zcb_samples_writer *writer, const zcb_cells *cells,
                              const zcb_sample *rows, size_t count, zcb_error *error)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (stream == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory writing '%s'", writer->path);
    }
    int status = format_rows(stream, writer->path, cells, rows, count, error);
    int is_short = ferror(stream);
    is_short |= fclose(stream) != 0;
    if (status == 0 && is_short) {
        status = zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory writing '%s'", writer->path);
    }
    if (status == 0 && size > 0) {
        status = append_bytes(writer, text, size, error);
    }
    free(text);
    return status;
}

int zcb_samples_writer_close(zcb_samples_writer *writer, zcb_error *error)
{
    if (writer == NULL) {
        return 0;
    }
    int status = 0;
    if (fsync(writer->fd) < 0 && errno != EINVAL) {
        status = fail_with_errno(writer, "flush", error);
    }
    if (close(writer->fd) < 0 && status == 0 && errno != EINTR) {
        status = fail_with_errno(writer, "close", error);
    }
    free(writer->path);
    free(writer);
    return status;
}
