/* Google Benchmark behind a C face: one visit at a time. Its own repetitions, shuffle and timer are
 * not used: schedule, pairing and clock are ours (its timer adds 0.7–0.9 µs to a region). */
#ifndef ZCB_WORKER_GBENCH_H
#define ZCB_WORKER_GBENCH_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The time in nanoseconds on any fixed scale. */
typedef uint64_t (*zcb_clock)(void *context);

/* One visit. Zero `clock` means CLOCK_MONOTONIC_RAW. */
typedef struct zcb_gbench_visit {
    int (*loop)(void *self, uint64_t iterations); /* timed: 0, or -1: failed */
    void *self;
    uint64_t iterations; /* > 0 */
    zcb_clock clock;
    void *clock_context;
} zcb_gbench_visit;

/* Runs the visit once through the engine. 0 and *elapsed_ns set; -1 with *elapsed_ns untouched when
 * the loop failed (its own error is where the loop left it) or the engine refused. Never throws,
 * never prints. Not re-entrant. */
int zcb_gbench_run(const zcb_gbench_visit *visit, uint64_t *elapsed_ns);

/* CLOCK_MONOTONIC_RAW in nanoseconds. */
uint64_t zcb_monotonic_ns(void *context);

#ifdef __cplusplus
}
#endif

#endif
