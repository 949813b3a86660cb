"""Protects the analysis: on fabricated raw data of known truth it finds that truth."""

import io
import math
import random

import fabricate
import figures
import goals
import plan as plans
import pytest
import raw
import report

CV = {
    ("zcbench", "10s"): 0.02,
    ("zcbench", "36s"): 0.01,
    ("pyperf", "36s"): 0.14,
    ("Google Benchmark", "10s"): 0.03,
    ("Google Benchmark", "36s"): 0.02,
}
PLAN = plans.Plan(1, 30, 10, 1.0)


def test_alarms_are_counted_by_front_end_kernel_and_condition():
    fabric = fabricate.Fabric(PLAN)
    flags = [True] * 3 + [False] * 37
    fabric.verdicts(1, "quiet", "zcbench_slice", "standard", "copy_again/copy", flags)
    fabric.verdicts(1, "busy", "zcbench_view", "standard", "view_again/view", [True, False])
    fabric.verdicts(2, "quiet", "pyperf_slice", "default", "copy_again/copy", [True] * 5)
    fabric.verdicts(2, "quiet", "gbench9_chain", "9", "ns_slow_1/ns_base", [True] * 9)
    found = figures.alarms(fabric.rows)
    assert found["zcbench", "standard", "copy", "quiet"][:2] == (3, 40)
    assert found["zcbench", "standard", "all", "all"][:2] == (4, 42)
    assert found["pyperf", "default", "copy", "quiet"][:2] == (5, 5)
    assert not any(key[0] == "Google Benchmark" for key in found)
    assert found["zcbench", "standard", "copy", "quiet"].low == pytest.approx(0.0157, abs=1e-3)


def test_alarms_that_come_in_crowds_are_noticed():
    def extra(crowded):
        fabric, chance = fabricate.Fabric(PLAN), random.Random(3)
        for turn in range(1, 61):
            rate = (0.5 if turn % 10 == 0 else 0.0) if crowded else 0.05
            flags = [chance.random() < rate for _ in range(20)]
            fabric.verdicts(turn, "quiet", "zcbench_slice", "standard", "copy_again/copy", flags)
        return figures.overdispersion(fabric.rows)

    assert 0.6 < extra(False) < 1.5
    assert extra(True) > 3
    assert figures.overdispersion([]) is None


def test_detection_needs_the_right_direction():
    fabric = fabricate.Fabric(PLAN)
    subject = "us_slow_2/us_base"
    fabric.verdicts(1, "quiet", "gbench9_chain", "9", subject, [True, False], 1.02, 9.0)
    fabric.verdicts(2, "quiet", "gbench9_chain", "9", subject, [True], 0.98, 9.0)
    fabric.verdicts(3, "quiet", "gbench9_chain", "9", "ms_slow_2/ms_base", [True], 1.03, 9.0)
    found = figures.detections(fabric.rows)
    assert found["Google Benchmark", "9", "2", "us", "quiet"].share[:2] == (1, 3)
    every = found["Google Benchmark", "9", "2", "all", "quiet"]
    assert every.share[:2] == (2, 4)
    assert every.seen == pytest.approx(0.02) and every.wall_s == 9.0


def test_spreads_are_those_fabricated():
    found = figures.spreads(fabricate.comparison(30, CV).rows, 1.0)
    for (name, budget), deviation in CV.items():
        one = found[name, budget, "quiet"]
        assert one.count == 30
        assert one.cv.value == pytest.approx(deviation, rel=1e-6)
        assert one.cv.low < deviation < one.cv.high
        assert one.ratio == pytest.approx(2.0, rel=1e-6)
        assert one.wall_s == pytest.approx(float(budget[:-1]))
    ratio = figures.spread_ratio(found["pyperf", "36s", "quiet"], found["zcbench", "36s", "quiet"])
    assert ratio.value == pytest.approx(14, rel=1e-6)
    root = math.sqrt(2.100995817284212)
    assert ratio.low == pytest.approx(14 / root) and ratio.high == pytest.approx(14 * root)


def test_pyperf_at_ten_seconds_takes_neighbouring_processes():
    copy, view = [[1.0 + i] for i in range(20)], [[100.0 + i] for i in range(20)]
    runs = {"copy": (1, 20.0, copy), "view": (0, 20.0, view)}
    chosen, wall_s = figures.neighbours(runs, 10.0)
    assert chosen["view"] == view[-5:] and chosen["copy"] == copy[:5]
    assert wall_s == pytest.approx(10.0)


def test_processes_added_to_pyperf_count_at_36_seconds_only():
    rows = fabricate.comparison(4, CV).rows
    before = figures.spreads(rows, 1.0)
    context = {"round": 1, "condition": "quiet", "task": "pyperf_slice", "setting": "default"}
    rows.append(raw.row("run", subject="copy_more", step=3, wall_s=4.0, **context))
    for index in range(20):
        fields = {"index": index, "step": 0, "value": 600.0}
        rows.append(raw.row("sample", subject="copy_more", **dict(fields, **context)))
    repeat = figures.repeats(rows, "pyperf", "quiet", "36s", 1.0)[0]
    assert repeat.wall_s == pytest.approx(40.0)
    assert figures.spreads(rows, 1.0)["pyperf", "10s", "quiet"] == before["pyperf", "10s", "quiet"]
    assert (
        repeat.values["mean"]
        > figures.repeats(rows, "pyperf", "quiet", "36s", 1.0)[1].values["mean"]
    )


