/* Google Benchmark behind a C face. For our own measuring one visit at a time: its repetitions, shuffle
 * and timer are not used, schedule, pairing and clock are ours (its timer adds 0.7–0.9 µs to a region).
 * And as what it is for everybody else: a program with its flags and its output. */
#ifndef ZCB_WORKER_GBENCH_H
#define ZCB_WORKER_GBENCH_H

#include <stddef.h>
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

/* One benchmark of a program, at several sizes. Borrowed until the program has run. */
typedef struct zcb_gbench_benchmark {
    const char *name;      /* "bytes_slice/copy": the size is added to it */
    const uint64_t *sizes; /* bytes handed over */
    size_t size_count;
    int counts_bytes; /* 1: also told in bytes per second */
    void *self;
    int (*begin)(void *self, uint64_t size_bytes); /* untimed: 0, or -1: failed */
    int (*loop)(void *self, uint64_t iterations);  /* timed: 0, or -1: failed */
    void (*end)(void *self);                       /* untimed; after every begin */
    const char *reason; /* where begin and loop leave why they failed */
} zcb_gbench_benchmark;

/* A line of the context that heads the output. */
typedef struct zcb_gbench_fact {
    const char *name, *value;
} zcb_gbench_fact;

/* Runs `benchmarks` as an ordinary Google Benchmark program with the words argv[1] … argv[argc - 1],
 * argv[0] its name: its timer, its choice of iterations, its output. 0; 1 when nothing was there to be
 * run or listed; 2 when a flag is unknown (told on stderr); -1 when the engine broke off. May end the
 * process as that library does, for --help or a value it refuses. Not re-entrant. */
int zcb_gbench_program(int argc, char **argv, const zcb_gbench_benchmark *benchmarks,
                       size_t count, const zcb_gbench_fact *facts, size_t fact_count);

/* CLOCK_MONOTONIC_RAW in nanoseconds. */
uint64_t zcb_monotonic_ns(void *context);

#ifdef __cplusplus
}
#endif

#endif
