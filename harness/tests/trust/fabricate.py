"""Raw data of a comparison whose truth is known, and stand-ins for the front ends' programs."""

import json
import math
import os
import random
import sys

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
SCRIPTS = os.path.join(TOP, "scripts", "trust")
sys.path.insert(0, SCRIPTS)

import plan as plans  # noqa: E402
import raw  # noqa: E402

COPY_NS, VIEW_NS = 300.0, 150.0


def spread_exactly(count, deviation, chance):
    """`count` numbers in random order whose mean is 0 and whose sample deviation is
    `deviation`."""
    numbers = [chance.gauss(0, 1) for _ in range(count)]
    centre = sum(numbers) / count
    numbers = [n - centre for n in numbers]
    size = math.sqrt(sum(n * n for n in numbers) / (count - 1))
    return [n * deviation / size for n in numbers]


class Fabric:
    """Rows of whole tasks. `rows` begins with the plan."""

    def __init__(self, plan):
        self.rows = [raw.row("plan", note=plans.to_text(plan))]
        note = {"cpu": "none", "processors": 2, "kernel": "K", "virtual": "no"}
        note.update(started="2026-01-02T03:04:05Z", versions={"pyperf": "9"})
        self.rows.append(raw.row("part", note=json.dumps(note)))

    def task(self, number, condition, name, rows):
        context = {"round": number, "condition": condition, "task": name}
        for kind, fields in rows + [("done", {"wall_s": 1.0, "value": 0.1})]:
            self.rows.append(raw.row(kind, **dict(fields, **context)))

    def verdicts(self, number, condition, task, setting, subject, flags, value=1.0, wall_s=3.0):
        found = [
            (
                "verdict",
                dict(setting=setting, subject=subject, different=f, value=value, wall_s=wall_s),
            )
            for f in flags
        ]
        self.task(number, condition, task, found)

    def zcbench_slice(self, number, condition, offsets, alarms=()):
        """Repeats at 10 and 36 s whose logarithms lie `offsets` from that of 2; the interval is
        ±4 % after 5 s and ±1 % after 20 s."""
        found = []
        for setting, wall_s, half in (("prefix", 5.0, 0.04), ("prefix", 20.0, 0.01)):
            found.append(("ratio", interval_row(setting, wall_s, 2.0, half)))
        for setting, offset in offsets.items():
            wall_s = float(setting[:-1])
            found.append(("ratio", interval_row(setting, wall_s, 2 * math.exp(offset), 0.005)))
        for flag in alarms:
            row = dict(setting="standard", subject="copy_again/copy", different=flag, value=1.0)
            found.append(("verdict", row))
        self.task(number, condition, "zcbench_slice", found)

    def pyperf_slice(self, number, condition, offset):
        """20 processes of 3 values for each arm, copy first; all of copy's are off by `offset`."""
        found = []
        for place, (subject, ns) in enumerate((("copy", COPY_NS), ("view", VIEW_NS))):
            found.append(("run", dict(setting="default", subject=subject, step=place, wall_s=18.0)))
            shift = offset if subject == "copy" else 0.0
            for index in range(20):
                for step in range(3):
                    row = dict(setting="default", subject=subject, index=index, step=step)
                    found.append(("sample", dict(row, value=ns * math.exp(shift) * wobble(index))))
        self.task(number, condition, "pyperf_slice", found)

    def gbench_slice(self, number, condition, setting, offset, wall_s):
        found = [("run", dict(setting=setting, subject="copy+view", step=0, wall_s=wall_s))]
        subjects = ["copy", "view"] + (["copy_again", "view_again"] if setting == "20" else [])
        for subject in subjects:
            is_copy = subject.startswith("copy")
            ns = COPY_NS * math.exp(offset) if is_copy else VIEW_NS
            for index in range(int(setting)):
                row = dict(setting=setting, subject=subject, index=index, step=0)
                found.append(("sample", dict(row, value=ns * wobble(index))))
        self.task(number, condition, "gbench%s_slice" % setting, found)


