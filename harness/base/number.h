/* How a whole number is read, wherever it stands: digits alone, and nothing that doesn't fit. */
#ifndef ZCB_BASE_NUMBER_H
#define ZCB_BASE_NUMBER_H

#include <stdint.h>

/* *out becomes the number that `text` is: decimal digits and nothing else, no sign, no space,
 * whatever the locale. 0; -1, *out untouched, for any other text and above UINT64_MAX. */
int zcb_number_u64(const char *text, uint64_t *out);

#endif
