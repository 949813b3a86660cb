/* See calibrate.h. */
#include "worker/calibrate.h"

#include <time.h>

static const double settled_within = 0.20;
static const double equal_counts_within = 20.0;
static const double growth_max = 1000.0; /* a first reading of one iteration is far off */
static const double iterations_max = 1e9;

/* Shortest trustworthy visit on this machine. */
static uint64_t shortest_ns(void)
{
    struct timespec resolution = {0, 1};
    clock_getres(CLOCK_MONOTONIC_RAW, &resolution);
    uint64_t thousand = (uint64_t)resolution.tv_nsec * 1000;
    return thousand > ZCB_VISIT_MIN_NS ? thousand : ZCB_VISIT_MIN_NS;
}

/* Count that takes `target_ns` at `per_operation_ns`, at least 1. */
static uint64_t count_for(double target_ns, double per_operation_ns, uint64_t before)
{
    double count =
        per_operation_ns > 0 ? target_ns / per_operation_ns : (double)before * growth_max;
    if (count > (double)before * growth_max) {
        count = (double)before * growth_max;
    }
    if (count > iterations_max) {
        count = iterations_max;
    }
    return count < 1 ? 1 : (uint64_t)(count + 0.5);
}

/* What a visit of `arm` is to take. Sources of a pool are made anew for each region: where they
 * give less than the target, a visit is as long as one pool lasts, or as the shortest that can
 * be trusted. */
static double aim_ns(const zcb_prepared_arm *arm, double target_ns, double per_operation_ns)
{
    double pool_ns = (double)arm->at_once * per_operation_ns;
    if (arm->at_once == 0 || pool_ns >= target_ns) {
        return target_ns;
    }
    return pool_ns > (double)shortest_ns() ? pool_ns : (double)shortest_ns();
}

/* Readings of one arm until two agree and the count has arrived. */
static int calibrate_arm(const zcb_prepared_arm *arm, uint64_t target_ns,
                         zcb_engine_clock clock, zcb_calibrated *out)
{
    zcb_visit visit = {0};
    double last = 0, now = 0;
    uint64_t count = out->iterations == 0 ? 1 : out->iterations;
    if (zcb_visit_arm(arm, 1, clock, &visit) <
        0) { /* the first visit is 4–5× slow: no reading */
        return -1;
    }
    *out = (zcb_calibrated){0};
    while (out->tries < ZCB_CALIBRATION_TRIES && !out->settled) {
        if (zcb_visit_arm(arm, count, clock, &visit) < 0) {
            return -1;
        }
        out->tries++;
        last = now;
        now = (double)visit.elapsed_ns / (double)count;
        double aim = aim_ns(arm, (double)target_ns, now);
        double share = (double)visit.elapsed_ns / aim;
        int arrived = count == 1 ? share > 0.5 : share > 0.5 && share < 2.0;
        double change = last > 0 ? now / last - 1 : 1;
        out->settled = arrived && change < settled_within && change > -settled_within;
        count = count_for(aim, now, count);
    }
    out->iterations = count;
    out->visit_ns = (uint64_t)(now * (double)count);
    return 0;
}

/* Time of one operation, ns. */
static double operation_ns(const zcb_calibrated *arm)
{
    return (double)arm->visit_ns / (double)arm->iterations;
}

static void set_count(zcb_calibrated *arm, uint64_t iterations)
{
    double each = operation_ns(arm);
    arm->iterations = iterations;
    arm->visit_ns = (uint64_t)(each * (double)iterations);
}

/* Gives copy and the alternatives within 20× of it one count. */
static void equalise(const zcb_prepared *prepared, zcb_calibrated *out)
{
    double copy = operation_ns(&out[0]);
    double target_ns = (double)out[0].visit_ns, together_ns = copy, fastest = copy, arms = 1;
    int shares[ZCB_ARMS_MAX] = {0};
    for (size_t arm = 1; zcb_prepared_is_alternative(prepared, arm); arm++) {
        double each = operation_ns(&out[arm]);
        shares[arm] = each * equal_counts_within >= copy && copy * equal_counts_within >= each;
        if (shares[arm]) {
            together_ns += each;
            arms++;
            fastest = each < fastest ? each : fastest;
        }
    }
    double least = fastest > 0 ? (double)shortest_ns() / fastest : 1;
    double even = target_ns * arms / together_ns;
    if (out[0].iterations >= prepared->arms[0].at_once && zcb_prepared_is_pooled(prepared)) {
        even = (double)prepared->arms[0].at_once; /* no second pool for the sake of balance */
    }
    uint64_t count = (uint64_t)(even > least ? even + 0.5 : least + 1);
    count =
        count < 1 ? 1 : count; /* an alternative far slower than a slow copy: even is near 0 */
    set_count(&out[0], count);
    for (size_t arm = 1; zcb_prepared_is_alternative(prepared, arm); arm++) {
        if (shares[arm]) {
            set_count(&out[arm], count);
        }
    }
}

int zcb_calibrate(const zcb_prepared *prepared, uint64_t visit_ns, zcb_engine_clock clock,
                  zcb_calibrated *out)
{
    size_t null = prepared->arm_count - 3, twin = null + 1;
    uint64_t target_ns = visit_ns > shortest_ns() ? visit_ns : shortest_ns();
    for (size_t arm = 0; arm < prepared->arm_count; arm++) {
        if (arm != twin &&
            calibrate_arm(&prepared->arms[arm], target_ns, clock, &out[arm]) < 0) {
            return -1;
        }
    }
    equalise(prepared, out);
    out[twin] = out[0];
    set_count(&out[null], out[1].iterations);
    for (size_t arm = 0; arm < prepared->arm_count; arm++) {
        out[arm].is_chained = prepared->arms[arm].at_once > 0 &&
                              out[arm].iterations > prepared->arms[arm].at_once;
    }
    return 0;
}
