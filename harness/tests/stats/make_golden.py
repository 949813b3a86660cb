#!/usr/bin/env python3
"""Writes golden_distributions.h and golden_samples.h: what NumPy and SciPy say about the inputs
our statistics are tested on. Run by hand when a table changes (needs scipy); the tests read
the headers.
Where SciPy has no such interval, it is derived here from SciPy's test by another way than in C:
by inverting the test's p-value over a grid or with a root finder, never from the same formula."""

import itertools
import pathlib

import numpy as np
import scipy
from scipy import optimize, special, stats

HERE = pathlib.Path(__file__).parent
NOTE = (f"/* Made by make_golden.py with NumPy {np.__version__} and SciPy {scipy.__version__}; "
        "do not edit. */\n")


def number(value):
    value = float(value)
    if np.isnan(value):
        return "NAN"
    if np.isinf(value):
        return "INFINITY" if value > 0 else "-INFINITY"
    return repr(value)


def table(name, fields, rows):
    lines = [f"static const struct {{ double {', '.join(fields)}; }} {name}[] = {{"]
    line = "   "
    for row in rows:
        text = " {" + ", ".join(number(v) for v in row) + "},"
        if len(line) + len(text) > 100:
            lines.append(line)
            line = "   "
        line += text
    return "\n".join(lines + [line, "};", ""])


def vector(name, values):
    text = ", ".join(number(v) for v in values)
    return f"static const double {name}[] = {{{text}}};\n"


def header(path, guard, parts):
    text = NOTE + f"#ifndef {guard}\n#define {guard}\n\n#include <math.h>\n\n"
    text += "/* clang-format off */\n"
    path.write_text(text + "\n".join(parts) + "/* clang-format on */\n\n#endif\n")


DF = [0.5, 1, 2, 3, 4, 5, 7, 9, 9.5, 19, 29, 49, 120, 999, 12345, 1e6]
# Below 1e-4 SciPy loses digits to df / (df + t * t) and is no judge.
T = [0.0, 1e-4, 0.001, 0.1, 0.7, 1, 1.96, 2.5, 5, 12, 40, 700]
P = [1e-12, 1e-6, 0.001, 0.025, 0.05, 0.2, 0.26, 0.4999, 0.501, 0.7, 0.9, 0.975, 0.995, 0.999999]


def t_quantile(p, df):
    """Near the middle SciPy's ppf is off by up to 1e-8 (seen against 40 digits); its
    betaincinv isn't."""
    if abs(p - 0.5) > 0.1:
        return stats.t.ppf(p, df)
    x = special.betaincinv(0.5, df / 2, abs(2 * p - 1))
    return np.sign(p - 0.5) * np.sqrt(df * x / (1 - x))


