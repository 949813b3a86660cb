/* See places.h. The build defines ZCB_SHARE_DIR, ZCB_COMMIT and ZCB_COMPILER for this file. */
#include "driver/places.h"

#include "driver/texts.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *zcb_share_dir(void)
{
    const char *given = getenv("ZCB_SHARE_DIR");
    return given != NULL && given[0] != '\0' ? given : ZCB_SHARE_DIR;
}

char *zcb_worker_dir(zcb_error *error)
{
    const char *given = getenv("ZCB_WORKER_DIR");
    if (given != NULL && given[0] != '\0') {
        return zcb_format(error, "%s", given);
    }
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0) {
        zcb_fail(error, ZCB_EXIT_INTERNAL, "where this program lies is unknown: %s",
                 strerror(errno));
        return NULL;
    }
    path[length] = '\0';
    *strrchr(path, '/') = '\0';
    return zcb_format(error, "%s", path);
}

const char *zcb_tool_commit(void)
{
    return ZCB_COMMIT;
}

const char *zcb_tool_compiler(void)
{
    return ZCB_COMPILER;
}
