"""Calls that fail: the k-th write, sync, rename, open, fork, exec, mmap, allocation … of the driver or of a
worker, by libzcbfault.so. Each ends in an exit code of the table, one clear sentence, and files that can
be gone on with."""

import errno
import os
import random

from place import QUICK, QUICK_PAIRS, Place, check_sentence, expected
from trials import Failed, Trial

# Operation, errno, what the row says; persistent from that call on where it says so.
FAULTS = (
    ("write", errno.ENOSPC, "+", "disk full from the k-th write on"),
    ("write", errno.EIO, "", "the k-th write fails"),
    ("sync", errno.EIO, "", "the k-th sync fails"),
    ("rename", errno.ENOSPC, "", "the k-th rename fails"),
    ("open", errno.EMFILE, "", "the k-th open fails"),
    ("open", errno.EMFILE, "+", "descriptors exhausted from the k-th open on"),
    ("mkdir", errno.ENOSPC, "", "the k-th mkdir fails"),
    ("read", errno.EIO, "", "the k-th read fails"),
    ("fork", errno.EAGAIN, "", "the k-th fork fails"),
    ("fork", errno.EAGAIN, "+", "no fork from the k-th on"),
    ("exec", errno.ENOMEM, "", "the k-th exec fails"),
    ("spawn", errno.ENOMEM, "", "the k-th spawn fails"),
    ("pipe", errno.EMFILE, "", "the k-th pipe fails"),
    ("alloc", errno.ENOMEM, "", "the k-th allocation fails"),
    ("alloc", errno.ENOMEM, "+", "no memory from the k-th allocation on"),
)
# The same while a torn run is resumed.
RESUMED = (
    ("ftruncate", errno.EIO, "", "resuming: the k-th truncation fails"),
    ("write", errno.ENOSPC, "+", "resuming: disk full from the k-th write on"),
    ("open", errno.EMFILE, "", "resuming: the k-th open fails"),
    ("rename", errno.EROFS, "", "resuming: the k-th rename fails"),
    ("alloc", errno.ENOMEM, "", "resuming: the k-th allocation fails"),
)
# In the worker of a real Python, whose calls nobody has counted: k is drawn up to the last number.
WORKERS = (
    ("fork", errno.EAGAIN, "", "a worker's k-th fork fails", 12),
    ("fork", errno.EAGAIN, "+", "a worker can't fork from the k-th time on", 12),
    ("mmap", errno.ENOMEM, "", "a worker's k-th mmap fails", 200),
    ("write", errno.EIO, "", "a worker's k-th write fails", 20),
    ("alloc", errno.ENOMEM, "", "a worker's k-th allocation fails", 60000),
    ("alloc", errno.ENOMEM, "+", "a worker has no memory from its k-th allocation on", 60000),
)
CLOCKS = (
    ("realtime", -86400 * 400, "the wall clock jumps back 400 days"),
    ("realtime", 86400 * 400, "the wall clock jumps ahead 400 days"),
    ("monotonic", 5, "the driver is held for 5 s (its clock jumps)"),
    ("monotonic", 7200, "the driver is held for 2 h (its clock jumps)"),
)
VISITS = expected(QUICK_PAIRS, 2)


def preload(context):
    return os.path.join(context.build, "libzcbfault.so")


def with_fault(context, fault):
    return {"LD_PRELOAD": preload(context), "ZCB_FAULT": fault}


def tear(context, place):
    """Leaves a run in `out` that a full disk broke off, and half a line behind its samples."""
    place.run(*QUICK, "out", env=with_fault(context, "write:45+:%d" % errno.ENOSPC))
    with open(place.path("out", "samples.csv"), "ab") as file:
        file.write(b"cp311,plain,ca")
    return ("run", "--resume", "out")


def count_calls(context, resumed):
    """{operation: calls} of an undisturbed run, or of a torn one resumed; each made once."""
    name = "calls_resumed" if resumed else "calls"
    with context.lock:
        if not hasattr(context, name):
            with Place(context.build) as place:
                path = os.path.join(place.top, "counts")
                words = tear(context, place) if resumed else tuple(QUICK) + ("out",)
                code, _, err = place.run(
                    *words, env={"LD_PRELOAD": preload(context), "ZCB_FAULT_COUNTS": path}
                )
                if code != 0:
                    raise Failed("the undisturbed run: exit %d, %s" % (code, err))
                with open(path) as file:
                    calls = {line.split()[0]: int(line.split()[1]) for line in file}
                calls["exec"] = 1  # each child's first
                setattr(context, name, calls)
    return getattr(context, name)


def fail_call(context, op, number, mode, seed, of, resumed):
    """Trial `seed` of `of`: a call in the seed-th part of all calls of that operation."""
    calls = count_calls(context, resumed)[op]
    if calls == 0:
        raise Failed("a run makes no call of %s" % op)
    low, high = 1 + calls * seed // of, max(1 + calls * seed // of, calls * (seed + 1) // of)
    call = random.Random("%s %s %d" % (op, mode, seed)).randint(low, high)
    with Place(context.build) as place:
        fault = "%s:%d%s:%d" % (op, call, mode, number)
        words = tear(context, place) if resumed else tuple(QUICK) + ("out",)
        before = place.finished("out")
        code, _, err = place.run(*words, env=with_fault(context, fault))
        try:
            check_sentence(code, err, (0, 1, 2, 5))
            place.await_no_process()
            place.check_kept("out", before)
            check_files(place, code)
        except Failed as why:
            raise Failed("%s: %s" % (fault, why))


