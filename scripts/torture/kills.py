"""Ended at random moments: the driver by SIGINT, SIGTERM and SIGKILL, a worker, a child that measures.
What was finished is kept, `--resume` completes the run to the same cells, nothing is left behind."""

import os
import random
import shutil
import signal
import time

from place import LIMIT_S, PLAN, Place, check_sentence, children, expected, last_line
from trials import Failed, Trial

WALL_S = 3.0  # of a whole run
CHAIN = 4  # kills of one run, one sitting after another
EXPECTED_EXIT = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGKILL: -signal.SIGKILL}
REAL_PAIRS = ("bytes_slice", "shared_memory", "file_read")
REAL = "--lane python --launches 3 --blocks 5 --size 4096,16384 --seed 5 --no-memory --out".split()


def interrupt(place, words, number, after_s):
    """Lets zcbench run for a while, then ends it: its exit code. That it ended by itself before is
    an outcome, too."""
    process = place.start(*words)
    try:
        time.sleep(after_s)
        process.send_signal(number)
        _, err = process.communicate(timeout=LIMIT_S)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    return process.returncode, err.decode("utf-8", "replace")


def kill_driver(context, number, seed):
    """CHAIN sittings, each ended; then the run is completed."""
    noise = random.Random(seed)
    with Place(context.build, plots=noise.random() < 0.25) as place:
        before = b""
        for _ in range(CHAIN):
            begun = os.path.exists(place.path("out", "run.json"))
            words = ("run", "--resume", "out") if begun else tuple(PLAN) + ("out",)
            code, err = interrupt(place, words, number, noise.uniform(0.0, WALL_S))
            # A signal may come before the program has begun to catch it, or after its last word.
            check_sentence(code, err, (EXPECTED_EXIT[number], -number, 0))
            place.await_no_process()
            place.check_kept("out", before)
            before = place.finished("out")
            if number != signal.SIGKILL and os.listdir(place.tmp):
                raise Failed("left behind: %s" % os.listdir(place.tmp))
        place.finish("out", expected())
        place.check_kept("out", before)


def victims(pid, generation):
    """The workers of a driver, or their children."""
    found = [child for child in children(pid) if is_worker(child)]
    for _ in range(generation):
        found = [child for parent in found for child in children(parent)]
    return found


def is_worker(pid):
    try:
        with open("/proc/%d/cmdline" % pid, "rb") as file:
            return b"--serve" in file.read()
    except OSError:
        return False


def kill_below(place, words, generation, number, noise):
    """Kills a worker, or its child, at a random moment of a run, which must then go on to its end:
    True when one was hit."""
    process = place.start(*words)
    hit, until = False, time.monotonic() + LIMIT_S
    wait_until = time.monotonic() + noise.uniform(0.2, 2.0)
    while process.poll() is None and not hit and time.monotonic() < until:
        time.sleep(0.002)
        if time.monotonic() < wait_until:
            continue
        for pid in victims(process.pid, generation)[:1]:
            try:
                os.kill(pid, number)
                hit = True
            except ProcessLookupError:
                pass
    _, err = process.communicate(timeout=LIMIT_S)
    err = err.decode("utf-8", "replace")
    if process.returncode not in (0, 5):
        raise Failed("exit %d: %s" % (process.returncode, last_line(err)))
    place.await_no_process()
    return hit


def read_cells(place, folder):
    lines = place.read(folder, "cells.csv").decode().splitlines()[1:]
    return [line.split(",", 8) for line in lines]


def check_one_cost(place, folder, hit):
    """The kill cost the cell at work, or (in its proof) its pair; all others are whole."""
    failed = [cell for cell in read_cells(place, folder) if cell[7] != "ok"]
    if len({cell[1] for cell in failed}) > 1:
        raise Failed("one kill cost more than one pair: %s" % failed)
    if failed and (not hit or not failed[0][8].strip(",")):
        raise Failed("a cell failed without a reason: %s" % failed[0])
    return {cell[1] for cell in failed}


def kill_worker(context, number, seed):
    noise = random.Random(seed)
    with Place(context.build) as place:
        hit = kill_below(place, tuple(PLAN) + ("out",), 0, number, noise)
        place.check_complete("out", expected(), check_one_cost(place, "out", hit))
        if not hit:
            raise Failed("no worker was there to be killed")


def shared_memory():
    try:
        return set(os.listdir("/dev/shm"))
    except OSError:
        return set()


def is_mapped(name):
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/maps" % pid) as file:
                if "/dev/shm/" + name in file.read():
                    return True
        except OSError:
            pass
    return False


def real_place(context, place):
    """Real workers of the default python3 instead of the others."""
    shutil.rmtree(place.workers)
    os.environ.setdefault("ZCB_BUILD_DIR", context.build)
    return {"ZCB_SHARE_DIR": context.top, "ZCB_WORKER_DIR": context.build}


def kill_real(context, generation, number, seed):
    """With the worker of a real Python: socket, file and shared-memory pairs."""
    noise, before = random.Random(seed), shared_memory()
    with Place(context.build) as place:
        place.environment_more = real_place(context, place)
        words = ("run",) + REAL_PAIRS + tuple(REAL) + ("out",)
        place.start = with_environment(place.start, place.environment_more)
        if generation < 0:
            code, err = interrupt(place, words, number, noise.uniform(0.3, 3.0))
            check_sentence(code, err, (EXPECTED_EXIT[number], 0))
        else:
            kill_below(place, words, generation, number, noise)
        place.await_no_process()
        words = ("run", "--resume", "out")
        if not os.path.exists(place.path("out", "run.json")):
            words = ("run",) + REAL_PAIRS + tuple(REAL) + ("out",)
        code, _, err = place.run(*words)
        if code not in (0, 5):
            raise Failed("--resume: exit %d, %s" % (code, last_line(err)))
        check_one_cost(place, "out", generation >= 0)
        place.check_tables("out")
        place.check_clean("out")
    left = [name for name in shared_memory() - before if not is_mapped(name)]
    if left:
        raise Failed("shared memory left behind: %s" % ", ".join(left))


def with_environment(start, more):
    def started(*words, **options):
        options["env"] = dict(more, **options.get("env", {}))
        return start(*words, **options)

    return started


def plan(context):
    size = context.size
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        row = "driver ended by %s, resumed" % number.name
        for i in range(size(4, 17)):
            name = "%d" % i
            yield Trial(row, name, lambda n=number, i=i: kill_driver(context, n, context.seed + i))
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV):
        for i in range(size(1, 7)):
            yield Trial(
                "worker ended by %s" % number.name,
                "%d" % i,
                lambda n=number, i=i: kill_worker(context, n, context.seed + i),
            )
    if not context.has_worker:
        return
    for i in range(size(1, 10)):
        yield Trial(
            "real worker ended by SIGKILL",
            "%d" % i,
            lambda i=i: kill_real(context, 0, signal.SIGKILL, context.seed + i),
        )
        yield Trial(
            "its measuring child ended by SIGKILL",
            "%d" % i,
            lambda i=i: kill_real(context, 1, signal.SIGKILL, context.seed + i),
        )
        yield Trial(
            "driver of a real worker ended by SIGKILL, resumed",
            "%d" % i,
            lambda i=i: kill_real(context, -1, signal.SIGKILL, context.seed + i),
        )


def trials_of(row):
    """Kills per trial of a row."""
    return CHAIN if row.startswith("driver ended by") else 1
