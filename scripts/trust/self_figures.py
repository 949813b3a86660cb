"""From raw rows to what zcbench shows about itself: coverage where the truth is known, break-evens
of two halves of a run, timed share, cost of the loops, the gate on suites drawn again. No printing.
"""

import collections
import math
import random

import figures
import intervals
import plan as plans

ALL = "all"
CONDITIONS = (plans.QUIET, plans.BUSY, ALL)

# Coverage --------------------------------------------------------------------------------------

# How the truth is known: (key, words).
TWIN, SPIN, STEPS, HALVES = "twin", "spin", "steps", "halves"
NOMINAL = "nominal"
TRUTHS = (
    (TWIN, "identical code: 1"),
    (SPIN, "injected spins: what the spin alone took"),
    (STEPS, "counted multiplications: 1000 to 990, 950, 800, 600"),
    (HALVES, "random halves of a run's launches: no difference"),
)
# Told, but not judged: visits are interrupted the more the longer they are, so that on a busy
# machine the spin's share of a copy's time is less than its share of the steps.
ALSO = ((NOMINAL, "injected spins: their share of the steps"),)
HALF = 10  # launches, a standard profile's


def coverage_trials(rows):
    """[(truth, condition, cluster, does the interval hold the truth)]; trials of one cluster share
    launches or come from one run."""
    found = []
    for row in rows:
        cluster = row.round, row.task, row.setting
        if row.kind == "known":
            truth = STEPS if row.task == "zcbench_ratio" else SPIN
            found.append((truth, row.condition, cluster, row.different == "0"))
            if truth == SPIN:
                holds = float(row.low) <= nominal(row.subject) <= float(row.high)
                found.append((NOMINAL, row.condition, cluster, holds))
        elif figures.is_identical(row) and figures.front_end(row) == figures.ZCBENCH:
            found.append((TWIN, row.condition, cluster, row.different == "0"))
    return found + halves_trials(rows)


def nominal(subject):
    """1.005 of us_slow_0p5/us_base."""
    percent = subject.partition("/")[0].split("_")[2]
    return 1 + float(percent.replace("p", ".")) / 100


def halves_trials(rows):
    """Each 2 × HALF launches of a run that follow each other are dealt at random into two halves;
    the interval of their difference, launch against launch, must hold 0."""
    runs = collections.defaultdict(list)
    for row in rows:
        if (row.task, row.kind, row.subject) == ("zcbench_slice", "sample", "copy/view"):
            runs[row.round, row.condition].append(math.log(float(row.value)))
    found = []
    for (number, condition), launches in runs.items():
        chance = random.Random("halves/" + number)
        for first in range(0, len(launches) - 2 * HALF + 1, 2 * HALF):
            chosen = launches[first : first + 2 * HALF]
            chance.shuffle(chosen)
            apart = [a - b for a, b in zip(chosen[:HALF], chosen[HALF:])]
            _, low, high = intervals.trimmed_interval(apart)
            found.append((HALVES, condition, (number,), low <= 0 <= high))
    return found


def coverage(rows):
    """{(truth, condition or `all`): Share} of intervals that hold the truth."""
    groups = collections.defaultdict(list)
    for truth, condition, _, holds in coverage_trials(rows):
        for where in (condition, ALL):
            groups[truth, where].append(holds)
    return {key: figures.share(sum(held), len(held)) for key, held in groups.items()}


def coverage_crowding(rows):
    """{truth: how much more the misses vary between runs than those of independent trials}; None
    where none varies."""
    runs = collections.defaultdict(lambda: collections.defaultdict(list))
    for truth, _, cluster, holds in coverage_trials(rows):
        runs[truth][cluster].append(holds)
    return {truth: figures.crowding(found) for truth, found in runs.items()}


# Break-even ------------------------------------------------------------------------------------

SLOPE_LEAST = 0.25  # below, no width is asked for

