/* Owned lists of texts and printf-style texts: the driver's only string tools. */
#ifndef ZCB_DRIVER_TEXTS_H
#define ZCB_DRIVER_TEXTS_H

#include "base/error.h"

#include <stddef.h>

/* A growing list. Zero value: empty. Owns its texts; items[count] is NULL once anything was
 * added, so that the list can serve as an argument vector. */
typedef struct zcb_texts {
    char **items;
    size_t count;
} zcb_texts;

/* Adds a copy of `text`: 0, or -1 with the list as it was (memory). */
int zcb_texts_add(zcb_texts *texts, const char *text, zcb_error *error);

/* The same for `text` that the list takes over, also on failure; NULL fails as short memory. */
int zcb_texts_take(zcb_texts *texts, char *text, zcb_error *error);

/* Index of the text equal to `text`, or -1. */
int zcb_texts_find(const zcb_texts *texts, const char *text);

/* Releases everything and zeroes. */
void zcb_texts_clear(zcb_texts *texts);

/* A printf-style text, owned by the caller; NULL and `error` filled when memory is short. */
char *zcb_format(zcb_error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Replaces the owned text *field by a copy of `text` (NULL is kept as ""): 0 or -1 (memory). */
int zcb_set_text(char **field, const char *text, zcb_error *error);

/* Room for `count` zeroed items of `size` bytes, at least one; NULL and `error` filled when
 * memory is short. */
void *zcb_allocate(size_t count, size_t size, zcb_error *error);

/* Fills `error` with the one sentence for short memory; returns -1. */
int zcb_no_memory(zcb_error *error);

#endif
