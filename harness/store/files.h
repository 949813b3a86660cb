/* Files that are whole or absent: written to a temporary name beside the target, flushed,
 * renamed. */
#ifndef ZCB_STORE_FILES_H
#define ZCB_STORE_FILES_H

#include "base/error.h"

#include <stdio.h>

/* A file being written. Opaque. */
typedef struct zcb_file zcb_file;

/* Begins writing `path` under a hidden name of this process in the same folder; NULL on failure
 * (exit code 2 where the folder can't be used). */
zcb_file *zcb_file_begin(const char *path, zcb_error *error);

/* The stream to write to; borrowed, without a descriptor of its own. Its errors are kept and
 * reported by commit, so that writers need not look. */
FILE *zcb_file_stream(zcb_file *file);

/* Flushes, syncs, renames over the target, syncs the folder and releases `file`: 0, or -1 (disk
 * full: exit code 1) with the target as it was and the temporary file gone. */
int zcb_file_commit(zcb_file *file, zcb_error *error);

/* Throws the new content away and releases `file`; NULL is allowed. */
void zcb_file_discard(zcb_file *file);

/* 1 when `name` (without a folder) is one under which zcb_file_begin writes. */
int zcb_file_is_temporary(const char *name);

/* Removes from folder `dir` what writers that were killed left behind. Nobody else may be
 * writing there: the caller holds the folder's lock. What can't be removed stays. */
void zcb_file_sweep(const char *dir);

/* Writes one RFC 4180 field (quoted only when needed), without a separator. A byte that is no
 * part of a UTF-8 character becomes '?'. */
void zcb_csv_text(FILE *stream, const char *text);

/* Writes a finite number in the shortest form that reads back to the same 9 significant digits,
 * with
 * `.` whatever the locale; nothing for NAN and infinities. */
void zcb_csv_number(FILE *stream, double number);

#endif
