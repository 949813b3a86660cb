/* gnuplot as a child process: never through a shell, a few at a time, its pictures checked
 * before they take their place. */
#ifndef ZCB_REPORT_GNUPLOT_H
#define ZCB_REPORT_GNUPLOT_H

#include "base/error.h"

#include <stddef.h>

/* What a picture can be: one bit each. */
#define ZCB_DRAW_SVG 1u
#define ZCB_DRAW_PNG 2u
#define ZCB_DRAW_PDF 4u

/* One script to be drawn: folder/name.gp makes folder/name.svg and what else is asked for. */
typedef struct zcb_drawing {
    const char *name;  /* made by zcb_text_filename; borrowed */
    unsigned kinds;    /* ZCB_DRAW_… */
    int is_drawn;      /* out: 1 when all its pictures are in place */
    char problem[256]; /* out: one line why not; "" when drawn */
} zcb_drawing;

/* Draws all `count` scripts of `folder`, some by each process of `program -d` in that folder
 * (starting one costs as much as a small picture), at most `jobs` (0: 2) at a time. A picture
 * whose script failed or that came out empty leaves the old one as it was. 0 with every
 * drawing's outcome set; -1 only when `program` (looked up on PATH) can't be started at all, or
 * memory is short. */
int zcb_gnuplot_draw(const char *program, const char *folder, zcb_drawing *drawings,
                     size_t count, unsigned jobs, zcb_error *error);

#endif
