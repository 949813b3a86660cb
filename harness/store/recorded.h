/* The other recorded tables, and a whole run's folder read back. */
#ifndef ZCB_STORE_RECORDED_H
#define ZCB_STORE_RECORDED_H

#include "store/memory_rows.h"
#include "store/run.h"
#include "store/samples.h"

/* One row of launches.csv: one process start of a worker. */
typedef struct zcb_launch_row {
    const char *python; /* borrowed: interned in the run's cells */
    uint32_t launch;
    char phase[16]; /* proof, calibrate, measure, confirm */
    uint64_t seed;
    uint32_t env_pad_bytes;
    char started_utc[32]; /* 2026-11-22T12:00:00.123Z */
    uint64_t steal_ms;
    uint64_t involuntary_switches;
    double load1;
    char status[16]; /* ok, lost, interrupted */
} zcb_launch_row;

/* One row of cells.csv: how a cell ended. */
typedef struct zcb_cell_row {
    uint32_t cell;
    zcb_status status;
    char reason[512]; /* empty when ok */
    char flags
        [128]; /* words parted by spaces: calibration chained drift twin order exec few_blocks */
} zcb_cell_row;

/* Writers of a whole table, atomically (temporary name, fsync, rename). */
int zcb_launches_write(const char *path, const zcb_launch_row *rows, size_t count,
                       zcb_error *error);
int zcb_cell_rows_write(const char *path, const zcb_cells *cells, const zcb_cell_row *rows,
                        size_t count, zcb_error *error);

/* Everything recorded in one folder. Zero value: empty. Owns all its members. */
typedef struct zcb_recorded {
    zcb_cells *cells;
    zcb_run run;
    zcb_samples samples;
    zcb_launch_row *launches;
    size_t launch_count;
    zcb_cell_row *cell_rows;
    size_t cell_row_count;
    zcb_memory_row *memory; /* these three are optional: none where the pass was left out */
    size_t memory_count;
    zcb_semantics_row *semantics;
    size_t semantics_count;
    zcb_lie_row *lies;
    size_t lie_count;
    int torn; /* 1: samples.csv ended in a torn line, which was dropped */
    uint64_t samples_valid_bytes;
} zcb_recorded;

/* Reads run.json, samples.csv (or samples.csv.gz through zlib), launches.csv, cells.csv of
 * folder `dir`, and memory.csv, semantics.csv and lies.csv where they are. A folder that is no
 * run, or a file that is malformed, is an error with exit code 5 or 2 that names file and line.
 * On failure *out is empty. */
int zcb_recorded_read(const char *dir, zcb_recorded *out, zcb_error *error);
void zcb_recorded_clear(zcb_recorded *recorded);

/* Rows that samples.csv held when its run was completed and holds no more: 0 unless somebody or
 * something has cut it. */
uint64_t zcb_recorded_missing_rows(const zcb_recorded *recorded);

#endif
