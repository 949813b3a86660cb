"""The machine around a run as users have it: full disks, folders that can't be written, no gnuplot, few
descriptors, little memory, odd folder names, locales and time zones, two runs at once."""

import os
import shutil
import signal
import subprocess
import time

from place import LIMIT_S, PLAN, QUICK, QUICK_PAIRS, Place, check_sentence, decode, expected
from place import last_line
from kills import check_one_cost
from trials import Failed, Trial

VISITS = expected(QUICK_PAIRS, 2)
NAMES = (
    b"with spaces",
    b"with 'single' and \"double\" quotes",
    b"with\nnewline",
    b"with\ttab",
    b"not \xff\xfe UTF-8",
    b"-leading dash",
    b"$(touch made) `touch made`; touch made",
    b"%s%n%d",
    "ünïcödé ☃".encode(),
    b"a,comma and 100% \\backslash\\",
    b"x" * 200,
)


def finish_after(place, code, err, plan=QUICK, visits=VISITS, allowed=(1, 2)):
    """After a failed run: one sentence, and a second attempt without the fault completes it."""
    check_sentence(code, err, allowed)
    place.await_no_process()
    before = place.finished("out")
    place.finish("out", visits, plan)
    place.check_kept("out", before)


def is_root():
    return os.geteuid() == 0


class Mounted:
    """A file system of its own of some KiB, where that is allowed."""

    def __init__(self, path, kib):
        self.path, self.kib = path, kib

    def __enter__(self):
        words = ["mount", "-t", "tmpfs", "-o", "size=%dk" % self.kib, "zcb-torture", self.path]
        self.is_there = (
            shutil.which("mount") is not None
            and subprocess.run(words, stderr=subprocess.DEVNULL).returncode == 0
        )
        return self.is_there

    def __exit__(self, *_):
        if self.is_there:
            subprocess.run(["umount", self.path], check=True)


def full_disk(context, kib):
    with Place(context.build) as place:
        with Mounted(place.work, kib) as is_there:
            if not is_there:
                return ("ok", "skipped: nothing to mount with, or no right to")
            code, _, err = place.run(*QUICK, "out")
            if code == 0:
                subprocess.run(["mount", "-o", "remount,size=64m", place.work], check=True)
                place.check_complete("out", VISITS)
                return None
            check_sentence(code, err, (1, 2))
            place.await_no_process()
            if os.path.exists(place.path("out", "run.json")):
                before = place.finished("out")
                subprocess.run(["mount", "-o", "remount,size=64m", place.work], check=True)
                place.finish("out", VISITS, QUICK)
                place.check_kept("out", before)
            elif os.path.exists(os.path.join(place.work, "out")):
                raise Failed("a folder without a run: %s" % os.listdir(place.work + "/out"))
    return None


def small_files(context, size):
    """No file may grow beyond `size` bytes."""
    with Place(context.build) as place:
        code, _, err = place.run(*QUICK, "out", before=["prlimit", "--fsize=%d" % size])
        if code == 0:
            place.check_complete("out", VISITS)
            return
        finish_after(place, code, err)


def full_stdout(context, words):
    with Place(context.build) as place, open("/dev/full", "w") as full:
        process = place.start(*words, stdout=full)
        _, err = process.communicate(timeout=LIMIT_S)
        check_sentence(process.returncode, decode(err), (1,))


def closed_streams(context, streams):
    """Standard streams that are closed: nothing that is meant for them reaches a file."""
    with Place(context.build) as place:
        zcbench = os.path.join(place.build, "zcbench")
        line = 'exec "$0" "$@" ' + " ".join(streams)
        command = ["sh", "-c", line, zcbench] + QUICK + ["out"]
        done = subprocess.run(
            command, cwd=place.work, env=place.environment(), stderr=subprocess.PIPE, timeout=LIMIT_S
        )
        if done.returncode not in (0, 1):
            raise Failed("exit %d" % done.returncode)
        if done.returncode == 1 and ">&-" not in streams:
            raise Failed("exit 1: %s" % last_line(decode(done.stderr)))
        place.check_complete("out", VISITS)


