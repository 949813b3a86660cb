/* What a run will measure: which pairs, at which sizes, under which settings. Pure: no clock,
 * no files. */
#ifndef ZCB_DRIVER_PLAN_H
#define ZCB_DRIVER_PLAN_H

#include "base/error.h"
#include "driver/catalogue.h"
#include "driver/run_options.h"
#include "store/run.h"

#include <stddef.h>
#include <stdint.h>

/* The chosen entries of a catalogue, in the order asked for. Borrows the catalogue's entries.
 */
typedef struct zcb_selection {
    const zcb_entry **entries; /* owned array */
    size_t count;
} zcb_selection;

/* A cell without its variant. */
typedef struct zcb_question {
    uint32_t pair; /* index in the selection and in run->pairs */
    uint64_t size_bytes;
    zcb_condition condition;
} zcb_question;

typedef struct zcb_questions {
    zcb_question *items; /* owned */
    size_t count;
} zcb_questions;

/* Picks the entries that `words` (none: the standard set) and `lanes` (all 0: every lane) ask
 * for. A word that matches nothing, or lanes that leave nothing, are errors with exit code 2.
 * On failure *out is empty. */
int zcb_selection_make(const zcb_catalogue *catalogue, const zcb_texts *words,
                       const int lanes[ZCB_LANE_COUNT], zcb_selection *out, zcb_error *error);

void zcb_selection_clear(zcb_selection *selection);

/* Launches, blocks, visit and warm-up: the options' where given, else the profile's. Takes
 * plan->profile as empty: 0 or -1 (memory). */
int zcb_plan_settle(const zcb_run_options *options, const zcb_profile *profile, zcb_plan *plan,
                    zcb_error *error);

/* Every pair under every condition at every size: the options' sizes where given (those within
 * the pair's range); else the profile's for default, hot, drop, and 4 KiB, 64 KiB, 1 MiB, 16
 * MiB for other conditions. Conditions are the options'; with none given a profile with all of
 * them has them for core and scenario pairs. Sizes that no chosen pair takes are an error with
 * exit code 2. Grouped by pair, then condition, sizes ascending. On failure *out is empty. */
int zcb_questions_make(const zcb_selection *selection, const zcb_run_options *options,
                       const zcb_profile *profile, zcb_questions *out, zcb_error *error);

/* 1 when two questions differ in size at most. */
int zcb_questions_share_series(const zcb_question *a, const zcb_question *b);

void zcb_questions_clear(zcb_questions *questions);

/* A random order of 0…count-1 (Fisher–Yates) that follows from `seed`: fills order[count]. */
void zcb_shuffled_order(uint64_t seed, size_t *order, size_t count);

#endif
