/* The one shape of an answer: a number with the ends of its confidence interval. */
#ifndef ZCB_STATS_INTERVAL_H
#define ZCB_STATS_INTERVAL_H

#include <math.h>

/* Invariant: lo <= hi where both exist. What does not exist is NAN: a location of nothing, the
 * ends where the data are too few, the upper end of a one-sided answer. Never infinite by
 * design. */
typedef struct zcb_interval {
    double estimate, lo, hi;
} zcb_interval;

/* Nothing known. */
static inline zcb_interval zcb_interval_none(void)
{
    return (zcb_interval){NAN, NAN, NAN};
}

/* 1 when both ends exist. */
static inline int zcb_interval_is_whole(zcb_interval interval)
{
    return !isnan(interval.lo) && !isnan(interval.hi);
}

/* 1 when `value` is known to lie outside: below lo or above hi. An end that does not exist
 * excludes nothing. */
static inline int zcb_interval_excludes(zcb_interval interval, double value)
{
    return value < interval.lo || value > interval.hi;
}

/* Interval of ln(x) to interval of x. */
static inline zcb_interval zcb_interval_exp(zcb_interval log)
{
    return (zcb_interval){exp(log.estimate), exp(log.lo), exp(log.hi)};
}

#endif
