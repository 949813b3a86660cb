/* See budget.h. */
#include "driver/budget.h"

#include "driver/profiles.h"

uint32_t zcb_budget_launches(const zcb_cost *cost, double budget_s)
{
    double left = budget_s - cost->fixed_s;
    if (left <= 0 || left < cost->launch_s) {
        return 0;
    }
    double fit = cost->launch_s > 0 ? left / cost->launch_s : ZCB_BUDGET_LAUNCHES_MAX;
    return fit > ZCB_BUDGET_LAUNCHES_MAX ? ZCB_BUDGET_LAUNCHES_MAX : (uint32_t)fit;
}

size_t zcb_budget_choose(const zcb_budget_step *steps, size_t count, double budget_s,
                         uint32_t *launches)
{
    size_t chosen = count - 1;
    for (size_t i = count; i-- > 0;) {
        uint32_t needed =
            steps[i].launches < ZCB_LAUNCHES_MIN ? steps[i].launches : ZCB_LAUNCHES_MIN;
        if (zcb_budget_launches(&steps[i].cost, budget_s) >= needed) {
            chosen = i;
        }
    }
    uint32_t fit = zcb_budget_launches(&steps[chosen].cost, budget_s);
    *launches = fit > 0 ? fit : 1;
    return chosen;
}
