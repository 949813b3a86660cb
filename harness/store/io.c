/* See io.h. */
#include "store/io.h"

#include <errno.h>
#include <unistd.h>

size_t zcb_write_all(int fd, const void *data, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t written = write(fd, (const char *)data + done, size - done);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            break;
        }
        if (written == 0) { /* no progress and no reason: a device that takes nothing more */
            errno = ENOSPC;
            break;
        }
        done += (size_t)written;
    }
    return done;
}

zcb_exit zcb_exit_of_errno(int number)
{
    switch (number) {
    case EACCES:
    case EEXIST:
    case EISDIR:
    case ELOOP:
    case ENAMETOOLONG:
    case ENOENT:
    case ENOTDIR:
    case EPERM:
    case EROFS:
        return ZCB_EXIT_USAGE;
    default:
        return ZCB_EXIT_INTERNAL;
    }
}