def read_only(context):
    """As an ordinary user: root may write anyway."""
    with Place(context.build) as place:
        os.chmod(place.work, 0o555)
        before = ()
        if is_root():
            for folder in (place.top, place.share, place.workers):
                os.chmod(folder, 0o755)
            before = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        code, _, err = place.run(*QUICK, "out", before=before)
        check_sentence(code, err, (2,))
        if os.listdir(place.work):
            raise Failed("something was written")


def no_gnuplot(context, kind):
    """gnuplot missing, failing, hanging … on PATH: everything else is produced."""
    with Place(context.build, plots=True) as place:
        tools = os.path.join(place.top, "bin")
        os.makedirs(tools)
        for name in ("python3", "env", "sh"):
            os.symlink(shutil.which(name), os.path.join(tools, name))
        if kind != "missing":
            path = os.path.join(tools, "gnuplot")
            with open(path, "w") as file:
                file.write("#!/bin/sh\n" + {"fails": "exit 1", "dies": "kill -SEGV $$"}[kind] + "\n")
            os.chmod(path, 0o755)
        code, _, err = place.run(*QUICK, "out", env={"PATH": tools})
        check_sentence(code, err, (0,))
        notes = [line for line in err.splitlines() if "gnuplot" in line]
        if not notes or (kind == "missing" and len(notes) > 1):
            raise Failed("%d notes: %s" % (len(notes), err))
        pictures = place.path("out", "plots")
        names = os.listdir(pictures) if os.path.isdir(pictures) else []
        if [name for name in names if name.endswith((".svg", ".png", ".part"))]:
            raise Failed("pictures that can't be: %s" % names)
        place.check_clean("out")


def failed_pairs(place):
    rows = place.read("out", "cells.csv").decode().splitlines()[1:]
    return {row.split(",")[1] for row in rows if row.split(",")[7] != "ok"}


def few_descriptors(context, count):
    with Place(context.build) as place:
        code, _, err = place.run(*QUICK, "out", before=["prlimit", "--nofile=%d" % count])
        if code == 0:
            place.check_complete("out", VISITS, failed_pairs(place))
        elif code == 5:
            check_sentence(code, err, (5,))
            if len(failed_pairs(place)) != len(QUICK_PAIRS):
                raise Failed("nothing was measured, but not all failed")
        else:
            finish_after(place, code, err)


def little_memory(context, mib):
    """The driver's own memory is limited; its workers inherit that."""
    with Place(context.build) as place:
        code, _, err = place.run(*QUICK, "out", before=["prlimit", "--as=%d" % (mib << 20)])
        if code == 0:
            place.check_complete("out", VISITS, failed_pairs(place))
            return
        check_sentence(code, err, (1, 2, 5))


def memory_bomb(context):
    """A pair that takes all memory it can get, on a real worker: its cells fail, the machine stays
    usable, the pair beside it is measured."""
    with Place(context.build) as place:
        bomb = os.path.join(context.top, "harness", "tests", "fixtures", "memory_bomb.py")
        words = "run memory_bomb view_hash --lane python --launches 1 --blocks 2 --size 4096"
        code, _, err = place.run(
            *words.split(), "--no-memory", "--pairs", bomb, "--out", "out",
            env={"ZCB_SHARE_DIR": context.top, "ZCB_WORKER_DIR": context.build},
        )
        check_sentence(code, err, (0,))
        rows = place.read("out", "cells.csv").decode().splitlines()[1:]
        status = {row.split(",")[1]: row.split(",", 8)[7:] for row in rows}
        if status["view_hash"][0] != "ok" or status["memory_bomb"][0] not in ("failed", "refused"):
            raise Failed("cells: %s" % status)
        place.await_no_process()


