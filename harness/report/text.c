/* Why this file: names come from users' own pair files and from host machines; what shows them
 * must neither obey them nor be put out of line by them. */
#include "report/text.h"

#include "store/utf8.h"

#include <stdint.h>
#include <string.h>

/* Code points lo to hi. */
typedef struct range {
    uint32_t lo, hi;
} range;

/* Shown as an escape: they move, hide or reorder text (Unicode 15: Cc, Cf of direction and
 * width, Zl, Zp). */
static const range ACTING[] = {
    {0x0000, 0x001f}, {0x007f, 0x009f}, {0x00ad, 0x00ad},   {0x061c, 0x061c},
    {0x180e, 0x180e}, {0x200b, 0x200f}, {0x2028, 0x202e},   {0x2060, 0x206f},
    {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe007f},
};

/* Take no column of their own: the combining blocks and variation selectors. */
static const range COMBINING[] = {
    {0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x0610, 0x061a}, {0x064b, 0x065f},
    {0x06d6, 0x06dc}, {0x0900, 0x0902}, {0x093c, 0x093c}, {0x0941, 0x0948}, {0x0e31, 0x0e31},
    {0x0e34, 0x0e3a}, {0x0e47, 0x0e4e}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x20d0, 0x20ff},
    {0x302a, 0x302d}, {0x3099, 0x309a}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xe0100, 0xe01ef},
};

/* Take two columns (East Asian width W and F, emoji). */
static const range WIDE[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2329, 0x232a},   {0x23e9, 0x23ec},
    {0x2614, 0x2615},   {0x26a1, 0x26a1},   {0x2705, 0x2705},   {0x274c, 0x274c},
    {0x2e80, 0x303e},   {0x3041, 0x33ff},   {0x3400, 0x4dbf},   {0x4e00, 0x9fff},
    {0xa000, 0xa4cf},   {0xa960, 0xa97f},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},
    {0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x16fe0, 0x18cff},
    {0x1b000, 0x1b2ff}, {0x1f004, 0x1f004}, {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f19a},
    {0x1f200, 0x1f320}, {0x1f32d, 0x1f64f}, {0x1f680, 0x1f6fc}, {0x1f7e0, 0x1f7eb},
    {0x1f90c, 0x1faff}, {0x20000, 0x3fffd},
};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static int is_in(uint32_t point, const range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (point >= ranges[i].lo && point <= ranges[i].hi) {
            return 1;
        }
    }
    return 0;
}

/* Bytes of the well-formed UTF-8 character at `text` with *point set, 0 when there is none. */
static size_t decode(const char *text, uint32_t *point)
{
    const unsigned char *byte = (const unsigned char *)text;
    size_t length = zcb_utf8_length(text);
    *point = length <= 1 ? byte[0] : byte[0] & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        *point = *point << 6 | (byte[i] & 0x3fu);
    }
    return length;
}

/* Writes what shall be shown of the character at `text` into piece; returns the bytes it takes
 * in `text`. */
static size_t visible_piece(const char *text, char piece[16])
{
    uint32_t point = 0;
    size_t length = decode(text, &point);
    if (length == 0) {
        snprintf(piece, 16, "\\x%02x", (unsigned)(unsigned char)text[0]);
        return 1;
    }
    if (!is_in(point, ACTING, LENGTH(ACTING))) {
        memcpy(piece, text, length);
        piece[length] = '\0';
    } else if (point == '\n' || point == '\t' || point == '\r') {
        snprintf(piece, 16, "\\%c", point == '\n' ? 'n' : point == '\t' ? 't' : 'r');
    } else if (point < 0x100) {
        snprintf(piece, 16, "\\x%02x", (unsigned)point);
    } else {
        snprintf(piece, 16, "\\u%04x", (unsigned)point);
    }
    return length;
}

char *zcb_text_visible(const char *text, char *out, size_t size)
{
    static const char more[] = "…";
    size_t used = 0, whole = 0; /* `whole`: up to where … still fits behind */
    while (*text != '\0') {
        char piece[16];
        size_t step = visible_piece(text, piece), length = strlen(piece);
        if (used + length + 1 > size) {
            if (size >= sizeof more) {
                memcpy(out + whole, more, sizeof more);
            } else if (size > 0) {
                out[0] = '\0';
            }
            return out;
        }
        memcpy(out + used, piece, length);
        used += length;
        whole = used + sizeof more <= size ? used : whole;
        text += step;
    }
    if (size > 0) {
        out[used] = '\0';
    }
    return out;
}

/* 1 when visible_piece would show any of `text` in another way. */
static int has_acting(const char *text)
{
    while (*text != '\0') {
        char piece[16];
        size_t step = visible_piece(text, piece);
        if (strncmp(piece, text, step) != 0 || piece[step] != '\0') {
            return 1;
        }
        text += step;
    }
    return 0;
}

/* One byte as it stands inside quotes of that kind. */
static void shell_piece(unsigned char c, int is_escaped, char piece[8])
{
    if (is_escaped && (c < 0x20 || c >= 0x7f)) {
        snprintf(piece, 8, "\\x%02x", c);
    } else if (c == '\'' || (is_escaped && c == '\\')) {
        snprintf(piece, 8, is_escaped ? "\\%c" : "'\\%c'", c);
    } else {
        snprintf(piece, 8, "%c", c);
    }
}

