/* Hostile bytes as each single recorded file: the first byte chooses which. What a reader takes
 * must hold what it promises. */
#include "scratch.h"

#include "store/recorded.h"
#include "store/recorded_tables.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(int holds)
{
    if (!holds) {
        abort();
    }
}

static void read_samples(const char *path, zcb_cells *cells, size_t size, int is_packed)
{
    zcb_samples samples = {0};
    zcb_error error;
    int torn = 0;
    uint64_t valid = 0;
    if (zcb_samples_read(path, cells, &samples, &torn, &valid, &error) == 0) {
        require(is_packed || valid <= size);
        for (size_t i = 0; i < samples.count; i++) {
            const zcb_cell *cell = zcb_cells_at(cells, samples.rows[i].cell);
            require(cell->size_bytes > 0 && samples.rows[i].iterations > 0);
            require(samples.rows[i].arm != NULL && cell->pair[0] != '\0');
        }
    }
    zcb_samples_clear(&samples);
}

static void read_rows(int table, const char *path, zcb_cells *cells)
{
    zcb_error error;
    void *rows = NULL;
    size_t count = 0;
    if (table == 0) {
        zcb_launches_read(path, cells, (zcb_launch_row **)&rows, &count, &error);
    } else if (table == 1) {
        zcb_cell_rows_read(path, cells, (zcb_cell_row **)&rows, &count, &error);
    } else if (table == 2) {
        zcb_memory_rows_read(path, cells, (zcb_memory_row **)&rows, &count, &error);
    } else if (table == 3) {
        zcb_semantics_rows_read(path, cells, (zcb_semantics_row **)&rows, &count, &error);
    } else {
        zcb_lie_rows_read(path, cells, (zcb_lie_row **)&rows, &count, &error);
    }
    require(rows != NULL || count == 0);
    free(rows);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const names[] = {"launches.csv",   "cells.csv", "memory.csv",
                                        "semantics.csv",  "lies.csv",  "samples.csv",
                                        "samples.csv.gz", "run.json"};
    zcb_error error;
    zcb_cells *cells = zcb_cells_new();
    if (size == 0 || cells == NULL) {
        zcb_cells_free(cells);
        return 0;
    }
    int table = (bytes[0] - '0') & 7;
    const char *path = zcb_scratch_put(names[table], bytes + 1, size - 1);
    if (table < 5) {
        read_rows(table, path, cells);
    } else if (table < 7) {
        read_samples(path, cells, size - 1, table == 6);
    } else {
        zcb_run run = {0};
        if (zcb_run_read(path, cells, &run, &error) == 0) {
            zcb_run_clear(&run);
        }
    }
    zcb_cells_free(cells);
    return 0;
}
