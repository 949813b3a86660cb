"""Files cut short at any byte, as a power cut may leave them on a file system that breaks its word:
`--resume` completes the run to the same cells, and what was finished before the cut is kept."""

import os
import random
import shutil
import signal

from place import BLOCKS, LIMIT_S, PLAN, RECORDED, Place, check_sentence, expected
from trials import Failed, Trial

MOMENTS = (1, 130, 290)  # lines of samples.csv, of 301
# With a budget memory is looked at first, so that its tables are there to be cut. What is left of
# it is told by the files' times, which copying moves: hence so much.
BUDGETED = PLAN[:-1] + ["--budget", "10h", "--out"]


class Broken:
    """Runs that were killed at several moments, made once and copied for each trial."""

    def __init__(self, context):
        self.context, self.places = context, []

    def folder(self, place, number):
        """A copy of the number-th killed run as folder `out` of a place."""
        source = self.get()[number % len(MOMENTS)]
        shutil.copytree(os.path.join(source.work, "out"), os.path.join(place.work, "out"))

    def get(self):
        with self.context.lock:
            while len(self.places) < len(MOMENTS):
                place = Place(self.context.build)
                place.__enter__()
                self.context.at_end.append(place)
                process = place.start(*BUDGETED, "out")
                place.await_lines(process, "out", MOMENTS[len(self.places)])
                process.send_signal(signal.SIGKILL)
                process.communicate(timeout=LIMIT_S)
                place.await_no_process()
                self.places.append(place)
        return self.places


def whole_before(place, data):
    """The whole cells in the first bytes of samples.csv."""
    with open(place.path("out", "samples.csv"), "wb") as file:
        file.write(data)
    return place.finished("out")


def cut(context, broken, name, seed, at_line):
    noise = random.Random(seed)
    with Place(context.build) as place:
        broken.folder(place, seed)
        data = place.read("out", name)
        if not data:
            return ("ok", "skipped: not written yet at that moment")
        keep = noise.randrange(len(data))
        if at_line:  # the hardest to see: the file ends with a whole line
            keep = data.rfind(b"\n", 0, keep + 1) + 1
        with open(place.path("out", name), "wb") as file:
            file.write(data[:keep])
        before = place.finished("out")
        place.finish("out", expected())
        place.check_kept("out", before)
    return None


def cut_complete(context, seed):
    """samples.csv of a run that had been complete: what is gone is measured again."""
    noise = random.Random(seed)
    with Place(context.build) as place:
        broken = context.broken
        broken.folder(place, seed)
        place.finish("out", expected())
        data = place.read("out", "samples.csv")
        with open(place.path("out", "samples.csv"), "wb") as file:
            file.write(data[: noise.randrange(len(data))])
        before = place.finished("out")
        code, _, err = place.run("report", "out")
        check_sentence(code, err, (2,))
        place.finish("out", expected())
        place.check_kept("out", before)


def zeroes(context, seed):
    """The end of samples.csv is zeroes: a length that reached the disk before its data."""
    noise = random.Random(seed)
    with Place(context.build) as place:
        context.broken.folder(place, seed)
        data = place.read("out", "samples.csv")
        keep = noise.randrange(len(data))
        with open(place.path("out", "samples.csv"), "wb") as file:
            file.write(data[:keep] + bytes(len(data) - keep))
        lines = data[:keep].splitlines(keepends=True)
        rows = max(0, len(lines) - 2) // (BLOCKS * 5) * BLOCKS * 5
        before = b"".join(lines[: rows + 1]) if rows else b""
        place.finish("out", expected())
        place.check_kept("out", before)


def hole(context, name, seed):
    """Bytes in the middle of a file are zeroes: no number is made of them. That is refused, or the
    file is made anew."""
    noise = random.Random(seed)
    with Place(context.build) as place:
        context.broken.folder(place, seed)
        data = place.read("out", name)
        if len(data) < 200:
            return ("ok", "skipped: not written yet at that moment")
        at = noise.randrange(100, len(data) - 60)
        with open(place.path("out", name), "wb") as file:
            file.write(data[:at] + bytes(40) + data[at + 40 :])
        code, _, err = place.run("run", "--resume", "out")
        if code == 0:
            place.check_complete("out", expected())
        else:
            check_sentence(code, err, (2,))
            if name not in err:
                raise Failed("the sentence does not name the file: %s" % err)
    return None


def plan(context):
    context.broken = Broken(context)
    for name in RECORDED:
        for i in range(context.size(2, 14)):
            row = "%s cut at any byte, resumed" % name
            yield Trial(
                row,
                "%d" % i,
                lambda name=name, i=i: cut(context, context.broken, name, context.seed + i, i % 3 == 2),
            )
    for i in range(context.size(1, 6)):
        yield Trial(
            "samples.csv of a complete run cut, resumed",
            "%d" % i,
            lambda i=i: cut_complete(context, context.seed + i),
        )
        yield Trial(
            "samples.csv ending in zeroes, resumed",
            "%d" % i,
            lambda i=i: zeroes(context, context.seed + i),
        )
    for name in ("samples.csv", "cells.csv", "run.json"):
        for i in range(context.size(1, 4)):
            yield Trial(
                "zeroes in the middle of a recorded file",
                "%s %d" % (name, i),
                lambda name=name, i=i: hole(context, name, context.seed + i),
            )
