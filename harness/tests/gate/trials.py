#!/usr/bin/env python3
"""Tries the gate on real measurements: unchanged code, a view made a tenth slower, a view made twice as slow against a
stored baseline. Each try is a run of a few cells and a gate on it, in a folder of its own; what came of it is a row of
FOLDER/tries.csv, and the launches of unchanged code go to FOLDER/launches.csv, to be drawn from again by resample_gate.

    harness/tests/gate/trials.py FOLDER unchanged=60 slower=20
    harness/tests/gate/trials.py FOLDER stored=5 stored_twice=5 --neighbour

Takes up where it was left: tries are numbered on. Kinds take turns in proportion, so that they meet the same machine."""
import csv
import json
import math
import os
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.abspath(os.path.join(HERE, "..", "..", ".."))
ZCBENCH = os.path.join(os.environ.get("ZCB_BUILD_DIR") or os.path.join(TOP, "build"), "zcbench")
PYTHON = os.environ.get("ZCB_TRIAL_PYTHON", "python3")
SHORT = ["hand_over", "--pairs", os.path.join(HERE, "hand_over.py"), "--profile", "quick", "--launches", "14",
         "--blocks", "12", "--visit", "200us", "--size", "1K,4K", "--no-memory", "--no-refine"]
TRIES = ["kind", "number", "neighbour", "exit_code", "seconds", "gate_seconds", "load1", "outcomes", "worst"]
LAUNCHES = ["number", "launch", "size_bytes", "arm", "log_ratio"]


def variant(name, version):
    return ["--python", "%s=%s,path=%s" % (name, PYTHON, os.path.join(HERE, version))]


def zcbench(*words):
    return subprocess.run([ZCBENCH, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)


def run(out, *variants):
    done = zcbench("run", *SHORT, *[word for one in variants for word in one], "--out", out)
    if done.returncode != 0:
        sys.exit("the run failed: %s" % done.stderr)


def judge(out, *words):
    done = zcbench("gate", *words, out)
    with open(os.path.join(out, "gate.json")) as file:
        return done, json.load(file)


def side(version):
    def go(out, _):
        run(out, variant("base", "accepted"), variant("head", version))
        start = time.monotonic()
        return start, judge(out, "--base", "base", "--head", "head")
    return go


def stored(version):
    def go(out, folder):
        accepted = os.path.join(folder, "accepted.json")
        if not os.path.exists(accepted):
            run(out, variant("library", "accepted"))
            zcbench("baseline", out, "--out", accepted)
            shutil.rmtree(out)
        run(out, variant("library", version))
        start = time.monotonic()
        return start, judge(out, "--baseline", accepted)
    return go


KINDS = {"unchanged": side("accepted"), "slower": side("slower"), "stored": stored("accepted"),
         "stored_twice": stored("twice")}


def quickest(out):
    """{(python, launch, size, arm): ns per operation} of the launches that choose."""
    with open(os.path.join(out, "launches.csv"), newline="") as file:
        fresh = {row["launch"] for row in csv.DictReader(file) if row["phase"] == "confirm"}
    found = {}
    with open(os.path.join(out, "samples.csv"), newline="") as file:
        for row in csv.DictReader(file):
            if row["arm"] in ("copy", "twin", "view") and row["launch"] not in fresh:
                key = row["python"], int(row["launch"]), int(row["size_bytes"]), row["arm"]
                ns = int(row["elapsed_ns"]) / int(row["iterations"])
                found[key] = min(found.get(key, ns), ns)
    return found


def append(folder, name, columns, rows):
    path = os.path.join(folder, name)
    is_new = not os.path.exists(path)
    with open(path, "a", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if is_new:
            writer.writerow(columns)
        writer.writerows(rows)


def count(folder, kind):
    path = os.path.join(folder, "tries.csv")
    if not os.path.exists(path):
        return 0
    with open(path, newline="") as file:
        return sum(row["kind"] == kind for row in csv.DictReader(file))


def attempt(folder, kind, neighbour):
    number = count(folder, kind) + 1
    out = os.path.join(folder, "run")
    shutil.rmtree(out, ignore_errors=True)
    start = time.monotonic()
    gate_start, (done, found) = KINDS[kind](out, folder)
    end = time.monotonic()
    outcomes = sorted({row["outcome"] for row in found.get("figures", [])})
    worst = max((row["measure"].get("change") or 0 for row in found.get("figures", [])), default=0)
    append(folder, "tries.csv", TRIES, [[kind, number, int(neighbour), done.returncode, "%.1f" % (end - start),
                                         "%.1f" % (end - gate_start), "%.1f" % os.getloadavg()[0], " ".join(outcomes),
                                         "%.4f" % worst]])
    if kind == "unchanged":
        times = quickest(out)
        append(folder, "launches.csv", LAUNCHES,
               [[number, launch, size, arm, "%.6f" % math.log(ns / times["base", launch, size, arm])]
                for (python, launch, size, arm), ns in sorted(times.items()) if python == "head"])
    print("%s %d: exit %d after %.1f s, %s" % (kind, number, done.returncode, end - start, " ".join(outcomes)), flush=True)


def main():
    words = [word for word in sys.argv[1:] if word != "--neighbour"]
    neighbour = len(words) < len(sys.argv) - 1
    if len(words) < 2 or any("=" not in word or word.split("=")[0] not in KINDS for word in words[1:]):
        sys.exit(__doc__)
    folder = os.path.abspath(words[0])
    os.makedirs(folder, exist_ok=True)
    wanted = {word.split("=")[0]: int(word.split("=")[1]) for word in words[1:]}
    busy = subprocess.Popen([sys.executable, "-c", "while True: pass"]) if neighbour else None
    try:
        while True:
            shares = {kind: count(folder, kind) / total for kind, total in wanted.items() if count(folder, kind) < total}
            if not shares:
                break
            attempt(folder, min(shares, key=shares.get), neighbour)
    finally:
        if busy is not None:
            busy.kill()
            busy.wait()


if __name__ == "__main__":
    main()
