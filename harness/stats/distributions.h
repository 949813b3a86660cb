/* The few distributions the intervals stand on, written out because libraries that have them
 * may not be linked. Relative error below 1e-10 against SciPy (tests). Arguments outside a
 * function's domain give NAN. Pure; no allocation. */
#ifndef ZCB_STATS_DISTRIBUTIONS_H
#define ZCB_STATS_DISTRIBUTIONS_H

#include <stdint.h>

/* Regularised incomplete beta function I_x(a, b), a, b > 0, 0 <= x <= 1. Continued fraction
 * DLMF 8.17.22, its factor by C. Loader, "Fast and accurate computation of binomial
 * probabilities" (2000), so that large a and b lose no digits. */
double zcb_beta_cdf(double x, double a, double b);

/* x with I_x(a, b) = p, 0 <= p <= 1. */
double zcb_beta_quantile(double p, double a, double b);

/* P(Z <= z) and its inverse, 0 <= p <= 1 (infinite at 0 and 1). */
double zcb_normal_cdf(double z);
double zcb_normal_quantile(double p);

/* Student's t with df > 0 degrees of freedom (any real number): P(T <= t), P(|T| >= |t|), and
 * the quantile, 0 <= p <= 1 (infinite at 0 and 1). */
double zcb_t_cdf(double t, double df);
double zcb_t_two_sided(double t, double df);
double zcb_t_quantile(double p, double df);

/* t with P(|T| <= t) = confidence: the factor of a two-sided interval. 0 < confidence < 1. */
double zcb_t_factor(double confidence, double df);

/* Fisher's F with df1, df2 > 0: P(F <= f), f >= 0, and the quantile, 0 <= p < 1. */
double zcb_f_cdf(double f, double df1, double df2);
double zcb_f_quantile(double p, double df1, double df2);

/* Binomial: P(X = k) and P(X <= k) of `trials` with chance p in [0, 1]; k may exceed trials. */
double zcb_binomial_pmf(uint64_t k, uint64_t trials, double p);
double zcb_binomial_cdf(uint64_t k, uint64_t trials, double p);

#endif
