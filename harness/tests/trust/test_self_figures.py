"""Protects what zcbench says about itself: fabricated raw data of known truth give that truth, and
are held against the goals."""

import math
import os
import random

import fabricate
import goals
import intervals
import plan as plans
import pytest
import raw
import self_figures
import self_report
import table

PLAN = plans.Plan(1, 30, 10, 1.0)


def known(count, misses, subject="1000/990"):
    """So many intervals that hold their truth, but for the first `misses`."""
    fields = dict(setting="standard", subject=subject, value=1.01, low=1.0, high=1.02, note="1")
    return [("known", dict(fields, different=i < misses)) for i in range(count)]


def verdicts(found):
    return [goal.verdict for goal in found]


def test_coverage_is_told_apart_by_truth_and_condition():
    fabric = fabricate.Fabric(PLAN)
    fabric.task(1, "quiet", "zcbench_ratio", known(40, 3))
    fabric.task(1, "quiet", "zcbench_chain", known(12, 1, "us_slow_0p5/us_base"))
    fabric.task(2, "busy", "zcbench_chain", known(12, 0, "us_slow_5/us_base"))
    flags = [True] * 2 + [False] * 38
    fabric.verdicts(3, "quiet", "zcbench_slice", "standard", "copy_again/copy", flags)
    fabric.verdicts(4, "quiet", "gbench9_slice", "9", "copy_again/copy", [True] * 9)
    found = self_figures.coverage(fabric.rows)
    assert found["steps", "quiet"][:2] == found["steps", "all"][:2] == (37, 40)
    assert found["spin", "quiet"][:2] == (11, 12) and found["spin", "all"][:2] == (23, 24)
    # 1.005 lies in each interval, 1.05 in none.
    assert found["nominal", "quiet"][:2] == (12, 12) and found["nominal", "busy"][:2] == (0, 12)
    assert found["twin", "quiet"][:2] == (38, 40)
    assert ("steps", "busy") not in found and ("halves", "all") not in found
    assert found["steps", "quiet"].low == pytest.approx(0.7961353, abs=1e-6)


def test_misses_that_come_in_crowds_are_noticed():
    fabric = fabricate.Fabric(PLAN)
    for number in range(1, 31):
        fabric.task(number, "quiet", "zcbench_ratio", known(16, 8 if number % 10 == 0 else 0))
    found = self_figures.coverage_crowding(fabric.rows)
    mean = 8 / 16 / 10
    wanted = (3 * (8 - 16 * mean) ** 2 + 27 * (16 * mean) ** 2) / (16 * mean * (1 - mean)) / 29
    assert found["steps"] == pytest.approx(wanted)


def halves(launches):
    fabric = fabricate.Fabric(PLAN)
    for number, values in enumerate(launches, 1):
        fields = dict(setting="36s", subject="copy/view")
        rows = [("sample", dict(fields, index=i, value=v)) for i, v in enumerate(values)]
        fabric.task(number, "quiet", "zcbench_slice", rows)
    return self_figures.coverage(fabric.rows)["halves", "quiet"]


def test_halves_hold_no_difference_at_their_rate():
    chance = random.Random(4)
    runs = [[math.exp(chance.gauss(0.7, 0.1)) for _ in range(219)] for _ in range(120)]
    found = halves(runs)
    assert found.trials == 120 * 10
    assert 0.93 < found.hits / found.trials < 0.97
    assert halves(runs) == found


def test_the_interval_over_launches_is_zcbenchs_own():
    """On kept launches whose intervals zcbench itself gave."""
    rows = raw.read(os.path.join(fabricate.TOP, "results", "reference", "trust-look"))
    rows = [row for row in rows if row.task == "zcbench_slice" and row.round == "2"]
    launches = [row for row in rows if row.subject == "copy/view" and row.kind == "sample"]
    launches = [math.log(float(row.value)) for row in launches]
    looks = [row for row in rows if row.kind == "ratio"]
    assert len(looks) >= 10
    for row in looks:
        found = [math.exp(x) for x in intervals.trimmed_interval(launches[: int(row.index)])]
        assert found == pytest.approx([float(row.value), float(row.low), float(row.high)], rel=1e-6)


@pytest.mark.parametrize(
    "misses, verdict",
    [
        (50, "met"),
        (69, "met, but its interval reaches beyond"),
        (80, "missed, but its interval reaches it"),
        (120, "missed"),
        (29, "conservative: more than was asked, but its interval reaches it"),
        (10, "conservative: more than was asked"),
    ],
)
def test_coverage_is_judged_from_both_sides(misses, verdict):
    fabric = fabricate.Fabric(PLAN)
    fabric.task(1, "quiet", "zcbench_ratio", known(1000, misses))
    assert verdicts(goals.judge_coverage(fabric.rows)) == [verdict]


def test_coverage_of_too_few_trials_is_not_judged():
    fabric = fabricate.Fabric(PLAN)
    fabric.task(1, "quiet", "zcbench_ratio", known(459, 20))
    assert verdicts(goals.judge_coverage(fabric.rows)) == ["not judged: 460 trials are asked"]


