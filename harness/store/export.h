/* A run in the formats of the tools that people use already: pyperf, Google Benchmark,
 * github-action-benchmark, Bencher. Rows are written as they come; no file is held in memory.
 */
#ifndef ZCB_STORE_EXPORT_H
#define ZCB_STORE_EXPORT_H

#include "base/error.h"
#include "store/derived.h"
#include "store/recorded.h"

typedef enum zcb_export_format {
    ZCB_EXPORT_PYPERF, /* pyperf's file format 1.0: one file per variant */
    ZCB_EXPORT_GBENCH, /* what Google Benchmark prints with --benchmark_format=json */
    ZCB_EXPORT_GHA,    /* github-action-benchmark, customSmallerIsBetter */
    ZCB_EXPORT_BMF,    /* Bencher metric format */
    ZCB_EXPORT_COUNT
} zcb_export_format;

/* "pyperf", "gbench", "gha", "bmf"; static storage. */
const char *zcb_export_format_name(zcb_export_format format);

/* 0 and *out set, or -1 and *out untouched. */
int zcb_export_format_parse(const char *text, zcb_export_format *out);

/* What one launch says of an arm. */
typedef struct zcb_export_launch {
    uint32_t launch;
    double ns_per_op;          /* median of the launch's visits; above 0 */
    uint64_t iterations;       /* of those visits together; above 0 */
    const zcb_launch_row *row; /* borrowed; NULL where launches.csv has none */
} zcb_export_launch;

/* One arm of a cell. */
typedef struct zcb_export_arm {
    const zcb_summary_row *times;   /* borrowed; its name and its figures over launches */
    const zcb_speedup_row *speedup; /* borrowed; NULL where it is no alternative */
    zcb_export_launch *launches;    /* at least one */
    size_t launch_count;
} zcb_export_arm;

/* One cell with figures. Invariant: at least one arm, each with at least one launch. */
typedef struct zcb_export_cell {
    const zcb_cell *cell;
    zcb_status status;  /* ok or noisy */
    const char *reason; /* why it is noisy; "" */
    const char *flags;
    zcb_export_arm arms[ZCB_ARMS_MAX];
    size_t arm_count;
} zcb_export_cell;

/* A file being written. Opaque. */
typedef struct zcb_export zcb_export;

/* Begins the file `path` of `format`; `run` is borrowed until the end. For pyperf `variant` is
 * the one whose cells follow, NULL where run.json does not know it; else it is not looked at.
 * NULL on failure. */
zcb_export *zcb_export_begin(zcb_export_format format, const zcb_run *run,
                             const zcb_variant *variant, const char *path, zcb_error *error);

/* Writes the rows of one cell. 0 or -1. */
int zcb_export_add(zcb_export *export, const zcb_export_cell *cell, zcb_error *error);

/* Ends the file, puts it in place and releases `export`: 0 and *rows set (benchmarks of pyperf
 * and Bencher, rows of the others), or -1 with nothing left of it. */
int zcb_export_commit(zcb_export *export, size_t *rows, zcb_error *error);

/* Throws the file away and releases `export`; NULL is allowed. */
void zcb_export_discard(zcb_export *export);

#endif
