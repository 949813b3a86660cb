/* What the instrument promises, held against what a self-test found. Pure. */
#ifndef ZCB_DRIVER_SELFTEST_CLAIMS_H
#define ZCB_DRIVER_SELFTEST_CLAIMS_H

#include "driver/selftest_cost.h"
#include "driver/selftest_findings.h"

#define ZCB_SELFTEST_FIGURES_MAX 40
#define ZCB_SELFTEST_TEXT_MAX 64

/* A claim is broken only where the interval excludes it, and holds only where the interval
 * excludes its opposite. */
typedef enum zcb_claim {
    ZCB_CLAIM_NONE,
    ZCB_CLAIM_HOLDS,
    ZCB_CLAIM_OPEN,
    ZCB_CLAIM_BROKEN
} zcb_claim;

/* "", "holds", "can't say", "does not hold"; static storage. */
const char *zcb_claim_name(zcb_claim claim);

/* At most `limit`, at least `limit`, from `lo` to `hi`. An end that is missing excludes
 * nothing. */
zcb_claim zcb_claim_at_most(zcb_interval interval, double limit);
zcb_claim zcb_claim_at_least(zcb_interval interval, double limit);
zcb_claim zcb_claim_within(zcb_interval interval, double lo, double hi);

typedef enum zcb_selftest_unit {
    ZCB_SELFTEST_UNIT_SHARE,  /* of 1: shown in per cent */
    ZCB_SELFTEST_UNIT_FACTOR, /* near 1 */
    ZCB_SELFTEST_UNIT_NS
} zcb_selftest_unit;

/* One line of the answer. */
typedef struct zcb_selftest_figure {
    char id[ZCB_SELFTEST_TEXT_MAX];      /* "detects_2_us": for programs, stable */
    char what[ZCB_SELFTEST_TEXT_MAX];    /* "detects 2 %, µs-sized work" */
    char promise[ZCB_SELFTEST_TEXT_MAX]; /* "≤ 5 %"; "" where nothing is promised */
    zcb_selftest_unit unit;
    zcb_interval value;
    uint64_t trials; /* 0: not a count of trials */
    zcb_claim claim; /* NONE where nothing is promised */
} zcb_selftest_figure;

/* Claims first. Invariant: count <= ZCB_SELFTEST_FIGURES_MAX. */
typedef struct zcb_selftest_figures {
    zcb_selftest_figure items[ZCB_SELFTEST_FIGURES_MAX];
    size_t count;
} zcb_selftest_figures;

/* All lines, in the order they are shown. */
void zcb_selftest_figures_make(const zcb_findings *findings, const zcb_costs *costs,
                               zcb_selftest_figures *out);

/* How many claims came out as `claim`. */
size_t zcb_selftest_figures_count(const zcb_selftest_figures *figures, zcb_claim claim);

#endif
