/* How steady this machine is right now, seen from fixed work done over and over: what a user
 * should know before reading intervals as properties of the code. */
#ifndef ZCB_DRIVER_NOISE_H
#define ZCB_DRIVER_NOISE_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

#define ZCB_NOISE_PERIODS 10 /* parts of the probe whose speeds are compared */

/* NAN and 0 where it could not be learnt. */
typedef struct zcb_noise {
    double wall_ns;    /* what the probe took */
    size_t pieces;     /* of fixed work that were timed */
    double piece_ns;   /* their median */
    double p99_ratio;  /* the 99th percentile ÷ the median */
    double longest_ns; /* the slowest piece beyond the median: the longest pause */
    double lost_share; /* of the wall time: what pieces above 1.5 medians took beyond it */
    double drift;      /* slowest ÷ fastest period's median − 1: a moving clock speed */
    double clock_ns;   /* one reading of the clock that visits are timed with */
    uint64_t steal_ms; /* taken by the hypervisor meanwhile */
    uint64_t involuntary_switches; /* of this process meanwhile */
} zcb_noise;

/* Fills the figures that follow from `count` durations of equal work, in the order they were
 * made; all else stays. `pieces_ns` is rearranged. Of none, all are NAN. */
void zcb_noise_summarise(double *pieces_ns, size_t count, zcb_noise *out);

/* Probes for `wall_ns` on one CPU: pieces of about 20 µs of dependent multiplications. 0, or -1
 * (memory, interrupted). */
int zcb_noise_probe(uint64_t wall_ns, zcb_noise *out, zcb_error *error);

#endif
