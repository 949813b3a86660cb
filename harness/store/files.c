/* See files.h. */
#include "store/files.h"

#include "store/io.h"
#include "store/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define TEMPORARY_TRIES 1000
#define TEMPORARY_SUFFIX ".tmp"

/* Invariant: `temporary` exists and is open as `fd` until commit or discard. */
struct zcb_file {
    char *path;
    char *temporary;
    int fd;
    int failure; /* errno of the first write that failed, 0 so far */
    FILE *stream;
};

/* Length of the folder part of `path`, its last slash included; 0: the current folder. */
static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

/* Creates a hidden file beside `path` that no other process writes. Its descriptor and *name
 * (owned), or -1 with errno set. */
static int create_temporary(const char *path, char **name)
{
    int folder = (int)folder_length(path);
    for (int attempt = 0; attempt < TEMPORARY_TRIES; attempt++) {
        char *candidate = NULL;
        if (asprintf(&candidate, "%.*s.%s.%ld-%d" TEMPORARY_SUFFIX, folder, path, path + folder,
                     (long)getpid(), attempt) < 0) {
            errno = ENOMEM;
            return -1;
        }
        int fd = open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0) {
            *name = candidate;
            return fd;
        }
        int number = errno;
        free(candidate);
        errno = number;
        if (number != EEXIST) { /* a file of that name is a dead process's: take the next */
            return -1;
        }
    }
    return -1;
}

/* The stream's write function: stdio forgets why a write failed, this keeps it. */
static ssize_t write_and_keep_error(void *cookie, const char *data, size_t size)
{
    zcb_file *file = cookie;
    if (file->failure != 0) {
        return 0;
    }
    size_t written = zcb_write_all(file->fd, data, size);
    if (written < size) {
        file->failure = errno;
        return 0;
    }
    return (ssize_t)size;
}

static void release(zcb_file *file)
{
    if (file->stream != NULL) {
        fclose(file->stream);
    }
    if (file->fd >= 0) {
        close(file->fd);
    }
    free(file->temporary);
    free(file->path);
    free(file);
}

zcb_file *zcb_file_begin(const char *path, zcb_error *error)
{
    zcb_file *file = calloc(1, sizeof *file);
    if (file == NULL) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory writing '%s'", path);
        return NULL;
    }
    file->fd = -1;
    file->path = strdup(path);
    if (file->path != NULL) {
        file->fd = create_temporary(path, &file->temporary);
    }
    if (file->fd >= 0) {
        cookie_io_functions_t functions = {.write = write_and_keep_error};
        file->stream = fopencookie(file, "w", functions);
    }
    if (file->stream == NULL) {
        int number = errno;
        zcb_fail(error, zcb_exit_of_errno(number), "cannot create '%s': %s", path,
                 strerror(number));
        zcb_file_discard(file);
        return NULL;
    }
    return file;
}

FILE *zcb_file_stream(zcb_file *file)
{
    return file->stream;
}

/* Makes the rename last. Without effect on the outcome: the new content is in place already,
 * and some file systems can't sync a folder. */
static void sync_folder(const char *path)
{
    size_t length = folder_length(path);
    char *folder = length == 0 ? strdup(".") : strndup(path, length);
    int fd = folder == NULL ? -1 : open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

int zcb_file_commit(zcb_file *file, zcb_error *error)
{
    fflush(file->stream);
    if (file->failure == 0 && ferror(file->stream)) {
        file->failure = EIO;
    }
    if (file->failure == 0 && fsync(file->fd) < 0 && errno != EINVAL) {
        file->failure = errno;
    }
    if (file->failure == 0 && rename(file->temporary, file->path) < 0) {
        file->failure = errno;
    }
    if (file->failure != 0) {
        zcb_fail(error, zcb_exit_of_errno(file->failure), "cannot write '%s': %s", file->path,
                 strerror(file->failure));
        zcb_file_discard(file);
        return -1;
    }
    sync_folder(file->path);
    release(file);
    return 0;
}

void zcb_file_discard(zcb_file *file)
{
    if (file == NULL) {
        return;
    }
    if (file->temporary != NULL) {
        unlink(file->temporary);
    }
    file->failure = ECANCELED; /* what is still buffered is not worth a write */
    release(file);
}

int zcb_file_is_temporary(const char *name)
{
    size_t length = strlen(name), suffix = strlen(TEMPORARY_SUFFIX);
    if (name[0] != '.' || length <= suffix ||
        strcmp(name + length - suffix, TEMPORARY_SUFFIX) != 0) {
        return 0;
    }
    const char *at = name + length - suffix; /* backwards over .<process>-<attempt> */
    int has_attempt = 0, has_process = 0;
    for (; at > name && at[-1] >= '0' && at[-1] <= '9'; at--) {
        has_attempt = 1;
    }
    if (!has_attempt || at == name || *--at != '-') {
        return 0;
    }
    for (; at > name && at[-1] >= '0' && at[-1] <= '9'; at--) {
        has_process = 1;
    }
    return has_process && at > name + 1 && at[-1] == '.';
}

void zcb_file_sweep(const char *dir)
{
    DIR *folder = opendir(dir);
    if (folder == NULL) {
        return;
    }
    for (const struct dirent *e = readdir(folder); e != NULL; e = readdir(folder)) {
        if (zcb_file_is_temporary(e->d_name)) {
            unlinkat(dirfd(folder), e->d_name, 0);
        }
    }
    closedir(folder);
}

void zcb_csv_text(FILE *stream, const char *text)
{
    int is_quoted = strpbrk(text, "\",\r\n") != NULL;
    if (is_quoted) {
        putc('"', stream);
    }
    while (*text != '\0') {
        size_t length = zcb_utf8_length(text);
        if (length ==
            0) { /* one byte for one byte, so that a field's limit holds when read back */
            putc('?', stream);
            text++;
            continue;
        }
        if (*text == '"') {
            putc('"', stream);
        }
        fwrite(text, 1, length, stream);
        text += length;
    }
    if (is_quoted) {
        putc('"', stream);
    }
}

void zcb_csv_number(FILE *stream, double number)
{
    if (!isfinite(number)) {
        return;
    }
    char text[40];
    snprintf(text, sizeof text, "%.9g", number == 0 ? 0 : number);
    int in_point = 0; /* a locale's decimal point may be several bytes, and none of these */
    for (const char *c = text; *c != '\0'; c++) {
        int is_point = strchr("0123456789+-e", *c) == NULL;
        if (!is_point || !in_point) {
            putc(is_point ? '.' : *c, stream);
        }
        in_point = is_point;
    }
}
