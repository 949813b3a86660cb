/* What the tags of a picture say of how things look. */
#ifndef ZCB_REPORT_SVG_LOOK_H
#define ZCB_REPORT_SVG_LOOK_H

#include "report/svg_reader.h"

/* How things look at some place in the file. */
typedef struct zcb_svg_look {
    char fill[32], stroke[32], color[32], dash[48], anchor[16], weight[16];
    double width, opacity, font_size;
    double x, y, scale, turn; /* of transforms that hold text or a point shape */
} zcb_svg_look;

/* Takes what `tag` says into *look; the rest stays as it is around it. */
void zcb_svg_take_look(const zcb_svg_part *tag, zcb_svg_look *look);

/* The value of attribute `name` as a number; *out stays where there is none. */
void zcb_svg_take_number(const zcb_svg_part *tag, const char *name, double *out);

/* "c3" for the colour `text` of the palette, or of `look` where that is "currentColor"; another
 * becomes that of words. `letter`: f fill, s stroke, c current colour. */
void zcb_svg_colour_class(const zcb_svg_look *look, const char *text, char letter, char *out,
                          size_t size);

#endif