def check_files(place, code):
    """A run that could not begin leaves no folder, or one that a new run takes; one that did is gone
    on with. What a fault has cost a cell is told in its row."""
    before = place.finished("out")
    if code == 0:
        check_told_failures(place)
        return
    if os.listdir(place.tmp):
        raise Failed("left behind: %s" % os.listdir(place.tmp))
    words = ("run", "--resume", "out")
    if not os.path.exists(place.path("out", "run.json")):
        words = tuple(QUICK) + ("out",)
    again, _, err = place.run(*words)
    if again != 0:
        raise Failed("then `%s`: exit %d, %s" % (" ".join(words[:2]), again, err.strip()))
    place.check_kept("out", before)
    check_told_failures(place)


def check_told_failures(place):
    """All cells are there; those that are not ok say why."""
    failed = set()
    for line in place.read("out", "cells.csv").decode().splitlines()[1:]:
        words = line.split(",", 8)
        if words[7] != "ok":
            failed.add(words[1])
            if not words[8].strip(","):
                raise Failed("a cell is %s without a reason" % words[7])
    place.check_complete("out", VISITS, failed)


def jump(context, clock, seconds, seed, of):
    calls = count_calls(context, False)[clock]
    call = 1 + calls * seed // of
    with Place(context.build) as place:
        fault = "%s:%d:%d" % (clock, call, seconds)
        code, _, err = place.run(*QUICK, "out", env=with_fault(context, fault))
        try:
            check_sentence(code, err, (0,))
            check_told_failures(place)
        except Failed as why:
            raise Failed("%s: %s" % (fault, why))


WRAPPER = """#!/bin/sh
LD_PRELOAD="%s${LD_PRELOAD:+ $LD_PRELOAD}" ZCB_FAULT=%s ZCB_FAULT_PROGRAM=%s exec "%s" "$@"
"""


def harm_worker(context, op, number, mode, most, seed):
    """Every start of the worker of a real Python meets the same fault: cells fail for a reason, or
    are measured; nothing else is recorded."""
    noise = random.Random("%s %s %d" % (op, mode, seed))
    fault = "%s:%d%s:%d" % (op, int(most ** noise.random()), mode, number)
    with Place(context.build) as place:
        real = [name for name in os.listdir(context.build) if name.startswith("zcbench-worker-")]
        for name in real:
            path = os.path.join(place.workers, name)
            with open(path, "w") as file:
                words = (preload(context), fault, name, os.path.join(context.build, name))
                file.write(WRAPPER % words)
            os.chmod(path, 0o755)
        words = "run bytes_slice view_hash --lane python --launches 2 --blocks 5 --seed 5"
        words += " --size 4096,16384 --cell-limit 3s --out out"
        code, _, err = place.run(*words.split(), env={"ZCB_SHARE_DIR": context.top})
        try:
            check_sentence(code, err, (0, 2, 5))
            place.await_no_process()
            if code == 0:
                check_rows(place)
        except Failed as why:
            raise Failed("%s: %s" % (fault, why))


def check_rows(place):
    """Cells that are ok have all their visits of both launches, others a reason."""
    visits = {}
    for line in place.read("out", "samples.csv").decode().splitlines()[1:]:
        words = line.split(",")
        visits[words[1], words[6]] = visits.get((words[1], words[6]), 0) + 1
    for line in place.read("out", "cells.csv").decode().splitlines()[1:]:
        words = line.split(",", 8)
        count = visits.get((words[1], words[6]), 0)
        if words[7] in ("ok", "noisy") and count != 2 * 5 * 5:
            raise Failed("an ok cell has %d visits" % count)
        if words[7] not in ("ok", "noisy") and not words[8].strip(","):
            raise Failed("a cell is %s without a reason" % words[7])
    place.check_tables("out")
    place.check_clean("out")


def plan(context):
    for resumed, faults in ((False, FAULTS), (True, RESUMED)):
        for op, number, mode, row in faults:
            of = context.size(2, 30 if op == "alloc" else 10)
            for i in range(1 if op in ("exec", "ftruncate") else of):
                yield Trial(
                    row,
                    "%d" % i,
                    lambda op=op, number=number, mode=mode, i=i, of=of, resumed=resumed: fail_call(
                        context, op, number, mode, i, of, resumed
                    ),
                )
    for op, number, mode, row, most in WORKERS if context.has_worker else ():
        for i in range(context.size(1, 8)):
            yield Trial(
                row,
                "%d" % i,
                lambda op=op, number=number, mode=mode, most=most, i=i: harm_worker(
                    context, op, number, mode, most, i
                ),
            )
    for clock, seconds, row in CLOCKS:
        of = context.size(1, 8)
        for i in range(of):
            yield Trial(
                row,
                "%d" % i,
                lambda clock=clock, seconds=seconds, i=i, of=of: jump(context, clock, seconds, i, of),
            )
