/* Has something become worse by more than is allowed? What a gate asks of two sets of launches.
 * All on logarithms: a change of 0.05 is 5 %, above 0 is worse. */
#ifndef ZCB_STATS_CHANGE_H
#define ZCB_STATS_CHANGE_H

#include "stats/interval.h"

#include <stddef.h>
#include <stdint.h>

/* A change with its interval. Invariant: the interval is Student's with df degrees of freedom;
 * df is meaningless where it has no ends. */
typedef struct zcb_change {
    zcb_interval log;
    double df;
    size_t launches; /* behind it; of two sides the fewer */
} zcb_change;

/* Of launches measured side by side, one value of ln(head / base) each: the mean trimmed by a
 * fifth at each end, with the interval of Tukey and McLaughlin (zcb_trimmed_interval). Twice
 * the primary interval's tenth, because two processes are compared, and far-off values, which
 * pairing within a process takes out, are one in ten (docs/gate.md). */
zcb_change zcb_change_of_pairs(const double *logs, size_t count, double confidence);

/* Values of one launch each. Borrowed. Invariant: launches ascend. */
typedef struct zcb_launch_series {
    const uint32_t *launches;
    const double *values;
    size_t count;
} zcb_launch_series;

/* Weighted sums a_weight × a + b_weight × b of the launches that both have, into out[]; out has
 * room for the shorter of the two. Returns how many. */
size_t zcb_launches_join(zcb_launch_series a, double a_weight, zcb_launch_series b,
                         double b_weight, double *out);

/* Above this on the log scale a launch in which all arms are off together is left out. */
#define ZCB_PACE_OFF 0.1

/* Tells which launches two processes were measured in at one pace of the machine: is_kept[launch]
 * becomes 0 where every arm — also the same code visited twice — is off its own median over
 * launches to the same side by more than ZCB_PACE_OFF. logs[arm * launches + launch] is ln(head /
 * base). A change of the code is in every launch and moves the medians; what moves all arms of one
 * launch is the machine (one that halves its pace for a second puts one of two processes into it).
 * Sides and arms are treated alike. With fewer than two arms, or where fewer than half of the
 * launches would be left, all are kept. Sets *kept to their number. 0, or -1 (memory). */
int zcb_launches_of_one_pace(const double *logs, size_t arms, size_t launches,
                             unsigned char *is_kept, size_t *kept);

/* What a change is held against, and what came of it. */
typedef struct zcb_change_test {
    double allowed;       /* in: on the log scale, ln 1.05 for 5 % */
    double p, adjusted_p; /* out: two-sided, of "the change is what is allowed"; Holm's */
    int is_exceeded;      /* out: the change is above, and adjusted_p <= 1 - confidence */
} zcb_change_test;

/* Tests all changes as one family: the chance that any unchanged figure is called exceeded
 * stays below 1 - confidence (Holm). A change without an interval is no test. 0, or -1
 * (memory). */
int zcb_changes_test(const zcb_change *changes, size_t count, double confidence,
                     zcb_change_test *tests);

/* 1 when a change of twice what is allowed could have gone unseen: half the width of the
 * interval is more than 2 × allowed, or there is none. allowed > 0. */
int zcb_change_is_blunt(const zcb_change *change, double allowed);

#endif
