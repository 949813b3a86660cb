/* What the writers of the single formats share; private to export*.c. Their functions return 0,
 * or -1 when memory is short; a write that fails is kept by the file. */
#ifndef ZCB_STORE_EXPORT_FORMAT_H
#define ZCB_STORE_EXPORT_FORMAT_H

#include "store/export.h"
#include "store/files.h"
#include "store/json_stream.h"

#define ZCB_EXPORT_NAME_MAX 512 /* holds any name made by zcb_export_name */

/* Which of Google Benchmark's families the rows at hand belong to. Texts and cell are borrowed.
 */
typedef struct zcb_gbench_families {
    const zcb_cell *cell;           /* the last one; NULL at the beginning */
    const char *arms[ZCB_ARMS_MAX]; /* of its series, in the order of their families */
    size_t arm_count, first, instance;
} zcb_gbench_families;

struct zcb_export {
    const struct zcb_export_writer *writer;
    zcb_file *file;
    zcb_json_stream json;
    const zcb_run *run;
    const zcb_variant *variant;
    size_t rows;
    zcb_gbench_families families;
};

/* How one format is written. */
typedef struct zcb_export_writer {
    const char *name;
    int (*begin)(zcb_export *export);
    int (*add)(zcb_export *export, const zcb_export_cell *cell);
} zcb_export_writer;

extern const zcb_export_writer zcb_export_pyperf, zcb_export_gbench, zcb_export_gha,
    zcb_export_bmf;

/* "bytes_slice/python/copy/65536", the conditions that are not the usual ones before the arm:
 * "bytes_slice/python/cache:cold/copy/65536". The size is a number of bytes. Returns `out`. */
char *zcb_export_name(const zcb_cell *cell, const char *arm, char *out, size_t size);

/* The same with the variant in front: "cp311/bytes_slice/…", for files of several. */
char *zcb_export_full_name(const zcb_cell *cell, const char *arm, char *out, size_t size);

/* Adds `text` under `name`, on one line and repaired to UTF-8; nothing where it is NULL or
 * blank. */
int zcb_export_text(json_t *object, const char *name, const char *text);

/* Adds a number that is finite; nothing for another. */
int zcb_export_number(json_t *object, const char *name, double number);

/* The copy's arm of a cell, or NULL. */
const zcb_export_arm *zcb_export_find_copy(const zcb_export_cell *cell);

#endif
