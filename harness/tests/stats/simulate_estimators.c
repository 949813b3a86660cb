/* Prints how often each estimator's 95 % interval holds the truth, and how wide it is, on
 * launches of several shapes: the ground on which the estimators are chosen. A minute or two;
 * not part of the tests. Usage: simulate_estimators [TRIALS], 2000 by default. */
#include "estimators.h"
#include "simulate.h"
#include "stats/breakeven.h"
#include "stats/distributions.h"
#include "stats/location.h"
#include "stats/order.h"
#include "stats/ratio.h"
#include "stats/verdict.h"

#include <stdio.h>
#include <stdlib.h>

static const double level = 0.95;

/* What each estimator tends to with ever more launches of a shape: from 200 001 of them. */
static void find_targets(zcb_sim_shape shape, double *targets)
{
    enum { MANY = 200001 };
    double *values = malloc(MANY * sizeof *values);
    zcb_need(values == NULL ? -1 : 0);
    zcb_random random = {99};
    for (size_t i = 0; i < MANY; i++) {
        values[i] = zcb_sim_draw(&random, shape);
    }
    zcb_interval walsh;
    zcb_need(zcb_hodges_lehmann_interval(values, MANY, level, &walsh));
    targets[ZCB_ESTIMATOR_STUDENT] = targets[ZCB_ESTIMATOR_BOOTSTRAP] = 0.0;
    targets[ZCB_ESTIMATOR_MEDIAN] = targets[ZCB_ESTIMATOR_SIGN] = zcb_sim_shape_median(shape);
    targets[ZCB_ESTIMATOR_TRIMMED_TENTH] = zcb_trimmed_mean(values, MANY, 0.1);
    targets[ZCB_ESTIMATOR_TRIMMED_FIFTH] = zcb_trimmed_mean(values, MANY, 0.2);
    targets[ZCB_ESTIMATOR_WALSH] = walsh.estimate;
    free(values);
}

#define BLOCKS 20

/* Launch values of a shape, each seen through blocks whose noise is half as large. */
static void make_clusters(zcb_random *random, zcb_sim_shape shape, size_t launches,
                          double *values, size_t *starts)
{
    for (size_t i = 0; i < launches; i++) {
        double launch = zcb_sim_draw(random, shape);
        starts[i] = i * BLOCKS;
        for (size_t k = 0; k < BLOCKS; k++) {
            values[i * BLOCKS + k] = launch + 0.5 * zcb_sim_normal(random);
        }
    }
    starts[launches] = launches * BLOCKS;
}

typedef struct score {
    size_t own, mean, missing;
    double width;
} score;

static void add_trial(zcb_random *random, zcb_sim_shape shape, size_t launches,
                      const double *targets, score *scores)
{
    double values[ZCB_SIM_LAUNCHES_MAX * BLOCKS], medians[ZCB_SIM_LAUNCHES_MAX];
    size_t starts[ZCB_SIM_LAUNCHES_MAX + 1];
    make_clusters(random, shape, launches, values, starts);
    zcb_clusters clusters = {.values = values, .starts = starts, .count = launches};
    zcb_need(zcb_cluster_medians(&clusters, medians));
    for (int which = 0; which < ZCB_ESTIMATORS; which++) {
        zcb_interval out = zcb_estimator_interval((zcb_estimator)which, medians, &clusters, 400,
                                                  zcb_random_next(random));
        if (!zcb_interval_is_whole(out)) {
            scores[which].missing++;
            continue;
        }
        scores[which].own += !zcb_interval_excludes(out, targets[which]);
        scores[which].mean += !zcb_interval_excludes(out, 0.0);
        scores[which].width += out.hi - out.lo;
    }
}

