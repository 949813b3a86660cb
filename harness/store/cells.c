/* See cells.h. Two open-addressing tables (texts and cells) over arrays that only grow. */
#include "store/cells.h"

#include "base/room.h"

#include <stdlib.h>
#include <string.h>

/* Slots of an open-addressing table: entry number + 1, or 0 where free. Invariant: the slot
 * count is a power of two (or 0) and less than 3/4 of the slots are taken. */
typedef struct index_table {
    uint32_t *slots;
    size_t slot_count;
} index_table;

struct zcb_cells {
    char **texts; /* owned, distinct */
    size_t text_count, text_capacity;
    index_table text_index;
    zcb_cell *cells;
    size_t cell_count, cell_capacity;
    index_table cell_index;
};

/* FNV-1a, 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv). */
static uint64_t hash_text(const char *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    }
    return hash;
}

/* The finalizer of SplitMix64, as in base/random.h. */
static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static uint64_t hash_cell(const zcb_cell *cell)
{
    uint64_t words = (uint64_t)cell->lane << 24 | (uint64_t)cell->heap << 16 |
                     (uint64_t)cell->cache << 8 | (uint64_t)cell->consumer;
    uint64_t hash = mix(hash_text(cell->python) + words);
    hash = mix(hash ^ hash_text(cell->pair));
    return mix(hash ^ cell->size_bytes);
}

static int cells_equal(const zcb_cell *a, const zcb_cell *b)
{
    return a->size_bytes == b->size_bytes && a->lane == b->lane && a->heap == b->heap &&
           a->cache == b->cache && a->consumer == b->consumer &&
           strcmp(a->pair, b->pair) == 0 && strcmp(a->python, b->python) == 0;
}

/* Puts entry number `entry` into a free slot. */
static void table_put(index_table *table, uint64_t hash, uint32_t entry)
{
    size_t slot = hash & (table->slot_count - 1);
    while (table->slots[slot] != 0) {
        slot = (slot + 1) & (table->slot_count - 1);
    }
    table->slots[slot] = entry + 1;
}

/* 1 when one more entry asks for a larger table first. */
static int table_is_full(const index_table *table, size_t entries)
{
    return (entries + 1) * 4 > table->slot_count * 3;
}

/* Doubles the slots and leaves them empty, for the caller to fill; -1 and unchanged without
 * memory. */
static int table_double(index_table *table)
{
    size_t slot_count = table->slot_count == 0 ? 64 : table->slot_count * 2;
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    if (slots == NULL) {
        return -1;
    }
    free(table->slots);
    table->slots = slots;
    table->slot_count = slot_count;
    return 0;
}

/* `array` with room for one more element; NULL where there is no memory or its index would not
 * fit the tables above. */
static void *with_one_more(void *array, size_t count, size_t *capacity, size_t element_bytes)
{
    return count >= UINT32_MAX ? NULL
                               : zcb_with_room(array, capacity, count + 1, element_bytes);
}

static int grow_text_index(zcb_cells *cells)
{
    if (table_double(&cells->text_index) < 0) {
        return -1;
    }
    for (size_t i = 0; i < cells->text_count; i++) {
        table_put(&cells->text_index, hash_text(cells->texts[i]), (uint32_t)i);
    }
    return 0;
}

static int grow_cell_index(zcb_cells *cells)
{
    if (table_double(&cells->cell_index) < 0) {
        return -1;
    }
    for (size_t i = 0; i < cells->cell_count; i++) {
        table_put(&cells->cell_index, hash_cell(&cells->cells[i]), (uint32_t)i);
    }
    return 0;
}

zcb_cells *zcb_cells_new(void)
{
    return calloc(1, sizeof(zcb_cells));
}

void zcb_cells_free(zcb_cells *cells)
{
    if (cells == NULL) {
        return;
    }
    free(cells->cell_index.slots);
    free(cells->cells);
    free(cells->text_index.slots);
    for (size_t i = 0; i < cells->text_count; i++) {
        free(cells->texts[i]);
    }
    free(cells->texts);
    free(cells);
}

static const char *find_text(const zcb_cells *cells, const char *text, uint64_t hash)
{
    size_t mask = cells->text_index.slot_count - 1;
    if (cells->text_count == 0) {
        return NULL;
    }
    for (size_t slot = hash & mask; cells->text_index.slots[slot] != 0;
         slot = (slot + 1) & mask) {
        const char *candidate = cells->texts[cells->text_index.slots[slot] - 1];
        if (strcmp(candidate, text) == 0) {
            return candidate;
        }
    }
    return NULL;
}

const char *zcb_cells_intern(zcb_cells *cells, const char *text)
{
    uint64_t hash = hash_text(text);
    const char *known = find_text(cells, text, hash);
    if (known != NULL) {
        return known;
    }
    char **texts =
        with_one_more(cells->texts, cells->text_count, &cells->text_capacity, sizeof *texts);
    if (texts == NULL) {
        return NULL;
    }
    cells->texts = texts;
    if (table_is_full(&cells->text_index, cells->text_count) && grow_text_index(cells) < 0) {
        return NULL;
    }
    char *copy = strdup(text);
    if (copy == NULL) {
        return NULL;
    }
    cells->texts[cells->text_count] = copy;
    table_put(&cells->text_index, hash, (uint32_t)cells->text_count++);
    return copy;
}

static int64_t find_cell(const zcb_cells *cells, const zcb_cell *cell, uint64_t hash)
{
    size_t mask = cells->cell_index.slot_count - 1;
    if (cells->cell_count == 0) {
        return -1;
    }
    for (size_t slot = hash & mask; cells->cell_index.slots[slot] != 0;
         slot = (slot + 1) & mask) {
        uint32_t index = cells->cell_index.slots[slot] - 1;
        if (cells_equal(&cells->cells[index], cell)) {
            return index;
        }
    }
    return -1;
}

int64_t zcb_cells_find(const zcb_cells *cells, const zcb_cell *cell)
{
    return find_cell(cells, cell, hash_cell(cell));
}

int64_t zcb_cells_add(zcb_cells *cells, const zcb_cell *cell)
{
    uint64_t hash = hash_cell(cell);
    int64_t known = find_cell(cells, cell, hash);
    if (known >= 0) {
        return known;
    }
    zcb_cell own = *cell; /* before the array moves: `cell` may lie in it */
    own.python = zcb_cells_intern(cells, cell->python);
    own.pair = zcb_cells_intern(cells, cell->pair);
    if (own.python == NULL || own.pair == NULL) {
        return -1;
    }
    zcb_cell *grown =
        with_one_more(cells->cells, cells->cell_count, &cells->cell_capacity, sizeof *grown);
    if (grown == NULL) {
        return -1;
    }
    cells->cells = grown;
    if (table_is_full(&cells->cell_index, cells->cell_count) && grow_cell_index(cells) < 0) {
        return -1;
    }
    cells->cells[cells->cell_count] = own;
    table_put(&cells->cell_index, hash, (uint32_t)cells->cell_count);
    return (int64_t)cells->cell_count++;
}

const zcb_cell *zcb_cells_at(const zcb_cells *cells, size_t index)
{
    return &cells->cells[index];
}

size_t zcb_cells_count(const zcb_cells *cells)
{
    return cells->cell_count;
}
