/* Files that are whole or absent: written to a temporary name beside the target, flushed, renamed. */
#ifndef ZCB_STORE_FILES_H
#define ZCB_STORE_FILES_H

#include "base/error.h"

#include <stdio.h>

/* A file being written. Opaque. */
typedef struct zcb_file zcb_file;

/* Begins writing `path`; NULL on failure. */
zcb_file *zcb_file_begin(const char *path, zcb_error *error);

/* The stream to write to; borrowed. Its errors are kept and reported by commit. */
FILE *zcb_file_stream(zcb_file *file);

/* Flushes, syncs, renames over the target and releases `file`: 0, or -1 with the target as it was. */
int zcb_file_commit(zcb_file *file, zcb_error *error);

/* Throws the new content away and releases `file`; NULL is allowed. */
void zcb_file_discard(zcb_file *file);

/* Writes one RFC 4180 field (quoted only when needed), without a separator. */
void zcb_csv_text(FILE *stream, const char *text);

/* Writes a finite number in the shortest form that reads back to the same 9 significant digits;
 * nothing for NAN and infinities. */
void zcb_csv_number(FILE *stream, double number);

#endif
