"""A folder of its own in which zcbench runs with interpreters that do not exist and a worker whose
times follow a known law, and what must hold of a run's folder whatever happened to it."""

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from trials import Failed

TOP = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
sys.path.insert(0, os.path.join(TOP, "harness", "tests", "driver"))
import fake_share  # noqa: E402

RECORDED = "run.json samples.csv launches.csv cells.csv memory.csv semantics.csv lies.csv".split()
DERIVED = "summary.csv speedup.csv breakeven.csv scaling.csv summary.md answers.md".split()
ARMS = ("copy", "view", "null", "twin", "limit")
LIMIT_S = 60
SENTENCE = re.compile("zcbench( [a-z]+)?: ")

# A run of three pairs at two sizes that takes about two seconds, most of them asleep.
PAIRS, SIZES, LAUNCHES, BLOCKS = ("plain", "slow_one", "slow_two"), (256, 4096), 3, 5
PLAN = "run plain slow_one slow_two --launches 3 --blocks 5 --size 256,4096 --seed 5 --out".split()
# The same shape in a quarter of a second, for what is tried often.
QUICK_PAIRS = ("plain", "second")
QUICK = "run plain second --launches 2 --blocks 5 --size 256,4096 --seed 5 --out".split()


def expected(pairs=PAIRS, launches=LAUNCHES):
    """The visits of a whole run."""
    return sorted(
        (pair, size, launch, block, arm)
        for pair in pairs
        for size in SIZES
        for launch in range(1, launches + 1)
        for block in range(BLOCKS)
        for arm in ARMS
    )


