"""pyperf, called as its users call it; verdicts are its own test of significance."""

import json

from job import chain_subject, script

PAIR_S = 36.0  # the wall time at which the front ends' spreads are compared


def pyperf_options(job, setting, count):
    if job.scale < 1:
        count = count or max(2, round(20 * job.scale))
        return ["--processes", str(count), "--values", "2", "--min-time", "0.01"]
    if count:
        return ["--processes", str(count)]
    return ["--rigorous"] if setting == "rigorous" else []


def pyperf_values(path):
    """[(seconds of the process, [ns per iteration])] of the processes that gave values."""
    with open(path, encoding="utf-8") as file:
        runs = json.load(file)["benchmarks"][0]["runs"]
    return [
        (run["metadata"]["duration"], [1e9 * value for value in run["values"]])
        for run in runs
        if "values" in run
    ]


def pyperf_run(job, setting, subject, place, kernel=None, count=None):
    """One `python benchmark.py`: its wall time and all its values. `kernel` is the subject by
    default; `count` processes instead of the setting's."""
    kernel = kernel or subject.split("_")[0]
    path = job.path(subject + ".json")
    command = [job.tools.python, script("peer_pyperf.py"), "--kernel", kernel]
    command += ["--library", job.tools.library, "--quiet", "-o", path]
    wall_s, _ = job.call(command + pyperf_options(job, setting, count))
    job.add("run", setting=setting, subject=subject, step=place, wall_s=wall_s)
    processes = pyperf_values(path)
    for index, (duration_s, values) in enumerate(processes):
        for step, value in enumerate(values):
            fields = {"wall_s": duration_s} if step == 0 else {}
            job.add(
                "sample",
                setting=setting,
                subject=subject,
                index=index,
                step=step,
                value=value,
                **fields,
            )
    return wall_s, [value for _, values in processes for value in values]


def pyperf_judge(job, setting, measured, pairs):
    """pyperf's own word on each (second, first) of `pairs`."""
    question = [[measured[first][1], measured[second][1]] for second, first in pairs]
    command = [job.tools.python, script("peer_pyperf_verdict.py")]
    _, answer = job.call(command, input=json.dumps(question))
    for (second, first), (is_different, score) in zip(pairs, json.loads(answer)):
        values = measured[second][1], measured[first][1]
        job.add(
            "verdict",
            setting=setting,
            subject="%s/%s" % (second, first),
            wall_s=measured[second][0] + measured[first][0],
            value=(sum(values[0]) / len(values[0])) / (sum(values[1]) / len(values[1])),
            different=bool(is_different),
            note="t=%.4g" % score,
        )


def pyperf_slice(job):
    """copy and view one right after the other, and one of them once more beside itself. Where that
    took less than 36 s for copy and view, more processes of both until it did."""
    again = job.variant + "_again"
    order = job.shuffled(["copy", "view"])
    order.insert(0 if order[0] == job.variant else 2, again)
    measured = {}
    for place, subject in enumerate(order):
        measured[subject] = pyperf_run(job, "default", subject, place)
    pyperf_judge(job, "default", measured, [(again, job.variant)])
    spent_s = measured["copy"][0] + measured["view"][0]
    processes = 2 * max(2, round(20 * job.scale))
    more = int((PAIR_S * job.scale - spent_s) / spent_s * processes / 2)
    if more >= 2:
        for place, subject in enumerate(job.shuffled(["copy_more", "view_more"]), 3):
            pyperf_run(job, "default", subject, place, count=more)


def pyperf_rigorous(job):
    again = job.variant + "_again"
    measured = {}
    for place, subject in enumerate([job.variant, again]):
        measured[subject] = pyperf_run(job, "rigorous", subject, place)
    pyperf_judge(job, "rigorous", measured, [(again, job.variant)])


def pyperf_chain(job):
    size = job.variant
    measured = {}
    for place, percent in enumerate(job.shuffled("012")):
        subject = chain_subject(size, percent)
        kernel = "%s.%s" % (size, percent)
        measured[subject] = pyperf_run(job, "default", subject, place, kernel)
    base = chain_subject(size, "0")
    pairs = [(chain_subject(size, percent), base) for percent in "12"]
    pyperf_judge(job, "default", measured, pairs)
