/* Reads memory.csv, semantics.csv and lies.csv whole. */
#include "store/memory_rows.h"

#include "store/columns.h"
#include "store/csv_fields.h"
#include "store/table_rows.h"

#include <string.h>

static int read_key(const zcb_csv_reader *reader, const zcb_csv_record *record,
                    zcb_cells *cells, zcb_arm_key *key, zcb_error *error)
{
    if (zcb_csv_read_name(reader, record, 0, "python", cells, &key->python, error) < 0 ||
        zcb_csv_read_name(reader, record, 1, "pair", cells, &key->pair, error) < 0 ||
        zcb_csv_read_whole(reader, record, 3, UINT64_MAX, "size_bytes", &key->size_bytes,
                           error) < 0 ||
        zcb_csv_read_name(reader, record, 4, "arm", cells, &key->arm, error) < 0) {
        return -1;
    }
    return zcb_lane_parse(record->fields[2], &key->lane) == 0
               ? 0
               : zcb_csv_malformed(reader, error, "unknown lane '%.40s'", record->fields[2]);
}

static int read_memory(const zcb_csv_reader *reader, const zcb_csv_record *record,
                       zcb_cells *cells, void *at, zcb_error *error)
{
    zcb_memory_row *row = at;
    zcb_memory_figures *f = &row->figures;
    static const char *const names[] = {"blocks_per_op", "bytes_per_op",   "gc_objects_per_op",
                                        "peak_bytes",    "retained_bytes", "used_bytes"};
    double *const figures[] = {&f->blocks_per_op, &f->bytes_per_op,   &f->gc_objects_per_op,
                               &f->peak_bytes,    &f->retained_bytes, &f->used_bytes};
    if (read_key(reader, record, cells, &row->key, error) < 0) {
        return -1;
    }
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++) {
        if (zcb_csv_read_number(reader, record, ZCB_ARM_COLUMN_COUNT + i, names[i], figures[i],
                                error) < 0) {
            return -1;
        }
    }
    return 0;
}

/* yes, no, or nothing. */
static int read_answer(const zcb_csv_reader *reader, const char *text, int *out,
                       zcb_error *error)
{
    if (strcmp(text, "yes") != 0 && strcmp(text, "no") != 0 && text[0] != '\0') {
        return zcb_csv_malformed(reader, error, "'%.40s' is neither yes nor no", text);
    }
    *out = text[0] == '\0' ? -1 : text[0] == 'y';
    return 0;
}

static int read_semantics(const zcb_csv_reader *reader, const zcb_csv_record *record,
                          zcb_cells *cells, void *at, zcb_error *error)
{
    zcb_semantics_row *row = at;
    zcb_meaning *m = &row->meaning;
    int *const answers[] = {&m->change_seen, &m->source_locked, &m->source_kept_alive,
                            &m->writable, &m->contiguous};
    if (read_key(reader, record, cells, &row->key, error) < 0) {
        return -1;
    }
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        if (read_answer(reader, record->fields[ZCB_ARM_COLUMN_COUNT + i], answers[i], error) <
            0) {
            return -1;
        }
    }
    return 0;
}

static int read_lie(const zcb_csv_reader *reader, const zcb_csv_record *record,
                    zcb_cells *cells, void *at, zcb_error *error)
{
    zcb_lie_row *row = at;
    if (zcb_csv_read_name(reader, record, 0, "python", cells, &row->python, error) < 0 ||
        zcb_csv_read_name(reader, record, 1, "lie", cells, &row->lie, error) < 0 ||
        zcb_csv_read_text(reader, record, 2, "statement", row->statement, sizeof row->statement,
                          error) < 0 ||
        zcb_csv_read_text(reader, record, 3, "claim", row->claim, sizeof row->claim, error) <
            0 ||
        zcb_csv_read_text(reader, record, 4, "found", row->found, sizeof row->found, error) <
            0) {
        return -1;
    }
    return zcb_csv_read_text(reader, record, 5, "note", row->note, sizeof row->note, error);
}

int zcb_memory_rows_read(const char *path, zcb_cells *cells, zcb_memory_row **rows,
                         size_t *count, zcb_error *error)
{
    void *read = NULL;
    int result = zcb_table_rows_read(path, ZCB_MEMORY_COLUMNS, read_memory, sizeof **rows,
                                     cells, &read, count, error);
    *rows = result < 0 ? *rows : read;
    return result;
}

int zcb_semantics_rows_read(const char *path, zcb_cells *cells, zcb_semantics_row **rows,
                            size_t *count, zcb_error *error)
{
    void *read = NULL;
    int result = zcb_table_rows_read(path, ZCB_SEMANTICS_COLUMNS, read_semantics, sizeof **rows,
                                     cells, &read, count, error);
    *rows = result < 0 ? *rows : read;
    return result;
}

int zcb_lie_rows_read(const char *path, zcb_cells *cells, zcb_lie_row **rows, size_t *count,
                      zcb_error *error)
{
    void *read = NULL;
    int result = zcb_table_rows_read(path, ZCB_LIES_COLUMNS, read_lie, sizeof **rows, cells,
                                     &read, count, error);
    *rows = result < 0 ? *rows : read;
    return result;
}
