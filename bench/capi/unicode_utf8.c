/* The UTF-8 of a str for a C library: as a bytes object, or where the str keeps it. */
#include "unicode_utf8.h"

static int set_up(zcb_case *c)
{
    c->source = PyUnicode_New(c->size_bytes, 127);
    if (c->source == NULL) {
        return -1;
    }
    unsigned char *text = PyUnicode_DATA(c->source);
    zcb_fill(text, c->size_bytes);
    for (Py_ssize_t i = 0; i < c->size_bytes; i++) {
        text[i] = (unsigned char)(32 + text[i] % 95);
    }
    c->data = text;
    return 0;
}

const zcb_pair zcb_pair_capi_unicode_utf8 = {
    .id = "B6",
    .name = "unicode_utf8",
    .group = "buffer protocol",
    .kind = ZCB_KIND_Z,
    .note = "ASCII text, which a str keeps as UTF-8 anyway; other text is encoded at the first "
            "call and kept "
            "beside the str from then on; the view makes no object",
    .set_up = set_up,
    .copy = {.once = utf8_copy, .loop = utf8_copy_loop},
    .views = {{.once = utf8_view, .loop = utf8_view_loop}},
};
