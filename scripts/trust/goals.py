"""What the instrument was built to reach, held against the figures. Judged on a full comparison
only."""

import collections
import math

import figures
import intervals
import plan as plans
import self_figures

PAIRS_LEAST, ROUNDS_LEAST = 1000, 30
DETECTED_LEAST, PAIR_LIMIT_S = 0.9, 10.0
SPREAD_OVER_PYPERF, TIME_OVER_PYPERF = 3.0, 20.0
TRIALS_LEAST, COVERED = 460, (0.93, 0.97)
OVERLAP_LEAST, HALF_WIDTH_MOST = 0.93, 0.10
SUITES_LEAST = 3000
TIMED_LEAST, CAPI_NS_MOST = 0.85, 1.0

Goal = collections.namedtuple("Goal", "what wanted found verdict")


def judge(value, low, high, wanted):
    """In words: does the figure reach `wanted`, and does its interval agree?"""
    if value >= wanted:
        return "met" if low >= wanted else "met, but its interval reaches below"
    return "missed" if high < wanted else "missed, but its interval reaches it"


def judge_most(value, low, high, wanted):
    """The same for a figure that may be `wanted` at most."""
    if value <= wanted:
        return "met" if high <= wanted else "met, but its interval reaches above"
    return "missed" if low > wanted else "missed, but its interval reaches it"


def judge_within(value, low, high, least, most):
    """The same for a coverage: too much is no fault that misleads, but it is no hit either."""
    if value > most:
        word = "conservative: more than was asked"
        return word if low > most else word + ", but its interval reaches it"
    if value < least:
        return "missed" if high < least else "missed, but its interval reaches it"
    if low >= least and high <= most:
        return "met"
    return "met, but its interval reaches beyond"


def quiet_rounds(rows):
    return len({r.round for r in rows if r.kind == "done" and r.condition == plans.QUIET})


def judge_alarms(rows):
    found = figures.alarms(rows).get((figures.ZCBENCH, "standard", "all", "all"))
    if found is None:
        return None
    limit = intervals.binomial_limit(found.trials, 0.05, 0.97)
    verdict = "met" if found.hits <= limit else "missed"
    return Goal(
        "zcbench: alarms on identical code",
        "at most %d of %d (a true 5 %% passes with 0.97)" % (limit, found.trials),
        "%d" % found.hits,
        verdict if found.trials >= PAIRS_LEAST else "not judged: %d pairs are asked" % PAIRS_LEAST,
    )


def judge_detection(rows, percent, profile):
    key = figures.ZCBENCH, profile, percent, "all", plans.QUIET
    found = figures.detections(rows).get(key)
    if found is None:
        return None
    part = found.share
    verdict = judge(part.hits / part.trials, part.low, part.high, DETECTED_LEAST)
    wanted = "at least 90 %"
    if profile == "standard":
        wanted += " at up to 10 s per pair"
        verdict = verdict if found.wall_s <= PAIR_LIMIT_S else "missed: it takes longer"
    return Goal(
        "zcbench: an injected %s %% is detected, %s profile" % (percent, profile),
        wanted,
        "%d of %d (%.0f–%.0f %%) at %.1f s"
        % (part.hits, part.trials, 100 * part.low, 100 * part.high, found.wall_s),
        verdict,
    )


def judge_spread(spreads, peer, budget, wanted, words):
    keys = [(name, budget, plans.QUIET) for name in (peer, figures.ZCBENCH)]
    if any(key not in spreads or spreads[key].count < ROUNDS_LEAST for key in keys):
        return None
    ratio = figures.spread_ratio(spreads[keys[0]], spreads[keys[1]])
    if ratio is None:
        return None
    return Goal(
        "spread of copy/view at %s: %s ÷ zcbench" % (budget.replace("s", " s"), peer),
        words,
        "%.2f (%.2f–%.2f)" % ratio,
        judge(ratio.value, ratio.low, ratio.high, wanted),
    )


def judge_time(spreads):
    times = figures.times_by_spread(spreads, plans.QUIET)
    if figures.PYPERF not in times or figures.ZCBENCH not in times:
        return None
    ratio = figures.time_ratio(times[figures.PYPERF], times[figures.ZCBENCH])
    if ratio is None:
        return None
    return Goal(
        "wall time to ±2 % on copy/view: pyperf ÷ zcbench",
        "at least 20",
        "%.0f (%.0f–%.0f), extrapolated by √" % ratio,
        judge(ratio.value, ratio.low, ratio.high, TIME_OVER_PYPERF),
    )


