/* See block_table.h. Open addressing with linear probing; deletion moves later entries back
 * (Knuth, The Art of Computer Programming 3, 6.4, algorithm R), so that no tombstones gather.
 */
#include "worker/block_table.h"

#include <sys/mman.h>

enum { FIRST_CAPACITY = 1 << 12 };

/* The finalizer of SplitMix64: addresses differ in few bits. */
static size_t home(const zcb_block_table *table, uintptr_t at)
{
    uint64_t z = at;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (size_t)(z ^ (z >> 31)) & (table->capacity - 1);
}

static size_t next(const zcb_block_table *table, size_t slot)
{
    return (slot + 1) & (table->capacity - 1);
}

static void put(zcb_block_table *table, zcb_block block)
{
    size_t slot = home(table, block.at);
    while (table->slots[slot].at != 0) {
        slot = next(table, slot);
    }
    table->slots[slot] = block;
}

/* Twice the slots: 0, or -1 with the table as it was. */
static int grow(zcb_block_table *table)
{
    zcb_block_table larger = *table;
    larger.capacity = table->capacity == 0 ? FIRST_CAPACITY : table->capacity * 2;
    larger.slots = mmap(NULL, larger.capacity * sizeof *larger.slots, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (larger.slots == MAP_FAILED) {
        return -1;
    }
    for (size_t i = 0; i < table->capacity; i++) {
        if (table->slots[i].at != 0) {
            put(&larger, table->slots[i]);
        }
    }
    if (table->slots != NULL) {
        munmap(table->slots, table->capacity * sizeof *table->slots);
    }
    *table = larger;
    return 0;
}

void zcb_block_table_add(zcb_block_table *table, const void *at, size_t size)
{
    if (at == NULL || ((table->count + 1) * 4 > table->capacity * 3 && grow(table) < 0)) {
        return;
    }
    put(table, (zcb_block){(uintptr_t)at, size, ++table->last_serial});
    table->count++;
}

/* Frees `slot`: entries behind it that would not be found any more move up. */
static void close_gap(zcb_block_table *table, size_t slot)
{
    size_t mask = table->capacity - 1;
    for (size_t i = next(table, slot); table->slots[i].at != 0; i = next(table, i)) {
        size_t distance = (i - home(table, table->slots[i].at)) & mask;
        if (distance >= ((i - slot) & mask)) {
            table->slots[slot] = table->slots[i];
            slot = i;
        }
    }
    table->slots[slot] = (zcb_block){0};
}

int zcb_block_table_take(zcb_block_table *table, const void *at, zcb_block *out)
{
    if (table->count == 0 || at == NULL) {
        return 0;
    }
    for (size_t i = home(table, (uintptr_t)at); table->slots[i].at != 0; i = next(table, i)) {
        if (table->slots[i].at == (uintptr_t)at) {
            *out = table->slots[i];
            close_gap(table, i);
            table->count--;
            return 1;
        }
    }
    return 0;
}

uint64_t zcb_block_table_serial(const zcb_block_table *table, const void *address)
{
    uintptr_t at = (uintptr_t)address;
    for (size_t i = 0; i < table->capacity; i++) {
        const zcb_block *block = &table->slots[i];
        if (block->at != 0 && at >= block->at && at - block->at < block->size) {
            return block->serial;
        }
    }
    return 0;
}
