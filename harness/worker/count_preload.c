/* A preload object that tells the worker of every block that malloc and its kin, or mmap, hand
 * out and take back: put before the ordinary worker by the driver in the passes that count
 * memory, never in timed ones. Serves every interpreter; counts nothing itself. The calls that
 * copy bytes between program and kernel are told in count_calls_preload.c. */
#include "worker/count_preload.h"

#include "base/compiler.h"
#include "base/identity_made.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>

static _Atomic(const zcb_count_listener *) listener;
static _Thread_local int inside; /* dlsym may allocate: no recursion */

static void *(*real_malloc)(size_t);
static void *(*real_calloc)(size_t, size_t);
static void *(*real_realloc)(void *, size_t);
static void (*real_free)(void *);
static int (*real_posix_memalign)(void **, size_t, size_t);
static void *(*real_aligned_alloc)(size_t, size_t);
static void *(*real_memalign)(size_t, size_t);
static void *(*real_mmap)(void *, size_t, int, int, int, off_t);
static void *(*real_mmap64)(void *, size_t, int, int, int, off64_t);
static int (*real_munmap)(void *, size_t);

/* What dlsym itself needs before the real functions are known. */
static _Alignas(16) unsigned char early[16384];
static size_t early_used;

static void *early_take(size_t size)
{
    size_t start = (early_used + 15) & ~(size_t)15;
    if (size > sizeof early || start > sizeof early - size) {
        return NULL;
    }
    early_used = start + size;
    return early + start;
}

static int is_early(const void *block)
{
    uintptr_t at = (uintptr_t)block, from = (uintptr_t)early;
    return at >= from && at < from + sizeof early;
}

static void find(void *function, const char *name)
{
    void *found = dlsym(RTLD_NEXT, name);
    memcpy(function, &found, sizeof found);
}

static void find_all(void)
{
    inside = 1;
    find(&real_calloc, "calloc");
    find(&real_malloc, "malloc");
    find(&real_realloc, "realloc");
    find(&real_free, "free");
    find(&real_posix_memalign, "posix_memalign");
    find(&real_aligned_alloc, "aligned_alloc");
    find(&real_mmap, "mmap");
    find(&real_mmap64, "mmap64");
    find(&real_munmap, "munmap");
    find(&real_memalign, "memalign"); /* the last: ready() looks at it */
    inside = 0;
}

static int ready(void)
{
    if (real_memalign == NULL && !inside) {
        find_all();
    }
    return !inside;
}

ZCB_EXPORT const char *zcb_count_identity(void)
{
    return ZCB_BUILD_IDENTITY; /* not by base/identity.h: the worker may hold that name */
}

ZCB_EXPORT void zcb_count_listen(const zcb_count_listener *to)
{
    atomic_store(&listener, to);
}

void zcb_count_passed(size_t bytes)
{
    const zcb_count_listener *to = atomic_load_explicit(&listener, memory_order_acquire);
    if (to != NULL) {
        to->passed(bytes);
    }
}

static void *made(void *block, size_t size)
{
    const zcb_count_listener *to = atomic_load_explicit(&listener, memory_order_acquire);
    if (to != NULL && block != NULL) {
        to->made(block, size);
    }
    return block;
}

static void gone(void *block, size_t size)
{
    const zcb_count_listener *to = atomic_load_explicit(&listener, memory_order_acquire);
    if (to != NULL && block != NULL) {
        to->gone(block, size);
    }
}

void *malloc(size_t size)
{
    return ready() ? made(real_malloc(size), size) : early_take(size);
}

void *calloc(size_t items, size_t size)
{
    /* Static memory is zero. */
    return ready() ? made(real_calloc(items, size), items * size) : early_take(items * size);
}

void *realloc(void *old, size_t size)
{
    if (!ready()) {
        return early_take(size);
    }
    if (is_early(old)) {
        void *block = real_malloc(size);
        size_t left = (size_t)(early + sizeof early - (unsigned char *)old);
        return block == NULL ? NULL : memcpy(block, old, size < left ? size : left);
    }
    void *block = real_realloc(old, size);
    const zcb_count_listener *to = atomic_load_explicit(&listener, memory_order_acquire);
    if (to != NULL && block != NULL) {
        to->moved(old, block, size);
    } else if (size == 0) {
        gone(old, 0); /* glibc: a free */
    }
    return block;
}

void free(void *block)
{
    if (block == NULL || is_early(block) || !ready()) {
        return;
    }
    gone(block, 0);
    real_free(block);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
    int result = ready() ? real_posix_memalign(out, alignment, size) : ENOMEM;
    if (result == 0) {
        made(*out, size);
    }
    return result;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return ready() ? made(real_aligned_alloc(alignment, size), size) : NULL;
}

void *memalign(size_t alignment, size_t size)
{
    return ready() ? made(real_memalign(alignment, size), size) : NULL;
}

static void *mapped(void *at, size_t length)
{
    return at == MAP_FAILED ? at : made(at, length);
}

/* glibc's own allocator does not come through here: only those who map memory for themselves
 * do. */
void *mmap(void *at, size_t length, int protection, int flags, int file, off_t offset)
{
    if (!ready()) {
        errno = ENOMEM;
        return MAP_FAILED;
    }
    return mapped(real_mmap(at, length, protection, flags, file, offset), length);
}

void *mmap64(void *at, size_t length, int protection, int flags, int file, off64_t offset)
{
    if (!ready()) {
        errno = ENOMEM;
        return MAP_FAILED;
    }
    return mapped(real_mmap64(at, length, protection, flags, file, offset), length);
}

int munmap(void *at, size_t length)
{
    if (!ready()) {
        return 0;
    }
    gone(at, length);
    return real_munmap(at, length);
}
