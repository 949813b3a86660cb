/* Going on with an interrupted run: what its folder holds, and what is therefore still to be
 * measured. */
#ifndef ZCB_DRIVER_RESUME_H
#define ZCB_DRIVER_RESUME_H

#include "base/error.h"
#include "driver/session.h"

#include <stdint.h>

/* The samples that can be kept: all groups but a last one that is not whole. A group is all
 * rows of one cell and launch, written in one piece. */
typedef struct zcb_kept {
    size_t rows;    /* of the samples given */
    size_t dropped; /* rows after them: the torn group's */
} zcb_kept;

/* Visits a whole group of `cell` (an index in `cells`) has by its calibration; 0 when there is
 * none. */
uint64_t zcb_group_rows(const zcb_run *run, const zcb_cells *cells, uint32_t cell);

/* Pure: looks at the last group only, since only the last write can have been cut. */
zcb_kept zcb_resume_kept(const zcb_run *run, const zcb_cells *cells,
                         const zcb_samples *samples);

/* Offset of the end of the file without its last `lines` lines, looking backwards from `end`: 0
 * and *out set, or -1 when it can't be read or has fewer lines. */
int zcb_offset_before_lines(const char *path, uint64_t end, size_t lines, uint64_t *out,
                            zcb_error *error);

/* Reads session->dir (locked by the caller) into the empty session: options, run, catalogue,
 * questions, states, rows, launches. Sets *truncate_to to where samples.csv has to be cut. 0; 1
 * when the run is complete (the session is then unusable) and no extra_launches are asked for;
 * -1 with exit code 2 or 5 when it is
 * no run, or its interpreters or pairs are gone. */
int zcb_resume_load(zcb_session *session, uint64_t *truncate_to, zcb_error *error);

#endif
