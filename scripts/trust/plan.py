"""What is measured in which round: fixed by the seed, so that any part can be resumed.

Everything that is compared is compared within one task; the tasks of a round stand in random
order, and so do the quiet and the busy rounds.
"""

import collections
import json
import random

SIZES = ("ns", "us", "ms")
QUIET, BUSY = "quiet", "busy"

# Seconds a task takes at scale 1, the front ends' start-up included: to end a part in time, until
# the tasks themselves have shown it.
EXPECTED_S = {
    "zcbench_slice": 38,
    "zcbench_view": 10,
    "zcbench_chain": 9,
    "zcbench_chain_rigorous": 8,
    "zcbench_ratio": 8,
    "zcbench_breakeven": 13,
    "zcbench_whole": 50,
    "gate_resampled": 1,
    "pyperf_slice": 53,
    "pyperf_rigorous": 61,
    "pyperf_chain": 53,
    "gbench9_slice": 20,
    "gbench20_slice": 35,
    "gbench9_chain": 15,
    "gbench20_chain": 31,
}

Plan = collections.namedtuple("Plan", "seed quiet busy scale")
Task = collections.namedtuple("Task", "name variant")
Round = collections.namedtuple("Round", "number condition tasks")


def quick(seed, scale=1.0):
    """About 15 minutes."""
    return Plan(seed, 3, 1, scale)


def full(seed, scale=1.0):
    """About two and a half hours."""
    return Plan(seed, 30, 10, scale)


def to_text(plan):
    return json.dumps(plan._asdict(), sort_keys=True)


def from_text(text):
    return Plan(**json.loads(text))


def quiet_tasks(turn):
    """The tasks of the turn-th quiet round. What is dear and not judged at equal wall time —
    peers on injected slow-downs, pyperf --rigorous, whole runs — takes turns over rounds and
    sizes."""
    tasks = slice_tasks(turn)
    tasks.append(Task("zcbench_chain", ""))
    tasks.append(Task("zcbench_chain_rigorous", SIZES[turn % 3]))
    tasks.append(Task("zcbench_ratio", ""))
    tasks.append(Task("zcbench_breakeven", ("bytearray_slice", "array_tobytes")[turn % 2]))
    tasks.append(Task("gbench9_chain", SIZES[turn % 3]))
    if turn % 3 == 1:
        tasks.append(Task("gbench20_chain", SIZES[turn // 3 % 3]))
    if turn % 5 == 0:
        tasks.append(Task("pyperf_chain", SIZES[turn // 5 % 3]))
    if turn % 5 == 2:
        tasks.append(Task("pyperf_rigorous", ("copy", "view")[turn // 5 % 2]))
    if turn % 5 == 1:
        tasks.append(Task("zcbench_whole", ("standard", "rigorous")[turn // 5 % 2]))
    if turn == 0:
        tasks.append(Task("gate_resampled", ""))
    return tasks


def slice_tasks(turn):
    """The tasks on the 4 KiB slice: every round, quiet or busy, has them all."""
    return [
        Task("zcbench_slice", ""),
        Task("zcbench_view", ""),
        Task("pyperf_slice", ("copy", "view")[turn % 2]),
        Task("gbench9_slice", ""),
        Task("gbench20_slice", ""),
    ]


def busy_tasks(turn):
    return slice_tasks(turn) + [Task("zcbench_chain", "")]


def rounds(plan):
    """Every round of the plan in the order they are made."""
    chance = random.Random(plan.seed)
    conditions = [QUIET] * plan.quiet + [BUSY] * plan.busy
    chance.shuffle(conditions)
    turns = collections.Counter()
    result = []
    for number, condition in enumerate(conditions, 1):
        make = quiet_tasks if condition == QUIET else busy_tasks
        tasks = make(turns[condition])
        turns[condition] += 1
        chance.shuffle(tasks)
        result.append(Round(number, condition, tasks))
    return result


def expected_s(tasks, scale, seen=()):
    """Seconds these tasks will take; `seen` holds (name, seconds) of tasks that ended."""
    walls = collections.defaultdict(list)
    for name, wall_s in seen:
        walls[name].append(wall_s)
    means = {name: sum(found) / len(found) for name, found in walls.items()}
    return sum(means.get(task.name, EXPECTED_S[task.name] * scale) for task in tasks)


def task_seed(plan, number, task):
    """Seed of the order inside a task: the same whether the part was resumed or not."""
    return "%s/%d/%s" % (plan.seed, number, task.name)