def wobble(index):
    """1 ± 1 %, symmetrical over any even number of indices."""
    return 1.01 if index % 2 else 0.99


def interval_row(setting, wall_s, value, half):
    low, high = value * math.exp(-half), value * math.exp(half)
    return dict(
        setting=setting,
        subject="copy/view",
        wall_s=wall_s,
        value=value,
        low=low,
        high=high,
        different=True,
    )


def comparison(rounds, cv, plan=None, seed=5):
    """A comparison of `rounds` quiet rounds in which the copy/view ratio spreads as `cv` says:
    {(front end, budget): sample deviation of its logarithm}."""
    chance = random.Random(seed)
    fabric = Fabric(plan or plans.Plan(1, rounds, 0, 1.0))
    offsets = {key: spread_exactly(rounds, value, chance) for key, value in sorted(cv.items())}
    for i in range(rounds):
        ours = {budget: offsets["zcbench", budget][i] for budget in ("10s", "36s")}
        fabric.zcbench_slice(i + 1, plans.QUIET, ours)
        fabric.pyperf_slice(i + 1, plans.QUIET, offsets["pyperf", "36s"][i])
        fabric.gbench_slice(i + 1, plans.QUIET, "9", offsets["Google Benchmark", "10s"][i], 10.0)
        fabric.gbench_slice(i + 1, plans.QUIET, "20", offsets["Google Benchmark", "36s"][i], 36.0)
    return fabric


# Stand-ins -------------------------------------------------------------------------------------

# The python of the peers' environment: tells by the script's name what it is to be.
PEERS = """#!{python}
import json, os, sys
if os.path.exists({fuse!r}):
    left = int(open({fuse!r}).read()) - 1
    open({fuse!r}, "w").write(str(left))
    if left < 0:
        sys.exit("the fuse has blown")
words = sys.argv[1:]
name = os.path.basename(words[0])
def after(flag):
    return words[words.index(flag) + 1]
def option(flag):
    return next(w.split("=", 1)[1] for w in words if w.startswith(flag + "="))
if words[:1] == ["-I"]:
    print("3.11.7 2.10.0 1.9.5 1.0" if "pyperf" in words[2] else sys.executable)
elif name == "peer_pyperf.py":
    run = {{"metadata": {{"duration": 0.5}}, "values": [2e-7, 3e-7, 4e-7]}}
    calibration = {{"metadata": {{"duration": 0.5}}, "warmups": [[1, 1.0]]}}
    json.dump({{"benchmarks": [{{"runs": [calibration] + [run] * 20}}]}}, open(after("-o"), "w"))
elif name == "peer_pyperf_verdict.py":
    json.dump([[a != b, 0.5] for a, b in json.load(sys.stdin)], sys.stdout)
elif name == "peer_gbench.py":
    names = [w.split("=")[0] for w in words[2:] if not w.startswith("--")]
    rows = []
    for n in names:
        rows += [{{"name": n, "run_type": "iteration", "real_time": 5e5 + i}}
                 for i in range(int(option("--benchmark_repetitions")))]
        rows.append({{"name": n + "_mean", "run_type": "aggregate", "real_time": 1.0}})
    json.dump({{"benchmarks": rows}}, open(option("--benchmark_out"), "w"))
elif name == "compare.py":
    json.dump([{{"utest": {{"time_pvalue": 0.04}}}}, {{"utest": {{}}}}], open(after("-d"), "w"))
else:
    sys.exit("asked for " + name)
"""

