/* See run_folder.h. */
#include "driver/run_folder.h"

#include "driver/folder_copies.h"
#include "driver/places.h"
#include "report/text.h"
#include "store/files.h"
#include "store/io.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define RESULTS "results"
#define SAME_SECOND_MAX 1000

char *zcb_utc_text(char out[32])
{
    struct timespec now;
    struct tm utc;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    size_t length = strftime(out, 32, "%Y-%m-%dT%H:%M:%S", &utc);
    snprintf(out + length, 32 - length, ".%03dZ", (int)(now.tv_nsec / 1000000) % 1000);
    return out;
}

char *zcb_folder_path(const char *dir, const char *name, zcb_error *error)
{
    return zcb_format(error, "%s/%s", dir, name);
}

static int fail_path(zcb_error *error, const char *path, const char *what)
{
    int number = errno;
    return zcb_fail(error, zcb_exit_of_errno(number), "folder '%s' %s: %s", path, what,
                    strerror(number));
}

/* 1 empty, 0 not, -1 can't be read (errno set). What a run that was killed before it began has
 * left counts as nothing. */
static int is_empty(const char *path)
{
    DIR *dir = opendir(path);
    if (dir == NULL) {
        return -1;
    }
    int empty = 1;
    for (const struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        empty &= strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
                 zcb_file_is_temporary(e->d_name) || zcb_copy_is_remains(e->d_name);
    }
    closedir(dir);
    return empty;
}

static int check_empty(const char *path, zcb_error *error)
{
    int empty = is_empty(path);
    if (empty < 0) {
        return fail_path(error, path, "can't be used");
    }
    if (!empty) {
        return zcb_fail(error, ZCB_EXIT_USAGE,
                        "folder '%s' is not empty: --out takes a new or an empty folder", path);
    }
    return access(path, W_OK | X_OK) < 0 ? fail_path(error, path, "is not writable") : 0;
}

/* The deepest part of `path` that exists must be a folder we can write to. */
static int check_ancestor(const char *path, zcb_error *error)
{
    char part[PATH_MAX];
    struct stat info;
    snprintf(part, sizeof part, "%s", path);
    while (stat(part, &info) < 0 && (errno == ENOENT || errno == ENOTDIR)) {
        char *slash = strrchr(part, '/');
        if (slash == NULL) {
            strcpy(part, ".");
        } else {
            slash[slash == part] = '\0';
        }
    }
    if (stat(part, &info) == 0 && !S_ISDIR(info.st_mode)) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "'%s' is no folder", part);
    }
    return access(part, W_OK | X_OK) < 0 ? fail_path(error, part, "is not writable") : 0;
}

int zcb_folder_check(const char *out, zcb_error *error)
{
    struct stat info;
    const char *path = out == NULL ? RESULTS : out;
    if (strlen(path) >= PATH_MAX) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "--out is too long");
    }
    return out != NULL && stat(path, &info) == 0 && S_ISDIR(info.st_mode)
               ? check_empty(path, error)
               : check_ancestor(path, error);
}

int zcb_folder_check_run(const char *dir, zcb_error *error)
{
    struct stat info;
    char program[PATH_MAX];
    if (stat(dir, &info) == 0 && S_ISDIR(info.st_mode)) {
        return 0;
    }
    return zcb_fail(
        error, ZCB_EXIT_USAGE,
        "'%s' is no folder of a run: `%s run` makes one; DIR is the folder it names", dir,
        zcb_text_shell(zcb_program(), program, sizeof program));
}

/* mkdir -p for all parts of `path` but the last. */
static int make_parents(const char *path)
{
    char part[PATH_MAX];
    for (size_t i = 1; i < sizeof part && path[i] != '\0'; i++) {
        if (path[i] != '/') {
            continue;
        }
        snprintf(part, sizeof part, "%.*s", (int)i, path);
        if (mkdir(part, 0777) < 0 && errno != EEXIST) {
            return -1;
        }
    }
    return 0;
}

int zcb_folder_make(const char *path, zcb_error *error)
{
    return make_parents(path) < 0 || (mkdir(path, 0777) < 0 && errno != EEXIST)
               ? fail_path(error, path, "can't be made")
               : 0;
}

static int take_lock(zcb_session *s, zcb_error *error)
{
    s->lock_fd = open(s->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (s->lock_fd < 0) {
        return fail_path(error, s->dir, "can't be opened");
    }
    if (flock(s->lock_fd, LOCK_EX | LOCK_NB) < 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "folder '%s' is in use by another run", s->dir);
    }
    return 0;
}

