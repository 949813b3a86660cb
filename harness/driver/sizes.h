/* The sizes of a run as people write them: 4096, 4KiB, 64..64M, 64..64M:4, and lists of these.
 */
#ifndef ZCB_DRIVER_SIZES_H
#define ZCB_DRIVER_SIZES_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

#define ZCB_SIZES_MAX 1024                 /* different sizes in one run */
#define ZCB_SIZE_LIMIT (UINT64_C(1) << 40) /* the largest size that is taken: 1 TiB */

/* Distinct sizes in bytes, ascending. Zero value: empty. */
typedef struct zcb_sizes {
    uint64_t items[ZCB_SIZES_MAX];
    size_t count;
} zcb_sizes;

/* Adds what `text` says: a size (whole number with an optional unit B, K, KiB, M, MiB, G, GiB),
 * a range lo..hi (the powers of two from lo to hi), lo..hi:k (k points per octave, each 2^(i/k)
 * rounded to whole bytes), or several of these parted by commas. 0, or -1 with *sizes as it was
 * and exit code 2. */
int zcb_sizes_parse(const char *text, zcb_sizes *sizes, zcb_error *error);

/* Adds one size and keeps the order; a size that is there already is not added again.
 * 0, or -1 when the list is full. */
int zcb_sizes_add(zcb_sizes *sizes, uint64_t size_bytes);

#endif
