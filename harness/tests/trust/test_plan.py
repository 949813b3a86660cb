"""Protects the plan: the same seed gives the same rounds, and they hold what the goals need."""

import collections

import fabricate  # noqa: F401
import plan as plans
import tasks


def minutes(plan):
    return sum(plans.expected_s(turn.tasks, plan.scale) for turn in plans.rounds(plan)) / 60


def test_the_seed_fixes_everything():
    plan = plans.from_text(plans.to_text(plans.full(7)))
    assert plans.rounds(plan) == plans.rounds(plans.full(7))
    assert plans.rounds(plan) != plans.rounds(plans.full(8))


def test_the_full_plan_holds_what_the_goals_ask():
    rounds = plans.rounds(plans.full(1))
    quiet = [turn for turn in rounds if turn.condition == plans.QUIET]
    assert len(quiet) >= 30 and len(rounds) > len(quiet)
    for turn in rounds:
        names = [task.name for task in turn.tasks]
        assert len(set(names)) == len(names)
        assert {"zcbench_slice", "pyperf_slice", "gbench9_slice", "gbench20_slice"} <= set(names)
    for turn in quiet:
        names = {task.name for task in turn.tasks}
        assert {"zcbench_chain", "zcbench_ratio", "zcbench_breakeven"} <= names
    seen = collections.Counter(task for turn in quiet for task in turn.tasks)
    for size in plans.SIZES:
        for name in ("pyperf_chain", "gbench9_chain", "gbench20_chain", "zcbench_chain_rigorous"):
            assert seen[plans.Task(name, size)] > 0
    for profile in ("standard", "rigorous"):
        assert seen[plans.Task("zcbench_whole", profile)] >= 2
    assert seen[plans.Task("gate_resampled", "")] == 1
    assert {seen[plans.Task("pyperf_slice", arm)] for arm in ("copy", "view")} == {15}


def test_orders_differ_between_rounds():
    orders = {tuple(t.name for t in turn.tasks[:3]) for turn in plans.rounds(plans.full(1))}
    assert len(orders) > 20


def test_lengths_are_those_promised():
    assert 12 <= minutes(plans.quick(1)) <= 18
    assert 130 <= minutes(plans.full(1)) <= 160


def test_what_was_seen_replaces_what_was_expected():
    wanted = [plans.Task("zcbench_view", ""), plans.Task("pyperf_slice", "copy")]
    seen = [("zcbench_view", 100.0), ("zcbench_view", 300.0), ("gbench9_slice", 1e9)]
    assert plans.expected_s(wanted, 1.0, seen) == 200 + plans.EXPECTED_S["pyperf_slice"]
    assert plans.expected_s(wanted, 0.5) == 0.5 * plans.expected_s(wanted, 1.0)


def test_every_task_can_be_measured():
    names = {task.name for turn in plans.rounds(plans.full(1)) for task in turn.tasks}
    assert names == set(tasks.TASKS) == set(plans.EXPECTED_S)
