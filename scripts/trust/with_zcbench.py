"""zcbench, called as its users call it; verdicts are its own intervals."""

import contextlib
import math
import os
import shutil
import time

import zcbench_run
from job import chain_subject, middle

LONGEST_SPIN = 5.0  # per cent, as in harness/base/selftest.h


def zcbench_call(job, words, name, **options):
    """`zcbench run` into a new folder: its path, when it began (UTC seconds), its wall time."""
    folder = job.path(name)
    command = [job.tools.zcbench, "run", "--python", job.tools.interpreter, "--out", folder] + words
    began = time.time()
    wall_s, _ = job.call(command, **options)
    job.add("run", setting=name, subject=words[0], wall_s=wall_s)
    return zcbench_run.Run(folder, began, wall_s)


def zcbench_subset(job, run, launches):
    """zcbench's own figures of some launches of a run: `zcbench report` on a folder that holds
    only them."""
    with zcbench_part(job, run, launches) as folder:
        return zcbench_run.Figures(folder)


@contextlib.contextmanager
def zcbench_part(job, run, launches):
    """A folder with what zcbench makes of some launches of a run; it is gone afterwards. Without
    gnuplot on its path zcbench spends no time on pictures."""
    folder = job.path("subset")
    run.write_subset(folder, launches)
    job.call([job.tools.zcbench, "report", folder], env=dict(os.environ, PATH="/nonexistent"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def zcbench_budget(job, seconds):
    """More launches than fit, and the time they may take; in a trial a handful of short ones."""
    if job.scale < 1:
        return ["--launches", "12", "--blocks", "5"]
    return ["--launches", "1000", "--blocks", "20", "--budget", "%ds" % seconds]


def add_figure(job, kind, setting, subject, figure, **fields):
    value, low, high = figure
    job.add(
        kind,
        setting=setting,
        subject=subject,
        value=value,
        low=low,
        high=high,
        different=low > 1 or high < 1,
        **fields,
    )


def add_known(job, setting, subject, figure, truth, **fields):
    """A ratio whose truth is known."""
    value, low, high = figure
    job.add(
        "known",
        setting=setting,
        subject=subject,
        value=value,
        low=low,
        high=high,
        different=not low <= truth <= high,
        note="%.9g" % truth,
        **fields,
    )


def zcbench_identical(job, run, arm):
    """The twin of every full set of launches that a standard profile would have made; sets share
    no launch."""
    launches = run.launches()
    size = zcbench_run.STANDARD_LAUNCHES
    for index in range(len(launches) // size):
        chosen = launches[index * size : (index + 1) * size]
        figures = zcbench_subset(job, run, chosen)
        add_figure(
            job,
            "verdict",
            "standard",
            "%s_again/%s" % (arm, arm),
            figures.get("twin"),
            index=index,
            wall_s=run.wall_of(len(chosen)),
        )


def zcbench_slice(job):
    words = ["bytes_slice", "--lane", "python", "--size", "4096"] + zcbench_budget(job, 36)
    run = zcbench_call(job, words, "36s")
    launches = run.launches()
    for launch, started_s, ratios in run.launch_ratios():
        for subject, value in ratios.items():
            job.add(
                "sample",
                setting="36s",
                subject=subject,
                index=launch,
                wall_s=started_s,
                value=value,
            )
    for count in zcbench_run.prefixes(len(launches)):
        figures = zcbench_subset(job, run, launches[:count])
        figure, wall_s = figures.get("gross"), run.wall_of(count)
        add_figure(job, "ratio", "prefix", "copy/view", figure, index=count, wall_s=wall_s)
    whole = zcbench_run.Figures(run.folder)
    add_figure(
        job,
        "ratio",
        "36s",
        "copy/view",
        whole.get("gross"),
        index=len(launches),
        wall_s=run.wall_s,
    )
    count = run.count_within(10 * job.scale)
    if count >= zcbench_run.LAUNCHES_LEAST:
        figure = zcbench_subset(job, run, launches[:count]).get("gross")
        wall_s = run.wall_of(count)
        add_figure(job, "ratio", "10s", "copy/view", figure, index=count, wall_s=wall_s)
    zcbench_identical(job, run, "copy")


def zcbench_view(job):
    """A view against itself: a pair whose copy's place is taken by the view."""
    words = ["view_twin", "--pairs", zcbench_run.VIEW_TWIN, "--size", "4096"]
    run = zcbench_call(job, words + zcbench_budget(job, 10), "10s")
    zcbench_identical(job, run, "view")


def zcbench_injected(job, size, profile):
    words = ["selftest_" + size, "--profile", profile]
    if job.scale < 1:
        words += ["--launches", "6", "--blocks", "5"]
    run = zcbench_call(job, words, profile + "_" + size)
    figures = zcbench_run.Figures(run.folder)
    base = chain_subject(size, "0")
    # The null visits the longest spin alone: what was really put in.
    spin = math.exp(middle(run.launch_medians("null", "copy")))
    for percent in ("0p5", "1", "2", "5"):
        value, low, high = figures.get("gross", "view:slow_" + percent)
        subject = "%s/%s" % (chain_subject(size, percent), base)
        figure = 1 / value, 1 / high, 1 / low
        truth = 1 + spin * float(percent.replace("p", ".")) / LONGEST_SPIN
        add_known(job, profile, subject, figure, truth)
        if percent in ("1", "2"):
            add_figure(job, "verdict", profile, subject, figure, wall_s=run.wall_s)
    twin, subject = figures.get("twin", "view:slow_1"), "%s_again/%s" % (base, base)
    add_figure(job, "verdict", profile, subject, twin, wall_s=run.wall_s)


def zcbench_chain(job):
    for size in job.shuffled(["ns", "us", "ms"]):
        zcbench_injected(job, size, "standard")
