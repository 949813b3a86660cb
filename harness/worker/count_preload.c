/* A preload object that counts what malloc and its kin are asked for: put before the ordinary worker
 * by the driver in the passes that count memory, never in timed ones. Serves every interpreter. */
#include "base/compiler.h"

#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static _Atomic uint64_t total_blocks, total_bytes;
static _Thread_local int inside; /* dlsym may allocate: no counting, no recursion */

static void *(*real_malloc)(size_t);
static void *(*real_calloc)(size_t, size_t);
static void *(*real_realloc)(void *, size_t);
static int (*real_posix_memalign)(void **, size_t, size_t);
static void *(*real_aligned_alloc)(size_t, size_t);
static void *(*real_memalign)(size_t, size_t);

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
    find(&real_posix_memalign, "posix_memalign");
    find(&real_aligned_alloc, "aligned_alloc");
    find(&real_memalign, "memalign");
    inside = 0;
}

static int ready(void)
{
    if (real_memalign == NULL && !inside) {
        find_all();
    }
    return !inside;
}

static void note(size_t blocks, size_t bytes)
{
    atomic_fetch_add_explicit(&total_blocks, blocks, memory_order_relaxed);
    atomic_fetch_add_explicit(&total_bytes, bytes, memory_order_relaxed);
}

ZCB_EXPORT void zcb_count_read(uint64_t *blocks, uint64_t *bytes)
{
    *blocks = atomic_load_explicit(&total_blocks, memory_order_relaxed);
    *bytes = atomic_load_explicit(&total_bytes, memory_order_relaxed);
}

void *malloc(size_t size)
{
    if (!ready()) {
        return early_take(size);
    }
    note(1, size);
    return real_malloc(size);
}

void *calloc(size_t items, size_t size)
{
    if (!ready()) {
        return early_take(items * size); /* static memory is zero */
    }
    note(1, items * size);
    return real_calloc(items, size);
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
    size_t had = old == NULL ? 0 : malloc_usable_size(old);
    note(old == NULL, size > had ? size - had : 0);
    return real_realloc(old, size);
}

void free(void *block)
{
    static void (*real_free)(void *);
    if (block == NULL || is_early(block)) {
        return;
    }
    if (real_free == NULL) {
        find(&real_free, "free");
    }
    real_free(block);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
    if (!ready()) {
        return ENOMEM;
    }
    note(1, size);
    return real_posix_memalign(out, alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    if (!ready()) {
        return NULL;
    }
    note(1, size);
    return real_aligned_alloc(alignment, size);
}

void *memalign(size_t alignment, size_t size)
{
    if (!ready()) {
        return NULL;
    }
    note(1, size);
    return real_memalign(alignment, size);
}