char *zcb_text_shell(const char *text, char *out, size_t size)
{
    static const char safe[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=+,@%-";
    size_t length = strlen(text);
    if (length > 0 && strspn(text, safe) == length) {
        snprintf(out, size, "%s", text);
        return out;
    }
    int is_escaped = has_acting(text);
    size_t used = (size_t)snprintf(out, size, is_escaped ? "$'" : "'");
    for (size_t i = 0; i < length; i++) {
        char piece[8];
        shell_piece((unsigned char)text[i], is_escaped, piece);
        if (used + strlen(piece) + 2 > size) {
            break;
        }
        used += (size_t)snprintf(out + used, size - used, "%s", piece);
    }
    snprintf(out + used, size > used ? size - used : 0, "'");
    return out;
}

static size_t point_width(uint32_t point)
{
    if (is_in(point, COMBINING, LENGTH(COMBINING)) || is_in(point, ACTING, LENGTH(ACTING))) {
        return 0;
    }
    return is_in(point, WIDE, LENGTH(WIDE)) ? 2 : 1;
}

/* Bytes and columns of the start of `text` that takes at most `limit` columns. */
static size_t measure(const char *text, size_t limit, size_t *columns)
{
    size_t bytes = 0;
    *columns = 0;
    while (text[bytes] != '\0') {
        uint32_t point = 0;
        size_t length = decode(text + bytes, &point);
        size_t width = length == 0 ? 1 : point_width(point);
        if (*columns + width > limit) {
            break;
        }
        *columns += width;
        bytes += length == 0 ? 1 : length;
    }
    return bytes;
}

size_t zcb_text_width(const char *text)
{
    size_t columns;
    measure(text, SIZE_MAX, &columns);
    return columns;
}

size_t zcb_text_fit(const char *text, size_t columns)
{
    size_t taken;
    return measure(text, columns, &taken);
}

/* 1 for letters, digits and everything beyond ASCII, whatever the locale. */
static int is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

/* What stands for character `c` in Markdown, NULL for itself. An underscore inside a word means
 * nothing (CommonMark 0.30, 6.2), and pair names are full of them. */
static const char *markdown_escape(char c, char before, char after)
{
    switch (c) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '|':
        return "\\|";
    case '`':
        return "\\`";
    case '*':
        return "\\*";
    case '[':
        return "\\[";
    case ']':
        return "\\]";
    case '\\':
        return "\\\\";
    case '~':
        return "\\~";
    case '#':
        return "\\#";
    case '$':
        return "\\$";
    case '_':
        return is_word(before) && is_word(after) ? NULL : "\\_";
    default:
        return NULL;
    }
}

void zcb_text_markdown(FILE *stream, const char *text, size_t columns)
{
    char shown[4096];
    zcb_text_visible(text, shown, sizeof shown);
    int is_cut = zcb_text_width(shown) > columns;
    size_t end = zcb_text_fit(shown, is_cut && columns > 0 ? columns - 1 : columns);
    for (size_t i = 0; i < end; i++) {
        const char *escape = markdown_escape(shown[i], i == 0 ? '\0' : shown[i - 1],
                                             i + 1 == end ? '\0' : shown[i + 1]);
        if (escape != NULL) {
            fputs(escape, stream);
        } else {
            fputc(shown[i], stream);
        }
    }
    if (is_cut) {
        fputs("…", stream);
    }
}

void zcb_text_html(FILE *stream, const char *text)
{
    char shown[4096];
    zcb_text_visible(text, shown, sizeof shown);
    for (const char *c = shown; *c != '\0'; c++) {
        switch (*c) {
        case '<':
            fputs("&lt;", stream);
            break;
        case '>':
            fputs("&gt;", stream);
            break;
        case '&':
            fputs("&amp;", stream);
            break;
        case '"':
            fputs("&quot;", stream);
            break;
        case '\'':
            fputs("&#39;", stream);
            break;
        default:
            fputc(*c, stream);
        }
    }
}

void zcb_text_gnuplot(FILE *stream, const char *text)
{
    char shown[1024];
    zcb_text_visible(text, shown, sizeof shown);
    fputc('\'', stream);
    for (const char *c = shown; *c != '\0'; c++) {
        if (*c == '\'') {
            fputc('\'', stream); /* '' is a quote inside single quotes */
        }
        fputc(*c, stream);
    }
    fputc('\'', stream);
}

/* FNV-1a (Fowler, Noll, Vo), 32 bits. */
static uint32_t hash_text(const char *text)
{
    uint32_t hash = UINT32_C(2166136261);
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * UINT32_C(16777619);
    }
    return hash;
}

char *zcb_text_filename(const char *text, char *out, size_t size)
{
    static const char kept[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    size_t length = strlen(text), room = size > 10 ? size - 10 : 0;
    int is_kept = length > 0 && length <= room && text[0] != '.' && text[0] != '-' &&
                  strspn(text, kept) == length;
    if (is_kept || size <= 10) {
        snprintf(out, size, "%s", is_kept ? text : "");
        return out;
    }
    size_t used = length < room ? length : room;
    for (size_t i = 0; i < used; i++) {
        int is_good =
            strchr(kept, text[i]) != NULL && !(i == 0 && strchr(".-", text[i]) != NULL);
        out[i] = is_good ? text[i] : '_';
    }
    snprintf(out + used, size - used, "_%08x", (unsigned)hash_text(text));
    return out;
}
