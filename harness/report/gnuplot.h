/* gnuplot as a child process: never through a shell, a few at a time, its pictures checked
 * before they take their place. */
#ifndef ZCB_REPORT_GNUPLOT_H
#define ZCB_REPORT_GNUPLOT_H

#include "base/error.h"

#include <stddef.h>

/* One script to be drawn: folder/name.gp makes folder/name.svg and folder/name.png. */
typedef struct zcb_drawing {
    const char *name;  /* made by zcb_text_filename; borrowed */
    int is_drawn;      /* out: 1 when both pictures are in place */
    char problem[256]; /* out: one line why not; "" when drawn */
} zcb_drawing;

/* Draws all `count` scripts of `folder`, at most `jobs` (0: 2) at a time, each with `program
 * -d` in that folder. A picture whose process failed or that came out empty leaves the old one
 * as it was. 0 with every drawing's outcome set; -1 only when `program` (looked up on PATH)
 * can't be started at all. */
int zcb_gnuplot_draw(const char *program, const char *folder, zcb_drawing *drawings,
                     size_t count, unsigned jobs, zcb_error *error);

#endif
