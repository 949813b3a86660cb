/* Points of a picture with as few bytes as they need, in tenths of a point. */
#ifndef ZCB_REPORT_SVG_POINTS_H
#define ZCB_REPORT_SVG_POINTS_H

#include <stdio.h>

/* The nearest number of tenths. */
long zcb_svg_tenths(double value);

/* Writes two numbers of tenths with as little between them as can be. */
void zcb_svg_write_pair(FILE *stream, long a, long b);

/* Writes the points at … end of a path ("M1,2 L3,4 …") or of a polygon ("1,2 3,4 …") as the
 * commands of a path, closed where it is filled; a move that nothing is drawn from is left out. */
void zcb_svg_write_points(FILE *stream, const char *at, const char *end, int is_filled);

#endif
