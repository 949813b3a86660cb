/* Which pictures a list asks for: "forest,time-cp313-*,speedup.pdf". */
#ifndef ZCB_REPORT_PLOT_CHOICE_H
#define ZCB_REPORT_PLOT_CHOICE_H

#include "report/pictures.h"

/* ZCB_DRAW_… of what `list` asks of `picture`; 0: nothing. An item is a kind of figure or a
 * glob on names, and may end in .svg, .png or .pdf; without an ending it asks for SVG and PNG,
 * and so does no list (NULL), of every picture. */
unsigned zcb_plot_choice(const char *list, const zcb_picture *picture);

/* 0 when every item of `list` asks for some picture; else -1, and `error` (exit code 2) says
 * which item doesn't and what there is. */
int zcb_plot_choice_check(const char *list, const zcb_pictures *pictures, zcb_error *error);

#endif
