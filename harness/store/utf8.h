/* Texts come from file systems, compilers and other people's exceptions in any encoding; our
 * files are UTF-8. */
#ifndef ZCB_STORE_UTF8_H
#define ZCB_STORE_UTF8_H

#include <stddef.h>

#define ZCB_UTF8_REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

/* Bytes (1–4) of the character that starts at `text`, or 0 when it is not well-formed UTF-8
 * (Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF) or is the
 * final NUL. */
size_t zcb_utf8_length(const char *text);

/* A copy of `text` where each byte that is no part of a well-formed character became U+FFFD.
 * Owned by the caller; NULL when memory is short. */
char *zcb_utf8_repaired(const char *text);

/* 1 when `text` may name a variant, pair or arm in a file: 1 to ZCB_NAME_MAX bytes of
 * well-formed UTF-8 without control characters (C0, DEL, C1). */
int zcb_name_is_valid(const char *text);

#endif
