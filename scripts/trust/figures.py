"""From raw rows to figures: what is counted, what is compared with what, with intervals. No
printing.

Everything is computed from the rows alone. Where a peer leaves a choice, the one that is kinder
to it is taken: the mean or the median of its values, whichever spreads less.
"""

import collections
import math

import intervals
import plan as plans

TWO_PERCENT = math.log(1.02)

# The front ends as they are shown: (key, words). A key is (front end, setting).
ZCBENCH, PYPERF, GBENCH = "zcbench", "pyperf", "Google Benchmark"

Share = collections.namedtuple("Share", "hits trials low high")
# `value` and its interval; None where there is too little to say it.
Figure = collections.namedtuple("Figure", "value low high")
# Repeats of one ratio by one front end at one budget of wall time.
Spread = collections.namedtuple("Spread", "count wall_s ratio cv choice")
Repeat = collections.namedtuple("Repeat", "round wall_s values")


def front_end(row):
    name = row.task.split("_")[0]
    return GBENCH if name.startswith("gbench") else name


def share(hits, trials):
    return Share(hits, trials, *intervals.proportion(hits, trials))


def number(text):
    return float(text) if text else None


def is_identical(row):
    second, _, first = row.subject.partition("/")
    return row.kind == "verdict" and second == first + "_again"


def verdict_groups(rows, wanted, key):
    groups = collections.defaultdict(list)
    for row in rows:
        if row.kind == "verdict" and wanted(row):
            groups[key(row)].append(row)
    return groups


def alarms(rows):
    """{(front end, setting, kernel, condition): Share} of different verdicts on identical code;
    kernel and condition
    also `all`; kernel `chain` stands for all lengths of multiplications."""
    groups = collections.defaultdict(list)
    for row in rows:
        if is_identical(row):
            kernel = row.subject.partition("/")[2]
            kernel = "chain" if kernel.endswith("_base") else kernel
            for shown in (kernel, "all"):
                for condition in (row.condition, "all"):
                    key = front_end(row), row.setting, shown, condition
                    groups[key].append(row.different == "1")
    return {key: share(sum(found), len(found)) for key, found in groups.items()}


def overdispersion(rows):
    """How much more zcbench's alarms vary between runs than independent ones would (1: not at
    all); None below two runs. Sets of launches of one run share its calibration and its minute."""
    runs = collections.defaultdict(list)
    for row in rows:
        if is_identical(row) and front_end(row) == ZCBENCH:
            runs[row.round, row.task].append(row.different == "1")
    return crowding(runs)


def crowding(runs):
    """{run: [bool]}: the variance of hits between runs over that of independent trials; None where
    there is nothing to vary."""
    trials = sum(len(run) for run in runs.values())
    chance = sum(sum(run) for run in runs.values()) / trials if trials else 0
    if len(runs) < 2 or not 0 < chance < 1:
        return None
    terms = [
        (sum(r) - len(r) * chance) ** 2 / (len(r) * chance * (1 - chance)) for r in runs.values()
    ]
    return math.fsum(terms) / (len(runs) - 1)


Detection = collections.namedtuple("Detection", "share seen wall_s")


def detections(rows):
    """{(front end, setting, per cent, size, condition): Detection} of injected slow-downs; size
    also `all`. Detected: called different, and slower. `seen` is the median slow-down it
    measured."""
    groups = collections.defaultdict(list)
    for row in rows:
        words = row.subject.partition("/")[0].split("_")
        if row.kind == "verdict" and words[1:2] == ["slow"]:
            for size in (words[0], "all"):
                key = front_end(row), row.setting, words[2], size, row.condition
                groups[key].append(row)
    return {key: detection(found) for key, found in groups.items()}


def detection(found):
    hits = sum(row.different == "1" and float(row.value) > 1 for row in found)
    seen = intervals.median([float(row.value) - 1 for row in found])
    wall_s = intervals.median([float(row.wall_s) for row in found])
    return Detection(share(hits, len(found)), seen, wall_s)


# Repeats of copy/view --------------------------------------------------------------------------


def by_task(rows, condition, name):
    """{round: rows of the task of that name}."""
    groups = collections.defaultdict(list)
    for row in rows:
        if row.condition == condition and row.task == name:
            groups[int(row.round)].append(row)
    return groups


