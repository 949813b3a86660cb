/* See number.h. */
#include "base/number.h"

int zcb_number_u64(const char *text, uint64_t *out)
{
    uint64_t number = 0;
    if (*text == '\0') {
        return -1;
    }
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9') {
            return -1;
        }
        uint64_t digit = (uint64_t)(*text - '0');
        if (number > (UINT64_MAX - digit) / 10) {
            return -1;
        }
        number = number * 10 + digit;
    }
    *out = number;
    return 0;
}
