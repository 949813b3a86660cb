/* What a run will take: guessed before calibration, expected after it, learnt from what has
 * been measured. Pure. */
#ifndef ZCB_DRIVER_ESTIMATE_H
#define ZCB_DRIVER_ESTIMATE_H

#include "base/error.h"
#include "driver/plan.h"
#include "store/run.h"

#include <stddef.h>
#include <stdint.h>

#define ZCB_OVERHEAD_CELL_S 0.008 /* fork, set-up and end of one cell in one launch */
#define ZCB_OVERHEAD_START_S 0.15 /* one worker start */

/* Blocks per launch of a cell whose copy takes `copy_ns` per iteration: `blocks`, fewer in
 * proportion where that is above 2 ms, but at least 5 (or `blocks`, if that is less). */
uint32_t zcb_blocks_for(uint32_t blocks, double copy_ns);

/* Visits of `arm` in one launch of `blocks` blocks: twin and limit join every sparse_every-th
 * block only, the first one included, from sparse_from_bytes on. */
uint64_t zcb_visits_of(const zcb_plan *plan, const char *arm, uint64_t size_bytes,
                       uint32_t blocks);

/* Seconds of one cell in one launch, guessed from the pair's kind and size alone: copying at 4
 * GB/s; a Q pair copies size² / 2 KiB bytes. */
double zcb_guess_cell_s(const zcb_planned_pair *pair, uint64_t size_bytes,
                        const zcb_plan *plan);

/* Seconds of a pair's calibration at one size, guessed likewise. */
double zcb_guess_calibration_s(const zcb_planned_pair *pair, uint64_t size_bytes,
                               const zcb_plan *plan);

/* Seconds that a condition adds to a cell, each time it is set up: a cold cell's ring of
 * sources is twice the last cache level; 2 s where nothing was measured. */
double zcb_guess_set_up_s(zcb_condition condition);

/* The two guesses above for one question, its condition's set-up included. */
double zcb_guess_question_s(const zcb_planned_pair *pair, const zcb_question *question,
                            const zcb_plan *plan);
double zcb_guess_question_calibration_s(const zcb_planned_pair *pair,
                                        const zcb_question *question, const zcb_plan *plan);

/* Seconds of one cell in one launch by its frozen counts. */
double zcb_expect_cell_s(const zcb_calibration *calibration, uint64_t size_bytes,
                         const zcb_plan *plan);

/* Seconds of the parts of a run: before the first launch, each launch, and after the last. */
typedef struct zcb_cost {
    double fixed_s, launch_s;
} zcb_cost;

/* Seconds that tables and pictures of `series` (pairs × lanes × variants) take, about. */
double zcb_guess_report_s(size_t series);

/* The guessed cost of `questions` on `variants` variants. */
zcb_cost zcb_guess_run(const zcb_selection *selection, const zcb_questions *questions,
                       const zcb_plan *plan, size_t variants);

/* What cells have cost so far. Zero value: empty; owns its arrays. */
typedef struct zcb_eta {
    size_t count;
    double *expected_s; /* per cell and launch */
    double *measured_s; /* sum over the launches measured */
    uint32_t *launches; /* measured */
    double expected_sum,
        measured_sum; /* over everything measured: what one has to do with the other */
} zcb_eta;

/* Makes room for `count` cells, no fewer than there are: 0 or -1 (memory). */
int zcb_eta_grow(zcb_eta *eta, size_t count, zcb_error *error);

void zcb_eta_clear(zcb_eta *eta);

/* One launch of `cell` is expected to take `seconds`. */
void zcb_eta_expect(zcb_eta *eta, size_t cell, double seconds);

/* One more launch of `cell` took `seconds`. */
void zcb_eta_measured(zcb_eta *eta, size_t cell, double seconds);

/* What everything measured took against what was expected of it; 1 before. */
double zcb_eta_factor(const zcb_eta *eta);

/* Seconds cell `cell` will take in one more launch: its measured mean; before its first launch
 * the expectation, corrected by what others took against theirs. */
double zcb_eta_cell_s(const zcb_eta *eta, size_t cell);

#endif
