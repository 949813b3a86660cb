/* See derived.h. */
#include "store/derived.h"

#include "store/columns.h"
#include "store/csv_fields.h"
#include "store/files.h"

#include <inttypes.h>

/* Starts a table: its file and its header row. NULL on failure. */
static zcb_file *begin_table(const char *path, const char *columns, zcb_error *error)
{
    zcb_file *file = zcb_file_begin(path, error);
    if (file != NULL) {
        fprintf(zcb_file_stream(file), "%s\n", columns);
    }
    return file;
}

static void text_field(FILE *stream, const char *text)
{
    putc(',', stream);
    zcb_csv_text(stream, text == NULL ? "" : text);
}

static void number_fields(FILE *stream, const double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        putc(',', stream);
        zcb_csv_number(stream, numbers[i]);
    }
}

int zcb_summary_write(const char *path, const char *run_id, const zcb_cells *cells,
                      const zcb_summary_row *rows, size_t count, zcb_error *error)
{
    zcb_file *file = begin_table(path, ZCB_SUMMARY_COLUMNS, error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    for (size_t i = 0; i < count; i++) {
        const zcb_summary_row *row = &rows[i];
        const double numbers[] = {row->median_ns, row->ci_lo_ns,     row->ci_hi_ns,
                                  row->mean_ns,   row->sd_ns,        row->min_ns,
                                  row->p99_ns,    row->faults_per_op};
        zcb_csv_text(stream, run_id);
        putc(',', stream);
        zcb_csv_cell(stream, zcb_cells_at(cells, row->cell));
        text_field(stream, row->arm);
        fprintf(stream, ",%" PRIu64 ",%" PRIu64, row->launches, row->samples);
        number_fields(stream, numbers, sizeof numbers / sizeof numbers[0]);
        text_field(stream, zcb_status_name(row->status));
        text_field(stream, row->flags);
        putc('\n', stream);
    }
    return zcb_file_commit(file, error);
}

int zcb_speedup_write(const char *path, const char *run_id, const zcb_cells *cells,
                      const zcb_speedup_row *rows, size_t count, zcb_error *error)
{
    zcb_file *file = begin_table(path, ZCB_SPEEDUP_COLUMNS, error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    for (size_t i = 0; i < count; i++) {
        const zcb_speedup_row *row = &rows[i];
        const double numbers[] = {row->gross,   row->gross_lo,   row->gross_hi, row->net,
                                  row->net_lo,  row->net_hi,     row->twin,     row->twin_lo,
                                  row->twin_hi, row->limit_ratio};
        zcb_csv_text(stream, run_id);
        putc(',', stream);
        zcb_csv_cell(stream, zcb_cells_at(cells, row->cell));
        text_field(stream, row->arm);
        number_fields(stream, numbers, sizeof numbers / sizeof numbers[0]);
        text_field(stream, row->verdict);
        putc('\n', stream);
    }
    return zcb_file_commit(file, error);
}

int zcb_breakeven_write(const char *path, const char *run_id, const zcb_cells *cells,
                        const zcb_breakeven_row *rows, size_t count, zcb_error *error)
{
    zcb_file *file = begin_table(path, ZCB_BREAKEVEN_COLUMNS, error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    for (size_t i = 0; i < count; i++) {
        const zcb_breakeven_row *row = &rows[i];
        const double numbers[] = {row->bytes, row->ci_lo, row->ci_hi};
        zcb_csv_text(stream, run_id);
        putc(',', stream);
        zcb_csv_series(stream, zcb_cells_at(cells, row->cell));
        text_field(stream, row->arm);
        text_field(stream, row->status);
        number_fields(stream, numbers, sizeof numbers / sizeof numbers[0]);
        putc('\n', stream);
    }
    return zcb_file_commit(file, error);
}

int zcb_scaling_write(const char *path, const char *run_id, const zcb_cells *cells,
                      const zcb_scaling_row *rows, size_t count, zcb_error *error)
{
    zcb_file *file = begin_table(path, ZCB_SCALING_COLUMNS, error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    for (size_t i = 0; i < count; i++) {
        const zcb_scaling_row *row = &rows[i];
        const double numbers[] = {row->exponent, row->ci_lo, row->ci_hi, row->expected};
        zcb_csv_text(stream, run_id);
        putc(',', stream);
        zcb_csv_series(stream, zcb_cells_at(cells, row->cell));
        text_field(stream, row->arm);
        fprintf(stream, ",%" PRIu64 ",%" PRIu64, row->regime_lo_bytes, row->regime_hi_bytes);
        number_fields(stream, numbers, sizeof numbers / sizeof numbers[0]);
        putc('\n', stream);
    }
    return zcb_file_commit(file, error);
}
