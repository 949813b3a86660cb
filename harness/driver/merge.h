/* Several runs' folders merged into a new one: the runs of a matrix of CI jobs, or of a fleet of
 * machines, that are to be read as one. */
#ifndef ZCB_DRIVER_MERGE_H
#define ZCB_DRIVER_MERGE_H

#include "base/error.h"
#include "driver/texts.h"

/* Merges what is recorded in `dirs` (two or more) into the folder `out` (new or empty; NULL: one of
 * its own under results/). A variant keeps its name unless another run has the same: then its
 * machine's name is added, and a number where that doesn't tell them apart. run.json names the
 * runs as sources, each with its machine, and is written last, so that a folder without it is no
 * run. *dir is set to the new folder, owned by the caller. 0, or -1 (exit code 2: one run given
 * twice, unusable folders; 5: no run). */
int zcb_merge(const zcb_texts *dirs, const char *out, char **dir, zcb_error *error);

#endif
