/* See selftest_cost.h. */
#include "driver/selftest_cost.h"

#include "driver/texts.h"
#include "driver/worker_ask.h"
#include "stats/location.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CONFIDENCE 0.95
#define STARTS 8
#define ROUNDS 20
#define READINGS 5000
#define LIMIT_MS 60000u

static double now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_RAW, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static zcb_interval clock_cost(void)
{
    double rounds[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        double begin = now_ns(), end = begin;
        for (int i = 0; i < READINGS; i++) {
            end = now_ns();
        }
        rounds[round] = (end - begin) / READINGS;
    }
    return zcb_primary_interval(rounds, ROUNDS, CONFIDENCE);
}

double zcb_loop_cost_find(const char *table, const char *loop)
{
    size_t length = strlen(loop);
    for (const char *line = table; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, loop, length) == 0 && line[length] == ',') {
            char *end;
            double value = strtod(line + length + 1, &end);
            return *end == ',' && value > 0 ? value : NAN;
        }
    }
    return NAN;
}

static int build_arguments(const zcb_variant *variant, zcb_texts *argv, zcb_error *error)
{
    const char *words[] = {variant->worker,
                           "--loop-cost",
                           "--program",
                           variant->program,
                           variant->path[0] != '\0' ? "--path" : NULL,
                           variant->path};
    for (size_t i = 0; i < sizeof words / sizeof words[0] && words[i] != NULL; i++) {
        if (zcb_texts_add(argv, words[i], error) < 0) {
            return -1;
        }
    }
    return 0;
}

/* One start of the worker: medians of the three loops. */
static int loop_costs(const char *const *argv, double *capi, double *python, double *timeit,
                      zcb_error *error)
{
    zcb_child child = {0};
    char status[64];
    int result = zcb_worker_ask(argv, LIMIT_MS, &child, error);
    if (result == 0 && !zcb_child_succeeded(&child)) {
        result =
            zcb_fail(error, ZCB_EXIT_INTERNAL, "the worker's --loop-cost ended with %s%s%s",
                     zcb_child_status_text(&child, status, sizeof status),
                     child.last_line[0] != '\0' ? ": " : "", child.last_line);
    }
    if (result == 0) {
        *capi = zcb_loop_cost_find(child.out, "capi");
        *python = zcb_loop_cost_find(child.out, "python");
        *timeit = zcb_loop_cost_find(child.out, "timeit");
        if (isnan(*capi) || isnan(*python) || isnan(*timeit)) {
            result = zcb_fail(error, ZCB_EXIT_INTERNAL,
                              "the worker's --loop-cost prints no table that is known");
        }
    }
    zcb_child_clear(&child);
    return result;
}

int zcb_costs_measure(const zcb_variant *variant, zcb_costs *out, zcb_error *error)
{
    double capi[STARTS], python[STARTS], over[STARTS], timeit = NAN;
    zcb_texts argv = {0};
    int result = build_arguments(variant, &argv, error);
    for (int i = 0; result == 0 && i < STARTS; i++) {
        result =
            loop_costs((const char *const *)argv.items, &capi[i], &python[i], &timeit, error);
        over[i] = result == 0 ? log(python[i] / timeit) : NAN;
    }
    if (result == 0) {
        *out = (zcb_costs){clock_cost(), zcb_primary_interval(capi, STARTS, CONFIDENCE),
                           zcb_primary_interval(python, STARTS, CONFIDENCE),
                           zcb_interval_exp(zcb_primary_interval(over, STARTS, CONFIDENCE))};
    }
    zcb_texts_clear(&argv);
    return result;
}
