"""The tasks of the plan by name. All that is compared lies within one task."""

import os
import shutil
import time

import with_gbench
import with_pyperf
import with_zcbench
import zcbench_self
from job import Job

TASKS = {
    "zcbench_slice": with_zcbench.zcbench_slice,
    "zcbench_view": with_zcbench.zcbench_view,
    "zcbench_chain": with_zcbench.zcbench_chain,
    "zcbench_chain_rigorous": lambda job: with_zcbench.zcbench_injected(
        job, job.variant, "rigorous"
    ),
    "zcbench_ratio": zcbench_self.zcbench_ratio,
    "zcbench_breakeven": zcbench_self.zcbench_breakeven,
    "zcbench_whole": zcbench_self.zcbench_whole,
    "gate_resampled": zcbench_self.gate_resampled,
    "pyperf_slice": with_pyperf.pyperf_slice,
    "pyperf_rigorous": with_pyperf.pyperf_rigorous,
    "pyperf_chain": with_pyperf.pyperf_chain,
    "gbench9_slice": with_gbench.gbench_slice_between,
    "gbench20_slice": with_gbench.gbench_slice_within,
    "gbench9_chain": lambda job: with_gbench.gbench_chain(job, "9"),
    "gbench20_chain": lambda job: with_gbench.gbench_chain(job, "20"),
}


def measure(tools, scale, number, condition, task, seed):
    """Measures one task: its rows, `done` last. A FrontEndError when a front end fails."""
    job = Job(tools, scale, number, condition, task, seed)
    try:
        begin, load = time.monotonic(), os.getloadavg()[0]
        TASKS[task.name](job)
        wall_s = time.monotonic() - begin
        job.add("done", subject=task.variant, wall_s=wall_s, value=load, note="value: load before")
        return job.rows
    finally:
        shutil.rmtree(job.folder, ignore_errors=True)
