/* See identity_check.h. */
#include "worker/identity_check.h"

#include "base/identity.h"
#include "worker/count_preload.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

/* 1 when what `handle` holds is of this build; one without an identity is older than these. */
static int is_alike(void *handle)
{
    const char *(*identity)(void);
    *(void **)&identity = dlsym(handle, ZCB_COUNT_IDENTITY);
    return identity != NULL && strcmp(identity(), zcb_build_identity()) == 0;
}

/* A library that can't be loaded is not taken for another's: starting with it says what it lacks. */
static int is_library_alike(const char *path)
{
    void *handle = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
    int result = handle == NULL || is_alike(handle);
    if (handle != NULL) {
        dlclose(handle);
    }
    return result;
}

zcb_exit zcb_identity_answer(const char *driver, const char *library)
{
    if (strcmp(driver, zcb_build_identity()) != 0) {
        puts("worker");
        return ZCB_EXIT_USAGE;
    }
    if (library != NULL && !is_library_alike(library)) {
        puts("library");
        return ZCB_EXIT_USAGE;
    }
    return ZCB_EXIT_OK;
}

int zcb_identity_check_preload(zcb_error *error)
{
    if (dlsym(RTLD_DEFAULT, ZCB_COUNT_LISTEN) == NULL || is_alike(RTLD_DEFAULT)) {
        return 0;
    }
    return zcb_fail(
        error, ZCB_EXIT_USAGE,
        "the libzcbcount.so put before it was built from another version of zcbench");
}
