/* See distributions.h. All quantiles go through one solver for the incomplete beta function, on
 * the scale z = ln(x / (1 - x)), where both x and 1 - x keep their digits. */
#include "stats/distributions.h"

#include <math.h>

/* lgamma sets a global sign; the _r form of the C library does not. */
static double ln_gamma(double z)
{
    int sign;
    return lgamma_r(z, &sign);
}

static const double half_ln_2pi = 0.91893853320467274178;

/* ln Gamma(z + 1) minus Stirling's (z + 1/2) ln z - z + ln(2 pi) / 2; the series of
 * DLMF 5.11.1. */
static double stirling_rest(double z)
{
    if (z < 16.0) {
        return ln_gamma(z + 1.0) - (z + 0.5) * log(z) + z - half_ln_2pi;
    }
    double w = 1.0 / (z * z);
    return (1.0 / 12 - w * (1.0 / 360 - w * (1.0 / 1260 - w * (1.0 / 1680 - w / 1188)))) / z;
}

/* x ln(x / m) + m - x >= 0, without cancellation where x is near m: with v = (x - m) / (x + m),
 * ln(x / m) = 2 (v + v^3 / 3 + v^5 / 5 + …) (Loader, section 3). */
static double deviance(double x, double m)
{
    double v = (x - m) / (x + m);
    if (fabs(v) > 0.1) {
        return x * log(x / m) + m - x;
    }
    double sum = (x - m) * v, power = 2.0 * x * v;
    for (int odd = 3; odd < 30; odd += 2) {
        power *= v * v;
        sum += power / odd;
    }
    return sum;
}

/* ln( x^a y^b / B(a, b) ), x + y = 1, both above 0. */
static double ln_beta_term(double x, double y, double a, double b)
{
    double n = a + b;
    return 0.5 * (log(a) + log(b) - log(n)) - half_ln_2pi + stirling_rest(n) -
           stirling_rest(a) - stirling_rest(b) - deviance(a, n * x) - deviance(b, n * y);
}

static double not_zero(double value)
{
    return fabs(value) < 1e-300 ? 1e-300 : value;
}

/* The continued fraction 1 / (1 + d1 / (1 + d2 / …)) of DLMF 8.17.22 by Lentz's method
 * (Thompson, Barnett, J. Comput. Phys. 64, 1986). Quick for x < (a + 1) / (a + b + 2). */
static double beta_fraction(double x, double a, double b)
{
    double c = 1.0, d = 1.0 / not_zero(1.0 - (a + b) / (a + 1.0) * x), value = d;
    for (double m = 1.0; m < 1e6; m += 1.0) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1.0 / not_zero(1.0 + even * d);
        c = not_zero(1.0 + even / c);
        value *= c * d;
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1.0 / not_zero(1.0 + odd * d);
        c = not_zero(1.0 + odd / c);
        value *= c * d;
        if (fabs(c * d - 1.0) < 1e-16) {
            break;
        }
    }
    return value;
}

/* I_x(a, b) and its logarithm for x + y = 1. */
static double beta_lower(double x, double y, double a, double b)
{
    if (x <= 0.0 || y <= 0.0) {
        return x <= 0.0 ? 0.0 : 1.0;
    }
    if (x * (a + b + 2.0) < a + 1.0) {
        return exp(ln_beta_term(x, y, a, b)) * beta_fraction(x, a, b) / a;
    }
    return 1.0 - exp(ln_beta_term(x, y, a, b)) * beta_fraction(y, b, a) / b;
}

static double ln_beta_lower(double x, double y, double a, double b, double term)
{
    if (x * (a + b + 2.0) < a + 1.0) {
        return term + log(beta_fraction(x, a, b) / a);
    }
    return log1p(-exp(term) * beta_fraction(y, b, a) / b);
}

/* z = ln(x / y) with I_x(a, b) = p <= 1/2, 0 < p. ln I is increasing and concave in z, so that
 * Newton's steps come from below after the first one and cannot run away. */
static double lower_logit(double p, double a, double b)
{
    double z = log(a / b), target = log(p);
    for (int i = 0; i < 500; i++) {
        double x = 1.0 / (1.0 + exp(-z)), y = 1.0 / (1.0 + exp(z));
        if (x <= 0.0 || y <= 0.0) {
            break;
        }
        double term = ln_beta_term(x, y, a, b);
        double value = ln_beta_lower(x, y, a, b, term);
        double step = (target - value) * exp(value - term);
        z += step;
        if (fabs(step) < 1e-15 * fmax(1.0, fabs(z))) {
            break;
        }
    }
    return z;
}

/* z = ln(x / y) with I_x(a, b) = p; q = 1 - p is given beside it so that neither loses digits.
 * Both are above 0. */
static double beta_logit(double p, double q, double a, double b)
{
    return p <= q ? lower_logit(p, a, b) : -lower_logit(q, b, a);
}

double zcb_beta_cdf(double x, double a, double b)
{
    if (!(a > 0.0 && b > 0.0 && x >= 0.0 && x <= 1.0)) {
        return NAN;
    }
    return beta_lower(x, 1.0 - x, a, b);
}

double zcb_beta_quantile(double p, double a, double b)
{
    if (!(a > 0.0 && b > 0.0 && p >= 0.0 && p <= 1.0)) {
        return NAN;
    }
    if (p == 0.0 || p == 1.0) {
        return p;
    }
    return 1.0 / (1.0 + exp(-beta_logit(p, 1.0 - p, a, b)));
}

