/* The pairs that exist: what the workers describe, brought together over all variants. */
#ifndef ZCB_DRIVER_CATALOGUE_H
#define ZCB_DRIVER_CATALOGUE_H

#include "base/error.h"
#include "driver/planned_pair.h"
#include "driver/texts.h"
#include "store/run.h"

/* Whether one variant can run a pair. */
typedef struct zcb_availability {
    int ok;
    char *reason;  /* owned; "" when ok */
    char *without; /* owned: "view:os needs Python 3.14", alternatives this variant is too old
                      for, parted by "; "; "" with all of them */
} zcb_availability;

/* A pair in one lane. Owns its members. `pair.file` is relative to bench/ for pairs of ours,
 * absolute for a user's. */
typedef struct zcb_entry {
    zcb_planned_pair pair;
    zcb_availability *availability; /* one per variant */
    int is_users;                   /* from --pairs */
    char *hot_only;  /* owned: why cold data would mean nothing; "" where it means something */
    char *drop_only; /* owned: why a reader of the results would, likewise */
} zcb_entry;

/* Zero value: empty. Invariant: no two entries share name and lane; entries of one name lie
 * side by side, python lane first, pairs otherwise in the order of the first description. */
typedef struct zcb_catalogue {
    zcb_entry *entries;
    size_t count;
    size_t variant_count;
} zcb_catalogue;

/* Asks the worker of every variant of `run` for its pairs: all of bench/python, all C pairs,
 * and the user's `files`. What a worker says of its numpy is put into its variant: an import
 * path may hold another than the interpreter has. An error in a user's file is an error with
 * exit code 2 and the worker's one line; a worker that can't describe is one that says which
 * interpreter and why. On failure *out is empty. */
int zcb_catalogue_load(zcb_run *run, const zcb_texts *files, zcb_catalogue *out,
                       zcb_error *error);

void zcb_catalogue_clear(zcb_catalogue *catalogue);

/* The entry of `name` in `lane`, or NULL. Borrowed. */
const zcb_entry *zcb_catalogue_find(const zcb_catalogue *catalogue, const char *name,
                                    zcb_lane lane);

/* Fills `error` with what is wrong with the unknown pair `word` and the nearest name or id,
 * exit code 2; returns -1. */
int zcb_catalogue_unknown(const zcb_catalogue *catalogue, const char *word, zcb_error *error);

#endif
