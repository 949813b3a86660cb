/* How many iterations make a visit take the target time: found once per cell and variant, then frozen. */
#ifndef ZCB_WORKER_CALIBRATE_H
#define ZCB_WORKER_CALIBRATE_H

#include "worker/engine.h"

enum { ZCB_CALIBRATION_TRIES = 6 };

/* The shortest visit that can be trusted: 22 µs, and 1 000 times the clock's resolution. */
enum { ZCB_VISIT_MIN_NS = 22000 };

/* What was found for one arm. */
typedef struct zcb_calibrated {
    uint64_t iterations; /* frozen count */
    uint64_t visit_ns;   /* of that count, from the last reading */
    int tries;
    int settled;    /* two consecutive readings within 20 % */
    int is_chained; /* a visit is several regions, each with a pool of sources of its own */
} zcb_calibrated;

/* Calibrates every arm to `visit_ns`; out[arm_count] holds start counts (0: unknown) on entry and the
 * result on return. Twin takes copy's count, null that of the first alternative; copy and those
 * alternatives whose time per operation is within 20× of copy's share one count, which lets their visits
 * take the target on average and each at least ZCB_VISIT_MIN_NS: holding the slowest at the target
 * would leave half of a run's wall time outside timed visits. 0, or -1 with a Python
 * exception set. */
int zcb_calibrate(const zcb_prepared *prepared, uint64_t visit_ns, zcb_engine_clock clock,
                  zcb_calibrated *out);

#endif
