/* Every arm of every cell as one number per launch: the form in which variants and runs are
 * held against each other, whatever it is that is compared. */
#ifndef ZCB_REPORT_LAUNCH_FIGURES_H
#define ZCB_REPORT_LAUNCH_FIGURES_H

#include "base/error.h"
#include "store/recorded.h"

#include <stddef.h>
#include <stdint.h>

/* What of an arm is compared. */
typedef enum zcb_figure {
    ZCB_FIGURE_TIME,       /* ns per operation: means something on one machine only */
    ZCB_FIGURE_OVER_LIMIT, /* its time ÷ memcpy's of the same bytes */
    ZCB_FIGURE_OVER_NULL,  /* its time ÷ that of the call path without the operation */
    ZCB_FIGURE_SPEEDUP,    /* copy ÷ it; alternatives only */
    ZCB_FIGURE_COUNT
} zcb_figure;

/* "time", "over_limit", "over_null", "speedup"; static storage. */
const char *zcb_figure_name(zcb_figure figure);

/* One arm of one cell. Invariant: its launches ascend and stand at launches[first] …
 * launches[first + count − 1] of the owner, ln(figure) at the same places of logs. */
typedef struct zcb_launch_figure {
    uint32_t cell;
    const char *arm; /* "copy" or an alternative; borrowed from the samples */
    zcb_figure figure;
    size_t first, count;
} zcb_launch_figure;

/* Zero value: empty. Owns its arrays. Invariant: rows ascend by cell, within it by
 * arm as tables do; a launch value is the median over the launch's blocks. */
typedef struct zcb_launch_figures {
    zcb_launch_figure *rows;
    size_t count;
    uint32_t *launches;
    double *logs;
    size_t value_count;
} zcb_launch_figures;

/* Makes all figures that the samples of `recorded`, from which texts are borrowed, allow: an
 * arm without a limit or null beside it has none over it. 0, or -1 with *out empty (memory). */
int zcb_launch_figures_make(const zcb_recorded *recorded, zcb_launch_figures *out,
                            zcb_error *error);
void zcb_launch_figures_clear(zcb_launch_figures *figures);

/* The first row of `cell`, or NULL; its others follow. Borrowed. */
const zcb_launch_figure *zcb_launch_figures_first(const zcb_launch_figures *figures,
                                                  uint32_t cell);

/* The figure of an arm of a cell, or NULL; borrowed. */
const zcb_launch_figure *zcb_launch_figures_find(const zcb_launch_figures *figures,
                                                 uint32_t cell, const char *arm,
                                                 zcb_figure figure);

#endif
