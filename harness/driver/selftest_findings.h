/* What the samples of a self-test show about the instrument. Pure: samples in, shares and
 * intervals out; what is promised about them stands elsewhere (selftest_claims.h).
 *
 * Launches are taken in sets of ZCB_SELFTEST_LAUNCHES that follow each other, as one run
 * would have made them; a trial is one verdict of one cell over one whole set. Cells of a set
 * share their launches, so shares over several cells are clustered by set. */
#ifndef ZCB_DRIVER_SELFTEST_FINDINGS_H
#define ZCB_DRIVER_SELFTEST_FINDINGS_H

#include "base/error.h"
#include "base/selftest.h"
#include "stats/interval.h"
#include "store/cells.h"
#include "store/samples.h"

#include <stddef.h>
#include <stdint.h>

#define ZCB_SELFTEST_LAUNCHES 10u /* of a set: as many as the standard profile's */

#define ZCB_SELFTEST_COUNT(a, b) +1
enum {
    ZCB_SELFTEST_WORKS = 0 ZCB_SELFTEST_SLOW_PAIRS(ZCB_SELFTEST_COUNT),
    ZCB_SELFTEST_SHARES = 0 ZCB_SELFTEST_SLOW_ARMS(ZCB_SELFTEST_COUNT)
};

/* A share of trials. Invariant: hits <= trials; the interval is all NAN without trials. */
typedef struct zcb_share {
    zcb_interval interval;
    uint64_t hits, trials;
} zcb_share;

/* Everything at 95 %. What could not be had is NAN, with no trials. */
typedef struct zcb_findings {
    size_t launches, sets; /* sets: whole ones, though a budget may cut the last launch of the
                              last short for some cells */
    zcb_share alarms;      /* trials in which the interval of twin ÷ copy excludes 1 */
    /* Trials in which a slow-down was seen as one: by work and share, in the order of
     * base/selftest.h. */
    zcb_share detected[ZCB_SELFTEST_WORKS][ZCB_SELFTEST_SHARES];
    zcb_interval injected[ZCB_SELFTEST_WORKS]; /* longest spin ÷ copy, as measured: its share */
    zcb_share ratios_covered;                  /* trials whose interval holds the known ratio */
    zcb_share nets_covered;                    /* … the known net ratio */
    zcb_share halves_covered; /* trials in which random halves of two sets' launches agree */
    zcb_interval order;       /* what coming later in a block costs the same code: a factor */
    zcb_interval linearity;   /* net(2k) ÷ net(k), over 2 */
    zcb_interval mirror;      /* mirror ÷ copy */
} zcb_findings;

/* Looks through all cells: the pairs of base/selftest.h by their names, any other as real work
 * whose twin and halves count. `seed` draws the halves. 0, or -1 (memory, samples of too many
 * arms) with *out empty. */
int zcb_findings_make(const zcb_samples *samples, const zcb_cells *cells, uint64_t seed,
                      zcb_findings *out, zcb_error *error);

#endif
