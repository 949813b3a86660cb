/* samples.csv: one row per visit, append-only, the ground everything else stands on. */
#ifndef ZCB_STORE_SAMPLES_H
#define ZCB_STORE_SAMPLES_H

#include "base/error.h"
#include "store/cells.h"

#include <stddef.h>
#include <stdint.h>

/* One visit. */
typedef struct zcb_sample {
    uint32_t cell; /* index in the zcb_cells it was read with */
    uint32_t launch;
    uint32_t block;
    uint32_t order;  /* place of the visit in its block, from 0 */
    const char *arm; /* interned in the same zcb_cells: compare pointers after interning */
    uint64_t iterations;
    uint64_t elapsed_ns; /* of all iterations together */
    uint64_t minor_faults;
} zcb_sample;

/* All rows in file order. Zero value: empty. */
typedef struct zcb_samples {
    zcb_sample *rows; /* owned */
    size_t count;
    size_t capacity;
} zcb_samples;

void zcb_samples_clear(
    zcb_samples *samples); /* releases and zeroes; rows only, not the cells */

/* Adds one row in memory: 0 or -1 (memory). */
int zcb_samples_push(zcb_samples *samples, const zcb_sample *sample, zcb_error *error);

/* Reads a whole file (gzip-compressed where `path` ends in ".gz"), cells and arms added to
 * `cells`. A last line without its newline is dropped and *torn set to 1 (torn may be NULL); an
 * empty file, or one that ends within its header, has no rows; any other malformed line is an
 * error (exit code 2) that names file and line. On failure the outputs are untouched, though
 * `cells` may have grown. Rows are checked: known words and arms, names within ZCB_NAME_MAX,
 * numbers in range, size_bytes > 0, iterations > 0. *valid_bytes (may be NULL) is the offset
 * after the last whole row, of the decompressed text. */
int zcb_samples_read(const char *path, zcb_cells *cells, zcb_samples *out, int *torn,
                     uint64_t *valid_bytes, zcb_error *error);

/* An open samples.csv that rows are appended to. Opaque. */
typedef struct zcb_samples_writer zcb_samples_writer;

/* Opens `path` for appending, creating it with its header row; with `truncate_to` > 0 the file
 * is first cut to that many bytes (resume after a torn end: valid_bytes of zcb_samples_read). A
 * file that is no table of samples, or would not end with a whole line, is refused unchanged.
 * NULL on failure. */
zcb_samples_writer *zcb_samples_writer_open(const char *path, uint64_t truncate_to,
                                            zcb_error *error);

/* Appends `count` rows with as few writes as possible, all or an error; the rows of one cell
 * and launch are handed over in one call, so that a kill tears at most one such group. On
 * failure (disk full: exit code 1) the file is cut back to the rows before and the writer stays
 * usable. A row that zcb_samples_read would refuse is refused here, before anything is written.
 */
int zcb_samples_writer_append(zcb_samples_writer *writer, const zcb_cells *cells,
                              const zcb_sample *rows, size_t count, zcb_error *error);

/* Flushes to disk and closes; NULL is allowed. 0 or -1. */
int zcb_samples_writer_close(zcb_samples_writer *writer, zcb_error *error);

#endif
