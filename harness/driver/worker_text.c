/* See worker_text.h. */
#include "driver/worker_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* Length of the printable UTF-8 character at `bytes`, 0 when there is none (RFC 3629, section
 * 4; U+0080 … U+009F are controls). */
static size_t character_length(const unsigned char *bytes, size_t left)
{
    static const struct {
        unsigned char first, last;     /* of the leading byte */
        unsigned char lowest, highest; /* of the second */
        size_t length;
    } forms[] = {
        {0xc2, 0xc2, 0xa0, 0xbf, 2}, {0xc3, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
        {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
    };
    if (bytes[0] < 0x80) {
        return bytes[0] > 0x20 && bytes[0] != 0x7f;
    }
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (bytes[0] < forms[i].first || bytes[0] > forms[i].last || left < forms[i].length ||
            bytes[1] < forms[i].lowest || bytes[1] > forms[i].highest) {
            continue;
        }
        for (size_t k = 2; k < forms[i].length; k++) {
            if ((bytes[k] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return forms[i].length;
    }
    return 0;
}

char *zcb_worker_text_clean(const char *bytes, size_t length, char *out, size_t size)
{
    size_t used = 0, step = 1;
    int space = 0;
    for (size_t i = 0; i < length; i += step) {
        const unsigned char *at = (const unsigned char *)bytes + i;
        size_t known = character_length(at, length - i);
        step = known == 0 ? 1 : known;
        if (known == 0 && (*at <= 0x20 || *at == 0x7f)) {
            space = used > 0;
            continue;
        }
        if (used + (size_t)space + step + 1 > size) {
            break;
        }
        if (space) {
            out[used++] = ' ';
            space = 0;
        }
        memcpy(out + used, known == 0 ? "?" : (const char *)at, step);
        used += step;
    }
    out[used] = '\0';
    return out;
}

void zcb_worker_text_status(int wait_status, char status[ZCB_WORKER_STATUS_BYTES])
{
    if (WIFSIGNALED(wait_status)) {
        snprintf(status, ZCB_WORKER_STATUS_BYTES, "signal:%d", WTERMSIG(wait_status));
    } else {
        snprintf(status, ZCB_WORKER_STATUS_BYTES, "exit:%d", WEXITSTATUS(wait_status));
    }
}

/* The number of at most three digits after `prefix`, or -1. */
static int number_after(const char *text, const char *prefix)
{
    size_t length = strlen(prefix);
    if (strncmp(text, prefix, length) != 0) {
        return -1;
    }
    const char *digits = text + length;
    size_t count = strspn(digits, "0123456789");
    return count == 0 || count > 3 || digits[count] != '\0' ? -1 : atoi(digits);
}

int zcb_worker_text_death(const char *status, char *out, size_t size)
{
    int number = number_after(status, "signal:");
    if (number >= 0) {
        snprintf(out, size, "was killed by signal %d (%s)", number, strsignal(number));
        return 0;
    }
    number = number_after(status, "exit:");
    if (number >= 0) {
        snprintf(out, size, "ended with exit status %d", number);
        return 0;
    }
    return -1;
}