static void print_locations(zcb_sim_shape shape, size_t launches, size_t trials)
{
    double targets[ZCB_ESTIMATORS];
    score scores[ZCB_ESTIMATORS] = {{0}};
    zcb_random random = {zcb_random_derive(launches, (uint64_t)shape)};
    find_targets(shape, targets);
    for (size_t trial = 0; trial < trials; trial++) {
        add_trial(&random, shape, launches, targets, scores);
    }
    for (int which = 0; which < ZCB_ESTIMATORS; which++) {
        double held = (double)(trials - scores[which].missing);
        if (held == 0.0) {
            printf("%-10s %8zu  %-16s %8s %8s %8s\n", zcb_sim_shape_name(shape), launches,
                   zcb_estimator_name((zcb_estimator)which), "-", "-", "-");
            continue;
        }
        printf("%-10s %8zu  %-16s %8.3f %8.3f %8.3f\n", zcb_sim_shape_name(shape), launches,
               zcb_estimator_name((zcb_estimator)which), (double)scores[which].own / held,
               (double)scores[which].mean / held, scores[which].width / held);
    }
}

/* Candidates for the net ratio: Fieller on differences, Fieller on differences over null, and
 * the t interval on the logarithm of each launch's ratio (missing where a difference is not
 * positive). */
enum { NET_RAW, NET_SCALED, NET_LOG, NETS };

static zcb_interval net_interval(int which, const zcb_launch_times *times)
{
    double x[ZCB_SIM_LAUNCHES_MAX], y[ZCB_SIM_LAUNCHES_MAX];
    int is_one_sided = 0;
    for (size_t i = 0; i < times->count; i++) {
        double null_ns = times->medians[2][i];
        double scale = which == NET_SCALED ? null_ns : 1.0;
        x[i] = (times->medians[0][i] - null_ns) / scale;
        y[i] = (times->medians[1][i] - null_ns) / scale;
    }
    if (which != NET_LOG) {
        return zcb_fieller(x, y, times->count, level, &is_one_sided);
    }
    for (size_t i = 0; i < times->count; i++) {
        if (!(x[i] > 0.0 && y[i] > 0.0)) {
            return zcb_interval_none();
        }
        x[i] = log(x[i] / y[i]);
    }
    return zcb_interval_exp(zcb_t_interval(x, times->count, level));
}

static void print_nets(double view_ns, zcb_sim_shape shape, size_t launches, size_t trials)
{
    static const char *const names[] = {"Fieller, ns", "Fieller, over null", "t on logarithms"};
    static zcb_sim_visits visits;
    zcb_sim_cell cell = {.arms = 3,
                         .launches = launches,
                         .blocks = BLOCKS,
                         .true_ns = {200.0, view_ns, 20.0},
                         .shape = shape,
                         .launch_sd = 0.04,
                         .block_sd = 0.03,
                         .speed_sd = 0.2,
                         .drift = 0.3};
    double truth = 180.0 / (view_ns - 20.0);
    size_t hits[NETS] = {0}, whole[NETS] = {0};
    double width[NETS] = {0};
    zcb_random random = {zcb_random_derive(launches, (uint64_t)view_ns)};
    for (size_t trial = 0; trial < trials; trial++) {
        zcb_launch_times times;
        zcb_sim_visit(&cell, &random, &visits);
        zcb_need(zcb_launch_times_join(visits.arms, 3, &times));
        for (int which = 0; which < NETS; which++) {
            zcb_interval out = net_interval(which, &times);
            hits[which] += !zcb_interval_excludes(out, truth);
            if (zcb_interval_is_whole(out)) {
                whole[which]++;
                width[which] += log(out.hi / out.lo);
            }
        }
        zcb_launch_times_clear(&times);
    }
    for (int which = 0; which < NETS; which++) {
        printf("%-10s %8zu %8.0f  %-18s %8.3f %8.3f %8.3f\n", zcb_sim_shape_name(shape),
               launches, view_ns, names[which], (double)hits[which] / (double)trials,
               (double)whole[which] / (double)trials, width[which] / (double)whole[which]);
    }
}

#define SIZES 9

/* One octave apart, crossing at 1000 bytes; `shared` is the part of the launch effect that is
 * common to all sizes. */
