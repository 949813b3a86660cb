/* See change.h. */
#include "stats/change.h"

#include "stats/location.h"
#include "stats/order.h"
#include "stats/verdict.h"

#include <stdlib.h>
#include <string.h>

static const double TRIMMED_SHARE = 0.2;

zcb_change zcb_change_of_pairs(const double *logs, size_t count, double confidence)
{
    size_t cut = (size_t)(TRIMMED_SHARE * (double)count);
    zcb_change out = {.df = (double)(count - 2 * cut) - 1.0, .launches = count};
    zcb_trimmed_interval(logs, count, TRIMMED_SHARE, confidence, &out.log);
    return out;
}

size_t zcb_launches_join(zcb_launch_series a, double a_weight, zcb_launch_series b,
                         double b_weight, double *out)
{
    size_t count = 0;
    for (size_t i = 0, j = 0; i < a.count && j < b.count;) {
        if (a.launches[i] == b.launches[j]) {
            out[count++] = a_weight * a.values[i++] + b_weight * b.values[j++];
        } else if (a.launches[i] < b.launches[j]) {
            i++;
        } else {
            j++;
        }
    }
    return count;
}

/* How far all arms of a launch are off to the same side; 0 where they do not agree. */
static double off_pace(const double *logs, const double *medians, size_t arms, size_t launches,
                       size_t launch)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t arm = 0; arm < arms; arm++) {
        double off = logs[arm * launches + launch] - medians[arm];
        low = fmin(low, off);
        high = fmax(high, off);
    }
    return low > 0.0 ? low : high < 0.0 ? -high : 0.0;
}

int zcb_launches_of_one_pace(const double *logs, size_t arms, size_t launches,
                             unsigned char *is_kept, size_t *kept)
{
    double *medians = calloc(arms + launches + 1, sizeof *medians);
    if (medians == NULL) {
        return -1;
    }
    double *scratch = medians + arms;
    for (size_t arm = 0; arm < arms; arm++) {
        memcpy(scratch, logs + arm * launches, launches * sizeof *scratch);
        medians[arm] = zcb_median(scratch, launches);
    }
    *kept = 0;
    for (size_t i = 0; i < launches; i++) {
        is_kept[i] = arms < 2 || !(off_pace(logs, medians, arms, launches, i) > ZCB_PACE_OFF);
        *kept += is_kept[i];
    }
    if (2 * *kept < launches) {
        memset(is_kept, 1, launches);
        *kept = launches;
    }
    free(medians);
    return 0;
}

int zcb_changes_test(const zcb_change *changes, size_t count, double confidence,
                     zcb_change_test *tests)
{
    double *p = calloc(count + 1, sizeof *p);
    if (p == NULL) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        p[i] = tests[i].p =
            zcb_interval_p(changes[i].log, confidence, changes[i].df, tests[i].allowed);
    }
    int result = zcb_holm(p, count, p);
    for (size_t i = 0; result == 0 && i < count; i++) {
        tests[i].adjusted_p = p[i];
        tests[i].is_exceeded =
            p[i] <= 1.0 - confidence && changes[i].log.estimate > tests[i].allowed;
    }
    free(p);
    return result;
}

int zcb_change_is_blunt(const zcb_change *change, double allowed)
{
    return !((change->log.hi - change->log.lo) / 2.0 <= 2.0 * allowed);
}