def odd_name(context, name, where):
    """A folder of that name as --out, or above everything."""
    with Place(context.build, plots=True) as place:
        if where == "above":
            above = os.path.join(place.work.encode(), name)
            os.makedirs(above)
            place.work = os.fsdecode(above)
            out = b"out"
        else:
            out = name
        words = [os.fsencode(word) for word in QUICK[:-1]] + [b"--out=" + out]
        code, _, err = place.run(*words)
        if code != 0:
            raise Failed("exit %d: %s" % (code, last_line(err)))
        folder = os.fsdecode(out)
        for table in ("summary.csv", "answers.md", "run.json"):
            if not place.read(folder, table):
                raise Failed("%s is missing" % table)
        place_check(place, folder)
        if [n for _, _, names in os.walk(place.top) for n in names if n == "made"]:
            raise Failed("a name was run as a command")


def place_check(place, folder):
    code, _, err = place.run("run", "--resume", os.path.join(".", folder))
    if code != 0:
        raise Failed("--resume: exit %d, %s" % (code, last_line(err)))
    plots = [n for n in os.listdir(place.path(folder, "plots")) if n.endswith(".svg")]
    if shutil.which("gnuplot") and not plots:
        raise Failed("no pictures")


def make_locale(context, name):
    """A locale of the distribution's sources, made in a folder of its own; None without them."""
    folder = os.path.join(context.scratch, "locales")
    with context.lock:
        if not os.path.isdir(os.path.join(folder, name)):
            os.makedirs(folder, exist_ok=True)
            language = name.split(".")[0]
            try:
                done = subprocess.run(
                    ["localedef", "-i", language, "-f", "UTF-8", os.path.join(folder, name)],
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                )
            except OSError:
                return None
            if done.returncode not in (0, 1) or not os.path.isdir(os.path.join(folder, name)):
                return None
    return folder


def other_locale(context, name):
    folder = make_locale(context, name)
    if folder is None:
        return ("ok", "skipped: no sources of locales here (package locales)")
    words = "run plain second --launches 2 --blocks 5 --size 256,4096 --seed 5 --out".split()
    with Place(context.build, plots=True) as place:
        code, out, err = place.run(
            *words, "out", "--json", env={"LOCPATH": folder, "LC_ALL": name, "LANG": name}
        )
        check_sentence(code, err, (0,))
        place.check_complete("out", VISITS)
        code, plain, _ = place.run(*words, "plain", "--json")
        for table in ("cells.csv", "memory.csv", "semantics.csv"):
            if place.read("out", table) != place.read("plain", table):
                raise Failed("%s depends on the locale" % table)
        if b"," in b"".join(place.read("out", "run.json").split(b'"timed_share": ')[1:])[:2]:
            raise Failed("run.json has a decimal comma")
        if out.count(".") < 3:
            raise Failed("the JSON on stdout has no decimal points")
    return None


def other_zone(context, zone):
    with Place(context.build) as place:
        process = place.start(*PLAN, "out", env={"TZ": "UTC"})
        place.await_lines(process, "out", 30)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=LIMIT_S)
        before = place.finished("out")
        code, _, err = place.run("run", "--resume", "out", env={"TZ": zone})
        check_sentence(code, err, (0,))
        place.check_complete("out", expected())
        place.check_kept("out", before)
        times = [line.split(b",")[5] for line in place.read("out", "launches.csv").splitlines()[1:]]
        if times != sorted(times) or not all(text.endswith(b"Z") for text in times):
            raise Failed("the launches' times are not in order: %s" % times)


def two_at_once(context, how):
    with Place(context.build) as place:
        if how == "one folder":
            first, second = (place.start(*QUICK, "out") for _ in range(2))
        elif how == "default folders":
            first, second = (place.start(*QUICK[:-1]) for _ in range(2))
        else:
            process = place.start(*PLAN, "out")
            place.await_lines(process, "out", 30)
            process.kill()
            process.communicate(timeout=LIMIT_S)
            first, second = (place.start("run", "--resume", "out") for _ in range(2))
        ends = []
        for process in (first, second):
            _, err = process.communicate(timeout=LIMIT_S)
            ends.append((process.returncode, decode(err)))
        place.await_no_process()
        if how == "default folders":
            runs = [n for n in os.listdir(os.path.join(place.work, "results")) if n != "latest"]
            if len(runs) != 2 or [code for code, _ in ends] != [0, 0]:
                raise Failed("%d folders, exits %s" % (len(runs), [code for code, _ in ends]))
            for name in runs:
                place.check_complete(os.path.join("results", name), VISITS)
            return
        for code, err in ends:
            check_sentence(code, err, (0, 2))
        if 0 not in [code for code, _ in ends]:
            raise Failed("both gave up: %s" % ends)
        place.check_complete("out", VISITS if how == "one folder" else expected())


