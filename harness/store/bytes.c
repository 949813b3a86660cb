/* See bytes.h. */
#include "store/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* Invariant: either `zipped` is set and owns the descriptor, or `fd` is open. */
struct zcb_bytes {
    char *path;
    int fd;
    gzFile zipped;
};

static int is_gzip_name(const char *path)
{
    size_t length = strlen(path);
    return length > 3 && strcmp(path + length - 3, ".gz") == 0;
}

/* A regular file's descriptor, or -1 with errno set: a pipe or a folder of that name would
 * block or fail later and elsewhere. */
static int open_regular(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;
    if (fd < 0 || (fstat(fd, &status) == 0 && S_ISREG(status.st_mode))) {
        return fd;
    }
    int number = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
    close(fd);
    errno = number;
    return -1;
}

zcb_bytes *zcb_bytes_open(const char *path, zcb_error *error)
{
    zcb_bytes *bytes = calloc(1, sizeof *bytes);
    if (bytes == NULL || (bytes->path = strdup(path)) == NULL) {
        free(bytes);
        zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory reading '%s'", path);
        return NULL;
    }
    bytes->fd = open_regular(path);
    if (bytes->fd < 0) {
        zcb_fail(error, ZCB_EXIT_USAGE, "cannot read '%s': %s", path, strerror(errno));
        zcb_bytes_close(bytes);
        return NULL;
    }
    if (is_gzip_name(path)) {
        bytes->zipped = gzdopen(bytes->fd, "rb");
        if (bytes->zipped == NULL) {
            zcb_fail(error, ZCB_EXIT_INTERNAL, "out of memory reading '%s'", path);
            zcb_bytes_close(bytes);
            return NULL;
        }
        bytes->fd = -1;
    }
    return bytes;
}

static int read_zipped(zcb_bytes *bytes, void *to, size_t size, size_t *got, zcb_error *error)
{
    int read_count = gzread(bytes->zipped, to, size > INT_MAX ? INT_MAX : (unsigned)size);
    int status = Z_OK;
    const char *what = gzerror(bytes->zipped, &status);
    /* A file cut short gives its bytes first and Z_BUF_ERROR beside them. */
    if (read_count < 0 || (status != Z_OK && status != Z_STREAM_END)) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "cannot decompress '%s': %s", bytes->path,
                        status == Z_ERRNO ? strerror(errno) : what);
    }
    *got = (size_t)read_count;
    return 0;
}

int zcb_bytes_read(zcb_bytes *bytes, void *to, size_t size, size_t *got, zcb_error *error)
{
    if (bytes->zipped != NULL) {
        return read_zipped(bytes, to, size, got, error);
    }
    ssize_t read_count;
    do {
        read_count = read(bytes->fd, to, size);
    } while (read_count < 0 && errno == EINTR);
    if (read_count < 0) {
        return zcb_fail(error, ZCB_EXIT_USAGE, "cannot read '%s': %s", bytes->path,
                        strerror(errno));
    }
    *got = (size_t)read_count;
    return 0;
}

void zcb_bytes_close(zcb_bytes *bytes)
{
    if (bytes == NULL) {
        return;
    }
    if (bytes->zipped != NULL) {
        gzclose_r(bytes->zipped);
    }
    if (bytes->fd >= 0) {
        close(bytes->fd);
    }
    free(bytes->path);
    free(bytes);
}
