/* A private folder in memory that hostile bytes become files of: readers take paths. */
#ifndef ZCB_TESTS_FUZZ_SCRATCH_H
#define ZCB_TESTS_FUZZ_SCRATCH_H

#include <stddef.h>
#include <stdint.h>

/* The folder, made at the first call and removed with all that is in it when the process exits;
 * aborts where it can't be made. Static storage. */
const char *zcb_scratch_dir(void);

/* Writes file `name` (no slash) into it, over an older one; aborts on failure. Returns its path,
 * valid until the next call. */
const char *zcb_scratch_put(const char *name, const uint8_t *bytes, size_t size);

/* Removes all files in it. */
void zcb_scratch_empty(void);

#endif