ZCBENCH = """#!{python}
import csv, json, os, shutil, sys, time
SPEEDUP = "arm,size_bytes,gross,gross_lo,gross_hi,twin,twin_lo,twin_hi\\n"
ARMS = ["view", "view:slow_0p5", "view:slow_1", "view:slow_2", "view:slow_5"]
ARMS += ["view:990", "view:950", "view:800", "view:600"]
def figures(folder, launches):
    with open(os.path.join(folder, "speedup.csv"), "w") as file:
        file.write(SPEEDUP)
        for arm in ARMS:
            file.write("%s,64,0.98,0.97,0.99,1.0,0.99,%s\\n" % (arm, 1.5 + launches))
    with open(os.path.join(folder, "breakeven.csv"), "w") as file:
        file.write("status,bytes,ci_lo,ci_hi\\ncrossed,500,490,%d\\n" % (500 + launches))
words = sys.argv[1:]
if words[0] == "--version":
    print("zcbench 0.0")
elif words[0] == "report":
    with open(os.path.join(words[1], "samples.csv")) as file:
        rows = list(csv.DictReader(file))
    with open(os.path.join(words[1], "launches.csv")) as file:
        assert {{r["launch"] for r in csv.DictReader(file)}} == {{r["launch"] for r in rows}}
    with open(os.path.join(words[1], "run.json")) as file:
        assert json.load(file)["sample_rows"] == len(rows)
    figures(words[1], len({{r["launch"] for r in rows}}))
else:
    folder = words[words.index("--out") + 1]
    os.makedirs(folder)
    now = time.time()
    with open(os.path.join(folder, "launches.csv"), "w") as file:
        file.write("launch,phase,started_utc\\n0,proof,2026-01-01T00:00:00.000Z\\n")
        for k in range(1, 24):
            stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now + k))
            file.write("%d,measure,%s.500Z\\n" % (k, stamp))
    with open(os.path.join(folder, "samples.csv"), "w") as file:
        file.write("launch,block,order,arm,iterations,elapsed_ns\\n")
        for k in range(1, 24):
            for block in range(3):
                for arm, ns in (
                    ("copy", 300 + k), ("view", 100), ("twin", 300 + k), ("null", 15 + k / 20)
                ):
                    file.write("%d,%d,0,%s,1000,%d\\n" % (k, block, arm, ns * 1000))
    open(os.path.join(folder, "cells.csv"), "w").close()
    worker = os.path.join(os.path.dirname(sys.argv[0]), "worker")
    interpreter = {{"worker": worker, "program": sys.executable, "path": ""}}
    facts = {{"timed_share": 0.875, "wall_s": 2.5, "sample_rows": 23 * 3 * 4}}
    with open(os.path.join(folder, "run.json"), "w") as file:
        json.dump(dict(facts, interpreters=[interpreter]), file)
    figures(folder, 23)
"""

WORKER = """#!{python}
import sys
assert sys.argv[1:3] == ["--loop-cost", "--program"]
print("loop,median_ns,lowest_ns,highest_ns")
print("capi,0.35,0.3,4\\npython,5.0,4.9,9\\ntimeit,6.25,6,9")
"""

GATE = """#!{python}
import os, sys
assert os.path.basename(sys.argv[1]) == "launches.csv.gz" and os.path.exists(sys.argv[1])
print("| slow-down | beyond | confirmed |")
print("|---|---|---|")
print("| 0 % | 1 of 3000 (0.00-0.12 %) | 0 of 3000 (0.00-0.12 %) |")
print("| 10 % | 2999 of 3000 (9 %) | 2998 of 3000 (9 %) |")
"""


def write_program(path, text, **values):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.format(python=sys.executable, **values))
    os.chmod(path, 0o755)


def build_folder(folder):
    """A build folder with stand-ins of every program. A file `fuse` in it holds how many calls of
    the peers succeed before they fail; without it all do."""
    folder = str(folder)
    fuse = os.path.join(folder, "fuse")
    venv = os.path.join(folder, "venv-trust")
    write_program(os.path.join(venv, "bin", "python"), PEERS, fuse=fuse)
    write_program(os.path.join(folder, "zcbench"), ZCBENCH)
    write_program(os.path.join(folder, "worker"), WORKER)
    write_program(os.path.join(folder, "resample_gate"), GATE)
    for name in ("libzcbtrust.so", os.path.join("venv-trust", "compare.py")):
        open(os.path.join(folder, name), "w").close()
    return folder
