/* Reads the elements of an SVG file one by one, as far as gnuplot's pictures go. */
#ifndef ZCB_REPORT_SVG_READER_H
#define ZCB_REPORT_SVG_READER_H

#include <stddef.h>

/* A part of the file: a tag, or the text up to the next one. Borrowed from the file's text. */
typedef struct zcb_svg_part {
    enum { ZCB_SVG_OPEN, ZCB_SVG_CLOSE, ZCB_SVG_TEXT } kind;
    const char *text; /* of a tag: its name and what follows; of text: the text */
    size_t length;
    int is_empty; /* an opening tag that closes itself */
} zcb_svg_part;

/* Takes the part at *at and moves on; comments and declarations are passed over. 0 at the end
 * or where a tag is torn. */
int zcb_svg_next(const char **at, zcb_svg_part *out);

/* 1 when the tag's name is `name`. */
int zcb_svg_is(const zcb_svg_part *tag, const char *name);

/* Copies the value of attribute `name` into out[size], cut to fit; 0 when there is none. */
int zcb_svg_attribute(const zcb_svg_part *tag, const char *name, char *out, size_t size);

/* The same, borrowed and whole, without a NUL at its end. */
int zcb_svg_attribute_at(const zcb_svg_part *tag, const char *name, const char **value,
                         size_t *length);

#endif
