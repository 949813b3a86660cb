/* See wire.h. */
#include "base/wire.h"

#include "base/number.h"

#include <string.h>

static int is_plain(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("_.:,+/-", c) != NULL);
}

static int hex_value(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = c == '\0' ? NULL : strchr(digits, c);
    return at == NULL ? -1 : (int)(at - digits);
}

/* Decodes in place; -1 on a malformed or NUL escape. */
static int decode(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (*from != '%') {
            *to++ = *from;
            continue;
        }
        int high = hex_value(from[1]);
        int low = high < 0 ? -1 : hex_value(from[2]);
        if (low < 0 || (high == 0 && low == 0)) {
            return -1;
        }
        *to++ = (char)(high * 16 + low);
        from += 2;
    }
    *to = '\0';
    return 0;
}

int zcb_wire_parse(char *line, zcb_wire *out)
{
    zcb_wire wire = {0};
    char *rest = line;
    wire.verb = strsep(&rest, " ");
    if (wire.verb[0] == '\0') {
        return -1;
    }
    while (rest != NULL) {
        char *field = strsep(&rest, " ");
        char *value = strchr(field, '=');
        if (value == NULL || value == field || wire.count == ZCB_WIRE_FIELDS_MAX) {
            return -1;
        }
        *value++ = '\0';
        if (decode(value) < 0) {
            return -1;
        }
        wire.keys[wire.count] = field;
        wire.values[wire.count++] = value;
    }
    *out = wire;
    return 0;
}

const char *zcb_wire_text(const zcb_wire *wire, const char *key)
{
    for (size_t i = 0; i < wire->count; i++) {
        if (strcmp(wire->keys[i], key) == 0) {
            return wire->values[i];
        }
    }
    return NULL;
}

int zcb_wire_u64(const zcb_wire *wire, const char *key, uint64_t *out)
{
    const char *text = zcb_wire_text(wire, key);
    return text == NULL ? -1 : zcb_number_u64(text, out);
}

char *zcb_wire_encode(const char *text, char *out, size_t size)
{
    size_t length = 0;
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        size_t need = is_plain(c) ? 1 : 3;
        if (length + need + 1 > size) {
            break;
        }
        if (need == 1) {
            out[length++] = (char)c;
        } else {
            out[length++] = '%';
            out[length++] = "0123456789abcdef"[c >> 4];
            out[length++] = "0123456789abcdef"[c & 15];
        }
    }
    out[length] = '\0';
    return out;
}
