/* A whole run's folder read back. */
#include "store/recorded.h"

#include "store/recorded_tables.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Reads one table at `path` into `out`. */
typedef int (*table_reader)(const char *path, zcb_recorded *out, zcb_error *error);

static int read_samples(const char *path, zcb_recorded *out, zcb_error *error)
{
    return zcb_samples_read(path, out->cells, &out->samples, &out->torn,
                            &out->samples_valid_bytes, error);
}

static int read_launches(const char *path, zcb_recorded *out, zcb_error *error)
{
    return zcb_launches_read(path, out->cells, &out->launches, &out->launch_count, error);
}

static int read_cell_rows(const char *path, zcb_recorded *out, zcb_error *error)
{
    return zcb_cell_rows_read(path, out->cells, &out->cell_rows, &out->cell_row_count, error);
}

static int read_memory(const char *path, zcb_recorded *out, zcb_error *error)
{
    return zcb_memory_rows_read(path, out->cells, &out->memory, &out->memory_count, error);
}

static int read_semantics(const char *path, zcb_recorded *out, zcb_error *error)
{
    return zcb_semantics_rows_read(path, out->cells, &out->semantics, &out->semantics_count,
                                   error);
}

static int read_lies(const char *path, zcb_recorded *out, zcb_error *error)
{
    return zcb_lie_rows_read(path, out->cells, &out->lies, &out->lie_count, error);
}

/* "dir/name", owned by the caller, or NULL. */
static char *join(const char *dir, const char *name, zcb_error *error)
{
    char *path = NULL;
    if (asprintf(&path, "%s/%s", dir, name) < 0) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
        return NULL;
    }
    return path;
}

/* 1 when nothing of that name is there; what is there but can't be read is the reader's to
 * report. */
static int is_missing(const char *path)
{
    return access(path, F_OK) < 0 && errno == ENOENT;
}

/* Reads file `name`, or `alternative` (may be NULL) where there is none. That neither is there
 * is fine only while the run goes on or was broken off. */
static int read_table(const char *dir, const char *name, const char *alternative,
                      table_reader reader, zcb_recorded *out, zcb_error *error)
{
    char *path = join(dir, name, error);
    char *other = alternative == NULL ? NULL : join(dir, alternative, error);
    int status = -1;
    if (path == NULL || (alternative != NULL && other == NULL)) {
        goto done;
    }
    if (!is_missing(path)) {
        status = reader(path, out, error);
    } else if (other != NULL && !is_missing(other)) {
        status = reader(other, out, error);
    } else if (!out->run.complete) {
        status = 0;
    } else {
        zcb_fail(error, ZCB_EXIT_USAGE, "'%s' is missing, though the run is complete", path);
    }
done:
    free(other);
    free(path);
    return status;
}

/* Reads file `name` where there is one. */
static int read_optional(const char *dir, const char *name, table_reader reader,
                         zcb_recorded *out, zcb_error *error)
{
    char *path = join(dir, name, error);
    int status = path == NULL ? -1 : is_missing(path) ? 0 : reader(path, out, error);
    free(path);
    return status;
}

static int read_run(const char *dir, zcb_recorded *out, zcb_error *error)
{
    char *path = join(dir, "run.json", error);
    if (path == NULL) {
        return -1;
    }
    int status;
    if (access(path, F_OK) < 0 && (errno == ENOENT || errno == ENOTDIR)) {
        status = zcb_fail(error, ZCB_EXIT_NOTHING,
                          "'%s' is no run's folder: it has no run.json", dir);
    } else {
        status = zcb_run_read(path, out->cells, &out->run, error);
    }
    free(path);
    return status;
}

int zcb_recorded_read(const char *dir, zcb_recorded *out, zcb_error *error)
{
    zcb_recorded recorded = {.cells = zcb_cells_new()};
    *out = (zcb_recorded){0};
    if (recorded.cells == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory");
    }
    if (read_run(dir, &recorded, error) < 0 ||
        read_table(dir, "samples.csv", "samples.csv.gz", read_samples, &recorded, error) < 0 ||
        read_table(dir, "launches.csv", NULL, read_launches, &recorded, error) < 0 ||
        read_table(dir, "cells.csv", NULL, read_cell_rows, &recorded, error) < 0 ||
        read_optional(dir, "memory.csv", read_memory, &recorded, error) < 0 ||
        read_optional(dir, "semantics.csv", read_semantics, &recorded, error) < 0 ||
        read_optional(dir, "lies.csv", read_lies, &recorded, error) < 0) {
        zcb_recorded_clear(&recorded);
        return -1;
    }
    *out = recorded;
    return 0;
}

uint64_t zcb_recorded_missing_rows(const zcb_recorded *recorded)
{
    const zcb_run *run = &recorded->run;
    return run->complete && run->sample_rows > recorded->samples.count
               ? run->sample_rows - recorded->samples.count
               : 0;
}

void zcb_recorded_clear(zcb_recorded *recorded)
{
    free(recorded->lies);
    free(recorded->semantics);
    free(recorded->memory);
    free(recorded->cell_rows);
    free(recorded->launches);
    zcb_samples_clear(&recorded->samples);
    zcb_run_clear(&recorded->run);
    zcb_cells_free(recorded->cells);
    *recorded = (zcb_recorded){0};
}
