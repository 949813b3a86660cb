/* A pair of the user's own, as a pair file and back: its parts go in, and what Python says of a
 * line of the file comes out as a word about the part and the line the user wrote. */
#ifndef ZCB_DRIVER_PAIR_TEXT_H
#define ZCB_DRIVER_PAIR_TEXT_H

#include "base/error.h"
#include "base/words.h"

#include <stddef.h>

typedef enum zcb_part {
    ZCB_PART_SETUP,
    ZCB_PART_COPY,
    ZCB_PART_VIEW,
    ZCB_PART_SOURCE,
    ZCB_PART_CONSUME,
    ZCB_PART_COUNT
} zcb_part;

/* One string of a pair. Borrowed. Zero value: the pair does without. */
typedef struct zcb_pair_part {
    const char *text;  /* the code; NULL: left out */
    const char *label; /* what the user knows it by: "--copy", or a file's name */
    size_t own_lines;  /* how many of its lines are the user's; 0: all */
} zcb_pair_part;

/* Borrows all texts. */
typedef struct zcb_pair_text {
    const char *name;
    zcb_kind kind;
    const char *note; /* NULL: none */
    zcb_pair_part parts[ZCB_PART_COUNT];
} zcb_pair_text;

/* Whether `name` may name a pair: letters, digits and '_', 1 to ZCB_NAME_MAX. */
int zcb_pair_name_is_valid(const char *name);

/* 0, or -1 and exit code 2: a bad name, a part that is not UTF-8. */
int zcb_pair_text_check(const zcb_pair_text *pair, zcb_error *error);

/* Writes the pair file `path`, whole or not at all: 0 or -1. `pair` was checked. */
int zcb_pair_text_write(const zcb_pair_text *pair, const char *path, zcb_error *error);

/* Turns `said`, a message of the worker about a pair file, into the user's own terms:
 * "NameError: name 'x' is not defined (/…/pair.py, line 9: 'x')" becomes "--copy, line 1:
 * NameError: name 'x' is not defined: x". Returns 1 and fills out[size] when the message points
 * at a line of one of the parts; else copies it and returns 0. */
int zcb_pair_text_explain(const zcb_pair_text *pair, const char *said, char *out, size_t size);

#endif