def test_a_peer_is_given_the_kinder_of_mean_and_median():
    fabric = fabricate.Fabric(PLAN)
    for turn in range(1, 7):
        values = [300.0, 300.0, 300.0 + 100 * turn]
        found = [("run", dict(setting="9", subject="copy+view", step=0, wall_s=10.0))]
        for index, value in enumerate(values):
            for subject, ns in (("copy", value), ("view", 150.0)):
                row = dict(setting="9", subject=subject, index=index, step=0, value=ns)
                found.append(("sample", row))
        fabric.task(turn, "quiet", "gbench9_slice", found)
    one = figures.spreads(fabric.rows, 1.0)["Google Benchmark", "10s", "quiet"]
    assert one.choice == "median" and one.cv.value == 0


def test_wall_time_to_two_percent_follows_the_square_root():
    spreads = figures.spreads(fabricate.comparison(30, CV).rows, 1.0)
    times = figures.times_by_spread(spreads, "quiet")
    assert times["zcbench"][0].value == pytest.approx(36 * (1.96 * 0.01 / 0.0198026) ** 2, rel=1e-3)
    # pyperf's fabricated processes are all off alike: five of each arm, 9 s, spread as 36 s do.
    ratio = figures.time_ratio(times["pyperf"], times["zcbench"])
    assert ratio.value == pytest.approx(14**2 * 9 / 36, rel=1e-6)
    assert ratio.low == pytest.approx(ratio.value / 2.100995817284212)


def test_own_intervals_are_compared_within_rounds():
    rows = fabricate.comparison(8, {key: 0.01 for key in CV}).rows
    found = figures.times_by_own_interval(rows, "quiet")
    assert found["zcbench"][0].value == 20.0  # ±4 % after 5 s, ±1 % after 20 s
    # 20 processes 1 % off their mean: standard error of the logarithm of the ratio.
    error = math.sqrt(2) * 0.01 * math.sqrt(20 / 19) / math.sqrt(20)
    wanted = 36 * (2.0244 * error / math.log(1.02)) ** 2
    assert found["pyperf"][0].value == pytest.approx(wanted, rel=1e-3)
    assert found["pyperf"][1].value == pytest.approx(wanted / 20, rel=1e-3)


def full(alarms=50, cv=CV, detected=90):
    fabric = fabricate.comparison(30, cv, PLAN)
    flags = [i < alarms for i in range(1000)]
    fabric.verdicts(1, "quiet", "zcbench_view", "standard", "view_again/view", flags)
    flags = [i < detected for i in range(90)]
    subject = "ns_slow_2/ns_base"
    fabric.verdicts(1, "quiet", "zcbench_chain", "standard", subject, flags, 1.02, 3.0)
    return fabric


COVERED = "zcbench: its intervals hold a known truth, identical code: 1"


def verdicts(fabric):
    return {goal.what: goal.verdict for goal in goals.judge_all(fabric.rows, 1.0)}


def test_goals_are_met_where_the_truth_is():
    found = verdicts(full())
    assert len(found) == 8
    assert found[COVERED] == "met"
    assert found["zcbench: alarms on identical code"] == "met"
    assert found["zcbench: an injected 2 % is detected, standard profile"] == "met"
    assert found["spread of copy/view at 36 s: pyperf ÷ zcbench"] == "met"
    assert found["wall time to ±2 % on copy/view: pyperf ÷ zcbench"] == "met"


def test_goals_are_missed_where_the_truth_is():
    even = {key: 0.02 for key in CV}
    found = verdicts(full(alarms=64, cv=even, detected=60))
    assert found.pop(COVERED) == "met, but its interval reaches beyond"
    assert found.pop("spread of copy/view at 36 s: Google Benchmark ÷ zcbench").startswith(
        "met, but"
    )
    assert found.pop("spread of copy/view at 10 s: Google Benchmark ÷ zcbench").startswith(
        "met, but"
    )
    assert all(verdict.startswith("missed") for verdict in found.values()), found
    assert verdicts(full(alarms=63))["zcbench: alarms on identical code"] == "met"


def test_too_few_pairs_are_not_judged():
    fabric = fabricate.comparison(30, CV, PLAN)
    fabric.verdicts(1, "quiet", "zcbench_view", "standard", "view_again/view", [False] * 999)
    verdict = verdicts(fabric)["zcbench: alarms on identical code"]
    assert verdict == "not judged: 1000 pairs are asked"


def test_a_look_makes_no_claim():
    fabric = fabricate.comparison(4, CV, plans.quick(1))
    assert goals.judge_all(fabric.rows, 1.0) == []
    assert goals.judge_all(full().rows, 0.5) == []


def write(tmp_path, fabric):
    raw.Recorder(str(tmp_path)).append(fabric.rows)
    stream = io.StringIO()
    report.write(str(tmp_path), stream)
    return stream.getvalue()


def test_tables_come_from_raw_data_alone(tmp_path):
    text = write(tmp_path, full())
    assert text == (tmp_path / "table.txt").read_text(encoding="utf-8")
    for words in (
        "2026-01-02",
        "50 of 1000, 5.0 % (3.7–6.5)",
        "90 of 90 (96–100 %)",
        "14× (9.66–20.3)",
        "GOALS",
    ):
        assert words in text
    markdown = (tmp_path / "table.md").read_text(encoding="utf-8")
    assert "| zcbench, standard profile | view | 50 of 1000, 5.0 % (3.7–6.5) |" in markdown
    again = io.StringIO()
    report.write(str(tmp_path), again)
    assert again.getvalue() == text


def test_tables_of_a_look_say_so(tmp_path):
    text = write(tmp_path, fabricate.comparison(4, CV, plans.quick(1)))
    assert "no claim" in text and "GOALS" not in text


def test_tables_stand_after_every_task(tmp_path):
    rows = fabricate.comparison(3, CV).rows
    ends = [i + 1 for i, row in enumerate(rows) if row.kind == "done"]
    for end in ends:
        assert report.tables(rows[:end], PLAN) is not None
