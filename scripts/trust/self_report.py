"""What zcbench shows about itself, as tables. Figures come from self_figures.py; here they are put
into words."""

import math

import plan as plans
import self_figures
from table import Table, show_share


def coverage_table(rows):
    found, crowds = self_figures.coverage(rows), self_figures.coverage_crowding(rows)
    lines = []
    for truth, words in self_figures.TRUTHS + self_figures.ALSO:
        shares = [found.get((truth, condition)) for condition in self_figures.CONDITIONS]
        if any(shares):
            crowd = crowds[truth]
            line = [words] + [show_share(share) for share in shares]
            lines.append(line + ["–" if crowd is None else "%.2f" % crowd])
    notes = [
        "Intervals of zcbench that hold the truth; they claim 95 %. Shares with Clopper–Pearson, which "
        "takes trials for independent; the arms of one run share its copies, and the last column says "
        "how much more misses vary between runs than independent ones would. Identical code: the "
        "pairs of the alarms, with those of the rigorous profile. Spins: copy's own work and a spin "
        "at a visit's end, for works of 5 ns, 5 µs and 1 ms; the truth is what an arm with the spin alone took in "
        "the same run. Halves: copy and view at 4 KiB, 20 launches that follow each other dealt into "
        "two tens."
    ]
    head = ["How the truth is known", plans.QUIET, "busy neighbour", "both", "crowding"]
    return Table("Intervals that hold a known truth", head, lines, notes)


def show_bytes(size):
    if math.isnan(size):
        return "–"
    return "%.0f B" % size if size < 1e4 else "%.1f KiB" % (size / 1024)


def show_width(figure):
    if figure is None:
        return "–"
    words = ["±%.1f %%" % (100 * math.expm1(figure.value))]
    if figure.low is not None:
        words.append("(%.1f–%.1f)" % tuple(100 * math.expm1(w) for w in figure[1:]))
    return " ".join(words)


def breakeven_table(rows):
    lines = []
    for pair, one in self_figures.breakevens(rows).items():
        lines.append(
            [
                pair,
                "–" if pair == self_figures.ALL else show_bytes(one.place),
                "–" if math.isnan(one.slope) or pair == self_figures.ALL else "%.2f" % one.slope,
                show_width(one.half_width),
                show_share(one.narrow) if one.narrow.trials else "–",
                show_share(one.overlap) if one.overlap.trials else "–",
                str(one.unanswered),
            ]
        )
    head = ["Pair", "break-even", "slope there", "half-width", "within ±10 %"]
    head += ["halves overlap", "no single answer"]
    notes = [
        "Python lane, 20 launches × 10 blocks with sizes added as in any run; every second launch of "
        "it makes a half. Half-widths of whole runs where |d ln ratio / d ln n| is at least 0.25. No "
        "single answer: a half that is inconclusive, or has several crossings."
    ]
    return Table("Break-even, measured twice at once", head, lines, notes)


def plain(pattern, figure):
    words = pattern % figure.value
    if figure.low is not None:
        words += " (%s–%s)" % (pattern % figure.low, pattern % figure.high)
    return words


def cost_table(rows):
    lines = []
    for profile, (share, runs, pairs) in sorted(self_figures.timed_shares(rows).items()):
        percent = type(share)(*[None if x is None else 100 * x for x in share])
        words = "timed share of wall time, %s profile" % profile
        lines.append([words, plain("%.1f %%", percent), "%d × %s" % (runs, pairs)])
    costs = self_figures.loop_costs(rows)
    names = {"capi": "C lane's loop", "python": "python lane's loop", "timeit": "timeit's loop"}
    for loop, words in names.items():
        if loop in costs:
            words += ", each iteration"
            lines.append([words, plain("%.2f", costs[loop]) + " ns", "an empty operation"])
    if costs:
        over = plain("%.3f", costs["python/timeit"])
        lines.append(["python lane's loop ÷ timeit's", over, "within one start of the worker"])
    for percent, share in sorted(self_figures.gate_failures(rows).items()):
        what = "unchanged" if percent == 0 else "%d %% slower" % percent
        lines.append(["gate fails suites, " + what, show_share(share), "drawn again from the kept"])
    notes = [
        "Timed share: all visits' elapsed time ÷ the time from the first calibration to the last "
        "visit, as run.json has it; python lane, all of the profile's sizes. Gate: resample_gate on "
        "results/reference/gate/launches.csv.gz, a fixed calculation on kept launches; a slow-down "
        "of 5 % is what it allows."
    ]
    return Table("What zcbench itself costs, and its gate", ["What", "found", "of"], lines, notes)


def tables(rows):
    return [coverage_table(rows), breakeven_table(rows), cost_table(rows)]
