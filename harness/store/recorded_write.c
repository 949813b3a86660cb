/* Writes launches.csv and cells.csv: small tables, written whole. */
#include "store/recorded.h"

#include "store/columns.h"
#include "store/csv_fields.h"
#include "store/files.h"
#include "store/utf8.h"

#include <inttypes.h>

/* A row without a launch's phase or status, or with a name or number that would be refused when
 * read back, is a programming error upstream: better no file than one that can't be read. */
static int launch_can_be_read_back(const zcb_launch_row *row)
{
    return zcb_name_is_valid(row->python) && zcb_name_is_valid(row->phase) &&
           zcb_name_is_valid(row->status);
}

static void write_launch(FILE *stream, const zcb_launch_row *row)
{
    zcb_csv_text(stream, row->python);
    fprintf(stream, ",%" PRIu32 ",", row->launch);
    zcb_csv_text(stream, row->phase);
    fprintf(stream, ",%" PRIu64 ",%" PRIu32 ",", row->seed, row->env_pad_bytes);
    zcb_csv_text(stream, row->started_utc);
    fprintf(stream, ",%" PRIu64 ",%" PRIu64 ",", row->steal_ms, row->involuntary_switches);
    zcb_csv_number(stream, row->load1);
    putc(',', stream);
    zcb_csv_text(stream, row->status);
    putc('\n', stream);
}

int zcb_launches_write(const char *path, const zcb_launch_row *rows, size_t count,
                       zcb_error *error)
{
    zcb_file *file = zcb_file_begin(path, error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    fputs(ZCB_LAUNCHES_COLUMNS "\n", stream);
    for (size_t i = 0; i < count; i++) {
        if (!launch_can_be_read_back(&rows[i])) {
            zcb_file_discard(file);
            return zcb_fail(error, ZCB_EXIT_INTERNAL,
                            "cannot write '%s': launch %" PRIu32
                            " has no python, phase or status",
                            path, rows[i].launch);
        }
        write_launch(stream, &rows[i]);
    }
    return zcb_file_commit(file, error);
}

static int cell_can_be_read_back(const zcb_cells *cells, uint32_t index)
{
    if (index >= zcb_cells_count(cells)) {
        return 0;
    }
    const zcb_cell *cell = zcb_cells_at(cells, index);
    return zcb_name_is_valid(cell->python) && zcb_name_is_valid(cell->pair);
}

int zcb_cell_rows_write(const char *path, const zcb_cells *cells, const zcb_cell_row *rows,
                        size_t count, zcb_error *error)
{
    zcb_file *file = zcb_file_begin(path, error);
    if (file == NULL) {
        return -1;
    }
    FILE *stream = zcb_file_stream(file);
    fputs(ZCB_CELL_ROWS_COLUMNS "\n", stream);
    for (size_t i = 0; i < count; i++) {
        if (!cell_can_be_read_back(cells, rows[i].cell)) {
            zcb_file_discard(file);
            return zcb_fail(error, ZCB_EXIT_INTERNAL,
                            "cannot write '%s': row %zu names no valid cell", path, i + 1);
        }
        zcb_csv_cell(stream, zcb_cells_at(cells, rows[i].cell));
        fprintf(stream, ",%s,", zcb_status_name(rows[i].status));
        zcb_csv_text(stream, rows[i].reason);
        putc(',', stream);
        zcb_csv_text(stream, rows[i].flags);
        putc('\n', stream);
    }
    return zcb_file_commit(file, error);
}
