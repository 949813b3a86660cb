/* See difference.h. */
#include "stats/difference.h"

#include "stats/distributions.h"

/* Squared standard error behind a Student interval. */
static double variance_of(zcb_interval interval, double df, double confidence)
{
    double error = (interval.hi - interval.lo) / 2.0 / zcb_t_factor(confidence, df);
    return error * error;
}

zcb_interval zcb_difference_interval(zcb_interval left, double left_df, zcb_interval right,
                                     double right_df, double confidence, double *df)
{
    double estimate = right.estimate - left.estimate;
    *df = NAN;
    if (!zcb_interval_is_whole(left) || !zcb_interval_is_whole(right)) {
        return (zcb_interval){estimate, NAN, NAN};
    }
    double l = variance_of(left, left_df, confidence),
           r = variance_of(right, right_df, confidence);
    if (!(l + r > 0.0)) {
        *df = left_df + right_df;
        return (zcb_interval){estimate, estimate, estimate};
    }
    /* shares instead of variances: their squares can't leave the range of a double */
    double share = l / (l + r);
    *df = 1.0 / (share * share / left_df + (1.0 - share) * (1.0 - share) / right_df);
    double half = sqrt(l + r) * zcb_t_factor(confidence, *df);
    return (zcb_interval){estimate, estimate - half, estimate + half};
}
