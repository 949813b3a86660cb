/* See scratch.h. */
#include "scratch.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64];

static void remove_all(const char *path, int depth)
{
    DIR *entries = opendir(path);
    if (entries == NULL) {
        return;
    }
    for (struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        char inner[512];
        struct stat about;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (depth < 3 && lstat(inner, &about) == 0 && S_ISDIR(about.st_mode)) {
            remove_all(inner, depth + 1);
            rmdir(inner);
        } else {
            unlink(inner);
        }
    }
    closedir(entries);
}

static void leave(void)
{
    remove_all(dir, 0);
    rmdir(dir);
}

const char *zcb_scratch_dir(void)
{
    if (dir[0] == '\0') {
        snprintf(dir, sizeof dir, "%s/zcb-fuzz-XXXXXX",
                 access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
        if (mkdtemp(dir) == NULL) {
            perror(dir);
            abort();
        }
        atexit(leave);
    }
    return dir;
}

const char *zcb_scratch_put(const char *name, const uint8_t *bytes, size_t size)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", zcb_scratch_dir(), name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, bytes, size) != (ssize_t)size || close(fd) < 0) {
        perror(path);
        abort();
    }
    return path;
}

void zcb_scratch_empty(void)
{
    remove_all(zcb_scratch_dir(), 0);
}
