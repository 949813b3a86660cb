/* See python_literal.h. */
#include "driver/python_literal.h"

#include "store/utf8.h"

#include <string.h>

/* Bytes of the line that starts at `text`, without its end. */
static size_t line_length(const char *text)
{
    return strcspn(text, "\r\n");
}

/* The start of the line after the one that ends at `end`. */
static const char *next_line(const char *end)
{
    if (end[0] == '\r' && end[1] == '\n') {
        return end + 2;
    }
    return *end == '\0' ? end : end + 1;
}

size_t zcb_code_line_count(const char *code)
{
    size_t count = 0;
    while (*code != '\0') {
        code = next_line(code + line_length(code));
        count++;
    }
    return count;
}

const char *zcb_code_line(const char *code, size_t number, size_t *length)
{
    for (size_t i = 1; *code != '\0'; i++) {
        *length = line_length(code);
        if (i == number) {
            return code;
        }
        code = next_line(code + *length);
    }
    return NULL;
}

/* The marks that end a line for some readers of text files though not for Python's compiler. */
static int is_line_mark(const char *text)
{
    return memcmp(text, "\xc2\x85", 2) == 0 || strncmp(text, "\xe2\x80\xa8", 3) == 0 ||
           strncmp(text, "\xe2\x80\xa9", 3) == 0;
}

static unsigned code_point(const char *text, size_t bytes)
{
    const unsigned char *c = (const unsigned char *)text;
    return bytes == 2 ? (c[0] & 0x1fu) << 6 | (c[1] & 0x3fu)
                      : (c[0] & 0x0fu) << 12 | (c[1] & 0x3fu) << 6 | (c[2] & 0x3fu);
}

static void put_character(FILE *stream, const char *text, size_t bytes)
{
    unsigned char c = (unsigned char)*text;
    if (bytes == 1 && (c < 0x20 || c == 0x7f)) {
        fprintf(stream, "\\x%02x", c);
    } else if (c == '\\' || c == '\'') {
        fprintf(stream, "\\%c", c);
    } else if (bytes > 1 && is_line_mark(text)) {
        fprintf(stream, "\\u%04x", code_point(text, bytes));
    } else {
        fwrite(text, 1, bytes, stream);
    }
}

static void put_line(FILE *stream, const char *text, size_t length, int has_end)
{
    fputs("    '", stream);
    for (size_t i = 0; i < length;) {
        size_t bytes = zcb_utf8_length(text + i);
        bytes = bytes > 0 ? bytes : 1;
        put_character(stream, text + i, bytes);
        i += bytes;
    }
    fputs(has_end ? "\\n'\n" : "'\n", stream);
}

void zcb_python_literal(FILE *stream, const char *code)
{
    fputs("(\n", stream);
    if (*code == '\0') {
        fputs("    ''\n", stream);
    }
    while (*code != '\0') {
        size_t length = line_length(code);
        put_line(stream, code, length, code[length] != '\0');
        code = next_line(code + length);
    }
    fputs(")\n", stream);
}
