/* From an analysed run to the files that other tools read: which cells go in, and the value of
 * each launch. */
#ifndef ZCB_DRIVER_EXPORT_RUN_H
#define ZCB_DRIVER_EXPORT_RUN_H

#include "base/error.h"
#include "report/analysis.h"
#include "store/export.h"

/* One file that was written. */
typedef struct zcb_exported_file {
    char *path; /* owned */
    size_t rows;
} zcb_exported_file;

/* Zero value: empty. Owns its array. */
typedef struct zcb_exported {
    zcb_exported_file *files;
    size_t count;
} zcb_exported;

/* 1 when some cell that ended ok or noisy has samples: there is something to export. */
int zcb_export_has_figures(const zcb_analysis *analysis);

/* Writes the file or, for pyperf, one file per variant that has figures, into the existing
 * folder `dir`. 0 and *out (empty before) filled, or -1 with every file of ours gone again. */
int zcb_export_run(const zcb_analysis *analysis, zcb_export_format format, const char *dir,
                   zcb_exported *out, zcb_error *error);

void zcb_exported_clear(zcb_exported *exported);

#endif
