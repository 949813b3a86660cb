/* See memory.h. */
#include "worker/memory.h"

#include <dlfcn.h>

enum { SMALL_MAX = 512 }; /* pymalloc's largest request */

static zcb_memory_counts counts;
static int sees_malloc;
static void (*read_preload)(uint64_t *blocks, uint64_t *bytes);
static PyMemAllocatorEx below[2]; /* the allocators the hooks stand in front of: OBJ, MEM */
static const PyMemAllocatorDomain domains[2] = {PYMEM_DOMAIN_OBJ, PYMEM_DOMAIN_MEM};

/* Notes a request; larger ones are the preload's when it is there. */
static void note(size_t size)
{
    if (!sees_malloc || size <= SMALL_MAX) {
        counts.blocks++;
        counts.bytes += size;
    }
}

static void *hook_malloc(void *context, size_t size)
{
    PyMemAllocatorEx *allocator = context;
    void *block = allocator->malloc(allocator->ctx, size);
    note(size);
    counts.live += block != NULL;
    return block;
}

static void *hook_calloc(void *context, size_t items, size_t size)
{
    PyMemAllocatorEx *allocator = context;
    void *block = allocator->calloc(allocator->ctx, items, size);
    note(items * size);
    counts.live += block != NULL;
    return block;
}

static void *hook_realloc(void *context, void *old, size_t size)
{
    PyMemAllocatorEx *allocator = context;
    void *block = allocator->realloc(allocator->ctx, old, size);
    note(size);
    counts.live += block != NULL && old == NULL;
    return block;
}

static void hook_free(void *context, void *block)
{
    PyMemAllocatorEx *allocator = context;
    counts.live -= block != NULL;
    allocator->free(allocator->ctx, block);
}

void zcb_memory_hook(void)
{
    *(void **)&read_preload = dlsym(RTLD_DEFAULT, "zcb_count_read");
    sees_malloc = read_preload != NULL;
    for (int i = 0; i < 2; i++) {
        PyMem_GetAllocator(domains[i], &below[i]);
        PyMemAllocatorEx hooked = {&below[i], hook_malloc, hook_calloc, hook_realloc, hook_free};
        PyMem_SetAllocator(domains[i], &hooked);
    }
}

int zcb_memory_sees_malloc(void)
{
    return sees_malloc;
}

zcb_memory_counts zcb_memory_read(void)
{
    zcb_memory_counts now = counts;
    if (read_preload != NULL) {
        uint64_t blocks = 0, bytes = 0;
        read_preload(&blocks, &bytes);
        now.blocks += blocks;
        now.bytes += bytes;
    }
    return now;
}

/* What one call of the loop with `operations` iterations allocates. */
static int count_loop(const zcb_prepared_arm *arm, uint64_t operations, zcb_memory_counts *out)
{
    if (arm->ready != NULL && arm->ready(arm->self, operations) < 0) {
        return -1;
    }
    zcb_memory_counts before = zcb_memory_read();
    if (arm->loop(arm->self, operations) < 0) {
        return -1;
    }
    zcb_memory_counts after = zcb_memory_read();
    *out = (zcb_memory_counts){after.blocks - before.blocks, after.bytes - before.bytes,
                               after.live - before.live};
    return 0;
}

int zcb_memory_per_operation(const zcb_prepared_arm *arm, uint64_t operations, double *blocks,
                             double *bytes)
{
    zcb_memory_counts warm, once, twice;
    if (count_loop(arm, operations, &warm) < 0 || count_loop(arm, operations, &once) < 0 ||
        count_loop(arm, 2 * operations, &twice) < 0) {
        return -1;
    }
    *blocks = ((double)twice.blocks - (double)once.blocks) / (double)operations;
    *bytes = ((double)twice.bytes - (double)once.bytes) / (double)operations;
    return 0;
}