static char *make_run_id(zcb_error *error)
{
    char host[65] = "", when[32];
    struct tm utc;
    time_t now = time(NULL);
    gethostname(host, sizeof host - 1);
    for (char *c = host; *c != '\0'; c++) {
        if (!((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
              (*c >= '0' && *c <= '9'))) {
            *c = '_';
        }
    }
    gmtime_r(&now, &utc);
    strftime(when, sizeof when, "%Y%m%dT%H%M%SZ", &utc);
    return zcb_format(error, "%s-%s-%s", when, host[0] != '\0' ? host : "host",
                      zcb_tool_commit());
}

/* results/<run id>, with -2, -3 … where another run of the same second was first. */
static int create_default(zcb_session *s, zcb_error *error)
{
    for (int i = 1; i <= SAME_SECOND_MAX; i++) {
        free(s->dir);
        s->dir = i == 1 ? zcb_format(error, RESULTS "/%s", s->run.run_id)
                        : zcb_format(error, RESULTS "/%s-%d", s->run.run_id, i);
        if (s->dir == NULL) {
            return -1;
        }
        if (mkdir(s->dir, 0777) == 0) {
            s->is_own_folder = 1;
            return zcb_set_text(&s->run.run_id, s->dir + strlen(RESULTS "/"), error);
        }
        if (errno != EEXIST) {
            break;
        }
    }
    return fail_path(error, s->dir, "can't be made");
}

int zcb_folder_create(zcb_session *s, zcb_error *error)
{
    s->run.run_id = make_run_id(error);
    if (s->run.run_id == NULL) {
        return -1;
    }
    const char *out = s->options.out;
    s->is_default_folder = out == NULL;
    s->is_own_folder = out != NULL && access(out, F_OK) < 0;
    if (zcb_folder_make(out == NULL ? RESULTS : out, error) < 0) {
        return -1;
    }
    if (out == NULL) {
        return create_default(s, error) < 0 ? -1 : take_lock(s, error);
    }
    if (zcb_set_text(&s->dir, out, error) < 0) {
        return -1;
    }
    if (take_lock(s, error) < 0 || check_empty(out, error) < 0) {
        return -1;
    }
    zcb_file_sweep(s->dir);
    return 0;
}

void zcb_folder_abandon(zcb_session *s)
{
    static const char *const names[] = {"samples.csv", "launches.csv", "cells.csv", "run.json"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        unlinkat(s->lock_fd, names[i], 0); /* memory may be what there is none of */
    }
    zcb_copies_remove(s->dir);
    zcb_file_sweep(s->dir);
    if (s->is_own_folder) {
        rmdir(s->dir);
    }
}

int zcb_folder_open(zcb_session *s, const char *dir, zcb_error *error)
{
    if (zcb_set_text(&s->dir, dir, error) < 0 || take_lock(s, error) < 0) {
        return -1;
    }
    return zcb_copies_mend(dir, error);
}

int zcb_folder_open_samples(zcb_session *s, uint64_t truncate_to, zcb_error *error)
{
    char *path = zcb_folder_path(s->dir, "samples.csv", error);
    if (path == NULL) {
        return -1;
    }
    s->writer = zcb_samples_writer_open(path, truncate_to, error);
    free(path);
    return s->writer == NULL ? -1 : 0;
}

static void update_times(zcb_session *s)
{
    double wall = s->wall_before_s;
    if (s->wall_start_ns != 0 && s->wall_last_ns > s->wall_start_ns) {
        wall += (double)(s->wall_last_ns - s->wall_start_ns) / 1e9;
    }
    s->run.wall_s = wall;
    s->run.timed_share = wall > 0 ? s->timed_s / wall : 0;
    s->run.sample_rows = s->sample_rows;
}

int zcb_folder_write(zcb_session *s, zcb_error *error)
{
    char now[32];
    int result = -1;
    char *run = zcb_folder_path(s->dir, "run.json", error);
    char *launches = zcb_folder_path(s->dir, "launches.csv", error);
    char *cells = zcb_folder_path(s->dir, "cells.csv", error);
    update_times(s);
    if (run != NULL && launches != NULL && cells != NULL &&
        zcb_set_text(&s->run.ended_utc, zcb_utc_text(now), error) == 0 &&
        (s->run.complete || zcb_copies_write(s, error) == 0) &&
        zcb_launches_write(launches, s->launches, s->launch_count, error) == 0 &&
        zcb_cell_rows_write(cells, s->cells, s->rows, s->cell_count, error) == 0 &&
        zcb_run_write(run, &s->run, s->cells, error) == 0) {
        result = 0;
    }
    free(cells);
    free(launches);
    free(run);
    return result;
}

int zcb_folder_settle(zcb_session *s, int result, zcb_error *error)
{
    zcb_error later;
    zcb_samples_writer *writer = s->writer;
    s->writer = NULL;
    s->run.complete = result == 0;
    if (zcb_samples_writer_close(writer, &later) < 0 || zcb_folder_write(s, &later) < 0) {
        if (result == 0) {
            *error = later;
        }
        result = -1;
    }
    return result;
}

int zcb_folder_set_latest(const zcb_session *s, zcb_error *error)
{
    const char *name = strrchr(s->dir, '/');
    if (name == NULL) {
        return zcb_fail(error, ZCB_EXIT_INTERNAL, "'%s' has no folder above it", s->dir);
    }
    int result = -1;
    char *link = zcb_format(error, "%.*s/latest", (int)(name - s->dir), s->dir);
    char *fresh = zcb_format(error, "%.*s/.latest.new", (int)(name - s->dir), s->dir);
    if (link == NULL || fresh == NULL) {
        goto done;
    }
    unlink(fresh);
    /* A run that ends in this moment may take ours for its own leftover: then it is the latest.
     */
    if (symlink(name + 1, fresh) < 0 || (rename(fresh, link) < 0 && errno != ENOENT)) {
        zcb_fail(error, zcb_exit_of_errno(errno), "'%s' can't be set: %s", link,
                 strerror(errno));
        unlink(fresh);
        goto done;
    }
    result = 0;
done:
    free(fresh);
    free(link);
    return result;
}
