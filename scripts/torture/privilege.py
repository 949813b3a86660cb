"""Real runs with less than a program usually has: an ordinary user without capabilities before a
tree that is read-only, no network, a root of its own with one device, one CPU, little memory."""

import csv
import functools
import json
import os
import shutil

import confine
import programs
from place import DERIVED, Place, check_sentence, last_line
from trials import Failed, Trial

SHORT = "--launches 1 --blocks 3 --visit 100us --no-refine --seed 5"
PLAIN = "bytes_slice file_read"
# Whatever speaks to itself through the kernel.
TALKING = (
    "bytes_slice socket_recv socket_gather socket_send_rest http_body asyncio_protocol file_send"
)
SHARING = "bytes_slice file_read mmap_slice shared_memory shared_memory_setup"


def of_worker(context):
    """(executable, prefix) of the first worker's interpreter."""
    tags = os.path.join(context.build, "tags")
    for tag in sorted(os.listdir(tags) if os.path.isdir(tags) else []):
        if os.path.exists(os.path.join(context.build, "zcbench-worker-" + tag)):
            with open(os.path.join(tags, tag), encoding="utf-8") as record:
                return record.read().split("\n")[1:3]
    raise confine.Refused("no worker in the build folder")


def skip_what_is_refused(function):
    """What this machine can't give is skipped, and named."""

    @functools.wraps(function)
    def tried(*words):
        try:
            return function(*words)
        except confine.Refused as why:
            return ("ok", "skipped: %s" % why)

    return tried


class RealPlace(Place):
    """The tree's own pairs and workers; everything in it may be written by anybody."""

    def __init__(self, context):
        super().__init__(context.build)
        self.python, self.python_home = of_worker(context)

    def __enter__(self):
        super().__enter__()
        os.chmod(self.top, 0o755)
        for folder in (self.work, self.tmp):
            os.chmod(folder, 0o777)
        self.hold = os.path.join(self.top, "hold")
        os.makedirs(self.hold)
        return self

    def environment(self, **more):
        bin_folder = os.path.join(self.top, "bin")
        if not os.path.isdir(bin_folder):
            os.makedirs(bin_folder)
            os.symlink(self.python, os.path.join(bin_folder, "python3"))
        path = os.pathsep.join([bin_folder, "/usr/local/bin", "/usr/bin", "/bin"])
        return dict({"PATH": path, "HOME": self.work, "TMPDIR": self.tmp, "NO_COLOR": "1"}, **more)

    def run(self, *words, **options):
        code, out, err = super().run(*words, **options)
        if code == confine.NOT_ALLOWED:
            raise confine.Refused("mounts not allowed here: %s" % last_line(err))
        return code, out, err

    def measure(self, pairs, out="out", before=(), more=()):
        """A short run of these pairs in both lanes: {pair: reason}, "" where all is well."""
        words = ["run"] + pairs.split() + SHORT.split() + ["--size", "4K,16K"] + list(more)
        words += ["--python", self.python, "--out", out]
        code, _, err = self.run(*words, before=before)
        check_sentence(code, err, (0,))
        self.await_no_process()
        self.check_whole(out)
        with open(self.path(out, "cells.csv"), newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        well = ("ok", "noisy")
        reasons = {row["pair"]: "" for row in rows}
        reasons.update({r["pair"]: r["reason"] for r in rows if r["status"] not in well})
        return reasons

    def check_whole(self, out):
        if json.loads(self.read(out, "run.json").decode())["complete"] is not True:
            raise Failed("run.json does not say complete")
        missing = [name for name in DERIVED + ["report.html"] if not self.read(out, name)]
        if missing:
            raise Failed("missing or empty: %s" % " ".join(missing))
        plots = self.path(out, "plots")
        pictures = os.listdir(plots) if os.path.isdir(plots) else []
        if shutil.which("gnuplot") and not [name for name in pictures if name.endswith(".svg")]:
            raise Failed("there are no pictures")
        self.check_clean(out)


def expect(reasons, refused=()):
    """All is well but for pairs in `refused`, {pair: part of its reason}."""
    for pair, reason in reasons.items():
        wanted = dict(refused).get(pair)
        if (wanted is None and reason) or (wanted is not None and wanted not in reason):
            raise Failed("%s: %s" % (pair, reason or "measured, though it can't be"))


@skip_what_is_refused
def read_only(context, command):
    """The run, then what reads it, by somebody who may write nowhere but in the results."""
    with RealPlace(context) as place:
        before = confine.read_only_tree(context, place.python_home, place.hold)
        if command == "run":
            return expect(place.measure(PLAIN, before=before))
        if command not in ("list", "doctor"):
            expect(place.measure("bytes_slice", before=before))
        code, _, err = place.run(*command.split(), before=before)
        check_sentence(code, err, (0,))
        place.await_no_process()
        return None


@skip_what_is_refused
def no_network(context, user):
    """Without even loopback: sockets of one process work, TCP says why not."""
    with RealPlace(context) as place:
        before = confine.namespace("net")
        if user == "ordinary user":
            before = confine.namespace("net", "mount")
            before += confine.read_only_tree(context, place.python_home, place.hold)
        reasons = place.measure(TALKING + " msg_zerocopy", before=before)
        return expect(reasons, {"msg_zerocopy": "Network is unreachable"})


@skip_what_is_refused
def own_root(context):
    with RealPlace(context) as place:
        reasons = place.measure(SHARING, before=confine.own_root(context, place.python_home, place))
        # The kernel's shared memory is a folder, which is not there.
        missing = "No such file or directory"
        return expect(reasons, {"shared_memory": missing, "shared_memory_setup": missing})


@skip_what_is_refused
def with_less(context, what):
    cpu = str(min(os.sched_getaffinity(0)))
    with RealPlace(context) as place:
        if what == "one CPU":
            before = confine.try_words(["taskset", "-c", cpu], "taskset")
        elif what == "512 MiB of memory":
            before = confine.try_words(["prlimit", "--as=%d" % (512 << 20)], "prlimit")
        else:
            text = "mount -t tmpfs none /proc || exit 99\n"
            before = confine.namespace("mount") + confine.as_script(text, ())
        return expect(place.measure(PLAIN, before=before))


@skip_what_is_refused
def traced(context, command):
    with RealPlace(context) as place:
        programs.check(place, command)


def plan(context):
    if not context.has_worker:
        return
    size = context.size
    row = "an ordinary user without capabilities, tree and build folder read-only"
    commands = ("run", "report out", "export --format gha --out gha out", "history out", "list")
    for command in (commands + ("doctor",))[: size(1, None)]:
        yield Trial(row, command, lambda c=command: read_only(context, c))
    for user in ("as it is", "ordinary user")[size(1, 0):]:
        yield Trial("no network, not even loopback", user, lambda u=user: no_network(context, u))
    yield Trial(
        "a root of its own: no /proc, no /sys, no shared memory, one device", "1",
        lambda: own_root(context),
    )
    for what in ("one CPU", "512 MiB of memory", "no /proc")[: size(1, 3)]:
        yield Trial(what, "1", lambda w=what: with_less(context, w))
    for command in programs.COMMANDS[: size(1, None)]:
        yield Trial(programs.ROW, command[0], lambda c=command: traced(context, c))
