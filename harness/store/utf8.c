/* See utf8.h. */
#include "store/utf8.h"

#include "base/words.h"

#include <stdlib.h>
#include <string.h>

static int in_range(unsigned char c, unsigned low, unsigned high)
{
    return c >= low && c <= high;
}

size_t zcb_utf8_length(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;
    if (c[0] == 0) {
        return 0;
    }
    if (c[0] < 0x80) {
        return 1;
    }
    if (in_range(c[0], 0xc2, 0xdf)) {
        return in_range(c[1], 0x80, 0xbf) ? 2 : 0;
    }
    /* The second byte's range is what keeps out overlong forms, surrogates and > U+10FFFF. */
    unsigned low = c[0] == 0xe0 ? 0xa0 : c[0] == 0xf0 ? 0x90 : 0x80;
    unsigned high = c[0] == 0xed ? 0x9f : c[0] == 0xf4 ? 0x8f : 0xbf;
    if (!in_range(c[0], 0xe0, 0xf4) || !in_range(c[1], low, high) ||
        !in_range(c[2], 0x80, 0xbf)) {
        return 0;
    }
    if (c[0] < 0xf0) {
        return 3;
    }
    return in_range(c[3], 0x80, 0xbf) ? 4 : 0;
}

char *zcb_utf8_repaired(const char *text)
{
    const size_t replacement_length = strlen(ZCB_UTF8_REPLACEMENT);
    char *repaired = malloc(strlen(text) * replacement_length + 1);
    if (repaired == NULL) {
        return NULL;
    }
    char *to = repaired;
    while (*text != '\0') {
        size_t length = zcb_utf8_length(text);
        if (length == 0) {
            memcpy(to, ZCB_UTF8_REPLACEMENT, replacement_length);
            to += replacement_length;
            text++;
            continue;
        }
        memcpy(to, text, length);
        to += length;
        text += length;
    }
    *to = '\0';
    return repaired;
}

int zcb_name_is_valid(const char *text)
{
    size_t total = 0;
    while (text[total] != '\0') {
        const unsigned char *c = (const unsigned char *)text + total;
        size_t length = zcb_utf8_length(text + total);
        int is_control = c[0] < 0x20 || c[0] == 0x7f || (c[0] == 0xc2 && c[1] < 0xa0);
        if (length == 0 || is_control || total + length > ZCB_NAME_MAX) {
            return 0;
        }
        total += length;
    }
    return total > 0;
}
