#!/usr/bin/env python3
"""No pair leaves a reference or a block behind: every arm of every pair of every lane is repeated, dropped and read, prepared
and cleared, and what each round leaves is counted: by Python's total of references where the build keeps one (a debug
build), by references to the sources, by its allocated blocks, and by the bytes that the memory pass sees. Not one may be left in every round.

    leaks.py ZCBENCH KIND [TABLE]

KIND is default, the interpreter that `python3` is, or one of interpreter_kinds.py (debug, free-threaded, …). Where this
machine has none the test is skipped (exit 77) and says so. Its worker is built when it is missing. Before the pairs come
two that leak on purpose, and must be noticed. Given TABLE, all counts are written there as CSV.
"""
import csv
import json
import os
import subprocess
import sys

import interpreter_kinds
from worker_client import TOKEN, TOP, Worker, fields

FIXTURES = TOP / "harness" / "tests" / "fixtures"
PLANTED = ("leaks_reference", "leaks_container")
FIGURES = ("references", "to_sources", "blocks", "bytes")
CONDITIONS = (("hot", "drop"), ("hot", "read"))
SIZE = 4096
LIMIT_MS = 60000


def interpreter(build, kind):
    """find-python's facts of the first that fits, or None."""
    if kind != "default":
        fitting = [facts for facts in interpreter_kinds.candidates(build)
                   if facts["ok"] and interpreter_kinds.KINDS[kind](facts)]
        return fitting[0] if fitting else None
    command = [str(TOP / "scripts" / "find-python"), "--build-dir", build]
    return json.loads(subprocess.check_output(command, universal_newlines=True))


def worker_of(facts, build):
    """The path of its worker, made up to date."""
    subprocess.check_call([str(TOP / "scripts" / "build-worker"), facts["executable"], build])
    return os.path.join(build, facts["worker"])


def describe(worker, facts, modules):
    """What the worker says of every pair."""
    files = sorted(str(path) for path in (TOP / "bench" / "python").glob("*.py"))
    command = [worker, "--describe", "--program", facts["program"], "--modules", modules, "--pairs"] + files
    environment = dict(os.environ, ASAN_OPTIONS="detect_leaks=0")
    return json.loads(subprocess.check_output(command, universal_newlines=True, env=environment))["pairs"]


def count(worker, pair, lane, size, cache, consumer, foreign=()):
    """(rows, "" or why it could not be counted). The pairs in `foreign` use modules that are not Python's own: those are not
    built for a debug build, and take and give references that its total does not see."""
    lines, end = worker.job("leaks token=%s pair=%s lane=%s heap=default cache=%s consumer=%s size=%d seed=5 limit_ms=%d"
                            % (TOKEN, pair, lane, cache, consumer, size, LIMIT_MS))
    rows = [dict(fields(line), pair=pair, lane=lane, consumer=consumer) for line in lines if line.startswith("left ")]
    if pair in foreign:
        for row in rows:
            row["references"] = ""
    reasons = [fields(line)["reason"] for line in lines if not line.startswith("left ")]
    return rows, "" if end["status"] == "ok" else " ".join([end["status"]] + reasons)


def leaks(row):
    return {name: row[name] for name in FIGURES if row[name] != "" and float(row[name]) > 0}


def told(row):
    return "%(pair)s %(lane)s %(consumer)s %(what)s: " % row + ", ".join(
        "%s %s" % (value, name) for name, value in leaks(row).items()) + " left by %(times)s operations" % row


def size_for(pair):
    return min(max(SIZE, pair["size_min"]), pair["size_max"])


def count_pairs(worker, pairs):
    """(all rows, what could not be counted)."""
    rows, failed = [], []
    foreign = {pair["name"] for pair in pairs if any(name in pair["requires"] for name in ("numpy", "pyarrow"))}
    for pair in pairs:
        for cache, consumer in CONDITIONS:
            if consumer == "read" and pair["drop_only"]:
                continue
            found, why = count(worker, pair["name"], pair["lane"], size_for(pair), cache, consumer, foreign)
            rows += found
            if why:
                failed.append("%s %s %s: %s" % (pair["name"], pair["lane"], consumer, why))
    return rows, failed


def overlooked(worker):
    """The planted leaks that were not noticed."""
    missed = []
    for name in PLANTED:
        rows, why = count(worker, name, "python", SIZE, "hot", "drop")
        leaking = {row["what"] for row in rows if leaks(row)}
        wanted = {"view"} if name == "leaks_reference" else {"view", "preparing"}
        missed += ["%s, planted, was not noticed in %s (%s)" % (name, what, why) for what in wanted - leaking]
        missed += ["%s, planted, was found in %s, too" % (name, what) for what in leaking & {"copy", "null", "twin"}]
    return missed


def write_table(path, rows):
    with open(path, "w", newline="") as file:
        writer = csv.DictWriter(file, ("pair", "lane", "consumer", "what", "times") + FIGURES, extrasaction="ignore",
                                lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main():
    zcbench, kind = sys.argv[1:3]
    build = os.path.dirname(os.path.abspath(zcbench))
    facts = interpreter(build, kind)
    if facts is None:
        print("skipped: no CPython of kind '%s' that can be used is on this machine" % kind)
        return interpreter_kinds.SKIPPED
    program, modules = worker_of(facts, build), "numpy" if facts["numpy"] else ""
    described = describe(program, facts, modules)
    pairs = [pair for pair in described if pair["ok"]]
    files = [TOP / "bench" / pair["file"] for pair in pairs if pair["lane"] == "python"]
    files = [path for path in files if path.suffix == ".py"] + [FIXTURES / (name + ".py") for name in PLANTED]
    with Worker(program, facts["program"], files, modules=modules, counting=True) as worker:
        wrong = ["%s: %s" % failed for failed in sorted(worker.load_errors.items())] + overlooked(worker)
        rows, failed = count_pairs(worker, pairs)
    if len(sys.argv) > 3:
        write_table(sys.argv[3], rows)
    wrong += failed + [told(row) for row in rows if leaks(row)]
    print("%s %s%s: %d pairs of %d, %d arms and preparations, of which %d with references counted"
          % (facts["tag"], facts["version"], ", numpy " + facts["numpy"] if facts["numpy"] else "", len(pairs),
             len(described), len(rows), sum(row["references"] != "" for row in rows)))
    if wrong:
        print("\n".join(wrong))
    return 1 if wrong or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
