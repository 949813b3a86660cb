#!/usr/bin/env python3
"""A worker without a benchmark: describes pairs and answers jobs with times that follow a known law.

Per operation: null 10 ns, view 100 ns, copy and twin 50 ns + size / 16 ns, limit 40 ns + size / 16 ns, all within 2 %. So
copy and view cross at 800 bytes. A reading consumer adds size / 8 ns to both. What a
pair is named says how it behaves: `refused_*` fails its proof, `raises_*` raises in it, `dies_*` takes the worker with it in launch after launch, `slow_*` takes 0.1 s a job, `step_*`
copies in 80 ns up to 617 bytes and in 5 us from there on, `newer_*` has a view of 125 ns on cp313, `*_numpy` needs numpy, `memoryless_*` takes the worker with it in the memory pass,
`late_*` goes on after its measuring: a visit more when the next job has come.
A copy makes one block of size + 33 bytes, a view one of 184 that keeps the source alive.
With `--path DIR` a library is measured: views take DIR/factor times as long, and where DIR/refuses is there no proof passes.
"""
import json
import os
import random
import sys
import time
from urllib.parse import unquote

NAMES = ["plain", "second", "with_numpy", "refused_one", "raises_one", "dies_one", "slow_one", "slow_two", "step_one"]
ARMS = ["copy", "view", "null", "twin", "limit"]


def cost_ns(arm, size):
    return {"null": 10, "view": 100, "limit": 40 + size / 16}.get(arm, 50 + size / 16)


def entry(name, lane, file):
    return {"id": "T%d" % (NAMES.index(name) + 1) if name in NAMES else "U1", "name": name, "group": "test", "kind": "Z",
            "lane": lane, "note": "a note", "requires": "numpy" if name.endswith("_numpy") else "", "size_min": 64,
            "size_max": 1 << 26, "alternatives": ["view"], "file": file, "ok": True, "reason": ""}


def library(name):
    """The content of a file of the library under --path, or None."""
    if "--path" in sys.argv:
        path = os.path.join(sys.argv[sys.argv.index("--path") + 1], name)
        if os.path.exists(path):
            with open(path) as file:
                return file.read()
    return None


def describe(files):
    pairs, errors = [entry(name, "capi", "capi/%s.c" % name) for name in NAMES], []
    for path in files:
        name = os.path.basename(path)[:-3]
        try:
            compile(open(path).read(), path, "exec")
            pairs.append(entry(name, "python", path))
        except SyntaxError as error:
            errors.append({"file": path, "error": "SyntaxError: %s" % error})
    if "cp313" in sys.argv[0]:
        for pair in pairs:
            if pair["name"] == "second":
                pair.update(ok=False, reason="needs Python 3.99")
    numpy = library("numpy.version")
    facts = {"numpy": numpy} if numpy is not None else {}
    print(json.dumps({"schema": 1, "interpreter": facts, "pairs": pairs, "errors": errors}))


def say(line):
    os.write(4, (line + "\n").encode())


def end(token, status, visits=0):
    say("end token=%s status=%s visits=%d switches=1 peak_kib=1000" % (token, status, visits))


def extra_ns(job, arm, size):
    """What the pair and the consumer add to cost_ns."""
    reading = size / 8 if job["consumer"] == "read" and arm != "null" else 0
    if job["pair"].startswith("newer_") and arm == "view" and "cp313" in sys.argv[0]:
        return reading + 25
    if job["pair"].startswith("step_") and arm in ("copy", "twin"):
        return reading + (80 if size <= 617 else 5000) - cost_ns(arm, size)
    return reading


def calibrate(job, size):
    for arm in ARMS:
        count = max(1, int(500000 / cost_ns("view" if arm == "null" else arm, size)))
        say("calibrated token=%s arm=%s n=%d ns=%d tries=2 settled=1" % (job["token"], arm, count,
                                                                         int(count * cost_ns(arm, size)) + 1))
    end(job["token"], "ok")


def memory(job, size):
    figures = {"copy": (1, size + 33, 0, size + 33, size + 33, size), "view": (1, 184, 1, 184, size + 281, size)}
    for arm, values in figures.items():
        shared = "1" if arm == "view" else "0"
        say("memory token=%s arm=%s blocks=%s bytes=%s gc=%s peak=%s retained=%s used=%s" % ((job["token"], arm) + values)
            + " change=%s locked= kept=%s writable=1 contiguous=1" % (shared, shared))
    end(job["token"], "ok")


def lies():
    rows = [{"lie": "full_slice", "statement": "b[:]", "claim": "same object", "found": "same object", "note": "itself"},
            {"lie": "array", "statement": "array(b)", "claim": "hidden copy", "found": "", "note": "needs numpy"}]
    print(json.dumps({"schema": 1, "lies": rows}))


def measure(job, size):
    noise = random.Random(int(job["seed"]))
    factor = float(library("factor") or 1)
    counts = [item.rsplit(":", 1) for item in job["counts"].split(",")]
    lines = []
    for block in range(int(job["blocks"])):
        sparse = block % int(job["sparse_every"]) != 0
        arms = [item for item in counts if not (sparse and item[0] in ("twin", "limit"))]
        noise.shuffle(arms)
        for order, (arm, count) in enumerate(arms):
            each = (cost_ns(arm, size) + extra_ns(job, arm, size)) * (factor if arm == "view" else 1)
            ns = int(int(count) * each * noise.uniform(0.98, 1.02)) + 1
            lines.append("visit token=%s block=%d order=%d arm=%s n=%s ns=%d faults=0" % (job["token"], block, order, arm,
                                                                                       count, ns))
    for line in lines:
        say(line)
    end(job["token"], "ok", len(lines))


def work(verb, job):
    size, pair = int(job["size"]), job["pair"]
    if pair.startswith("slow_"):
        time.sleep(0.1)
    if verb == "proof":
        if pair.startswith("refused_") or library("refuses") is not None:
            say("refused token=%s reason=the%%20view%%20copies" % job["token"])
            return end(job["token"], "refused")
        if pair.startswith("raises_"):
            say("error token=%s reason=ValueError:%%20no" % job["token"])
            return end(job["token"], "error")
        say("proved token=%s" % job["token"])
        return end(job["token"], "ok")
    if verb == "calibrate":
        return calibrate(job, size)
    if pair.startswith("memoryless_") and verb == "memory":
        os.abort()
    if verb == "memory":
        return memory(job, size)
    if pair.startswith("dies_"):
        os.abort()
    return measure(job, size)


def serve():
    late = ""
    for line in os.fdopen(3):
        verb, _, rest = line.strip().partition(" ")
        job = {key: unquote(value) for key, _, value in (field.partition("=") for field in rest.split())}
        if verb == "load":
            say("loaded pair=%s" % job["pair"])
        elif verb == "ready":
            say("hello pid=%d prefix=/ version=3.11 numpy=" % os.getpid())
        elif verb == "quit":
            return
        else:
            if late:
                say(late)
            late = ""
            work(verb, job)
            if verb == "measure" and job["pair"].startswith("late_"):
                late = "visit token=%s block=0 order=0 arm=copy n=1 ns=1 faults=0" % job["token"]


if __name__ == "__main__":
    if "--is-build" in sys.argv:
        sys.exit(0)
    elif "--describe" in sys.argv:
        describe(sys.argv[sys.argv.index("--pairs") + 1:])
    elif "--lies" in sys.argv:
        lies()
    else:
        serve()
