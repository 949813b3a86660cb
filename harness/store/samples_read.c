/* samples.csv into memory: rows in an array, and the reader that must swallow a million of
 * them. */
#include "store/samples.h"

#include "base/room.h"
#include "store/columns.h"
#include "store/csv_fields.h"
#include "store/csv_reader.h"
#include "store/samples_row.h"

#include <stdlib.h>
#include <string.h>

#define RECENT_ARMS ZCB_ARMS_MAX

/* A read under way, with what the rows before taught: consecutive rows share their cell, and a
 * cell has few arms. Invariant: `key` holds the bytes of the last unquoted row's cell fields,
 * of cell `cell`. */
typedef struct reading {
    zcb_csv_reader *reader;
    zcb_cells *cells;
    char key[ZCB_CSV_RECORD_MAX];
    size_t key_length; /* 0: none yet */
    uint32_t cell;
    const char *recent_arms[RECENT_ARMS];
    size_t recent_count, recent_next;
    zcb_samples rows;
} reading;

void zcb_samples_clear(zcb_samples *samples)
{
    free(samples->rows);
    *samples = (zcb_samples){0};
}

int zcb_samples_push(zcb_samples *samples, const zcb_sample *sample, zcb_error *error)
{
    zcb_sample *rows =
        zcb_with_room(samples->rows, &samples->capacity, samples->count + 1, sizeof *rows);
    if (rows == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory after %zu samples",
                        samples->count);
    }
    samples->rows = rows;
    rows[samples->count++] = *sample;
    return 0;
}

static int read_cell(reading *state, const zcb_csv_record *record, uint32_t *out,
                     zcb_error *error)
{
    const char *key = record->fields[0];
    size_t last = ZCB_CELL_COLUMN_COUNT - 1;
    size_t key_length = (size_t)(record->fields[last] - key) + record->lengths[last];
    if (!record->is_quoted && key_length == state->key_length &&
        memcmp(key, state->key, key_length) == 0) {
        *out = state->cell;
        return 0;
    }
    if (zcb_csv_read_cell(state->reader, record, state->cells, out, error) < 0) {
        return -1;
    }
    if (zcb_cells_at(state->cells, *out)->size_bytes == 0) {
        return zcb_csv_malformed(state->reader, error, "size_bytes is 0");
    }
    if (!record->is_quoted) {
        memcpy(state->key, key, key_length);
        state->key_length = key_length;
        state->cell = *out;
    }
    return 0;
}

static int read_arm(reading *state, const zcb_csv_record *record, const char **out,
                    zcb_error *error)
{
    const char *text = record->fields[ZCB_CELL_COLUMN_COUNT + 3];
    for (size_t i = 0; i < state->recent_count; i++) {
        if (strcmp(state->recent_arms[i], text) == 0) {
            *out = state->recent_arms[i];
            return 0;
        }
    }
    if (zcb_csv_read_name(state->reader, record, ZCB_CELL_COLUMN_COUNT + 3, "arm", state->cells,
                          out, error) < 0) {
        return -1;
    }
    if (!zcb_sample_arm_is_known(text)) {
        return zcb_csv_malformed(state->reader, error, "unknown arm '%s'", text);
    }
    state->recent_arms[state->recent_next] = *out;
    state->recent_next = (state->recent_next + 1) % RECENT_ARMS;
    state->recent_count += state->recent_count < RECENT_ARMS;
    return 0;
}

/* The whole numbers of a row. */
static int read_numbers(const reading *state, const zcb_csv_record *record, zcb_sample *out,
                        zcb_error *error)
{
    uint64_t launch = 0, block = 0, order = 0;
    const zcb_csv_reader *reader = state->reader;
    const size_t first = ZCB_CELL_COLUMN_COUNT;
    if (zcb_csv_read_whole(reader, record, first, UINT32_MAX, "launch", &launch, error) < 0 ||
        zcb_csv_read_whole(reader, record, first + 1, UINT32_MAX, "block", &block, error) < 0 ||
        zcb_csv_read_whole(reader, record, first + 2, UINT32_MAX, "order", &order, error) < 0 ||
        zcb_csv_read_whole(reader, record, first + 4, UINT64_MAX, "iterations",
                           &out->iterations, error) < 0 ||
        zcb_csv_read_whole(reader, record, first + 5, UINT64_MAX, "elapsed_ns",
                           &out->elapsed_ns, error) < 0 ||
        zcb_csv_read_whole(reader, record, first + 6, UINT64_MAX, "minor_faults",
                           &out->minor_faults, error) < 0) {
        return -1;
    }
    if (out->iterations == 0) {
        return zcb_csv_malformed(reader, error, "iterations is 0");
    }
    out->launch = (uint32_t)launch;
    out->block = (uint32_t)block;
    out->order = (uint32_t)order;
    return 0;
}

static int read_rows(reading *state, zcb_error *error)
{
    zcb_csv_record record;
    int got;
    while ((got = zcb_csv_next(state->reader, &record, error)) == 1) {
        zcb_sample sample = {0};
        if (read_cell(state, &record, &sample.cell, error) < 0 ||
            read_numbers(state, &record, &sample, error) < 0 ||
            read_arm(state, &record, &sample.arm, error) < 0 ||
            zcb_samples_push(&state->rows, &sample, error) < 0) {
            return -1;
        }
    }
    return got;
}

int zcb_samples_read(const char *path, zcb_cells *cells, zcb_samples *out, int *torn,
                     uint64_t *valid_bytes, zcb_error *error)
{
    reading state = {.cells = cells};
    state.reader = zcb_csv_open(path, ZCB_SAMPLES_COLUMNS, ZCB_CSV_APPEND_ONLY, error);
    if (state.reader == NULL) {
        return -1;
    }
    int status = read_rows(&state, error);
    if (status < 0) {
        zcb_samples_clear(&state.rows);
    } else {
        *out = state.rows;
        if (torn != NULL) {
            *torn = zcb_csv_is_torn(state.reader);
        }
        if (valid_bytes != NULL) {
            *valid_bytes = zcb_csv_offset(state.reader);
        }
    }
    zcb_csv_close(state.reader);
    return status;
}