static void make_series(zcb_random *random, size_t launches, double shared, double *sizes,
                        double *logs, zcb_size_point *points)
{
    double common[ZCB_SIM_LAUNCHES_MAX];
    for (size_t k = 0; k < launches; k++) {
        common[k] = zcb_sim_normal(random);
    }
    for (size_t s = 0; s < SIZES; s++) {
        double *row = logs + s * launches;
        sizes[s] = 1000.0 * pow(2.0, 0.5 * ((double)s - 4.3));
        for (size_t k = 0; k < launches; k++) {
            double effect =
                sqrt(shared) * common[k] + sqrt(1.0 - shared) * zcb_sim_normal(random);
            row[k] = log((100.0 + 0.05 * sizes[s]) / 150.0) + 0.05 * effect;
        }
        points[s] = (zcb_size_point){sizes[s], zcb_t_interval(row, launches, level)};
    }
}

static void print_breakevens(size_t launches, double shared, size_t trials)
{
    double sizes[SIZES], logs[SIZES * ZCB_SIM_LAUNCHES_MAX];
    zcb_size_point points[SIZES];
    size_t band = 0, bootstrap = 0, crossed = 0;
    double width = 0.0;
    zcb_random random = {zcb_random_derive(launches, (uint64_t)(10.0 * shared))};
    for (size_t trial = 0; trial < trials; trial++) {
        zcb_breakeven found;
        zcb_interval check;
        make_series(&random, launches, shared, sizes, logs, points);
        zcb_breakeven_find(points, SIZES, ZCB_MARGIN_DEFAULT, &found);
        if (found.status != ZCB_BREAKEVEN_CROSSED) {
            continue;
        }
        zcb_need(zcb_breakeven_bootstrap(sizes, SIZES, logs, launches, &found.crossings[0],
                                         level, 400, zcb_random_next(&random), &check));
        crossed++;
        band += !zcb_interval_excludes(found.crossings[0].bytes, 1000.0);
        bootstrap += !zcb_interval_excludes(check, 1000.0);
        width += found.crossings[0].bytes.hi / found.crossings[0].bytes.lo;
    }
    printf("%8zu %8.1f %8.3f %8.3f %8.3f %8.3f\n", launches, shared,
           (double)crossed / (double)trials, (double)band / (double)crossed,
           (double)bootstrap / (double)crossed, width / (double)crossed);
}

int main(int argc, char **argv)
{
    static const size_t launches[] = {6, 10, 30};
    size_t trials = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 2000;
    if (trials == 0 || argc > 2) {
        fputs("usage: simulate_estimators [TRIALS]\n", stderr);
        return 2;
    }
    printf("Location: coverage of its own target and of the mean, width in launch deviations; "
           "%zu trials\n%-10s %8s  %-16s %8s %8s %8s\n",
           trials, "launches", "number", "estimator", "own", "mean", "width");
    for (int shape = 0; shape < ZCB_SIM_SHAPES; shape++) {
        for (size_t i = 0; i < 3; i++) {
            print_locations((zcb_sim_shape)shape, launches[i], trials);
        }
    }
    printf("\nNet ratio: coverage, share of two-sided answers, ln(hi / lo) of those\n"
           "%-10s %8s %8s  %-18s %8s %8s %8s\n",
           "launches", "number", "view_ns", "estimator", "covered", "whole", "width");
    for (int shape = 0; shape <= ZCB_SIM_HEAVY; shape++) {
        for (size_t i = 0; i < 2; i++) {
            print_nets(50.0, (zcb_sim_shape)shape, launches[i], trials);
            print_nets(22.0, (zcb_sim_shape)shape, launches[i], trials);
        }
    }
    printf("\nBreak-even: coverage of the t band and of the bootstrap, hi / lo of the band\n"
           "%8s %8s %8s %8s %8s %8s\n",
           "launches", "shared", "crossed", "t band", "bootstr.", "width");
    for (size_t i = 0; i < 4; i++) {
        print_breakevens(i < 2 ? 5 : 10, i % 2 == 0 ? 0.0 : 0.9, trials);
    }
    return 0;
}