def distributions():
    ab = [(0.5, 0.5), (0.5, 5), (5, 0.5), (1, 1), (1, 9), (2.5, 2.5), (3, 40), (40, 3), (10, 10),
          (120, 80), (1000, 0.5), (0.5, 1000), (5000, 5000), (30, 12000), (1e5, 2e5)]
    xs = [0.0, 1e-10, 1e-4, 0.01, 0.1, 0.3, 0.5, 0.66, 0.9, 0.999, 1.0]
    # SciPy says 0 or a denormal where the value is below what a double holds well: left out.
    beta = [(x, a, b, special.betainc(a, b, x)) for a, b in ab for x in xs]
    beta = [row for row in beta if row[3] == 0 and row[0] == 0 or row[3] > 1e-290]
    yield table("golden_beta_cdf", ["x", "a", "b", "value"], beta)
    rows = [(p, a, b, special.betaincinv(a, b, p)) for a, b in ab for p in P]
    yield table("golden_beta_quantile", ["p", "a", "b", "value"], rows)
    zs = [-37, -20, -8, -3, -1.96, -1, -0.1, -1e-8, 0, 1e-3, 0.5, 1, 2.5758, 5, 8]
    yield table("golden_normal_cdf", ["z", "value"], [(z, special.ndtr(z)) for z in zs])
    ps = [1e-300, 1e-100, 1e-20, *P]
    yield table("golden_normal_quantile", ["p", "value"], [(p, special.ndtri(p)) for p in ps])
    rows = [(s * t, df, stats.t.cdf(s * t, df), 2 * stats.t.sf(t, df))
            for df in DF for t in T for s in (-1, 1)]
    yield table("golden_t_cdf", ["t", "df", "value", "two_sided"], rows)
    rows = [(p, df, t_quantile(p, df)) for df in DF for p in P]
    yield table("golden_t_quantile", ["p", "df", "value"], rows)
    dfs = [(1, 1), (1, 9), (9, 1), (2, 2), (5, 9), (9, 9), (19, 29), (99, 49), (500, 3), (3, 500)]
    rows = [(f, a, b, stats.f.cdf(f, a, b)) for a, b in dfs for f in (0, 1e-6, 0.2, 1, 1.7, 9, 300)]
    yield table("golden_f_cdf", ["f", "df1", "df2", "value"], rows)
    rows = [(p, a, b, stats.f.ppf(p, a, b)) for a, b in dfs for p in P]
    yield table("golden_f_quantile", ["p", "df1", "df2", "value"], rows)
    rows = [(k, n, p, stats.binom.pmf(k, n, p), stats.binom.cdf(k, n, p))
            for n in (1, 2, 6, 10, 40, 1000, 100000) for p in (0.001, 0.05, 0.5, 0.93)
            for k in sorted({0, 1, n // 20, n // 2, n - 1, n})]
    rows = [row for row in rows if row[3] > 1e-290 and row[4] > 1e-290]
    yield table("golden_binomial", ["k", "trials", "p", "pmf", "cdf"], rows)


def gaps_where(values, keeps):
    """Ends of {v : keeps(v)}, keeps being constant between neighbours of `values`; NAN if it never
    stops being kept."""
    edges = np.unique(values)
    wide = np.ptp(edges) + 1
    spots = np.concatenate([[edges[0] - wide], (edges[:-1] + edges[1:]) / 2, [edges[-1] + wide]])
    kept = [keeps(spot) for spot in spots]
    if kept[0] or kept[-1]:
        return np.nan, np.nan
    first, last = kept.index(True), len(kept) - 1 - kept[::-1].index(True)
    return edges[first - 1], edges[last]


def sign_interval(x, alpha):
    def keeps(v):
        return stats.binomtest(int(np.sum(x > v)), len(x), 0.5).pvalue > alpha
    return (np.median(x), *gaps_where(x, keeps))


def walsh_interval(x, alpha):
    walsh = [(a + b) / 2 for a, b in itertools.combinations_with_replacement(x, 2)]

    def keeps(v):
        return stats.wilcoxon(x - v, method="exact").pvalue > alpha
    return (np.median(walsh), *gaps_where(walsh, keeps))


def fieller(x, y, alpha):
    """Both means are above 0 here; one-sided where no ratio above the estimate is ever rejected."""
    quantile = stats.t.ppf(1 - alpha / 2, len(x) - 1)

    def excess(r):
        d = x - r * y
        return abs(np.mean(d)) / stats.sem(d) - quantile
    centre = np.mean(x) / np.mean(y)
    lo = optimize.brentq(excess, 0.0, centre, xtol=1e-14, rtol=1e-14)
    step = centre
    while excess(centre + step) < 0 and step < 1e9 * centre:
        step *= 2
    if excess(centre + step) < 0:
        return np.nan, lo, np.nan
    return centre, lo, optimize.brentq(excess, centre, centre + step, xtol=1e-14, rtol=1e-14)


def samples():
    rng = np.random.default_rng(20261122)
    data = {
        "six": rng.normal(0.4, 0.05, 6),
        "ten": rng.normal(0.4, 0.05, 10),
        "skewed": rng.lognormal(0, 0.8, 13),
        "heavy": rng.standard_t(2, 30),
        "five": rng.normal(0, 1, 5),
        "pair": np.array([1.5, 2.25]),
    }
    rows = {"moments": [], "quantiles": [], "t": [], "sign": [], "walsh": [], "trimmed": []}
    for index, (name, x) in enumerate(data.items()):
        yield vector(f"golden_{name}", x)
        mean, sd = np.mean(x), np.std(x, ddof=1)
        mad = stats.median_abs_deviation(x)
        rows["moments"].append((index, mean, sd, mad, stats.trim_mean(x, 0.2)))
        places = (0, 0.025, 0.25, 0.5, 0.7, 0.99, 1)
        rows["quantiles"] += [(index, p, np.quantile(x, p)) for p in places]
        for level in (0.9, 0.95, 0.99):
            test = stats.ttest_1samp(x, 0.3)
            t = test.confidence_interval(level)
            rows["t"].append((index, level, mean, t.low, t.high, test.pvalue))
            rows["sign"].append((index, level, *sign_interval(x, 1 - level)))
            rows["walsh"].append((index, level, *walsh_interval(x, 1 - level)))
            # Yuen's own test against a constant: the same standard error, found by inversion.
            cut, kept = int(0.2 * len(x)), len(x) - 2 * int(0.2 * len(x))
            if kept >= 2:
                wins = stats.mstats.winsorize(x, (cut / len(x) + 1e-9,) * 2).data
                error = np.sqrt(np.var(wins) * len(x) / (kept * (kept - 1)))
                trimmed = stats.t(kept - 1, stats.trim_mean(x, 0.2), error).interval(level)
                rows["trimmed"].append((index, level, stats.trim_mean(x, 0.2), *trimmed))
    names = ", ".join(f"{{golden_{n}, {len(x)}}}" for n, x in data.items())
    yield ("static const struct { const double *values; size_t count; } golden_sets[] = {\n"
           f"    {names}}};\n")
    fields = ["set", "mean", "sd", "mad", "trimmed"]
    yield table("golden_moments", fields, rows["moments"])
    yield table("golden_quantiles", ["set", "p", "value"], rows["quantiles"])
    yield table("golden_t", ["set", "level", "estimate", "lo", "hi", "p"], rows["t"])
    for name in ("sign", "walsh", "trimmed"):
        yield table(f"golden_{name}", ["set", "level", "estimate", "lo", "hi"], rows[name])
    yield from pairs(rng)
    yield from shares()
    yield from differences(list(data.values()))


def pairs(rng):
    x, y = rng.normal(9, 0.8, 10), rng.normal(2, 0.3, 10)
    x += 2 * (y - 2)
    small = rng.normal(0, 0.3, 10)
    small += 0.1 - small.mean()
    yield vector("golden_x", x)
    yield vector("golden_y", y)
    yield vector("golden_small_y", small)
    rows = [(0, level, *fieller(x, y, 1 - level)) for level in (0.9, 0.95, 0.99)]
    rows += [(1, level, *fieller(x, small, 1 - level)) for level in (0.95, 0.99)]
    yield table("golden_fieller", ["is_small", "level", "estimate", "lo", "hi"], rows)
    yield table("golden_slope", ["slope"], [(stats.linregress(y, x).slope,)])


def shares():
    wilson, exact = [], []
    for k, n in [(0, 1), (1, 1), (0, 20), (3, 20), (20, 20), (63, 1000), (480, 500), (5, 100000)]:
        for level in (0.9, 0.95, 0.99):
            score = stats.binomtest(k, n).proportion_ci(level, "wilson")
            wilson.append((k, n, level, score.low, score.high))
            # Not binomtest's "exact": its root finder stops at an absolute 2e-12.
            lo = stats.beta(k, n - k + 1).ppf((1 - level) / 2) if k > 0 else 0
            hi = stats.beta(k + 1, n - k).ppf((1 + level) / 2) if k < n else 1
            exact.append((k, n, level, lo, hi))
    yield table("golden_wilson", ["k", "trials", "level", "lo", "hi"], wilson)
    yield table("golden_clopper_pearson", ["k", "trials", "level", "lo", "hi"], exact)
    rows = [(r, a, b, level, *(r / stats.f(a, b).ppf([0.5 + level / 2, 0.5 - level / 2])))
            for r in (0.3, 1, 4) for a, b in ((9, 9), (29, 11), (1, 3)) for level in (0.9, 0.95)]
    yield table("golden_variance_ratio", ["ratio", "df1", "df2", "level", "lo", "hi"], rows)


def differences(sets):
    """right - left of two of the sets: Welch's test below ten values, Yuen's from there on."""
    rows = []
    for left, right in itertools.product(range(len(sets)), repeat=2):
        x, y = sets[left], sets[right]
        if left == right or (len(x) < 10) != (len(y) < 10):
            continue  # SciPy trims both sides by one share
        for level in (0.9, 0.95):
            trim = 0.0 if len(x) < 10 else 0.1
            test = stats.ttest_ind(y, x, equal_var=False, trim=trim)
            estimate = stats.trim_mean(y, trim) - stats.trim_mean(x, trim)
            half = estimate / test.statistic * stats.t.ppf(0.5 + level / 2, test.df)
            rows.append((left, right, level, estimate, estimate - half, estimate + half, test.df))
    fields = ["left", "right", "level", "estimate", "lo", "hi", "df"]
    yield table("golden_difference", fields, rows)


if __name__ == "__main__":
    header(HERE / "golden_distributions.h", "ZCB_TESTS_GOLDEN_DISTRIBUTIONS_H", distributions())
    header(HERE / "golden_samples.h", "ZCB_TESTS_GOLDEN_SAMPLES_H", samples())
