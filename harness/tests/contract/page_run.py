"""A small made-up run whose every text is hostile, reported by the real program: what the tests
of the page look at.
"""

import json
import math
import os
import random

from places import BUILD, TOP, run

HOSTILE = "<script>alert(1)</script> \"q\" 'a' `touch pwned` $(touch pwned) & \u202eabc\u200b"
LONG = HOSTILE + "\n\r\t\x1b[31m" + "x<&>'\"" * 1700  # 10 kB
NAME = "<b>x'\"`id`$(touch pwned)&amp;"  # names are shorter, and have no control characters
VARIANTS = ("cp38", NAME)
PAIRS = (("bytes_slice", "python", "core"), ("bytes_slice", "capi", "core"), (NAME, "python", HOSTILE))
SIZES = [64 << k for k in range(9)]
LAUNCHES, BLOCKS = 4, 6
SAMPLES = (
    "python,pair,lane,heap,cache,consumer,size_bytes,launch,block,order,arm,iterations,"
    "elapsed_ns,minor_faults"
)


def field(text):
    return '"%s"' % text.replace('"', '""')


def variant(name):
    return {
        "name": name, "tag": "cp38", "executable": LONG, "program": LONG, "worker": LONG,
        "path": "", "version": HOSTILE, "compiler": LONG, "config_args": LONG, "numpy": HOSTILE,
        "prefix": LONG, "pgo": False, "lto": None, "debug": False, "gil": True, "jit": False,
        "shared": True,
    }


def describe():
    """run.json as a dictionary."""
    machine = dict.fromkeys(
        "host cpu_model kernel libc libc_tunables thp clocksource governor turbo virtualisation "
        "os".split(), LONG)
    machine.update(memory_bytes=1 << 33, l1d_bytes=32768, l2_bytes=1 << 20, l3_bytes=1 << 25, cpus=2,
                   affinity_cpus=2, aslr=True, hardware_counters=False)
    pairs = [
        {"id": HOSTILE, "name": name, "group": group, "note": LONG, "requires": "", "file": LONG,
         "kind": "Z", "lane": lane, "size_min": 64, "size_max": 1 << 26, "alternatives": ["view"]}
        for name, lane, group in PAIRS
    ]
    return {
        "schema": 1, "run_id": HOSTILE, "complete": False,
        "tool": {"version": "0.1.0", "commit": HOSTILE, "compiler": LONG},
        "arguments": ["run", "--python", LONG, "--out", "x"], "seed": "7", "started_utc": HOSTILE,
        "ended_utc": HOSTILE, "timed_share": 0.5, "wall_s": 3.0,
        "plan": {"profile": HOSTILE, "launches": LAUNCHES, "blocks": BLOCKS, "visit_ns": 500000,
                 "warmup": 10, "budget_s": None, "sparse_from_bytes": 1 << 20, "sparse_every": 4},
        "machine": machine, "interpreters": [variant(name) for name in VARIANTS],
        "left_out": [{"spec": HOSTILE, "reason": LONG}], "pairs": pairs,
    }


def write_cells(folder):
    """samples.csv of a known cost, and cells.csv with one cell of each sad end."""
    luck = random.Random(7)
    with open(os.path.join(folder, "samples.csv"), "w", encoding="utf-8") as samples, open(
        os.path.join(folder, "cells.csv"), "w", encoding="utf-8"
    ) as cells:
        samples.write(SAMPLES + "\n")
        cells.write("python,pair,lane,heap,cache,consumer,size_bytes,status,reason,flags\n")
        for name in VARIANTS:
            for pair, lane, _ in PAIRS:
                for size in SIZES:
                    cell = "%s,%s,%s,default,hot,drop,%d" % (field(name), field(pair), lane, size)
                    cells.write(cell + ",ok,,\n")
                    write_visits(samples, cell, size, luck)
                cell = "%s,%s,%s,default,hot,drop,%d" % (field(name), field(pair), lane, 1 << 20)
                cells.write("%s,failed,%s,\n" % (cell, field(HOSTILE * 3)))


def write_visits(samples, cell, size, luck):
    costs = (("null", 20), ("twin", 60 + size / 10), ("limit", 5 + size / 12),
             ("copy", 60 + size / 10), ("view", 90))
    for launch in range(LAUNCHES):
        for block in range(BLOCKS):
            for order, (arm, ns) in enumerate(costs):
                count = int(500000 / ns)
                elapsed = int(ns * count * math.exp(luck.gauss(0, 0.01)))
                samples.write(
                    "%s,%d,%d,%d,%s,%d,%d,0\n" % (cell, launch, block, order, arm, count, elapsed))


def write_small_tables(folder):
    tables = {
        "launches.csv": "python,launch,phase,seed,env_pad_bytes,started_utc,steal_ms,"
        "involuntary_switches,load1,status\n",
        "memory.csv": "python,pair,lane,size_bytes,arm,blocks_per_op,bytes_per_op,"
        "gc_objects_per_op,peak_bytes,retained_bytes,used_bytes\n"
        "cp38,%s,python,64,copy,1,97,0,97,97,64\ncp38,%s,python,64,view,1,184,1,184,3913,64\n"
        % (field(NAME), field(NAME)),
        "lies.csv": "python,lie,statement,claim,found,note\n"
        "cp38,x,%s,same object,view,%s\n" % (field(HOSTILE), field(HOSTILE)),
    }
    for name, text in tables.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as table:
            table.write(text)


def make(folder):
    """Writes the run into `folder` and reports it; the page's text."""
    os.makedirs(folder)
    with open(os.path.join(folder, "run.json"), "w", encoding="utf-8") as stream:
        json.dump(describe(), stream)
    write_cells(folder)
    write_small_tables(folder)
    return report(folder)


def report(folder, **environment):
    """Reports the run in `folder`; the page's text."""
    done = run(
        [os.path.join(BUILD, "zcbench"), "report", folder],
        cwd=os.path.dirname(folder),
        env=dict(os.environ, ZCB_SHARE_DIR=TOP, **environment),
    )
    assert done.returncode == 0, done.stderr
    assert "report.html" in done.stdout
    with open(os.path.join(folder, "report.html"), encoding="utf-8") as page:
        return page.read()
