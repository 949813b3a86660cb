/* The other half of the preload object: tells of the bytes that a call copies between the
 * program's memory and the kernel, which is what a pair of kind K saves. Calls that keep bytes
 * inside the kernel (sendfile, copy_file_range), and sends that pin the program's pages
 * (MSG_ZEROCOPY), copy none. */
#include "worker/count_preload.h"

#include "base/compiler.h"

#include <dlfcn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#ifndef MSG_ZEROCOPY
#define MSG_ZEROCOPY 0x4000000
#endif

/* The function behind ours, found once: *function keeps it. */
static void find(void *function, const char *name)
{
    void *found;
    memcpy(&found, function, sizeof found);
    if (found == NULL) {
        found = dlsym(RTLD_NEXT, name);
        memcpy(function, &found, sizeof found);
    }
}

static ssize_t passed(ssize_t result)
{
    if (result > 0) {
        zcb_count_passed((size_t)result);
    }
    return result;
}

static ssize_t sent(ssize_t result, int flags)
{
    return flags & MSG_ZEROCOPY ? result : passed(result);
}

ssize_t read(int file, void *to, size_t size)
{
    static ssize_t (*real)(int, void *, size_t);
    find(&real, "read");
    return passed(real(file, to, size));
}

/* What a program compiled with _FORTIFY_SOURCE calls where it knows the room. */
ZCB_EXPORT ssize_t __read_chk(int file, void *to, size_t size, size_t room);
ssize_t __read_chk(int file, void *to, size_t size, size_t room)
{
    static ssize_t (*real)(int, void *, size_t, size_t);
    find(&real, "__read_chk");
    return passed(real(file, to, size, room));
}

ssize_t write(int file, const void *from, size_t size)
{
    static ssize_t (*real)(int, const void *, size_t);
    find(&real, "write");
    return passed(real(file, from, size));
}

ssize_t pread64(int file, void *to, size_t size, off64_t at)
{
    static ssize_t (*real)(int, void *, size_t, off64_t);
    find(&real, "pread64");
    return passed(real(file, to, size, at));
}

ssize_t pwrite64(int file, const void *from, size_t size, off64_t at)
{
    static ssize_t (*real)(int, const void *, size_t, off64_t);
    find(&real, "pwrite64");
    return passed(real(file, from, size, at));
}

ssize_t readv(int file, const struct iovec *to, int count)
{
    static ssize_t (*real)(int, const struct iovec *, int);
    find(&real, "readv");
    return passed(real(file, to, count));
}

ssize_t writev(int file, const struct iovec *from, int count)
{
    static ssize_t (*real)(int, const struct iovec *, int);
    find(&real, "writev");
    return passed(real(file, from, count));
}

ssize_t recv(int file, void *to, size_t size, int flags)
{
    static ssize_t (*real)(int, void *, size_t, int);
    find(&real, "recv");
    return passed(real(file, to, size, flags));
}

ssize_t recvmsg(int file, struct msghdr *message, int flags)
{
    static ssize_t (*real)(int, struct msghdr *, int);
    find(&real, "recvmsg");
    return passed(real(file, message, flags));
}

ssize_t send(int file, const void *from, size_t size, int flags)
{
    static ssize_t (*real)(int, const void *, size_t, int);
    find(&real, "send");
    return sent(real(file, from, size, flags), flags);
}

ssize_t sendmsg(int file, const struct msghdr *message, int flags)
{
    static ssize_t (*real)(int, const struct msghdr *, int);
    find(&real, "sendmsg");
    return sent(real(file, message, flags), flags);
}
