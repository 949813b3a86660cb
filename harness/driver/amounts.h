/* Times and counts as people write them on the command line, and times as progress lines show
 * them. */
#ifndef ZCB_DRIVER_AMOUNTS_H
#define ZCB_DRIVER_AMOUNTS_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

/* A time such as 500us, 0.5ms, 60s, 5m, 1h (ns us µs ms s m h; a unit is needed), above 0 and
 * at most 1000 h. `what` names it in the error. 0 and *out in nanoseconds, or -1 with exit
 * code 2. */
int zcb_duration_parse(const char *text, const char *what, uint64_t *out, zcb_error *error);

/* A whole number from lo to hi, without sign. 0, or -1 with exit code 2. */
int zcb_count_parse(const char *text, const char *what, uint64_t lo, uint64_t hi, uint64_t *out,
                    zcb_error *error);

/* A percentage such as 2% or 0.5%, from lo to hi per cent. 0 and *share (0.02), or -1 with exit
 * code 2. */
int zcb_percent_parse(const char *text, const char *what, double lo, double hi, double *share,
                      zcb_error *error);

/* A time as m:ss or h:mm:ss, rounded to seconds. Returns `out`. */
char *zcb_clock_text(double seconds, char *out, size_t size);

/* A monotonic clock in nanoseconds, for progress and limits; never for visits. */
uint64_t zcb_now_ns(void);

#endif
