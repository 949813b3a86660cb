/* See noise.h. */
#include "driver/noise.h"

#include "driver/machine.h"
#include "driver/signals.h"
#include "driver/texts.h"
#include "stats/order.h"

#include <math.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#define PIECE_NS 20000.0
#define READINGS 5000
#define PAUSE_MEDIANS                                                                          \
    1.5 /* a piece beyond it was interrupted: the clock speed alone moves less */

static double now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_RAW, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

/* `steps` multiplications, each of the last one's result (Knuth's MMIX constants). */
static uint64_t chain(uint64_t value, uint64_t steps)
{
    for (uint64_t i = 0; i < steps; i++) {
        value = value * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    }
    return value;
}

/* How many steps take about PIECE_NS: the fastest of a few tries counts. */
static uint64_t steps_of_piece(volatile uint64_t *sink)
{
    uint64_t steps = 1024;
    for (;;) {
        double fastest = INFINITY;
        for (int i = 0; i < 5; i++) {
            double begin = now_ns();
            *sink = chain(*sink, steps);
            fastest = fmin(fastest, now_ns() - begin);
        }
        if (fastest >= PIECE_NS || steps > UINT64_C(1) << 30) {
            return steps;
        }
        steps *= 2;
    }
}

static double clock_cost_ns(void)
{
    double begin = now_ns(), end = begin;
    for (int i = 0; i < READINGS; i++) {
        end = now_ns();
    }
    return (end - begin) / READINGS;
}

static uint64_t involuntary_switches(void)
{
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? (uint64_t)usage.ru_nivcsw : 0;
}

/* Slowest ÷ fastest median of the periods − 1; NAN where there are too few pieces. */
static double drift_of(double *pieces, size_t count)
{
    size_t each = count / ZCB_NOISE_PERIODS;
    double slowest = -INFINITY, fastest = INFINITY;
    for (size_t i = 0; each > 0 && i < ZCB_NOISE_PERIODS; i++) {
        double median = zcb_median(pieces + i * each, each);
        slowest = fmax(slowest, median);
        fastest = fmin(fastest, median);
    }
    return each > 0 && fastest > 0 ? slowest / fastest - 1 : NAN;
}

void zcb_noise_summarise(double *pieces_ns, size_t count, zcb_noise *out)
{
    double wall = 0, lost = 0;
    out->pieces = count;
    out->drift = drift_of(pieces_ns, count);
    zcb_sort(pieces_ns, count);
    double median = zcb_quantile_sorted(pieces_ns, count, 0.5);
    for (size_t i = 0; i < count; i++) {
        wall += pieces_ns[i];
        lost += pieces_ns[i] > PAUSE_MEDIANS * median ? pieces_ns[i] - median : 0;
    }
    out->piece_ns = median;
    out->p99_ratio = zcb_quantile_sorted(pieces_ns, count, 0.99) / median;
    out->longest_ns = count > 0 ? pieces_ns[count - 1] - median : NAN;
    out->lost_share = lost / wall;
}

int zcb_noise_probe(uint64_t wall_ns, zcb_noise *out, zcb_error *error)
{
    size_t room = (size_t)((double)wall_ns / PIECE_NS) + 1;
    double *pieces = zcb_allocate(room, sizeof *pieces, error);
    if (pieces == NULL) {
        return -1;
    }
    volatile uint64_t sink = 1;
    uint64_t steps = steps_of_piece(&sink);
    *out = (zcb_noise){.clock_ns = clock_cost_ns()};
    uint64_t steal = zcb_machine_steal_ms(), switches = involuntary_switches();
    size_t count = 0;
    double start = now_ns(), before = start;
    while (count < room && before - start < (double)wall_ns && *zcb_signals_flag() == 0) {
        sink = chain(sink, steps);
        double after = now_ns();
        pieces[count++] = after - before;
        before = after;
    }
    out->wall_ns = before - start;
    out->steal_ms = zcb_machine_steal_ms() - steal;
    out->involuntary_switches = involuntary_switches() - switches;
    zcb_noise_summarise(pieces, count, out);
    free(pieces);
    return *zcb_signals_flag() != 0 ? zcb_signals_fail(error) : 0;
}
