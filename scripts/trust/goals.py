"""What the instrument was built to reach, held against the figures. Judged on a full comparison
only."""

import collections

import figures
import intervals
import plan as plans

PAIRS_LEAST, ROUNDS_LEAST = 1000, 30
DETECTED_LEAST, PAIR_LIMIT_S = 0.9, 10.0
SPREAD_OVER_PYPERF, TIME_OVER_PYPERF = 3.0, 20.0

Goal = collections.namedtuple("Goal", "what wanted found verdict")


def judge(value, low, high, wanted):
    """In words: does the figure reach `wanted`, and does its interval agree?"""
    if value >= wanted:
        return "met" if low >= wanted else "met, but its interval reaches below"
    return "missed" if high < wanted else "missed, but its interval reaches it"


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


def judge_all(rows, scale):
    """The goals in order; empty where this is no full comparison."""
    if scale < 1 or quiet_rounds(rows) < ROUNDS_LEAST:
        return []
    spreads = figures.spreads(rows, scale)
    found = [
        judge_alarms(rows),
        judge_detection(rows, "2", "standard"),
        judge_detection(rows, "1", "rigorous"),
    ]
    for budget in ("10s", "36s"):
        found.append(
            judge_spread(spreads, figures.PYPERF, budget, SPREAD_OVER_PYPERF, "at least 3")
        )
        found.append(judge_spread(spreads, figures.GBENCH, budget, 1.0, "above 1"))
    found.append(judge_time(spreads))
    return [goal for goal in found if goal is not None]
