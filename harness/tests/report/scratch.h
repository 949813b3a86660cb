/* Folders and files for the tests that write. */
#ifndef ZCB_TESTS_REPORT_SCRATCH_H
#define ZCB_TESTS_REPORT_SCRATCH_H

#include <stddef.h>

#define SCRATCH_PATH_MAX 512

/* A new folder below TMPDIR into path. */
void scratch_make(char path[SCRATCH_PATH_MAX]);

/* Removes the folder and all in it. */
void scratch_remove(const char *path);

/* A whole file, NUL-terminated; the caller frees it. NULL when it can't be read. */
char *scratch_read(const char *dir, const char *name, size_t *size);

/* Fails the test unless both folders hold the same files with the same bytes; returns how many.
 */
size_t scratch_compare(const char *left, const char *right);

#endif
