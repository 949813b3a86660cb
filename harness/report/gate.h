/* Whether a run is worse than what it is held against, by more than is allowed.
 *
 * Side by side: head and base are variants of one run; per cell the time of copy and of every
 * alternative, head ÷ base, launch against launch. Stored: a variant against its figures in a
 * baseline (÷ null or ÷ limit, report/baseline_of_run.h), and break-evens: for a baseline whose
 * sharing pays from B bytes on (B the upper end of its interval, or the smallest size where
 * sharing pays at every size), sharing must still pay at 2 B, or at the smallest measured size
 * above; its log-ratio there is interpolated in ln n within each launch.
 *
 * A figure fails in three steps. 1. Over the launches of phase `measure`, its interval excludes
 * what is allowed, after Holm over all figures. 2. In the same launches the cell's twin is
 * clean (report/figures.h), in base as in head. 3. Over fresh launches of phase `confirm`,
 * which had no part in its being chosen, the same again, Holm over the figures that came so
 * far. */
#ifndef ZCB_REPORT_GATE_H
#define ZCB_REPORT_GATE_H

#include "base/error.h"
#include "report/analysis.h"
#include "report/launch_figures.h"
#include "stats/change.h"
#include "store/baseline.h"

#include <stddef.h>
#include <stdint.h>

#define ZCB_GATE_ALLOWED_SIDE 0.05 /* default allowed changes */
#define ZCB_GATE_ALLOWED_STORED 0.25
#define ZCB_GATE_BREAKEVEN_TIMES 2.0
#define ZCB_GATE_CONFIRM_MIN 6u /* launches that confirm: as many as chose, within this … */
#define ZCB_GATE_CONFIRM_MAX 20u

/* What is asked. Borrowed; must outlive the gate. */
typedef struct zcb_gate_request {
    const char *base, *head;      /* side by side: names of variants; else NULL */
    const zcb_baseline *baseline; /* stored; else NULL */
    const double *allowed;        /* per pair of run.pairs: 0.05 is 5 % */
    unsigned ignored;             /* set of 1 << part of a fingerprint that may differ */
} zcb_gate_request;

/* What a figure is held against. */
typedef enum zcb_gate_scale {
    ZCB_GATE_BASE,     /* the same arm of the base variant */
    ZCB_GATE_NULL,     /* its ratio to null in the baseline */
    ZCB_GATE_LIMIT,    /* its ratio to limit in the baseline */
    ZCB_GATE_BREAKEVEN /* the break-even in the baseline */
} zcb_gate_scale;

typedef enum zcb_gate_outcome {
    ZCB_GATE_OK,
    ZCB_GATE_EXCEEDED,  /* steps 1 and 2: fresh launches are to confirm it */
    ZCB_GATE_REFUTED,   /* fresh launches did not confirm it */
    ZCB_GATE_NOISY,     /* exceeded, but its twin is not clean */
    ZCB_GATE_REGRESSION /* all three steps */
} zcb_gate_outcome;

/* "base" "null" "limit" "breakeven"; "ok" "not_confirmed" "refuted" "noisy" "regression": what
 * remains exceeded is not confirmed. Static storage. */
const char *zcb_gate_scale_name(zcb_gate_scale scale);
const char *zcb_gate_outcome_name(zcb_gate_outcome outcome);

/* A figure over one phase's launches. change.log of a break-even is -ln(copy ÷ view) at the
 * tested size, and what is allowed is 0. */
typedef struct zcb_gate_stage {
    zcb_change change;
    size_t left_out; /* launches that the machine was not at one pace in (stats/change.h) */
    zcb_change_test test;
    int is_twin_clean; /* asked of exceeded figures only */
} zcb_gate_stage;

/* Invariant: confirm means something only where has_confirm is 1. */
typedef struct zcb_gate_figure {
    uint32_t cell, base_cell; /* in the run's cells; base_cell side by side only */
    uint32_t next_cell; /* break-even: the measured size on the other side of the tested one, or
                           `cell` again */
    const char *arm;
    zcb_gate_scale scale;
    size_t row;              /* stored: its place among the baseline's figures or break-evens */
    double tested_bytes;     /* break-even */
    zcb_interval base, head; /* ns per operation, ratios, or bytes */
    double allowed;          /* 0.05: 5 %; of a break-even the factor - 1 */
    zcb_gate_stage first, confirm;
    int has_confirm; /* 1: step 3 was taken */
    zcb_gate_outcome outcome;
    char reason[160]; /* one sentence where the outcome is not ok */
} zcb_gate_figure;

/* A cell that base has and head could not give. */
typedef struct zcb_gate_lost {
    uint32_t cell;      /* head's */
    zcb_status status;  /* refused: a regression; failed: nothing can be said */
    const char *reason; /* borrowed from the analysis */
} zcb_gate_lost;

/* Zero value: empty. Owns its arrays; texts are borrowed from analysis and request. */
typedef struct zcb_gate {
    const zcb_analysis *analysis;
    zcb_gate_request request;
    zcb_gate_figure *figures;
    size_t figure_count;
    zcb_gate_lost *lost;
    size_t lost_count;
    size_t outcome_count[ZCB_GATE_REGRESSION + 1];
    size_t blunt_count;  /* figures that a change of twice what is allowed could have passed */
    size_t not_measured; /* figures of the baseline's variants that the run lacks */
    size_t not_stored;   /* cells of those variants that the baseline lacks */
    zcb_exit exit_code;  /* 0, 3 or 4: 3 for a regression or a refused cell; 4 for what is not
                            confirmed, noisy or failed, or if more than half is blunt */
} zcb_gate;

/* Judges by what is recorded: figures whose fresh launches are missing, or too few, stay
 * exceeded. 0, or -1 with *out empty: exit code 2 for a variant that the run does not have, 5
 * where nothing can be compared: no common cell, another machine class or build of Python (the
 * difference named). */
int zcb_gate_make(const zcb_analysis *analysis, const zcb_launch_figures *figures,
                  const zcb_gate_request *request, zcb_gate *out, zcb_error *error);
void zcb_gate_clear(zcb_gate *gate);

/* Launches that are to confirm `figure`. */
uint32_t zcb_gate_launches_wanted(const zcb_gate_figure *figure);

#endif