def judge_coverage(rows):
    shares, result = self_figures.coverage(rows), []
    for truth, words in self_figures.TRUTHS:
        share = shares.get((truth, self_figures.ALL))
        if share is None:
            continue
        value = share.hits / share.trials
        verdict = judge_within(value, share.low, share.high, *COVERED)
        if share.trials < TRIALS_LEAST:
            verdict = "not judged: %d trials are asked" % TRIALS_LEAST
        found = "%d of %d, %.1f %% (%.1f–%.1f)"
        percent = 100 * value, 100 * share.low, 100 * share.high
        result.append(
            Goal(
                "zcbench: its intervals hold a known truth, " + words,
                "93–97 %",
                found % ((share.hits, share.trials) + percent),
                verdict,
            )
        )
    return result


def judge_breakeven(rows):
    found = self_figures.breakevens(rows).get(self_figures.ALL)
    if found is None:
        return []
    result = []
    if found.half_width is not None and found.half_width.low is not None:
        per_cent = [100 * math.expm1(width) for width in found.half_width]
        words = "median ±%.1f %% (%.1f–%.1f)" % tuple(per_cent)
        words += "; %d of %d within, %d without the slope" % (found.narrow[:2] + (found.flat,))
        verdict = judge_most(*per_cent, 100 * HALF_WIDTH_MOST)
        result.append(
            Goal("zcbench: half-width of the break-even", "±10 % on a slope", words, verdict)
        )
    if found.overlap.trials:
        share = found.overlap
        value = share.hits / share.trials
        words = "%d of %d, %.1f %% (%.1f–%.1f)"
        words %= share.hits, share.trials, 100 * value, 100 * share.low, 100 * share.high
        if found.unanswered:
            words += "; %d without an answer" % found.unanswered
        verdict = judge(value, share.low, share.high, OVERLAP_LEAST)
        what = "zcbench: break-evens of launches that alternate overlap"
        result.append(Goal(what, "at least 93 %", words, verdict))
    return result


def judge_timed_share(rows):
    result = []
    for profile, (share, runs, pairs) in sorted(self_figures.timed_shares(rows).items()):
        what = "zcbench: timed share of a run, %s profile" % profile
        if share.low is None:
            found, verdict = "%.1f %%" % (100 * share.value), "not judged: one run only"
        else:
            found = "%.1f %% (%.1f–%.1f)" % tuple(100 * value for value in share)
            verdict = judge(*share, TIMED_LEAST)
        count = pairs.count("+") + 1
        found += ", %d runs of %d pair%s" % (runs, count, "s" if count > 1 else "")
        result.append(Goal(what, "at least 85 %", found, verdict))
    return result


def judge_loops(rows):
    costs = self_figures.loop_costs(rows)
    if not costs or costs["capi"].low is None:
        return []
    capi, over = costs["capi"], costs["python/timeit"]
    return [
        Goal(
            "zcbench: an iteration of the C lane's loop",
            "at most 1 ns",
            "%.2f ns (%.2f–%.2f)" % capi,
            judge_most(*capi, CAPI_NS_MOST),
        ),
        Goal(
            "zcbench: the python lane's loop ÷ timeit's",
            "at most 1",
            "%.2f (%.2f–%.2f)" % over,
            judge_most(*over, 1.0),
        ),
    ]


def judge_gate(rows):
    share = self_figures.gate_failures(rows).get(0)
    if share is None:
        return None
    verdict = "met" if share.hits == 0 else "missed"
    if share.trials < SUITES_LEAST:
        verdict = "not judged: %d suites are asked" % SUITES_LEAST
    return Goal(
        "gate: suites of unchanged code that fail, drawn from results/reference/gate",
        "0 of %d" % share.trials,
        "%d (%.2f–%.2f %%)" % (share.hits, 100 * share.low, 100 * share.high),
        verdict,
    )


def judge_all(rows, scale):
    """The goals in order; empty where this is no full comparison."""
    if scale < 1 or quiet_rounds(rows) < ROUNDS_LEAST:
        return []
    spreads = figures.spreads(rows, scale)
    found = [
        judge_alarms(rows),
        judge_gate(rows),
        judge_detection(rows, "2", "standard"),
        judge_detection(rows, "1", "rigorous"),
    ]
    found += judge_coverage(rows)
    for budget in ("10s", "36s"):
        found.append(
            judge_spread(spreads, figures.PYPERF, budget, SPREAD_OVER_PYPERF, "at least 3")
        )
        found.append(judge_spread(spreads, figures.GBENCH, budget, 1.0, "above 1"))
    found.append(judge_time(spreads))
    found += judge_breakeven(rows) + judge_timed_share(rows) + judge_loops(rows)
    return [goal for goal in found if goal is not None]
