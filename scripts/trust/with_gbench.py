"""Google Benchmark alone, called as its users call it; verdicts are its own compare.py's U
test."""

import collections
import json

import kernels
from job import FrontEndError, chain_subject, middle, script

# Seconds per repetition. Google Benchmark's default, 0.5, is more than it says: it runs 1.4 times as
# many iterations as it thinks it needs. These make runs of 9 repetitions of two benchmarks last 10 s
# and of 20 repetitions of four 36 s.
MIN_TIME_S = 0.34
MIN_TIME_36_S = 0.28
ALPHA = 0.05


def gbench_run(job, setting, benchmarks, place, min_time_s=MIN_TIME_S):
    """One call of the program with `benchmarks` {name: kernel}: path of its JSON, and its wall."""
    path = job.path("gbench-%d.json" % place)
    command = [job.tools.python, script("peer_gbench.py"), job.tools.library]
    command += ["%s=%s" % item for item in benchmarks.items()]
    command += [
        "--benchmark_repetitions=%s" % setting,
        "--benchmark_enable_random_interleaving=true",
        "--benchmark_min_time=%.4fs" % (min_time_s * job.scale),
        "--benchmark_out=" + path,
        "--benchmark_out_format=json",
    ]
    wall_s, _ = job.call(command)
    job.add("run", setting=setting, subject="+".join(benchmarks), step=place, wall_s=wall_s)
    return path, wall_s


def gbench_times(path):
    """{name: [ns per batch of each repetition]}."""
    with open(path, encoding="utf-8") as file:
        entries = json.load(file)["benchmarks"]
    times = collections.defaultdict(list)
    for entry in entries:
        if entry["run_type"] == "iteration":
            times[entry["name"]].append(entry["real_time"])
    return times


def gbench_record(job, setting, path, subjects, place=0):
    """Samples of a run, ns per operation: `subjects` maps the benchmarks' names to ours, which
    begin with the kernel's. Returns {subject: values}."""
    times = gbench_times(path)
    for name, subject in subjects.items():
        batch = kernels.batch(subject)
        for index, value in enumerate(times[name]):
            fields = {"index": index, "step": place, "value": value / batch}
            job.add("sample", setting=setting, subject=subject, **fields)
    return {subject: times[name] for name, subject in subjects.items()}


def gbench_judge(job, setting, mode, wall_s, pairs, values):
    """compare.py's word on each (second, first, words that lead compare.py to them)."""
    for second, first, words in pairs:
        dump = job.path("compare.json")
        command = [job.tools.python, job.tools.compare, "--no-color", "-d", dump] + words
        job.call(command)
        with open(dump, encoding="utf-8") as file:
            tests = [entry["utest"] for entry in json.load(file) if entry.get("utest")]
        if len(tests) != 1:
            raise FrontEndError("compare.py gave %d U tests, not one" % len(tests))
        job.add(
            "verdict",
            setting=setting,
            subject="%s/%s" % (second, first),
            wall_s=wall_s,
            value=middle(values[second]) / middle(values[first]),
            different=tests[0]["time_pvalue"] < ALPHA,
            note="%s p=%.4g" % (mode, tests[0]["time_pvalue"]),
        )


def exactly(name):
    return "^%s$" % name


def gbench_slice_between(job):
    """Two runs of the program with copy and view; identical code is compared between the runs."""
    setting = "9"
    subjects = {name: name for name in ("copy", "view")}
    again = {name: name + "_again" for name in ("copy", "view")}
    first, first_s = gbench_run(job, setting, {"copy": "copy", "view": "view"}, 0)
    second, second_s = gbench_run(job, setting, {"copy": "copy", "view": "view"}, 1)
    values = gbench_record(job, setting, first, subjects, 0)
    values.update(gbench_record(job, setting, second, again, 1))
    pairs = []
    for name in ("copy", "view"):
        words = ["benchmarksfiltered", first, exactly(name), second, exactly(name)]
        pairs.append((name + "_again", name, words))
    gbench_judge(job, setting, "between", 0.5 * (first_s + second_s), pairs, values)


def gbench_slice_within(job):
    """One run with copy and view twice each, interleaved; compared within it."""
    setting = "20"
    names = ["copy", "copy_again", "view", "view_again"]
    benchmarks = {name: name.split("_")[0] for name in job.shuffled(names)}
    path, wall_s = gbench_run(job, setting, benchmarks, 0, MIN_TIME_36_S)
    values = gbench_record(job, setting, path, {name: name for name in names})
    pairs = []
    for name in ("copy", "view"):
        words = ["filters", path, exactly(name), exactly(name + "_again")]
        pairs.append((name + "_again", name, words))
    gbench_judge(job, setting, "within", 0.5 * wall_s, pairs, values)


def gbench_chain(job, setting):
    size = job.variant
    benchmarks = {
        chain_subject(size, percent): "%s.%s" % (size, percent) for percent in job.shuffled("012")
    }
    path, wall_s = gbench_run(job, setting, benchmarks, 0)
    values = gbench_record(job, setting, path, {name: name for name in benchmarks})
    base = chain_subject(size, "0")
    pairs = []
    for percent in "12":
        slow = chain_subject(size, percent)
        pairs.append((slow, base, ["filters", path, exactly(base), exactly(slow)]))
    gbench_judge(job, setting, "within", wall_s * 2 / 3, pairs, values)
