"""Intervals for the comparison of front ends: pure functions over numbers, standard library only.

The quantiles are found by bisection on the regularised incomplete beta function (continued
fraction, Press et al., Numerical Recipes, section 6.4): slow and plain, and accurate to about
1e-10.
"""

import functools
import math

LEVEL = 0.95


def beta_fraction(a, b, x):
    """Continued fraction of the incomplete beta function, by Lentz's method."""
    tiny = 1e-300
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > tiny else tiny)
    result = d
    for m in range(1, 1000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        step = 1.0
        for term in (even, odd):
            d = 1.0 + term * d
            d = 1.0 / (d if abs(d) > tiny else tiny)
            c = 1.0 + term / c
            c = c if abs(c) > tiny else tiny
            step = c * d
            result *= step
        if abs(step - 1.0) < 1e-14:
            break
    return result


def beta_probability(a, b, x):
    """P(X <= x) of a beta variable; a, b > 0."""
    if x <= 0.0 or x >= 1.0:
        return 0.0 if x <= 0.0 else 1.0
    logarithm = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front = math.exp(logarithm + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1.0) / (a + b + 2.0):
        return front * beta_fraction(a, b, x) / a
    return 1.0 - front * beta_fraction(b, a, 1.0 - x) / b


def bisect(probability, wanted, low, high):
    """x between low and high at which the rising `probability` reaches `wanted`."""
    for _ in range(200):
        middle = 0.5 * (low + high)
        if probability(middle) < wanted:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def beta_quantile(a, b, wanted):
    return bisect(lambda x: beta_probability(a, b, x), wanted, 0.0, 1.0)


def f_quantile(wanted, above, below):
    """Quantile of F with `above` and `below` degrees of freedom."""
    x = beta_quantile(above / 2.0, below / 2.0, wanted)
    return below * x / (above * (1.0 - x))


@functools.lru_cache(maxsize=None)
def t_quantile(wanted, freedom):
    """Quantile of Student's t, wanted > 0.5."""
    return math.sqrt(f_quantile(2.0 * wanted - 1.0, 1, freedom))


def gamma_probability(shape, x):
    """P(X <= x) of a gamma variable of scale 1, by its series (x far above shape: 1)."""
    if x <= 0.0:
        return 0.0
    if x > shape + 50.0 * math.sqrt(shape) + 200.0:
        return 1.0
    term = total = 1.0 / shape
    n = shape
    while term > total * 1e-16:
        n += 1.0
        term *= x / n
        total += term
    return min(1.0, total * math.exp(shape * math.log(x) - x - math.lgamma(shape)))


def chi2_quantile(wanted, freedom):
    high = 2.0 * freedom + 200.0
    return 2.0 * bisect(lambda x: gamma_probability(freedom / 2.0, x), wanted, 0.0, high)


def proportion(hits, trials):
    """Exact interval of a proportion (Clopper and Pearson 1934); (0, 1) without trials."""
    tail = (1.0 - LEVEL) / 2.0
    low = 0.0 if hits == 0 else beta_quantile(hits, trials - hits + 1, tail)
    high = 1.0 if hits == trials else beta_quantile(hits + 1, trials - hits, 1.0 - tail)
    return low, high


def binomial_limit(trials, chance, wanted):
    """Smallest k with P(X <= k) >= wanted, X binomial."""
    total = 0.0
    for k in range(trials + 1):
        choose = math.lgamma(trials + 1) - math.lgamma(k + 1) - math.lgamma(trials - k + 1)
        total += math.exp(choose + k * math.log(chance) + (trials - k) * math.log1p(-chance))
        if total >= wanted:
            return k
    return trials


def mean(values):
    return math.fsum(values) / len(values)


def deviation(values):
    """Sample standard deviation; needs two values."""
    centre = mean(values)
    return math.sqrt(math.fsum((v - centre) ** 2 for v in values) / (len(values) - 1))


def median(values):
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else 0.5 * (ordered[half - 1] + ordered[half])


def trimmed_interval(values):
    """(value, low, high): zcbench's interval over launches (harness/stats/location.h), the mean
    without a tenth at each end with the interval of Tukey and McLaughlin (1963); below 10 values
    Student's. Needs two values."""
    ordered, cut = sorted(values), len(values) // 10
    kept = ordered[cut : len(ordered) - cut]
    pulled = [kept[0]] * cut + kept + [kept[-1]] * cut
    freedom, centre = len(kept) - 1, mean(pulled)
    squares = math.fsum((v - centre) ** 2 for v in pulled)
    half = t_quantile(1.0 - (1.0 - LEVEL) / 2.0, freedom)
    half *= math.sqrt(squares / (len(kept) * freedom))
    return mean(kept), mean(kept) - half, mean(kept) + half


def median_interval(values):
    """Order-statistics interval of the median, at least 95 %; None below six values."""
    ordered = sorted(values)
    count = len(ordered)
    rank = binomial_limit(count, 0.5, (1.0 - LEVEL) / 2.0) if count else 0
    # P(X <= rank - 1) must stay below the tail, so the rank-th from either end is the limit.
    return (ordered[rank - 1], ordered[count - rank]) if rank >= 1 else None


def deviation_factors(count):
    """Factors that turn a sample deviation into its interval (chi-square)."""
    freedom, tail = count - 1, (1.0 - LEVEL) / 2.0
    return (
        math.sqrt(freedom / chi2_quantile(1.0 - tail, freedom)),
        math.sqrt(freedom / chi2_quantile(tail, freedom)),
    )


def deviation_ratio_factors(count_above, count_below):
    """Factors that turn a ratio of two sample deviations into its interval (F)."""
    tail = (1.0 - LEVEL) / 2.0
    above, below = count_above - 1, count_below - 1
    return (
        1.0 / math.sqrt(f_quantile(1.0 - tail, above, below)),
        math.sqrt(f_quantile(1.0 - tail, below, above)),
    )