double zcb_normal_cdf(double z)
{
    return 0.5 * erfc(-z * M_SQRT1_2);
}

/* z < 0 with P(Z <= z) = p < 1/2, by Newton's steps on the logarithm from the first terms of
 * the tail's asymptotic series (DLMF 7.12.1). */
static double normal_lower_quantile(double p)
{
    double z = -sqrt(-2.0 * log(p));
    for (int i = 0; i < 3 && z < -2.0; i++) {
        z = -sqrt(fmax(-2.0 * (log(p) + half_ln_2pi + log(-z)), 1.0));
    }
    for (int i = 0; i < 50; i++) {
        double value = zcb_normal_cdf(z);
        if (value == 0.0) {
            break;
        }
        double step = log(p / value) * value * exp(0.5 * z * z + half_ln_2pi);
        z += step;
        if (fabs(step) < 1e-15 * fabs(z)) {
            break;
        }
    }
    return z;
}

/* z with P(0 <= Z <= z) = share, |share| < 1/4: keeps the digits of p near 1/2. */
static double normal_middle_quantile(double share)
{
    double z = share * exp(half_ln_2pi);
    for (int i = 0; i < 50 && z != 0.0; i++) {
        double rest = share - 0.5 * erf(z * M_SQRT1_2);
        double step = rest * exp(0.5 * z * z + half_ln_2pi);
        z += step;
        if (fabs(step) < 1e-15 * fabs(z)) {
            break;
        }
    }
    return z;
}

double zcb_normal_quantile(double p)
{
    if (!(p >= 0.0 && p <= 1.0)) {
        return NAN;
    }
    if (p == 0.0 || p == 1.0) {
        return p == 0.0 ? -INFINITY : INFINITY;
    }
    if (fabs(p - 0.5) < 0.25) {
        return normal_middle_quantile(p - 0.5);
    }
    return p < 0.5 ? normal_lower_quantile(p) : -normal_lower_quantile(1.0 - p);
}

double zcb_t_two_sided(double t, double df)
{
    if (!(df > 0.0) || isnan(t)) {
        return NAN;
    }
    double r = fabs(t) / sqrt(df);
    if (r > 1e150) {
        return beta_lower(1.0 / r / r, 1.0, 0.5 * df, 0.5);
    }
    return beta_lower(1.0 / (1.0 + r * r), r * r / (1.0 + r * r), 0.5 * df, 0.5);
}

double zcb_t_cdf(double t, double df)
{
    double tail = 0.5 * zcb_t_two_sided(t, df);
    return t > 0.0 ? 1.0 - tail : tail;
}

/* t > 0 with P(|T| >= t) = outside, P(|T| < t) = inside. */
static double t_of_shares(double outside, double inside, double df)
{
    return sqrt(df) * exp(-0.5 * beta_logit(outside, inside, 0.5 * df, 0.5));
}

double zcb_t_quantile(double p, double df)
{
    if (!(df > 0.0 && p >= 0.0 && p <= 1.0)) {
        return NAN;
    }
    if (p == 0.0 || p == 1.0) {
        return p == 0.0 ? -INFINITY : INFINITY;
    }
    if (p == 0.5) {
        return 0.0;
    }
    if (p < 0.5) {
        return -t_of_shares(2.0 * p, 1.0 - 2.0 * p, df);
    }
    return t_of_shares(2.0 * (1.0 - p), 2.0 * p - 1.0, df);
}

double zcb_t_factor(double confidence, double df)
{
    if (!(df > 0.0 && confidence > 0.0 && confidence < 1.0)) {
        return NAN;
    }
    return t_of_shares(1.0 - confidence, confidence, df);
}

double zcb_f_cdf(double f, double df1, double df2)
{
    if (!(f >= 0.0 && df1 > 0.0 && df2 > 0.0)) {
        return NAN;
    }
    double r = f * df1 / df2;
    if (isinf(r)) {
        return 1.0;
    }
    return beta_lower(r / (1.0 + r), 1.0 / (1.0 + r), 0.5 * df1, 0.5 * df2);
}

double zcb_f_quantile(double p, double df1, double df2)
{
    if (!(p >= 0.0 && p < 1.0 && df1 > 0.0 && df2 > 0.0)) {
        return NAN;
    }
    if (p == 0.0) {
        return 0.0;
    }
    return exp(beta_logit(p, 1.0 - p, 0.5 * df1, 0.5 * df2)) * df2 / df1;
}

double zcb_binomial_pmf(uint64_t k, uint64_t trials, double p)
{
    if (!(p >= 0.0 && p <= 1.0)) {
        return NAN;
    }
    if (k > trials) {
        return 0.0;
    }
    double hits = (double)k, misses = (double)(trials - k);
    if (k == 0) {
        return trials == 0 ? 1.0 : exp(misses * log1p(-p));
    }
    if (k == trials) {
        return exp(hits * log(p));
    }
    if (p == 0.0 || p == 1.0) {
        return 0.0;
    }
    /* C(n, k) p^k q^(n - k) = (n / (k (n - k))) p^k q^(n - k) / B(k, n - k) */
    return exp(ln_beta_term(p, 1.0 - p, hits, misses) + log((double)trials / hits / misses));
}

double zcb_binomial_cdf(uint64_t k, uint64_t trials, double p)
{
    if (!(p >= 0.0 && p <= 1.0)) {
        return NAN;
    }
    if (k >= trials) {
        return 1.0;
    }
    return beta_lower(1.0 - p, p, (double)(trials - k), (double)k + 1.0);
}
