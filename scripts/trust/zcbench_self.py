"""What zcbench shows about itself: intervals where the truth is known, break-evens by two halves of
a run's launches, the share of its time that is timed, what its loops cost, how the gate decides."""

import math
import os
import re
import sys

import zcbench_run
from job import FrontEndError
from with_zcbench import add_known, zcbench_call, zcbench_part, zcbench_subset

# As in harness/base/selftest.h: copy's multiplications, and those of each alternative.
COPY_STEPS, VIEW_STEPS = 1000, (990, 950, 800, 600)
LOOP_STARTS = 2

# Sizes around the break-even of these Pythons; zcbench adds those between. One at an allocator's
# step, two on a slope.
BREAKEVEN_SIZES = {
    "bytes_slice": "256,512,1024,2048",
    "bytearray_slice": "8K,16K,32K",
    "array_tobytes": "4K,8K,16K,32K",
}
WHOLE_PAIRS = ["bytes_slice", "bytearray_slice", "array_tobytes", "view_tobytes"]
GATE_LAUNCHES = os.path.join(zcbench_run.TOP, "results", "reference", "gate", "launches.csv.gz")


def shorter(job, count, least):
    return str(max(least, round(count * job.scale)))


def no_pictures(job):
    """An environment in whose path zcbench finds a python3, as it must, and no gnuplot, so that it
    spends no time on pictures."""
    folder = job.path("bin")
    os.makedirs(folder, exist_ok=True)
    link = os.path.join(folder, "python3")
    if not os.path.lexists(link):
        os.symlink(sys.executable, link)
    return dict(os.environ, PATH=folder)


def zcbench_ratio(job):
    """Chains of counted multiplications, in sets of launches as a standard profile makes them;
    then what the loops of the same worker cost."""
    words = ["selftest_ratio", "--no-memory", "--launches", shorter(job, 40, 10), "--blocks", "20"]
    run = zcbench_call(job, words, "steps", env=no_pictures(job))
    launches, size = run.launches(), zcbench_run.STANDARD_LAUNCHES
    for index in range(len(launches) // size):
        figures = zcbench_subset(job, run, launches[index * size : (index + 1) * size])
        for steps in VIEW_STEPS:
            figure = figures.get("gross", "view:%d" % steps)
            subject = "%d/%d" % (COPY_STEPS, steps)
            add_known(job, "standard", subject, figure, COPY_STEPS / steps, index=index)
    loop_costs(job, run.facts()["interpreters"][0])


def loop_costs(job, interpreter):
    command = [interpreter["worker"], "--loop-cost", "--program", interpreter["program"]]
    if interpreter["path"]:
        command += ["--path", interpreter["path"]]
    for start in range(LOOP_STARTS):
        _, text = job.call(command)
        for line in text.splitlines()[1:]:
            loop, median_ns = line.split(",")[:2]
            job.add("loop", subject=loop, index=start, value=float(median_ns))


def zcbench_breakeven(job):
    for pair in job.shuffled(["bytes_slice", job.variant]):
        words = [pair, "--lane", "python", "--size", BREAKEVEN_SIZES[pair], "--refine"]
        words += ["--no-memory", "--launches", shorter(job, 20, 12), "--blocks", "10"]
        run = zcbench_call(job, words, pair, env=no_pictures(job))
        launches = run.launches()
        for setting, chosen in (("odd", launches[::2]), ("even", launches[1::2])):
            with zcbench_part(job, run, chosen) as folder:
                add_breakevens(job, setting, pair, folder)
        add_breakevens(job, "whole", pair, run.folder)


def add_breakevens(job, setting, pair, folder):
    for index, row in enumerate(zcbench_run.read_table(folder, "breakeven.csv")):
        note, fields = row["status"], {}
        if row["bytes"]:
            fields = {"value": row["bytes"], "low": row["ci_lo"], "high": row["ci_hi"]}
            if setting == "whole":
                note += " slope=%.3g" % slope_at(folder, float(row["bytes"]))
        job.add("breakeven", setting=setting, subject=pair, index=index, note=note, **fields)


def slope_at(folder, size):
    """|d ln ratio / d ln n| between the nearest measured sizes on both sides of a break-even that
    lie clearly below and above 1; 0 where there are none."""
    below, above = [], []
    for row in zcbench_run.read_table(folder, "speedup.csv"):
        if zcbench_run.interval(row, "gross") is None:
            continue
        value, low, high = zcbench_run.interval(row, "gross")
        point = math.log(float(row["size_bytes"])), math.log(value)
        if low > 1 or high < 1:
            (below if point[0] <= math.log(size) else above).append(point)
    if not below or not above:
        return 0.0
    (x0, y0), (x1, y1) = max(below), min(above)
    return abs((y1 - y0) / (x1 - x0))


def zcbench_whole(job):
    """A run as a user makes one: several pairs, the profile's own sizes, launches and blocks."""
    pairs = WHOLE_PAIRS if job.variant == "standard" else WHOLE_PAIRS[:1]
    words = pairs + ["--lane", "python", "--no-memory", "--profile", job.variant]
    if job.scale < 1:
        words += ["--launches", "2", "--size", "512,4096"]
    run = zcbench_call(job, words, job.variant, env=no_pictures(job))
    facts = run.facts()
    job.add(
        "share",
        setting=job.variant,
        subject="+".join(pairs),
        wall_s=facts["wall_s"],
        value=facts["timed_share"],
    )


def gate_resampled(job):
    """Suites drawn again from the kept launches of the gate's tries, judged by its own code."""
    _, text = job.call([job.tools.gate, GATE_LAUNCHES])
    found = re.findall(r"^\| (\d+) % \|[^|]*\| (\d+) of (\d+)", text, re.MULTILINE)
    if not found:
        raise FrontEndError("%s printed no table that is known" % job.tools.gate)
    for percent, failed, suites in found:
        job.add("gate", setting="confirmed", subject=percent, step=suites, value=int(failed))
