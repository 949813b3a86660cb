/* Which blocks live, and how large each was asked to be: what a free says nothing of. */
#ifndef ZCB_WORKER_BLOCK_TABLE_H
#define ZCB_WORKER_BLOCK_TABLE_H

#include <stddef.h>
#include <stdint.h>

typedef struct zcb_block {
    uintptr_t at; /* 0: no block */
    size_t size;
    uint64_t serial; /* 1, 2, 3 … in the order of making: two blocks never share one */
} zcb_block;

/* Zero value: empty. Invariant: fewer than 3/4 of `capacity`, a power of two, are taken. The
 * memory of the table is mapped, never taken from malloc: it is filled from within malloc. */
typedef struct zcb_block_table {
    zcb_block *slots;
    size_t capacity, count;
    uint64_t last_serial;
} zcb_block_table;

/* Notes a block at `at`, which must not be in the table. A table that can't grow forgets it. */
void zcb_block_table_add(zcb_block_table *table, const void *at, size_t size);

/* Takes the block that starts at `at` out: 1 and *out set, or 0 when it is not known. */
int zcb_block_table_take(zcb_block_table *table, const void *at, zcb_block *out);

/* Serial of the block that `address` lies in, or 0. Looks at every slot. */
uint64_t zcb_block_table_serial(const zcb_block_table *table, const void *address);

#endif