def zcbench_repeats(rows, condition, budget):
    result = []
    for turn, found in sorted(by_task(rows, condition, "zcbench_slice").items()):
        for row in found:
            if row.kind == "ratio" and row.setting == budget:
                result.append(Repeat(turn, float(row.wall_s), {"own": math.log(float(row.value))}))
    return result


def log_ratios(copy, view):
    """The two ways to put one number on a run of a peer."""
    return {
        "mean": math.log(intervals.mean(copy) / intervals.mean(view)),
        "median": math.log(intervals.median(copy) / intervals.median(view)),
    }


def samples(found, subject):
    return [row for row in found if row.kind == "sample" and row.subject == subject]


def values(found):
    return [float(row.value) for row in found]


def pyperf_runs(found):
    """{subject: (place, wall seconds, [values of each process])}."""
    runs = {}
    for run in found:
        if run.kind == "run":
            processes = collections.OrderedDict()
            for row in samples(found, run.subject):
                processes.setdefault(int(row.index), []).append(float(row.value))
            runs[run.subject] = int(run.step), float(run.wall_s), list(processes.values())
    return runs


def flatten(lists):
    return [value for values in lists for value in values]


def neighbours(runs, seconds):
    """What a pyperf with fewer processes would have seen: the last processes of the earlier run
    and the first ones of the later, so that the two stand as close as they would have."""
    chosen, wall_s = {}, 0.0
    first = min(runs["copy"][0], runs["view"][0])
    for subject in ("copy", "view"):
        place, run_s, processes = runs[subject]
        each_s = run_s / len(processes)
        count = min(len(processes), max(1, int(seconds / 2 / each_s)))
        chosen[subject] = processes[-count:] if place == first else processes[:count]
        wall_s += count * each_s
    return chosen, wall_s


def all_processes(runs, arm):
    """Those of the defaults' run and those that were added to fill the wall time."""
    return runs[arm][2] + runs.get(arm + "_more", (0, 0.0, []))[2]


def pyperf_repeats(rows, condition, budget, scale):
    result = []
    for turn, found in sorted(by_task(rows, condition, "pyperf_slice").items()):
        runs = pyperf_runs(found)
        if budget == "36s":
            chosen = {arm: all_processes(runs, arm) for arm in ("copy", "view")}
            wall_s = sum(run[1] for subject, run in runs.items() if "again" not in subject)
        else:
            chosen, wall_s = neighbours(runs, 10.0 * scale)
        ratios = log_ratios(flatten(chosen["copy"]), flatten(chosen["view"]))
        result.append(Repeat(turn, wall_s, ratios))
    return result


def gbench_repeats(rows, condition, budget):
    """At 10 s the first run of 9 repetitions; at 36 s the run of 20 with both copies and both
    views, each pair taken together."""
    result = []
    name = "gbench9_slice" if budget == "10s" else "gbench20_slice"
    for turn, found in sorted(by_task(rows, condition, name).items()):
        copy, view = values(samples(found, "copy")), values(samples(found, "view"))
        if budget == "36s":
            copy += values(samples(found, "copy_again"))
            view += values(samples(found, "view_again"))
        wall_s = next(float(row.wall_s) for row in found if row.kind == "run")
        result.append(Repeat(turn, wall_s, log_ratios(copy, view)))
    return result


def repeats(rows, name, condition, budget, scale):
    if name == ZCBENCH:
        return zcbench_repeats(rows, condition, budget)
    if name == PYPERF:
        return pyperf_repeats(rows, condition, budget, scale)
    return gbench_repeats(rows, condition, budget)


def spread(found):
    """Spread of the ratio over repeats, as a coefficient of variation; None below three
    repeats."""
    if len(found) < 3:
        return None
    choices = found[0].values.keys()
    deviations = {c: intervals.deviation([r.values[c] for r in found]) for c in choices}
    choice = min(deviations, key=deviations.get)
    low, high = intervals.deviation_factors(len(found))
    deviation = deviations[choice]
    return Spread(
        len(found),
        intervals.median([repeat.wall_s for repeat in found]),
        math.exp(intervals.mean([repeat.values[choice] for repeat in found])),
        Figure(deviation, deviation * low, deviation * high),
        choice,
    )


def spreads(rows, scale):
    """{(front end, budget, condition): Spread}."""
    result = {}
    for name in (ZCBENCH, PYPERF, GBENCH):
        for budget in ("10s", "36s"):
            for condition in (plans.QUIET, plans.BUSY):
                found = spread(repeats(rows, name, condition, budget, scale))
                if found is not None:
                    result[name, budget, condition] = found
    return result


