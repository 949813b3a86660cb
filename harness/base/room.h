/* How an array grows: by at least doubling, so that n additions cost O(n). */
#ifndef ZCB_BASE_ROOM_H
#define ZCB_BASE_ROOM_H

#include <stddef.h>

/* `array` (from malloc, or NULL) with room for at least `wanted` elements, which has to be above 0:
 * itself where *capacity says that they fit, else moved, with *capacity raised. NULL without memory
 * or where the bytes can't be counted: then `array` and *capacity are as they were. The caller owns
 * what is returned instead of `array`. */
void *zcb_with_room(void *array, size_t *capacity, size_t wanted, size_t element_bytes);

#endif
