/* The UTF-8 of a str that is not ASCII, for a C library: as a bytes object, or where the str
 * keeps it since it was asked for the first time. */
#include "unicode_utf8.h"

static int set_up(zcb_case *c)
{
    Py_ssize_t size, count = c->size_bytes / 2;
    c->source = PyUnicode_New(count, 0x7ff);
    if (c->source == NULL) {
        return -1;
    }
    unsigned char *filled = PyUnicode_DATA(c->source);
    zcb_fill(filled, count);
    for (Py_ssize_t i = count; i-- > 0;) { /* from behind: a character takes two of the bytes */
        PyUnicode_WRITE(PyUnicode_2BYTE_KIND, filled, i, 0x400 + filled[i]); /* Cyrillic */
    }
    c->data = PyUnicode_AsUTF8AndSize(c->source, &size);
    return c->data == NULL ? -1 : 0;
}

const zcb_pair zcb_pair_capi_unicode_utf8_text = {
    .id = "B6",
    .name = "unicode_utf8_text",
    .group = "buffer protocol",
    .kind = ZCB_KIND_Z,
    .note =
        "two bytes of UTF-8 a character, encoded once in set-up and kept beside the str: that "
        "first "
        "call encodes, makes a block of its own and copies into it, so a str asked only once "
        "gains "
        "nothing (see the lies); the copy is made from what is kept; the view makes no object",
    .set_up = set_up,
    .copy = {.once = utf8_copy, .loop = utf8_copy_loop},
    .views = {{.once = utf8_view, .loop = utf8_view_loop}},
};
