/* See memory.h. */
#include "worker/memory.h"

#include "worker/block_table.h"
#include "worker/count_preload.h"

#include <dlfcn.h>

static zcb_memory_counts counts;
static zcb_block_table table;
static int64_t marked_bytes, highest_bytes; /* live_bytes at the mark, and the most since */
static int sees_malloc;
static _Thread_local int is_watched; /* this thread put the hooks in */
static _Thread_local int inside;     /* below a hook: what is heard now is known */

enum { DOMAINS = 3 };
static PyMemAllocatorEx below[DOMAINS]; /* the allocators the hooks stand in front of */
static const PyMemAllocatorDomain domains[DOMAINS] = {PYMEM_DOMAIN_OBJ, PYMEM_DOMAIN_MEM,
                                                      PYMEM_DOMAIN_RAW};

/* Takes a block of known size among the living. */
static void enter(void *block, size_t size)
{
    counts.live_bytes += (int64_t)size;
    highest_bytes = counts.live_bytes > highest_bytes ? counts.live_bytes : highest_bytes;
    zcb_block_table_add(&table, block, size);
}

static void note_made(void *block, size_t size)
{
    counts.blocks++;
    counts.bytes += size;
    enter(block, size);
}

/* Forgets a block: its size, 0 when it was made before the hooks. */
static size_t note_gone(void *block)
{
    zcb_block known;
    if (!zcb_block_table_take(&table, block, &known)) {
        return 0;
    }
    counts.live_bytes -= (int64_t)known.size;
    return known.size;
}

static void note_moved(void *old, void *block, size_t size)
{
    if (old == NULL) {
        note_made(block, size);
        return;
    }
    size_t had = note_gone(old);
    counts.bytes += size > had ? size - had : 0;
    enter(block, size);
}

static void heard_made(void *block, size_t size)
{
    if (is_watched && !inside) {
        inside = 1; /* the table itself maps memory */
        note_made(block, size);
        inside = 0;
    }
}

static void heard_moved(void *old, void *block, size_t size)
{
    if (is_watched && !inside) {
        inside = 1;
        note_moved(old, block, size);
        inside = 0;
    }
}

/* A mapping may be given back from its front. */
static void heard_gone(void *block, size_t size)
{
    if (is_watched && !inside) {
        inside = 1;
        size_t had = note_gone(block);
        if (size != 0 && had > size) {
            enter((char *)block + size, had - size);
        }
        inside = 0;
    }
}

static void heard_passed(size_t bytes)
{
    if (is_watched) {
        counts.passed += bytes;
    }
}

static const zcb_count_listener listener = {heard_made, heard_moved, heard_gone, heard_passed};

static void *hook_malloc(void *context, size_t size)
{
    PyMemAllocatorEx *allocator = context;
    int outer = inside;
    inside = 1;
    void *block = allocator->malloc(allocator->ctx, size);
    if (is_watched && !outer && block != NULL) {
        note_made(block, size);
        counts.live++;
    }
    inside = outer;
    return block;
}

static void *hook_calloc(void *context, size_t items, size_t size)
{
    PyMemAllocatorEx *allocator = context;
    int outer = inside;
    inside = 1;
    void *block = allocator->calloc(allocator->ctx, items, size);
    if (is_watched && !outer && block != NULL) {
        note_made(block, items * size);
        counts.live++;
    }
    inside = outer;
    return block;
}

static void *hook_realloc(void *context, void *old, size_t size)
{
    PyMemAllocatorEx *allocator = context;
    int outer = inside;
    inside = 1;
    void *block = allocator->realloc(allocator->ctx, old, size);
    if (is_watched && !outer && block != NULL) {
        note_moved(old, block, size);
        counts.live += old == NULL;
    }
    inside = outer;
    return block;
}

static void hook_free(void *context, void *block)
{
    PyMemAllocatorEx *allocator = context;
    int outer = inside;
    inside = 1;
    if (is_watched && !outer && block != NULL) {
        note_gone(block);
        counts.live--;
    }
    allocator->free(allocator->ctx, block);
    inside = outer;
}

void zcb_memory_hook(void)
{
    void (*listen)(const zcb_count_listener *);
    *(void **)&listen = dlsym(RTLD_DEFAULT, ZCB_COUNT_LISTEN);
    sees_malloc = listen != NULL;
    is_watched = 1;
    for (int i = 0; i < DOMAINS; i++) {
        PyMem_GetAllocator(domains[i], &below[i]);
        PyMemAllocatorEx hooked = {&below[i], hook_malloc, hook_calloc, hook_realloc,
                                   hook_free};
        PyMem_SetAllocator(domains[i], &hooked);
    }
    if (sees_malloc) {
        listen(&listener);
    }
}

int zcb_memory_sees_malloc(void)
{
    return sees_malloc;
}

zcb_memory_counts zcb_memory_read(void)
{
    return counts;
}

void zcb_memory_mark(void)
{
    marked_bytes = highest_bytes = counts.live_bytes;
}

uint64_t zcb_memory_peak(void)
{
    return (uint64_t)(highest_bytes - marked_bytes);
}

uint64_t zcb_memory_serial(const void *address)
{
    return zcb_block_table_serial(&table, address);
}

/* What `operations` of an arm allocate, not counting what makes it ready. */
static int count_loop(const zcb_prepared_arm *arm, uint64_t operations, zcb_memory_counts *out)
{
    uint64_t most = arm->at_once > 0 ? arm->at_once : operations;
    int result = 0;
    *out = (zcb_memory_counts){0};
    while (result == 0 && operations > 0) {
        uint64_t now = operations < most ? operations : most;
        result = arm->ready != NULL ? arm->ready(arm->self, now) : 0;
        zcb_memory_counts before = counts;
        result = result == 0 ? arm->loop(arm->self, now) : result;
        out->blocks += counts.blocks - before.blocks;
        out->bytes += counts.bytes - before.bytes;
        if (arm->after != NULL) {
            arm->after(arm->self);
        }
        operations -= now;
    }
    return result;
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
