/* See lines.h. */
#include "worker/lines.h"

#include "base/wire.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 4096, REASON_MAX_BYTES = 500 };

int zcb_lines_flush(zcb_lines *lines)
{
    size_t done = 0;
    while (done < lines->length && !lines->failed) {
        ssize_t wrote = write(lines->to, lines->buffer + done, lines->length - done);
        if (wrote > 0) {
            done += (size_t)wrote;
        } else if (errno != EINTR) {
            lines->failed = 1;
        }
    }
    lines->length = 0;
    return lines->failed ? -1 : 0;
}

void zcb_lines_add(zcb_lines *lines, const char *format, ...)
{
    if (sizeof lines->buffer - lines->length < LINE_MAX_BYTES) {
        zcb_lines_flush(lines);
    }
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(lines->buffer + lines->length, LINE_MAX_BYTES, format, arguments);
    va_end(arguments);
    if (length < 0 || length >= LINE_MAX_BYTES) {
        lines->failed = 1;
        return;
    }
    lines->length += (size_t)length;
}

void zcb_lines_reason(zcb_lines *lines, const char *verb, const char *token, const char *reason)
{
    char cut[REASON_MAX_BYTES + 1];
    char encoded[3 * REASON_MAX_BYTES + 1];
    size_t length = strlen(reason);
    if (length > REASON_MAX_BYTES) {
        length = REASON_MAX_BYTES;
        while (length > 0 && ((unsigned char)reason[length] & 0xc0) == 0x80) {
            length--; /* not in the middle of a character */
        }
    }
    memcpy(cut, reason, length);
    cut[length] = '\0';
    zcb_wire_encode(cut, encoded, sizeof encoded);
    zcb_lines_add(lines, "%s token=%s reason=%s\n", verb, token, encoded);
}
