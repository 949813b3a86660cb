/* The name somebody probably meant. */
#ifndef ZCB_DRIVER_NEAREST_H
#define ZCB_DRIVER_NEAREST_H

#include <stddef.h>

/* Edits (insert, delete, replace a byte, swap two neighbours; letters' case is free) that turn
 * `a` into `b`: optimal string alignment. Names longer than 63 bytes count as infinitely far
 * (SIZE_MAX). */
size_t zcb_edit_distance(const char *a, const char *b);

/* The name with the fewest edits to `word`, the first of equals; NULL when none is nearer than
 * about half of its length, or when there are none. Borrowed. */
const char *zcb_nearest(const char *word, const char *const *names, size_t count);

#endif
