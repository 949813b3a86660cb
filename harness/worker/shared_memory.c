/* See shared_memory.h. Linux keeps the objects of shm_open as files. */
#include "worker/shared_memory.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDER "/dev/shm"
#define PREFIX "zcb-"

void zcb_shared_memory_forget(pid_t pid)
{
    char path[64];
    snprintf(path, sizeof path, FOLDER "/" PREFIX "%ld", (long)pid);
    unlink(path);
}

/* The process that a name of ours speaks of, or 0. */
static pid_t owner_of(const char *name)
{
    size_t length = strlen(PREFIX);
    if (strncmp(name, PREFIX, length) != 0 || name[length] == '\0' ||
        strspn(name + length, "0123456789") != strlen(name + length)) {
        return 0;
    }
    long pid = strtol(name + length, NULL, 10);
    return pid > 0 && pid == (pid_t)pid ? (pid_t)pid : 0;
}

void zcb_shared_memory_sweep(void)
{
    DIR *folder = opendir(FOLDER);
    if (folder == NULL) {
        return;
    }
    for (const struct dirent *e = readdir(folder); e != NULL; e = readdir(folder)) {
        pid_t owner = owner_of(e->d_name);
        if (owner != 0 && kill(owner, 0) < 0 && errno == ESRCH) {
            zcb_shared_memory_forget(owner);
        }
    }
    closedir(folder);
}