class Place:
    """Use as a context: the folder is removed at its end. `build` is where zcbench is."""

    def __init__(self, build, plots=False, prefix="zcb-torture-"):
        self.build, self.plots, self.prefix = build, plots, prefix

    def __enter__(self):
        self.top = os.path.realpath(tempfile.mkdtemp(prefix=self.prefix))
        self.share, self.workers = fake_share.make(self.top)
        self.work, self.tmp = os.path.join(self.top, "work"), os.path.join(self.top, "tmp")
        os.makedirs(self.work)
        os.makedirs(self.tmp)
        for tag in ("cp311", "cp313"):
            fake = os.path.join(fake_share.HERE, "contract_fake_worker.py")
            shutil.copy(fake, os.path.join(self.workers, "zcbench-worker-" + tag))
        if self.plots:
            os.symlink(os.path.join(TOP, "plots"), os.path.join(self.share, "plots"))
        return self

    def __exit__(self, *_):
        for folder, names, _ in os.walk(self.top):
            for name in names:  # not of what is only linked to: that is the tree's own
                if not os.path.islink(os.path.join(folder, name)):
                    os.chmod(os.path.join(folder, name), 0o700)
        shutil.rmtree(self.top)

    def environment(self, **more):
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        keep.update(
            ZCB_SHARE_DIR=self.share, ZCB_WORKER_DIR=self.workers, TMPDIR=self.tmp, NO_COLOR="1"
        )
        keep.update(more)
        return keep

    def start(self, *words, before=(), **options):
        """A running zcbench; `before` are words put before it (prlimit …)."""
        environment = options.pop("env", {})
        options.setdefault("stdin", subprocess.DEVNULL)
        options.setdefault("stdout", subprocess.PIPE)
        options.setdefault("stderr", subprocess.PIPE)
        options.setdefault("cwd", self.work)
        command = list(before) + [os.path.join(self.build, "zcbench")] + list(words)
        return subprocess.Popen(command, env=self.environment(**environment), **options)

    def run(self, *words, **options):
        """zcbench to its end: (exit code, stdout, stderr)."""
        process = self.start(*words, **options)
        try:
            out, err = process.communicate(timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise Failed("%s did not end within %d s" % (" ".join(map(str, words)), LIMIT_S))
        return process.returncode, (out or b"").decode("utf-8", "replace"), decode(err)

    # What is left.

    def processes(self):
        """Those that have this place in their command line or environment."""
        found, mark = [], self.top.encode()
        for name in filter(str.isdigit, os.listdir("/proc")):
            for part in ("cmdline", "environ"):
                try:
                    with open("/proc/%s/%s" % (name, part), "rb") as file:
                        if mark in file.read() and int(name) != os.getpid():
                            found.append(int(name))
                            break
                except OSError:
                    pass
        return found

    def await_no_process(self, limit_s=10):
        until = time.monotonic() + limit_s
        while self.processes():
            if time.monotonic() > until:
                names = [command_line(pid) for pid in self.processes()]
                raise Failed("left running: %s" % "; ".join(names))
            time.sleep(0.02)

    def path(self, folder, name):
        return os.path.join(self.work, folder, name)

    def read(self, folder, name):
        try:
            with open(self.path(folder, name), "rb") as file:
                return file.read()
        except OSError:
            return b""

    def finished(self, folder):
        """The rows of samples.csv that are whole cells of one launch, as bytes: what must never be
        lost."""
        lines = self.read(folder, "samples.csv").splitlines(keepends=True)
        if lines and not lines[-1].endswith(b"\n"):
            lines.pop()
        rows = max(0, len(lines) - 1) // (BLOCKS * len(ARMS)) * BLOCKS * len(ARMS)
        return b"".join(lines[: rows + 1]) if rows else b""

    def await_lines(self, process, folder, count):
        """Until samples.csv has that many lines, or the process ends."""
        until = time.monotonic() + LIMIT_S
        while self.read(folder, "samples.csv").count(b"\n") < count and process.poll() is None:
            if time.monotonic() > until:
                raise Failed("no %d lines within %d s" % (count, LIMIT_S))
            time.sleep(0.01)

    def check_kept(self, folder, before):
        if not self.read(folder, "samples.csv").startswith(before):
            raise Failed("finished cells were lost or changed")

    def check_complete(self, folder, visits, failed=()):
        """Every planned visit is there once, the run is complete, and nothing lies about. Cells of
        the pairs in `failed` may have failed."""
        with open(self.path(folder, "samples.csv"), newline="") as file:
            rows = list(csv.DictReader(file))
        got = sorted(
            (row["pair"], int(row["size_bytes"]), int(row["launch"]), int(row["block"]), row["arm"])
            for row in rows
        )
        wanted = [visit for visit in visits if visit[0] not in failed]
        if [visit for visit in got if visit[0] not in failed] != wanted:
            raise Failed("%d visits instead of %d, or not the same" % (len(got), len(visits)))
        if len(set(got)) != len(got):
            raise Failed("a visit was recorded twice")
        for row in rows:
            if not 0 < int(row["elapsed_ns"]) < 10**9:
                raise Failed("elapsed_ns %s was never measured" % row["elapsed_ns"])
        with open(self.path(folder, "cells.csv"), newline="") as file:
            cells = list(csv.DictReader(file))
        if {(row["pair"], int(row["size_bytes"])) for row in cells} != {v[:2] for v in visits}:
            raise Failed("cells.csv does not hold the planned cells")
        bad = [row for row in cells if row["status"] != "ok" and row["pair"] not in failed]
        if bad:
            raise Failed("cell %(pair)s %(size_bytes)s: %(status)s, %(reason)s" % bad[0])
        if json.loads(self.read(folder, "run.json").decode())["complete"] is not True:
            raise Failed("run.json does not say complete")
        for name in DERIVED:
            if not self.read(folder, name):
                raise Failed("%s is missing or empty" % name)
        self.check_tables(folder)
        self.check_clean(folder)

    def check_tables(self, folder):
        """The derived tables are those of the recorded data."""
        before = {name: self.read(folder, name) for name in DERIVED}
        code, _, err = self.run("report", folder)
        if code != 0:
            raise Failed("report of the run: exit %d, %s" % (code, last_line(err)))
        for name in DERIVED:
            if self.read(folder, name) != before[name]:
                raise Failed("%s is not what the recorded data give" % name)

    def check_clean(self, folder):
        """No temporary file in the run's folder, beside it, or where such files go."""
        known = set(RECORDED + DERIVED + ["plots", "pair.py", "gate.json", "report.html"])
        strange = sorted(set(os.listdir(os.path.join(self.work, folder))) - known)
        plots = os.path.join(self.work, folder, "plots")
        if os.path.isdir(plots):
            strange += [name for name in os.listdir(plots) if name.endswith(".part")]
        strange += os.listdir(self.tmp)
        if strange:
            raise Failed("left behind: %s" % ", ".join(strange))

    def finish(self, folder, visits, plan=PLAN, failed=()):
        """Goes on until the run is complete, as a user would, and checks it. A run that was ended
        before its folder was made is begun again."""
        words = ("run", "--resume", folder)
        if not os.path.exists(self.path(folder, "run.json")):
            words = tuple(plan) + (folder,)
        code, _, err = self.run(*words)
        if code != 0:
            raise Failed("%s: exit %d, %s" % (" ".join(words[:2]), code, last_line(err)))
        self.check_complete(folder, visits, failed)
        self.await_no_process()


def decode(data):
    return (data or b"").decode("utf-8", "replace")


def last_line(text):
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "nothing said"


def command_line(pid):
    try:
        with open("/proc/%d/cmdline" % pid, "rb") as file:
            return decode(file.read().replace(b"\0", b" "))[:200]
    except OSError:
        return "?"


def children(pid):
    """Direct children of a process."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/stat" % name) as file:
                if int(file.read().rsplit(")", 1)[1].split()[1]) == pid:
                    found.append(int(name))
        except (OSError, IndexError):
            pass
    return found


def check_sentence(code, err, allowed):
    """The exit code is an allowed one; a failure is told in one clear line."""
    if code not in allowed:
        name = signal.Signals(-code).name if code < 0 else "exit %d" % code
        raise Failed("ended with %s: %s" % (name, last_line(err)))
    told = [line for line in err.splitlines() if SENTENCE.match(line)]
    if code not in (0, -signal.SIGKILL) and len(told) != 1:
        raise Failed("exit %d with %d sentences: %s" % (code, len(told), " | ".join(told) or err))
    if told and ("%" in told[0] or "(null)" in told[0] or "Success" in told[0]):
        raise Failed("a sentence that is not clear: %s" % told[0])
