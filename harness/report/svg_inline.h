/* A picture of gnuplot's as part of a page: a few colours by name instead of by value, so that
 * a style sheet can turn them dark; no ids, so that hundreds stand in one page; a sixth of the
 * bytes. */
#ifndef ZCB_REPORT_SVG_INLINE_H
#define ZCB_REPORT_SVG_INLINE_H

#include "base/error.h"

#include <stdio.h>

/* Writes what gnuplot drew in `svg` (a whole file's text) as one <svg class="picture"> element
 * whose accessible name is `alt`; the uppermost `head` points, where its title stands, are cut
 * off. Only lines, areas, point shapes and texts with plain numbers pass: nothing in `svg` can
 * become a script, a link or an attribute. 0; -1 when `svg` is no picture of gnuplot's, or
 * memory is short (nothing is written then). */
int zcb_svg_inline(FILE *stream, const char *svg, unsigned head, const char *alt,
                   zcb_error *error);

/* The rules for its colours: light ones, and dark ones for who prefers them. */
void zcb_svg_styles(FILE *stream);

/* The point shapes that the pictures of a page share: to be written once, before them. */
void zcb_svg_shapes(FILE *stream);

#endif
