/* Why this file: gnuplot says colours, sizes and places in several ways; only what is known here
 * gets into a page, and only as a number or a name of ours. */
#include "report/svg_look.h"

#include "report/svg_palette.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "rgb(  0, 114, 178)", "#ffffff", "black" as a number; -1: none of these. */
static long colour_of(const char *text)
{
    unsigned r, g, b;
    if (sscanf(text, "rgb( %u , %u , %u )", &r, &g, &b) == 3 && r < 256 && g < 256 && b < 256) {
        return (long)(r << 16 | g << 8 | b);
    }
    if (text[0] == '#' && strlen(text) == 7 && sscanf(text + 1, "%x", &r) == 1) {
        return (long)r;
    }
    return strcmp(text, "black") == 0 ? 0 : strcmp(text, "white") == 0 ? 0xffffff : -1;
}

void zcb_svg_colour_class(const zcb_svg_look *look, const char *text, char letter, char *out,
                          size_t size)
{
    size_t count;
    long colour = colour_of(strcmp(text, "currentColor") == 0 ? look->color : text);
    zcb_palette(&count);
    size_t index = zcb_palette_find((unsigned)colour);
    snprintf(out, size, "%c%zu", letter, colour < 0 || index == count ? 0 : index);
}

void zcb_svg_take_number(const zcb_svg_part *tag, const char *name, double *out)
{
    char text[32];
    if (zcb_svg_attribute(tag, name, text, sizeof text)) {
        *out = strtod(text, NULL);
    }
}

static void take_transform(const zcb_svg_part *tag, zcb_svg_look *look)
{
    char text[128];
    if (!zcb_svg_attribute(tag, "transform", text, sizeof text)) {
        return;
    }
    const char *move = strstr(text, "translate("), *scale = strstr(text, "scale("),
               *turn = strstr(text, "rotate(");
    if (move != NULL) {
        sscanf(move, "translate( %lf , %lf )", &look->x, &look->y);
    }
    look->scale = scale != NULL ? strtod(scale + strlen("scale("), NULL) : look->scale;
    look->turn = turn != NULL ? strtod(turn + strlen("rotate("), NULL) : look->turn;
}

void zcb_svg_take_look(const zcb_svg_part *tag, zcb_svg_look *look)
{
    zcb_svg_attribute(tag, "fill", look->fill, sizeof look->fill);
    zcb_svg_attribute(tag, "stroke", look->stroke, sizeof look->stroke);
    zcb_svg_attribute(tag, "color", look->color, sizeof look->color);
    zcb_svg_attribute(tag, "stroke-dasharray", look->dash, sizeof look->dash);
    zcb_svg_attribute(tag, "text-anchor", look->anchor, sizeof look->anchor);
    zcb_svg_attribute(tag, "font-weight", look->weight, sizeof look->weight);
    zcb_svg_take_number(tag, "stroke-width", &look->width);
    zcb_svg_take_number(tag, "fill-opacity", &look->opacity);
    zcb_svg_take_number(tag, "font-size", &look->font_size);
    take_transform(tag, look);
}