def part(setting, value, half, note="crossed"):
    fields = dict(setting=setting, subject="bytes_slice", index=0, note=note)
    low, high = value * math.exp(-half), value * math.exp(half)
    return ("breakeven", dict(fields, value=value, low=low, high=high))


def breakeven(apart, half=0.05, slope=0.5, rounds=60):
    """Rounds whose halves lie `apart` from each other in ln size, in the first tenth of them."""
    fabric = fabricate.Fabric(PLAN)
    for number in range(1, rounds + 1):
        shift = apart if number <= rounds // 10 else 0.0
        rows = [part("odd", 1000.0, half), part("even", 1000.0 * math.exp(shift), half)]
        rows.append(part("whole", 1000.0, half, "crossed slope=%g" % slope))
        fabric.task(number, "quiet", "zcbench_breakeven", rows)
    return fabric


def test_halves_of_a_break_even_overlap_or_not():
    found = self_figures.breakevens(breakeven(0.11).rows)["bytes_slice"]
    assert found.overlap[:2] == (54, 60) and found.unanswered == 0
    assert found.half_width.value == pytest.approx(0.05)
    assert found.narrow[:2] == (60, 60) and found.slope == 0.5 and found.place == 1000
    assert self_figures.breakevens(breakeven(0.09).rows)["all"].overlap[:2] == (60, 60)


def test_a_half_without_an_answer_is_told_and_not_counted():
    fabric = breakeven(0.0, rounds=2)
    nothing = dict(setting="odd", subject="bytes_slice", index=0, note="inconclusive")
    rows = [("breakeven", nothing), part("even", 1000.0, 0.1), part("whole", 1000.0, 0.1)]
    fabric.task(3, "quiet", "zcbench_breakeven", rows)
    several = [part("odd", 500.0, 0.1, "multiple"), part("odd", 900.0, 0.1, "multiple")]
    fabric.task(4, "quiet", "zcbench_breakeven", several + [part("even", 500.0, 0.1)])
    found = self_figures.breakevens(fabric.rows)["all"]
    assert found.overlap[:2] == (2, 2) and found.unanswered == 2


def test_break_evens_are_judged():
    assert verdicts(goals.judge_breakeven(breakeven(0.0).rows)) == ["met", "met"]
    wide, apart = goals.judge_breakeven(breakeven(0.4, half=0.15).rows)
    assert wide.verdict == "missed" and "0 of 60 within" in wide.found
    assert apart.verdict == "missed, but its interval reaches it"
    (overlap,) = goals.judge_breakeven(breakeven(0.0, half=0.15, slope=0.2).rows)
    assert "overlap" in overlap.what


def instrument(share, capi, python):
    fabric = fabricate.Fabric(PLAN)
    for number in range(1, 7):
        wobble = 0.001 * (number % 2)
        rows = [("share", dict(setting="standard", subject="a+b", value=share + wobble))]
        rows += [
            ("loop", dict(subject=loop, index=0, value=ns + wobble))
            for loop, ns in (("capi", capi), ("python", python), ("timeit", 6.0))
        ]
        fabric.task(number, "quiet", "zcbench_whole", rows)
    return fabric.rows


def test_time_and_cost_are_judged():
    rows = instrument(0.9, 0.4, 5.0)
    shares = self_figures.timed_shares(rows)
    assert shares["standard"][0].value == pytest.approx(0.9005) and shares["standard"][1] == 6
    assert self_figures.loop_costs(rows)["python/timeit"].value == pytest.approx(5 / 6, rel=1e-3)
    assert verdicts(goals.judge_timed_share(rows) + goals.judge_loops(rows)) == ["met"] * 3
    rows = instrument(0.8, 1.2, 6.1)
    assert verdicts(goals.judge_timed_share(rows) + goals.judge_loops(rows)) == ["missed"] * 3
    assert goals.judge_loops([]) == goals.judge_timed_share([]) == []


def gate(failed, suites):
    fabric = fabricate.Fabric(PLAN)
    row = dict(setting="confirmed", subject="0", value=failed, step=suites)
    fabric.task(1, "quiet", "gate_resampled", [("gate", row)])
    return fabric.rows


def test_the_gate_is_judged_on_unchanged_suites():
    assert goals.judge_gate(gate(0, 3000)).verdict == "met"
    assert goals.judge_gate(gate(1, 3000)).verdict == "missed"
    assert goals.judge_gate(gate(0, 300)).verdict.startswith("not judged")
    assert goals.judge_gate([]) is None


def test_tables_show_the_figures():
    fabric = breakeven(0.11)
    fabric.rows += instrument(0.9, 0.4, 5.0)[2:] + gate(0, 3000)[2:]
    fabric.task(61, "quiet", "zcbench_ratio", known(1000, 50))
    text = "\n".join(table.as_text(one) for one in self_report.tables(fabric.rows))
    for words in (
        "950 of 1000, 95.0 % (93.5–96.3)",
        "bytes_slice  1000 B      0.50         ±5.1 % (5.1–5.1)",
        "54 of 60, 90.0 % (79.5–96.2)",
        "90.1 % (90.0 %–90.1 %)",
        "0 of 3000, 0.0 % (0.0–0.1)",
    ):
        assert words in text, text
