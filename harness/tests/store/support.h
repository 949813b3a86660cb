/* What the tests of the store share: a folder of their own, whole files in and out, cells by
 * the handful. */
#ifndef ZCB_TESTS_STORE_SUPPORT_H
#define ZCB_TESTS_STORE_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/samples.h"

/* A cmocka set-up and tear-down: *state is the path of an empty folder, removed with all it
 * holds. */
int make_folder(void **state);
int remove_folder(void **state);

/* "folder/name", for *state of a test: owned by the caller. */
char *in_folder(void *const *state, const char *name);

/* Writes size bytes (text, without its NUL) as the whole file. */
void put_bytes(const char *path, const void *bytes, size_t size);
void put_text(const char *path, const char *text);

/* The whole file, NUL-terminated; owned by the caller. size may be NULL. */
char *get_text(const char *path, size_t *size);

/* Number of entries of the folder, hidden ones included. */
size_t count_entries(const char *folder);

/* The index of a cell of the given names, default conditions, python lane. */
uint32_t add_cell(zcb_cells *cells, const char *python, const char *pair, uint64_t size_bytes);

/* Fails unless both are the same rows of the same cells (of lists that may differ). */
void assert_samples_equal(const zcb_cells *cells_a, const zcb_samples *a,
                          const zcb_cells *cells_b, const zcb_samples *b);

/* Fails unless `error` has that code and holds `part`. */
void assert_error(const zcb_error *error, zcb_exit exit_code, const char *part);

/* Lets files grow to `bytes` only: writes beyond fail with EFBIG as on a full disk. 0 lifts it.
 */
void limit_file_size(uint64_t bytes);

#endif
