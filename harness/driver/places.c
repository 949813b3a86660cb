/* See places.h. The build defines ZCB_SHARE_DIR, ZCB_INSTALLED_SHARE, ZCB_INSTALLED_LIBEXEC,
 * ZCB_COMMIT, ZCB_DATE and ZCB_COMPILER for this file. */
#include "driver/places.h"

#include "base/words.h"
#include "driver/texts.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

/* A variable of the environment, NULL where it is not set or empty. */
static const char *setting(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && value[0] != '\0' ? value : NULL;
}

/* This program's file: 0, or -1 with errno set. Without /proc the kernel's note of what was started
 * is left, which holds as long as no one has changed the working directory. */
static int program_path(char path[PATH_MAX])
{
    ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - 1);
    if (length <= 0) {
        const char *started = (const char *)getauxval(AT_EXECFN);
        return started != NULL && realpath(started, path) != NULL ? 0 : -1;
    }
    path[length] = '\0';
    return 0;
}

/* The folder this program lies in: 0, or -1 with errno set. */
static int program_dir(char path[PATH_MAX])
{
    if (program_path(path) < 0) {
        return -1;
    }
    *strrchr(path, '/') = '\0';
    return 0;
}

/* out = the folder `relative` to this program's, if `witness` is in it: 1 or 0. */
static int find_installed(const char *relative, const char *witness, char out[PATH_MAX])
{
    char program[PATH_MAX], path[3 * PATH_MAX];
    if (program_dir(program) < 0) {
        return 0;
    }
    snprintf(path, sizeof path, "%s/%s/%s", program, relative, witness);
    if (access(path, F_OK) < 0) {
        return 0;
    }
    path[strlen(path) - strlen(witness) - 1] = '\0';
    return realpath(path, out) != NULL;
}

/* The share folder of the installation this program lies in, NULL in a build folder. */
static const char *installed_share_dir(void)
{
    static char path[PATH_MAX];
    if (path[0] == '\0' && !find_installed(ZCB_INSTALLED_SHARE, "scripts/find-python", path)) {
        return NULL;
    }
    return path;
}

const char *zcb_share_dir(void)
{
    const char *given = setting("ZCB_SHARE_DIR"), *installed = installed_share_dir();
    return given != NULL ? given : installed != NULL ? installed : ZCB_SHARE_DIR;
}

const char *zcb_installed_worker_dir(void)
{
    static char path[PATH_MAX];
    if (setting("ZCB_WORKER_DIR") != NULL || installed_share_dir() == NULL) {
        return NULL;
    }
    return path[0] != '\0' || find_installed(ZCB_INSTALLED_LIBEXEC, ".", path) ? path : NULL;
}

/* Where an installed program builds what was not installed along. */
static char *cache_dir(zcb_error *error)
{
    const char *cache = setting("XDG_CACHE_HOME"), *home = setting("HOME");
    if (cache != NULL && cache[0] == '/') {
        return zcb_format(error, "%s/zcbench/%s-%s", cache, ZCB_VERSION, ZCB_COMMIT);
    }
    if (home == NULL) {
        zcb_fail(error, ZCB_EXIT_USAGE,
                 "no folder for workers: set HOME, XDG_CACHE_HOME or ZCB_WORKER_DIR");
        return NULL;
    }
    return zcb_format(error, "%s/.cache/zcbench/%s-%s", home, ZCB_VERSION, ZCB_COMMIT);
}

char *zcb_worker_dir(zcb_error *error)
{
    const char *given = setting("ZCB_WORKER_DIR");
    char path[PATH_MAX];
    if (given != NULL) {
        return zcb_format(error, "%s", given);
    }
    if (installed_share_dir() != NULL) {
        return cache_dir(error);
    }
    if (program_dir(path) < 0) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "where this program lies is unknown: %s",
                 strerror(errno));
        return NULL;
    }
    return zcb_format(error, "%s", path);
}

int zcb_is_in_build_folder(void)
{
    return setting("ZCB_WORKER_DIR") == NULL && installed_share_dir() == NULL;
}

char *zcb_beside_workers(const char *name, zcb_error *error)
{
    const char *installed = zcb_installed_worker_dir();
    char *path = installed == NULL ? NULL : zcb_format(error, "%s/%s", installed, name);
    if (path != NULL && access(path, F_OK) == 0) {
        return path;
    }
    free(path);
    char *dir = zcb_worker_dir(error);
    path = dir == NULL ? NULL : zcb_format(error, "%s/%s", dir, name);
    free(dir);
    return path;
}

const char *zcb_program(void)
{
    return strchr(program_invocation_name, '/') != NULL ? program_invocation_name : "zcbench";
}

const char *zcb_tool_commit(void)
{
    return ZCB_COMMIT;
}

const char *zcb_tool_date(void)
{
    return ZCB_DATE;
}

const char *zcb_tool_compiler(void)
{
    return ZCB_COMPILER;
}
