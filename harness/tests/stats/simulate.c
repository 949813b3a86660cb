/* See simulate.h. */
#include "simulate.h"

#include <math.h>

double zcb_sim_uniform(zcb_random *random)
{
    return ((double)(zcb_random_next(random) >> 11) + 0.5) * 0x1p-53;
}

double zcb_sim_normal(zcb_random *random)
{
    double radius = sqrt(-2.0 * log(zcb_sim_uniform(random)));
    return radius * cos(2.0 * M_PI * zcb_sim_uniform(random));
}

const char *zcb_sim_shape_name(zcb_sim_shape shape)
{
    static const char *const names[] = {"normal", "skewed", "heavy", "spiky", "two_modes"};
    return names[shape];
}

static const double skew_sigma = 0.6;

/* Mean and deviation of exp(skew_sigma Z). */
static double skew_mean(void)
{
    return exp(0.5 * skew_sigma * skew_sigma);
}

static double skew_sd(void)
{
    return skew_mean() * sqrt(expm1(skew_sigma * skew_sigma));
}

/* The modes of TWO_MODES: at -1/2 and 3/2 with chances 3/4 and 1/4, so that the mean is 0 and
 * the variance 3/4, to which normal noise adds 1/4. */
static double two_modes(zcb_random *random)
{
    double mode = zcb_sim_uniform(random) < 0.25 ? 1.5 : -0.5;
    return mode + 0.5 * zcb_sim_normal(random);
}

double zcb_sim_draw(zcb_random *random, zcb_sim_shape shape)
{
    double z = zcb_sim_normal(random);
    switch (shape) {
    case ZCB_SIM_SKEWED:
        return (exp(skew_sigma * z) - skew_mean()) / skew_sd();
    case ZCB_SIM_HEAVY: {
        double a = zcb_sim_normal(random), b = zcb_sim_normal(random),
               c = zcb_sim_normal(random);
        return z / sqrt((a * a + b * b + c * c) / 3.0);
    }
    case ZCB_SIM_SPIKY: {
        double u = zcb_sim_uniform(random);
        return u < 0.025 ? z - 6.0 : (u > 0.975 ? z + 6.0 : z);
    }
    case ZCB_SIM_TWO_MODES:
        return two_modes(random);
    default:
        return z;
    }
}

double zcb_sim_shape_median(zcb_sim_shape shape)
{
    if (shape == ZCB_SIM_SKEWED) {
        return (1.0 - skew_mean()) / skew_sd();
    }
    if (shape == ZCB_SIM_TWO_MODES) {
        /* Root of 3/4 Phi(2 (m + 1/2)) + 1/4 Phi(2 (m - 3/2)) = 1/2, by bisection. */
        double lo = -1.0, hi = 1.0;
        for (int i = 0; i < 60; i++) {
            double m = 0.5 * (lo + hi);
            double share =
                0.375 * erfc(-M_SQRT2 * (m + 0.5)) + 0.125 * erfc(-M_SQRT2 * (m - 1.5));
            *(share < 0.5 ? &lo : &hi) = m;
        }
        return lo;
    }
    return 0.0;
}

/* A random order of the arms in a block (Durstenfeld, Commun. ACM 7, 1964). */
static void shuffle(zcb_random *random, uint32_t *places, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t j = (size_t)zcb_random_below(random, i + 1);
        places[i] = places[j];
        places[j] = (uint32_t)i;
    }
}

static void visit_launch(const zcb_sim_cell *cell, zcb_random *random, uint32_t launch,
                         zcb_sim_visits *out)
{
    double factors[ZCB_SIM_ARMS_MAX] = {0};
    double speed = cell->speed_sd * zcb_sim_normal(random);
    for (size_t arm = 0; arm < cell->arms; arm++) {
        factors[arm] = speed + cell->launch_sd * zcb_sim_draw(random, cell->shape);
    }
    for (size_t block = 0; block < cell->blocks; block++) {
        uint32_t places[ZCB_SIM_ARMS_MAX] = {0};
        shuffle(random, places, cell->arms);
        double drift = cell->drift * (double)block / (double)cell->blocks;
        for (size_t arm = 0; arm < cell->arms; arm++) {
            double noise = cell->block_sd * zcb_sim_normal(random);
            if (zcb_random_below(random, 20) == 0) {
                noise += 10.0 * cell->block_sd * zcb_sim_uniform(random);
            }
            out->rows[arm][launch * cell->blocks + block] =
                (zcb_visit){launch, (uint32_t)block, places[arm],
                            cell->true_ns[arm] * exp(factors[arm] + drift + noise)};
        }
    }
}

void zcb_sim_visit(const zcb_sim_cell *cell, zcb_random *random, zcb_sim_visits *out)
{
    for (size_t launch = 0; launch < cell->launches; launch++) {
        visit_launch(cell, random, (uint32_t)launch, out);
    }
    for (size_t arm = 0; arm < cell->arms; arm++) {
        out->arms[arm] = (zcb_visits){out->rows[arm], cell->launches * cell->blocks};
    }
}
