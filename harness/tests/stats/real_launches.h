/* Launches that really happened, out of runs' folders: what the estimators are tried on. */
#ifndef ZCB_TESTS_STATS_REAL_LAUNCHES_H
#define ZCB_TESTS_STATS_REAL_LAUNCHES_H

#include "base/error.h"
#include "base/words.h"
#include "stats/blocks.h"

#include <stddef.h>
#include <stdint.h>

/* A ratio of two arms of one cell under one condition, over all launches of all folders. */
typedef struct zcb_real_ratio {
    char condition[16]; /* quiet, busy: as given */
    char name[3 * ZCB_NAME_MAX + 64];
    int is_twin;         /* ln(twin ÷ copy), else ln(copy ÷ alternative) */
    double truth;        /* of the logarithm; NAN where nobody knows it */
    zcb_clusters blocks; /* owned */
    double *medians;     /* owned; one per launch */
} zcb_real_ratio;

/* Load of the machine under one condition, as the launches recorded it. */
typedef struct zcb_real_condition {
    char name[16];
    size_t folders, launches;
    double load1_sum, load1_max;
} zcb_real_condition;

#define ZCB_REAL_CONDITIONS_MAX 4

/* Zero value: empty. Owns its arrays. */
typedef struct zcb_real_launches {
    zcb_real_ratio *ratios;
    size_t ratio_count;
    zcb_real_condition conditions[ZCB_REAL_CONDITIONS_MAX];
    size_t condition_count;
    struct zcb_real_arm *arms;
    size_t arm_count;
    uint32_t next_launch;
} zcb_real_launches;

/* Adds the samples of the folder `dir`. Launches of different folders are different launches. 0
 * or -1. */
int zcb_real_launches_read(zcb_real_launches *all, const char *condition, const char *dir,
                           zcb_error *error);

/* Makes the ratios once all folders are read: every twin; every alternative, its truth known
 * for the self-test's pair of known ratios. 0 or -1 (memory). */
int zcb_real_launches_finish(zcb_real_launches *all, zcb_error *error);
void zcb_real_launches_clear(zcb_real_launches *all);

#endif
