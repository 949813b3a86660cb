/* See folder_copies.h. */
#include "driver/folder_copies.h"

#include "driver/console.h"
#include "driver/run_folder.h"
#include "store/files.h"
#include "store/io.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RUN "run.json"
#define CELLS "cells.csv"
#define RUN_COPY "." RUN
#define CELLS_COPY "." CELLS

int zcb_copies_write(const zcb_session *s, zcb_error *error)
{
    int result = -1;
    char *run = zcb_folder_path(s->dir, RUN_COPY, error);
    char *cells = zcb_folder_path(s->dir, CELLS_COPY, error);
    if (run != NULL && cells != NULL &&
        zcb_cell_rows_write(cells, s->cells, s->rows, s->cell_count, error) == 0 &&
        zcb_run_write(run, &s->run, s->cells, error) == 0) {
        result = 0;
    }
    free(cells);
    free(run);
    return result;
}

/* Without memory of its own: there may be none left. */
static void remove_one(const char *dir, const char *name)
{
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/%s", dir, name) < (int)sizeof path) {
        unlink(path);
    }
}

static int exists(const char *dir, const char *name)
{
    char *path = zcb_folder_path(dir, name, NULL);
    int found = path != NULL && access(path, F_OK) == 0;
    free(path);
    return found;
}

void zcb_copies_remove(const char *dir)
{
    remove_one(dir, CELLS_COPY);
    remove_one(dir, RUN_COPY);
}

int zcb_copies_exist(const char *dir)
{
    return exists(dir, RUN_COPY);
}

int zcb_copy_is_remains(const char *name)
{
    return strcmp(name, CELLS_COPY) == 0;
}

/* Whether `path` can be read as a run.json: 1 and *complete set, 0, or -1 (no memory). */
static int run_is_whole(const char *path, int *complete, zcb_error *error)
{
    zcb_run run = {0};
    zcb_cells *cells = zcb_cells_new();
    if (cells == NULL) {
        return zcb_no_memory(error);
    }
    int result = zcb_run_read(path, cells, &run, error);
    *complete = run.complete;
    zcb_run_clear(&run);
    zcb_cells_free(cells);
    if (result < 0) {
        return error->exit_code == ZCB_EXIT_USAGE ? 0 : -1;
    }
    return 1;
}

/* Whole lines of the file, and the offset behind the last; 0 and 0 without a file. */
static size_t whole_lines(const char *path, off_t *end)
{
    char buffer[65536];
    size_t lines = 0, count;
    off_t at = 0;
    FILE *file = fopen(path, "re");
    *end = 0;
    while (file != NULL && (count = fread(buffer, 1, sizeof buffer, file)) > 0) {
        for (size_t i = 0; i < count; i++) {
            if (buffer[i] == '\n') {
                lines++;
                *end = at + (off_t)i + 1;
            }
        }
        at += (off_t)count;
    }
    if (file != NULL) {
        fclose(file);
    }
    return lines;
}

static int replace(const char *dir, const char *copy, const char *path, zcb_error *error)
{
    char *from = zcb_folder_path(dir, copy, error);
    int result = from == NULL ? -1 : 0;
    if (result == 0 && rename(from, path) < 0) {
        result = zcb_fail(error, zcb_exit_of_errno(errno), "'%s' can't be replaced: %s", path,
                          strerror(errno));
    }
    if (result == 0) {
        zcb_note("note: '%s' had been cut short; its copy takes its place", path);
    }
    free(from);
    return result;
}

/* 1 when the run is complete, 0 when there is more to do, -1. What is no run at all is left to
 * those who read it. */
static int mend_run(const char *dir, zcb_error *error)
{
    int complete = 0;
    char *path = zcb_folder_path(dir, RUN, error);
    char *copy = zcb_folder_path(dir, RUN_COPY, error);
    int result = path == NULL || copy == NULL ? -1 : run_is_whole(path, &complete, error);
    if (result == 0 && exists(dir, RUN_COPY)) {
        int copy_complete = 0;
        result = run_is_whole(copy, &copy_complete, error);
        result = result == 1 ? replace(dir, RUN_COPY, path, error) : result;
    } else if (result == 1) {
        result = complete;
    }
    free(copy);
    free(path);
    return result;
}

static int mend_cells(const char *dir, zcb_error *error)
{
    off_t end;
    char *path = zcb_folder_path(dir, CELLS, error);
    char *copy = zcb_folder_path(dir, CELLS_COPY, error);
    int result = path == NULL || copy == NULL ? -1 : 0;
    if (result == 0 && whole_lines(path, &end) < whole_lines(copy, &end)) {
        result = replace(dir, CELLS_COPY, path, error);
    }
    free(copy);
    free(path);
    return result;
}

/* Cuts what stands behind the last whole line off; without any the file goes. */
static int cut_torn_line(const char *dir, const char *name, zcb_error *error)
{
    off_t end;
    struct stat info;
    char *path = zcb_folder_path(dir, name, error);
    int result = path == NULL ? -1 : 0;
    if (result == 0 && stat(path, &info) == 0) {
        size_t lines = whole_lines(path, &end);
        int is_torn = lines == 0 || end < info.st_size;
        if (is_torn && (lines == 0 ? unlink(path) : truncate(path, end)) < 0) {
            result = zcb_fail(error, zcb_exit_of_errno(errno), "'%s' can't be cut: %s", path,
                              strerror(errno));
        }
    }
    free(path);
    return result;
}

int zcb_copies_mend(const char *dir, zcb_error *error)
{
    static const char *const tables[] = {CELLS, "launches.csv", "memory.csv", "semantics.csv",
                                         "lies.csv"};
    int state = mend_run(dir, error);
    if (state != 0) {
        return state < 0 ? -1 : 0;
    }
    zcb_file_sweep(dir);
    int result = mend_cells(dir, error);
    for (size_t i = 0; result == 0 && i < sizeof tables / sizeof tables[0]; i++) {
        result = cut_torn_line(dir, tables[i], error);
    }
    return result;
}