def spread_ratio(above, below):
    """How many times as much one spreads as the other, with its F interval; None where the other
    does not spread at all."""
    if below.cv.value == 0:
        return None
    low, high = intervals.deviation_ratio_factors(above.count, below.count)
    ratio = above.cv.value / below.cv.value
    return Figure(ratio, ratio * low, ratio * high)


# Wall time to ±2 % -----------------------------------------------------------------------------

Z = 1.959964


def time_by_spread(found):
    """Wall time at which 95 % of repeats would lie within 2 % of their centre: extrapolated by the
    square root from the spread that was seen."""
    times = [found.wall_s * (Z * cv / TWO_PERCENT) ** 2 for cv in found.cv]
    return Figure(*times)


def times_by_spread(all_spreads, condition):
    """{front end: (Figure, the Spread it comes from)}: of the two budgets the one that needs
    less."""
    result = {}
    for (name, _, where), found in all_spreads.items():
        if where == condition:
            time = time_by_spread(found), found
            if name not in result or time[0].value < result[name][0].value:
                result[name] = time
    return result


def time_ratio(above, below):
    """Ratio of two such times, with its F interval; None where the other is 0."""
    ratio = spread_ratio(above[1], below[1])
    if ratio is None:
        return None
    walls = above[1].wall_s / below[1].wall_s
    return Figure(*[walls * factor**2 for factor in ratio])


def half_width(row):
    return 0.5 * math.log(float(row.high) / float(row.low))


def zcbench_own_times(rows, condition):
    """{round: wall time until zcbench's own interval was ±2 %}; beyond the run's end by the square
    root, as are those of the peers."""
    result = {}
    for turn, found in by_task(rows, condition, "zcbench_slice").items():
        looks = [row for row in found if row.kind == "ratio" and row.setting in ("prefix", "36s")]
        looks.sort(key=lambda row: float(row.wall_s))
        narrow = [row for row in looks if half_width(row) <= TWO_PERCENT]
        if narrow:
            result[turn] = float(narrow[0].wall_s)
        elif looks:
            result[turn] = float(looks[-1].wall_s) * (half_width(looks[-1]) / TWO_PERCENT) ** 2
    return result


def relative_error(numbers):
    """Standard error of a mean, as a share of it."""
    return intervals.deviation(numbers) / math.sqrt(len(numbers)) / intervals.mean(numbers)


def own_time(wall_s, copy, view):
    """Wall time to ±2 % as the run's own scatter says: a t interval of the logarithm of the
    ratio."""
    error = math.hypot(relative_error(copy), relative_error(view))
    t = intervals.t_quantile(0.975, len(copy) + len(view) - 2)
    return wall_s * (t * error / TWO_PERCENT) ** 2


def pyperf_own_times(rows, condition):
    """From the scatter of its processes' means."""
    result = {}
    for turn, found in by_task(rows, condition, "pyperf_slice").items():
        runs = pyperf_runs(found)
        means = {s: [intervals.mean(p) for p in runs[s][2]] for s in ("copy", "view")}
        wall_s = runs["copy"][1] + runs["view"][1]
        result[turn] = own_time(wall_s, means["copy"], means["view"])
    return result


def gbench_own_times(rows, condition):
    """From the scatter of its 9 repetitions."""
    result = {}
    for turn, found in by_task(rows, condition, "gbench9_slice").items():
        wall_s = next(float(row.wall_s) for row in found if row.kind == "run")
        result[turn] = own_time(
            wall_s, values(samples(found, "copy")), values(samples(found, "view"))
        )
    return result


def median_figure(numbers):
    """Median with its order-statistics interval; the interval is None below six numbers."""
    found = intervals.median_interval(numbers) or (None, None)
    return Figure(intervals.median(numbers), *found)


def times_by_own_interval(rows, condition):
    """{front end: (Figure of the time, Figure of its ratio to zcbench's within the round)}."""
    every = {
        ZCBENCH: zcbench_own_times(rows, condition),
        PYPERF: pyperf_own_times(rows, condition),
        GBENCH: gbench_own_times(rows, condition),
    }
    result = {}
    for name, times in every.items():
        shared = sorted(set(times) & set(every[ZCBENCH]))
        if times and shared:
            ratios = [times[turn] / every[ZCBENCH][turn] for turn in shared]
            result[name] = median_figure(list(times.values())), median_figure(ratios)
    return result
