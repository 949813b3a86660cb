/* See private_dir.h. */
#include "driver/private_dir.h"

#include "driver/texts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define RANDOM_PART "XXXXXX"

/* The descriptor of folder `path` with its lock, or -1 when somebody else holds it, it is not this
 * user's, or it is no folder. */
static int take(const char *path)
{
    struct stat info;
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0 && (fstat(fd, &info) < 0 || info.st_uid != geteuid() ||
                    flock(fd, LOCK_EX | LOCK_NB) < 0)) {
        close(fd);
        return -1;
    }
    return fd;
}

/* Removes the folders in `place` whose names begin with `start` and whose makers are dead. */
static void sweep(const char *place, const char *start)
{
    size_t length = strlen(start);
    DIR *dir = opendir(place);
    for (const struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;) {
        char path[PATH_MAX];
        if (strncmp(e->d_name, start, length) != 0 ||
            strlen(e->d_name) != length + strlen(RANDOM_PART) ||
            snprintf(path, sizeof path, "%s/%s", place, e->d_name) >= (int)sizeof path) {
            continue;
        }
        int fd = take(path);
        if (fd >= 0) {
            zcb_private_dir_remove(path);
            close(fd);
        }
    }
    if (dir != NULL) {
        closedir(dir);
    }
}

char *zcb_private_dir_make(const char *use, int locks, zcb_exit exit_code, zcb_error *error)
{
    char start[64];
    const char *place = getenv("TMPDIR");
    place = place != NULL && place[0] == '/' ? place : "/tmp";
    snprintf(start, sizeof start, "zcbench-%s-", use);
    sweep(place, start);
    char *path = zcb_format(error, "%s/%s" RANDOM_PART, place, start);
    if (path == NULL) {
        return NULL;
    }
    /* Another's sweep may come between making and locking: then that name is gone, and another is
     * tried. */
    for (int attempt = 0; attempt < 3; attempt++) {
        memcpy(path + strlen(path) - strlen(RANDOM_PART), RANDOM_PART, strlen(RANDOM_PART));
        if (mkdtemp(path) == NULL) {
            break;
        }
        if (!locks || take(path) >= 0) { /* stays open: the lock is this process's life */
            return path;
        }
    }
    zcb_fail(error, exit_code, "folder '%s' can't be made: %s", path, strerror(errno));
    free(path);
    return NULL;
}

void zcb_private_dir_remove(const char *path)
{
    DIR *dir = opendir(path);
    for (const struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;) {
        unlinkat(dirfd(dir), e->d_name, 0);
    }
    if (dir != NULL) {
        closedir(dir);
    }
    rmdir(path);
}
