/* Numbers as people read them: every table, page and picture words a size, a time or a ratio
 * with these, so that one figure reads the same everywhere. */
#ifndef ZCB_REPORT_UNITS_H
#define ZCB_REPORT_UNITS_H

#include <stddef.h>

#define ZCB_UNIT_TEXT_MAX 96 /* bytes that hold any text made here, NUL included */

/* All functions write UTF-8 into out[size], cut to fit, and return `out`. A value that is not
 * finite is written as "–" (no figure). */

/* A size in binary units: whole powers of two exact (64 B, 4 KiB, 1 MiB), others with two
 * significant digits or whole: 300 B, 0.9 KiB, 1.1 KiB, 23 KiB, 586 KiB. */
char *zcb_unit_size(double bytes, char *out, size_t size);

/* "0.9 KiB (0.8–1.0)": the interval in the unit of the estimate, or with units of its own where
 * that would be unreadable. Without an interval only the estimate. */
char *zcb_unit_size_interval(double bytes, double lo, double hi, char *out, size_t size);

/* A time given in nanoseconds, three significant digits: 62.1 ns, 1.58 µs, 12.0 ms, 2.00 s. */
char *zcb_unit_time(double ns, char *out, size_t size);

/* A ratio: 0.88×, 1.58×, 17.4×, 340×, 1230×; below 0.1 two significant digits. */
char *zcb_unit_ratio(double ratio, char *out, size_t size);

/* "1.58× (1.54–1.62)". Without an interval: the ratio alone. */
char *zcb_unit_ratio_interval(double ratio, double lo, double hi, char *out, size_t size);

/* A factor near 1, three decimals and no sign: "1.001 (0.998–1.004)". */
char *zcb_unit_factor_interval(double ratio, double lo, double hi, char *out, size_t size);

/* A share of 1 in per cent: "88 %". */
char *zcb_unit_percent(double share, char *out, size_t size);

#endif