Crossing = collections.namedtuple("Crossing", "value low high slope")
# overlap: Share of runs whose two halves' intervals overlap; unanswered: runs in which a half has
# no single crossing; half_width: of ln size in whole runs on a slope; narrow: Share of these that
# are within ±10 %; flat: whole runs with too little slope; place: median of the break-evens.
Breakeven = collections.namedtuple(
    "Breakeven", "overlap unanswered half_width narrow flat place slope"
)


def crossing_of(found):
    """The one crossing among the rows of a half or a whole run; None where there is not one."""
    if len(found) != 1 or not all((found[0].value, found[0].low, found[0].high)):
        return None
    row = found[0]
    slope = row.note.partition("slope=")[2]
    numbers = float(row.value), float(row.low), float(row.high)
    return Crossing(*numbers, slope=float(slope) if slope else math.nan)


def breakeven_runs(rows):
    """{pair: [{odd, even, whole: Crossing or None}]}, quiet."""
    runs = collections.defaultdict(lambda: collections.defaultdict(list))
    for row in rows:
        if row.kind == "breakeven" and row.condition == plans.QUIET:
            runs[row.subject, row.round][row.setting].append(row)
    result = collections.defaultdict(list)
    for (pair, _), parts in runs.items():
        result[pair].append({s: crossing_of(parts[s]) for s in ("odd", "even", "whole")})
    return result


def half_width(crossing):
    return 0.5 * math.log(crossing.high / crossing.low)


def breakeven_figure(runs):
    answered = [run for run in runs if run["odd"] and run["even"]]
    hits = sum(
        run["odd"].low <= run["even"].high and run["even"].low <= run["odd"].high
        for run in answered
    )
    whole = [run["whole"] for run in runs if run["whole"]]
    steep = [one for one in whole if one.slope >= SLOPE_LEAST]
    widths = [half_width(one) for one in steep]
    return Breakeven(
        figures.share(hits, len(answered)),
        len(runs) - len(answered),
        figures.median_figure(widths) if widths else None,
        figures.share(sum(width <= math.log(1.1) for width in widths), len(widths)),
        len(whole) - len(steep),
        intervals.median([one.value for one in whole]) if whole else math.nan,
        intervals.median([one.slope for one in whole]) if whole else math.nan,
    )


def breakevens(rows):
    """{pair or `all`: Breakeven}; empty without any."""
    runs = breakeven_runs(rows)
    result = {pair: breakeven_figure(found) for pair, found in sorted(runs.items())}
    if runs:
        result[ALL] = breakeven_figure([run for found in runs.values() for run in found])
    return result


# Time and cost ---------------------------------------------------------------------------------


def mean_figure(numbers):
    """Mean with zcbench's own interval; without one below two numbers."""
    if len(numbers) < 2:
        return figures.Figure(intervals.mean(numbers), None, None)
    return figures.Figure(*intervals.trimmed_interval(numbers))


def timed_shares(rows):
    """{profile: (Figure, runs, pairs)} of the share of wall time that lies in timed visits."""
    groups = collections.defaultdict(list)
    for row in rows:
        if row.kind == "share" and row.condition == plans.QUIET:
            groups[row.setting].append(row)
    return {
        profile: (mean_figure([float(row.value) for row in found]), len(found), found[0].subject)
        for profile, found in groups.items()
    }


def loop_costs(rows):
    """{loop: Figure of ns per iteration} over starts of the worker, and under `python/timeit` the
    ratio of the two; empty without any."""
    starts = collections.defaultdict(dict)
    for row in rows:
        if row.kind == "loop" and row.condition == plans.QUIET:
            starts[row.round, row.index][row.subject] = float(row.value)
    if not starts:
        return {}
    result = {
        loop: mean_figure([start[loop] for start in starts.values()])
        for loop in ("capi", "python", "timeit")
    }
    ratios = mean_figure([math.log(s["python"] / s["timeit"]) for s in starts.values()])
    result["python/timeit"] = figures.Figure(*[None if x is None else math.exp(x) for x in ratios])
    return result


def gate_failures(rows):
    """{slow-down in per cent: Share} of suites drawn again that the gate fails."""
    return {
        int(row.subject): figures.share(int(float(row.value)), int(row.step))
        for row in rows
        if row.kind == "gate"
    }
