#!/usr/bin/env python3
"""A real interpreter of an unusual kind goes the whole way: found, embedded, worker built, every pair of the standard set
proved, measured and counted with no cell refused or failed.

    interpreter_kinds.py ZCBENCH KIND

Where this machine has no interpreter of that kind the test is skipped (exit 77) and says so. One that find-python does not
find by itself is named in ZCB_TEST_PYTHONS, paths separated by colons. The run is short: that it works is asked, not how
fast. A worker that is built here stays in the build folder.
"""
import collections
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
SKIPPED = 77
QUICK = ["--profile", "quick", "--launches", "2", "--blocks", "5", "--visit", "100us", "--size", "64,4K,1M",
         "--no-refine"]


def version_of(facts):
    return tuple(int(part) for part in facts["version"].split(".")[:2])


# What an interpreter of each kind is, in find-python's words.
KINDS = collections.OrderedDict([
    ("oldest", lambda facts: version_of(facts) == (3, 8)),
    ("3.14", lambda facts: version_of(facts) == (3, 14) and facts["gil"]),
    ("3.15", lambda facts: version_of(facts) == (3, 15) and facts["gil"]),
    ("free-threaded", lambda facts: not facts["gil"]),
    ("debug", lambda facts: facts["debug"]),
    ("jit", lambda facts: facts["jit"] == 1),
    ("static", lambda facts: facts["library"].endswith(".a")),
    ("distribution", lambda facts: facts["executable"].startswith("/usr/bin/")),
    ("virtual-environment", lambda facts: os.path.exists(os.path.join(facts["prefix"], "pyvenv.cfg"))),
])


def candidates(build):
    """What find-python says of every interpreter, those named in ZCB_TEST_PYTHONS first."""
    named = [path for path in os.environ.get("ZCB_TEST_PYTHONS", "").split(":") if path]
    command = [os.path.join(TOP, "scripts", "find-python"), "--build-dir", build] + named + ["all"]
    done = subprocess.run(command, stdout=subprocess.PIPE, universal_newlines=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def virtual_environment(folder):
    """The python of one of the interpreter that runs this; made once, so that its worker is built once."""
    python = os.path.join(folder, "bin", "python")
    if not os.path.exists(python):
        subprocess.check_call([sys.executable, "-m", "venv", "--without-pip", "--system-site-packages", folder])
    return python


def check(zcbench, executable, out):
    """Runs the standard set: what is wrong, a line each."""
    command = [zcbench, "run", "--python", executable, "--out", out] + QUICK
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          universal_newlines=True)
    if done.returncode != 0:
        return ["exit code %d" % done.returncode] + done.stderr.splitlines()[-20:]
    with open(os.path.join(out, "cells.csv"), newline="") as file:
        cells = list(csv.DictReader(file))
    with open(os.path.join(out, "memory.csv"), newline="") as file:
        counted = {(row["pair"], row["lane"]) for row in csv.DictReader(file)}
    wrong = ["%(pair)s %(lane)s %(size_bytes)s: %(status)s (%(reason)s)" % cell
             for cell in cells if cell["status"] in ("refused", "failed", "skipped")]
    measured = {(cell["pair"], cell["lane"]) for cell in cells if cell["status"] in ("ok", "noisy")}
    wrong += ["%s %s: nothing counted in the memory pass" % pair for pair in sorted(measured - counted)]
    if len(measured) < 10:
        wrong.append("only %d pairs were measured" % len(measured))
    print("%d cells of %d pairs" % (len(cells), len(measured)))
    return wrong


def main():
    zcbench, kind = sys.argv[1:]
    build = os.path.dirname(os.path.abspath(zcbench))
    place = tempfile.mkdtemp(prefix="zcb-kind-")
    try:
        if kind == "virtual-environment":
            os.environ["ZCB_TEST_PYTHONS"] = virtual_environment(os.path.join(build, "test-venv"))
        fitting = [facts for facts in candidates(build) if facts["ok"] and KINDS[kind](facts)]
        if not fitting:
            print("skipped: no CPython of kind '%s' that can be used is on this machine" % kind)
            return SKIPPED
        print("%(version)s, %(executable)s" % fitting[0], flush=True)
        wrong = check(zcbench, fitting[0]["executable"], os.path.join(place, "run"))
        print("\n".join(wrong))
        return 1 if wrong else 0
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    sys.exit(main())
