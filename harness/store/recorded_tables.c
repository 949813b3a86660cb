/* See recorded_tables.h. */
#include "store/recorded_tables.h"

#include "store/columns.h"
#include "store/csv_fields.h"
#include "store/table_rows.h"
#include "store/utf8.h"

/* A text that must say something: a launch's phase and status. */
static int read_label(const zcb_csv_reader *reader, const zcb_csv_record *record, size_t column,
                      const char *name, char *out, size_t size, zcb_error *error)
{
    if (!zcb_name_is_valid(record->fields[column])) {
        return zcb_csv_malformed(reader, error, "%s is empty or holds control characters",
                                 name);
    }
    return zcb_csv_read_text(reader, record, column, name, out, size, error);
}

static int read_launch(const zcb_csv_reader *reader, const zcb_csv_record *record,
                       zcb_cells *cells, void *at, zcb_error *error)
{
    zcb_launch_row *row = at;
    uint64_t launch = 0, env_pad_bytes = 0;
    if (zcb_csv_read_name(reader, record, 0, "python", cells, &row->python, error) < 0 ||
        zcb_csv_read_whole(reader, record, 1, UINT32_MAX, "launch", &launch, error) < 0 ||
        read_label(reader, record, 2, "phase", row->phase, sizeof row->phase, error) < 0 ||
        zcb_csv_read_whole(reader, record, 3, UINT64_MAX, "seed", &row->seed, error) < 0 ||
        zcb_csv_read_whole(reader, record, 4, UINT32_MAX, "env_pad_bytes", &env_pad_bytes,
                           error) < 0 ||
        zcb_csv_read_text(reader, record, 5, "started_utc", row->started_utc,
                          sizeof row->started_utc, error) < 0 ||
        zcb_csv_read_whole(reader, record, 6, UINT64_MAX, "steal_ms", &row->steal_ms, error) <
            0 ||
        zcb_csv_read_whole(reader, record, 7, UINT64_MAX, "involuntary_switches",
                           &row->involuntary_switches, error) < 0 ||
        zcb_csv_read_number(reader, record, 8, "load1", &row->load1, error) < 0 ||
        read_label(reader, record, 9, "status", row->status, sizeof row->status, error) < 0) {
        return -1;
    }
    row->launch = (uint32_t)launch;
    row->env_pad_bytes = (uint32_t)env_pad_bytes;
    return 0;
}

static int read_cell_row(const zcb_csv_reader *reader, const zcb_csv_record *record,
                         zcb_cells *cells, void *at, zcb_error *error)
{
    zcb_cell_row *row = at;
    const size_t first = ZCB_CELL_COLUMN_COUNT;
    if (zcb_csv_read_cell(reader, record, cells, &row->cell, error) < 0) {
        return -1;
    }
    if (zcb_status_parse(record->fields[first], &row->status) < 0) {
        return zcb_csv_malformed(reader, error, "unknown status '%.40s'",
                                 record->fields[first]);
    }
    if (zcb_csv_read_text(reader, record, first + 1, "reason", row->reason, sizeof row->reason,
                          error) < 0 ||
        zcb_csv_read_text(reader, record, first + 2, "flags", row->flags, sizeof row->flags,
                          error) < 0) {
        return -1;
    }
    return 0;
}

int zcb_launches_read(const char *path, zcb_cells *cells, zcb_launch_row **rows, size_t *count,
                      zcb_error *error)
{
    void *read = NULL;
    int result = zcb_table_rows_read(path, ZCB_LAUNCHES_COLUMNS, read_launch, sizeof **rows,
                                     cells, &read, count, error);
    *rows = result < 0 ? *rows : read;
    return result;
}

int zcb_cell_rows_read(const char *path, zcb_cells *cells, zcb_cell_row **rows, size_t *count,
                       zcb_error *error)
{
    void *read = NULL;
    int result = zcb_table_rows_read(path, ZCB_CELL_ROWS_COLUMNS, read_cell_row, sizeof **rows,
                                     cells, &read, count, error);
    *rows = result < 0 ? *rows : read;
    return result;
}
