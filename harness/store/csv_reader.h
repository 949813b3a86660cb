/* Reads RFC 4180 tables record by record in constant memory, strict enough that no number is
 * ever read from a file that doesn't hold it. */
#ifndef ZCB_STORE_CSV_READER_H
#define ZCB_STORE_CSV_READER_H

#include "base/compiler.h"
#include "base/error.h"
#include "store/cells.h"

#include <stddef.h>
#include <stdint.h>

#define ZCB_CSV_RECORD_MAX                                                                     \
    8192 /* bytes of a record with its newline; longer ones are refused */
#define ZCB_CSV_FIELDS_MAX 24

/* One record. Invariant: every field is NUL-terminated, holds no NUL, and is valid until the
 * next call to zcb_csv_next. */
typedef struct zcb_csv_record {
    char *fields[ZCB_CSV_FIELDS_MAX]; /* unquoted */
    size_t lengths[ZCB_CSV_FIELDS_MAX];
    size_t count;
    int is_quoted; /* 1: some field was; else the fields lie one behind the other, a NUL between
                    */
} zcb_csv_record;

/* A table being read. Opaque. */
typedef struct zcb_csv_reader zcb_csv_reader;

typedef enum zcb_csv_ending {
    ZCB_CSV_WHOLE, /* the file was written at once: an unfinished last record is an error */
    ZCB_CSV_APPEND_ONLY, /* an unfinished last line, zeroes or not, is a torn write: dropped; no
                            newlines in fields */
} zcb_csv_ending;

/* Opens `path` (gzip by its name) and checks that its first line is `columns`. NULL on failure.
 * An append-only file may be empty or end within its header: then it has no rows. */
zcb_csv_reader *zcb_csv_open(const char *path, const char *columns, zcb_csv_ending ending,
                             zcb_error *error);

/* The next record: 1 and *out set, 0 at the end, -1 on a malformed one (exit code 2, file and
 * line named) — also when it has another number of fields than the header. */
int zcb_csv_next(zcb_csv_reader *reader, zcb_csv_record *out, zcb_error *error);

/* Fills `error` for the record read last: file, line, and a printf-style `what`. Returns -1. */
int zcb_csv_malformed(const zcb_csv_reader *reader, zcb_error *error, const char *what, ...)
    ZCB_PRINTF(3, 4);

/* 1 when the end was reached and a torn line was dropped. */
int zcb_csv_is_torn(const zcb_csv_reader *reader);

/* Offset after the last whole record read (of the decompressed text). */
uint64_t zcb_csv_offset(const zcb_csv_reader *reader);

/* Closes; NULL is allowed. */
void zcb_csv_close(zcb_csv_reader *reader);

#endif
