"""Protects the intervals: against values of SciPy 1.17, and against what they promise."""

import random

import fabricate  # noqa: F401  (finds the scripts)
import intervals
import pytest


def test_quantiles_agree_with_scipy():
    assert intervals.t_quantile(0.975, 9) == pytest.approx(2.262157162798205, rel=1e-9)
    assert intervals.t_quantile(0.975, 1) == pytest.approx(12.706204736174694, rel=1e-9)
    assert intervals.f_quantile(0.975, 29, 29) == pytest.approx(2.100995817284212, rel=1e-9)
    assert intervals.chi2_quantile(0.975, 29) == pytest.approx(45.72228580417452, rel=1e-9)
    assert intervals.chi2_quantile(0.025, 29) == pytest.approx(16.04707169536489, rel=1e-9)
    assert intervals.chi2_quantile(0.975, 1) == pytest.approx(5.023886187314888, rel=1e-9)
    assert intervals.chi2_quantile(0.975, 999) == pytest.approx(1088.4870677259353, rel=1e-9)


def test_proportion_is_exact():
    assert intervals.proportion(50, 1000) == pytest.approx((0.0373353976, 0.0653904879), abs=1e-9)
    assert intervals.proportion(0, 12) == pytest.approx((0.0, 0.2646484695), abs=1e-9)
    assert intervals.proportion(12, 12) == pytest.approx((0.7353515305, 1.0), abs=1e-9)


def test_binomial_limit_is_the_one_of_the_goal():
    assert intervals.binomial_limit(1000, 0.05, 0.97) == 63


def test_median_interval_takes_the_tabulated_ranks():
    numbers = list(range(1, 31))
    random.Random(1).shuffle(numbers)
    assert intervals.median_interval(numbers) == (10, 21)
    assert intervals.median_interval([6, 5, 4, 3, 2, 1]) == (1, 6)
    assert intervals.median_interval([1, 2, 3, 4, 5]) is None
    assert intervals.median_interval([]) is None


def coverage(trials, is_covered):
    return sum(is_covered(random.Random(seed)) for seed in range(trials)) / trials


def test_deviation_interval_covers_at_its_rate():
    low, high = intervals.deviation_factors(12)

    def is_covered(chance):
        found = intervals.deviation([chance.gauss(3, 2) for _ in range(12)])
        return found * low <= 2 <= found * high

    assert 0.93 <= coverage(2000, is_covered) <= 0.97


def test_ratio_of_deviations_covers_at_its_rate():
    low, high = intervals.deviation_ratio_factors(30, 12)

    def is_covered(chance):
        above = intervals.deviation([chance.gauss(0, 6) for _ in range(30)])
        below = intervals.deviation([chance.gauss(0, 2) for _ in range(12)])
        return above / below * low <= 3 <= above / below * high

    assert 0.93 <= coverage(2000, is_covered) <= 0.97