def held(context, seconds):
    """Driver and workers are stopped for a while, as a frozen container is, and go on: beyond a job's
    limit of ten seconds that costs the cell at work, and says so."""
    with Place(context.build) as place:
        process = place.start(*PLAN, "out")
        place.await_lines(process, "out", 30)
        everyone = [process.pid] + place.processes()
        for number, after_s in ((signal.SIGSTOP, seconds), (signal.SIGCONT, 0)):
            for pid in everyone:
                try:
                    os.kill(pid, number)
                except ProcessLookupError:  # ended between being listed and being stopped
                    pass
            time.sleep(after_s)
        _, err = process.communicate(timeout=LIMIT_S)
        check_sentence(process.returncode, decode(err), (0,))
        failed = check_one_cost(place, "out", seconds > 10)
        place.check_complete("out", expected(), failed)


def plan(context):
    size = context.size
    for kib in (4, 16, 24, 32, 48, 64, 96, 128)[:: size(4, 1)]:
        yield Trial("a disk that is full", "%d KiB" % kib, lambda kib=kib: full_disk(context, kib))
    for limit in (1, 100, 1000, 3000, 6000, 10000, 20000)[:: size(3, 1)]:
        yield Trial(
            "files that can't grow beyond a limit", "%d" % limit,
            lambda limit=limit: small_files(context, limit),
        )
    for words in (("list",), ("show", "plain"), ("--help",), ("--version",), tuple(QUICK) + ("out",)):
        yield Trial("stdout on a full disk", " ".join(words), lambda w=words: full_stdout(context, w))
    for streams in ((">&-",), ("2>&-",), ("<&-", ">&-", "2>&-")):
        yield Trial(
            "closed standard streams", " ".join(streams), lambda s=streams: closed_streams(context, s)
        )
    yield Trial("a folder that is read-only", "1", lambda: read_only(context))
    for kind in ("missing", "fails", "dies"):
        yield Trial("no gnuplot", kind, lambda kind=kind: no_gnuplot(context, kind))
    for count in (4, 6, 8, 10, 12, 14, 16, 18, 20, 24)[:: size(5, 1)]:
        yield Trial("few descriptors", "%d" % count, lambda c=count: few_descriptors(context, c))
    for mib in (16, 24, 32, 48, 64)[:: size(2, 1)]:  # with less it can't even be loaded
        yield Trial("little memory", "%d MiB" % mib, lambda mib=mib: little_memory(context, mib))
    if context.has_worker:
        yield Trial("a pair that takes all memory", "1", lambda: memory_bomb(context))
    for where in ("out", "above"):
        for i, name in enumerate(NAMES):
            if i % size(4, 1) == 0:
                yield Trial(
                    "folder names with spaces, quotes, newlines, other bytes",
                    "%s %r" % (where, name),
                    lambda name=name, where=where: odd_name(context, name, where),
                )
    for name in ("de_DE.UTF-8", "ps_AF.UTF-8", "tr_TR.UTF-8")[: size(1, 3)]:
        yield Trial("a decimal comma", name, lambda name=name: other_locale(context, name))
    for zone in ("Pacific/Kiritimati", "America/St_Johns", ":nonsense")[: size(1, 3)]:
        yield Trial("another time zone when resumed", zone, lambda z=zone: other_zone(context, z))
    for how in ("one folder", "default folders", "resuming"):
        for i in range(size(1, 4)):
            yield Trial(
                "two runs at once", "%s %d" % (how, i), lambda how=how: two_at_once(context, how)
            )
    for seconds in (1, 12)[: size(1, 2)]:
        yield Trial("stopped and continued", "%d s" % seconds, lambda s=seconds: held(context, s))
