/* How a time budget becomes a plan: the most thorough step whose launches fit, then as many as
 * fit. Pure. */
#ifndef ZCB_DRIVER_BUDGET_H
#define ZCB_DRIVER_BUDGET_H

#include "driver/estimate.h"

#include <stddef.h>
#include <stdint.h>

#define ZCB_BUDGET_LAUNCHES_MAX 60u /* more narrow an interval little */

/* A plan that could be made. */
typedef struct zcb_budget_step {
    zcb_cost cost;
    uint32_t launches; /* that it wants */
} zcb_budget_step;

/* Launches of a plan of that cost that end within `budget_s`; may be 0, at most
 * ZCB_BUDGET_LAUNCHES_MAX. */
uint32_t zcb_budget_launches(const zcb_cost *cost, double budget_s);

/* The first of `steps` (most thorough first, count > 0) of which six launches fit, or all it
 * wants if that is less; else the last. Sets *launches: as many as fit, at least 1. */
size_t zcb_budget_choose(const zcb_budget_step *steps, size_t count, double budget_s,
                         uint32_t *launches);

#endif
