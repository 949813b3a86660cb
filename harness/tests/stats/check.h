/* What every test of the statistics needs: cmocka, and a comparison of numbers that knows NAN.
 */
#ifndef ZCB_TESTS_STATS_CHECK_H
#define ZCB_TESTS_STATS_CHECK_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/interval.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Fails unless `value` is within `tolerance` of `expected`, relative to it (absolute where it
 * is 0), or both are NAN or the same infinity. `row` names the line of a table. */
static inline void check_near(double value, double expected, double tolerance, size_t row)
{
    if (isnan(expected) ? isnan(value) : value == expected) {
        return;
    }
    double allowed = tolerance * (expected == 0.0 ? 1.0 : fabs(expected));
    if (!(fabs(value - expected) <= allowed)) {
        fail_msg("row %zu: %.17g instead of %.17g, off by %.3g", row, value, expected,
                 (value - expected) / (expected == 0.0 ? 1.0 : expected));
    }
}

static inline void check_interval(zcb_interval interval, double estimate, double lo, double hi,
                                  double tolerance, size_t row)
{
    check_near(interval.estimate, estimate, tolerance, row);
    check_near(interval.lo, lo, tolerance, row);
    check_near(interval.hi, hi, tolerance, row);
}

static inline void check_none(zcb_interval interval)
{
    check_interval(interval, NAN, NAN, NAN, 0.0, 0);
}

#endif
