/* Two variants held against each other, cell by cell: of one run launch against launch, of two
 * stored runs as samples that have nothing to do with each other.
 *
 * A ratio is head ÷ base. Of a time (also over a limit or null) it is above 1 where head is
 * slower; of a speed-up it is above 1 where sharing gains more on head. Within one run the
 * launch values of equal launch indices are subtracted, so that what changed from launch to
 * launch on both sides alike is gone, and the interval is zcb_primary_interval of the
 * differences. Between two runs it is zcb_difference_interval of the two sides' primary
 * intervals.
 *
 * Verdict, of head: `same` if the interval lies inside 1/(1 + margin) … 1 + margin; else faster
 * or slower (more or less for a speed-up) if a Holm-adjusted p, over all rows of the same
 * figure, is at most 5 %; else unclear. The p is of "nothing changed" within a run; between
 * runs of "it changed by no more than the margin", because machines drift by as much
 * themselves. */
#ifndef ZCB_REPORT_COMPARISON_H
#define ZCB_REPORT_COMPARISON_H

#include "base/error.h"
#include "report/analysis.h"
#include "report/launch_figures.h"
#include "stats/interval.h"
#include "stats/verdict.h"

#include <stddef.h>
#include <stdint.h>

/* Between stored runs: what repeats on one machine moved dimensionless figures by, on different
 * days. */
#define ZCB_MARGIN_STORED 0.15

/* Level of a verdict after Holm. */
#define ZCB_COMPARISON_ALPHA 0.05

/* A variant of a run. Borrowed by what is made from it, which it must outlive. */
typedef struct zcb_side {
    const zcb_analysis *analysis;
    const zcb_launch_figures *figures; /* of the same run */
    size_t variant;                    /* index in run.variants */
} zcb_side;

/* Zero values are the documented defaults. */
typedef struct zcb_comparison_options {
    double margin;    /* of `same`; 0: ZCB_MARGIN_DEFAULT in one run, ZCB_MARGIN_STORED else */
    unsigned figures; /* set of 1 << zcb_figure; 0: all, between two runs without times */
    uint32_t launch_first; /* launches below do not count */
    uint32_t launch_end;   /* nor do those from here on; 0: no end */
    int only_numpy;        /* 1: only pairs that need numpy */
    /* Both or neither, of the run that base and head are of: a ratio then is head ÷ base
     * divided by beyond_head ÷ beyond_base, what is left of a change when another is taken off.
     * A row's own figures stay those of base and head. */
    const zcb_side *beyond_base, *beyond_head;
} zcb_comparison_options;

/* One figure of one arm of a cell that both sides have. */
typedef struct zcb_comparison_row {
    uint32_t base_cell, head_cell; /* each in the cells of its own run */
    const char *arm;               /* "copy" or an alternative; borrowed */
    zcb_figure figure;
    zcb_interval base, head; /* the figure itself: ns per operation, or a ratio */
    zcb_interval log;        /* of ln(head ÷ base) */
    zcb_interval ratio;      /* of head ÷ base */
    size_t launches;         /* that both have; between two runs of the side that has fewer */
    double df;               /* behind the interval; NAN without one */
    double p, adjusted_p;    /* as above; NAN without an interval */
    zcb_verdict verdict;     /* FASTER stands for more, SLOWER for less, in a speed-up */
    unsigned differences; /* zcb_build_part: what differs between the builds and touches it */
} zcb_comparison_row;

/* A geometric mean over cells: per launch over the cells that all launches have, then over
 * launches. Between two runs launches are put side by side by their index, which says nothing
 * and costs nothing but degrees of freedom. */
typedef struct zcb_comparison_mean {
    zcb_figure figure;
    int is_copy;        /* 1: over the copy arms, 0: over the alternatives */
    int with_numpy;     /* over everything: 1 pairs that need numpy, 0 the others, -1 all */
    const char *arm;    /* over the sizes of one series: its arm; else NULL */
    uint32_t base_cell; /* of one series: any cell of it; its size means nothing */
    zcb_interval log;   /* of ln(head ÷ base) */
    zcb_interval ratio;
    size_t cells, launches;                   /* that went in */
    size_t verdicts[ZCB_VERDICT_UNCLEAR + 1]; /* how many of its rows have each verdict */
    double p, adjusted_p; /* as for a row; corrected over all series of the figure, or not at
                             all where it is over everything */
    zcb_verdict verdict;
    unsigned differences;
} zcb_comparison_mean;

/* Zero value: empty. Owns its arrays. Invariant: rows in the order of base's tables. */
typedef struct zcb_comparison {
    zcb_side base, head;
    int is_paired;        /* 1: of one run, launch against launch */
    double margin;        /* that was used */
    unsigned differences; /* zcb_build_part, all that touch a row */
    zcb_comparison_row *rows;
    size_t row_count;
    zcb_comparison_mean *series; /* one for each arm and figure of a series of cells */
    size_t series_count;
    zcb_comparison_mean *means; /* over everything */
    size_t mean_count;
    size_t base_only, head_only; /* measured cells that the other side lacks */
    size_t unusable;             /* cells of both that did not end well on both */
} zcb_comparison;

/* The run_id under which the variant was measured; borrowed. */
const char *zcb_side_run_id(const zcb_side *side);

/* 1 when both variants were measured side by side: in one run. */
int zcb_comparison_is_paired(const zcb_side *base, const zcb_side *head);

/* Compares every cell that ended well on both sides. 0, or -1 with *out empty (memory).
 * `options` may be NULL. No cell in common is no failure: row_count is 0. */
int zcb_comparison_make(const zcb_side *base, const zcb_side *head,
                        const zcb_comparison_options *options, zcb_comparison *out,
                        zcb_error *error);
void zcb_comparison_clear(zcb_comparison *comparison);

/* The verdict in words: same faster slower unclear, for a speed-up same more less unclear; ""
 * without an interval. Static storage. */
const char *zcb_comparison_verdict_name(zcb_figure figure, zcb_verdict verdict);

#endif
