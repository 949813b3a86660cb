/* Bytes of a file in order, plain or gzip-compressed: readers need not know which. */
#ifndef ZCB_STORE_BYTES_H
#define ZCB_STORE_BYTES_H

#include "base/error.h"

#include <stddef.h>

/* An open file. Opaque. */
typedef struct zcb_bytes zcb_bytes;

/* Opens `path`; a name that ends in ".gz" is decompressed. NULL on failure (exit code 2 for a
 * file that can't be opened). */
zcb_bytes *zcb_bytes_open(const char *path, zcb_error *error);

/* Reads up to `size` bytes into `to`; *got is 0 at the end only. 0 or -1; a compressed file
 * that is cut short or damaged is an error. */
int zcb_bytes_read(zcb_bytes *bytes, void *to, size_t size, size_t *got, zcb_error *error);

/* Closes; NULL is allowed. */
void zcb_bytes_close(zcb_bytes *bytes);

#endif
