"""Workers that flood, hang, die and lie on the wire, in every launch: the cells they spoil say so, all
others are measured as if nothing were, and no number that was not measured is recorded."""

import os
import re
import shutil

from place import QUICK, QUICK_PAIRS, Place, check_sentence, expected, fake_share
from trials import Failed, Trial

HERE = os.path.dirname(os.path.abspath(__file__))
LIMIT = ("--cell-limit", "700ms")
# Its visits up to there were good ones, and some of them had been recorded; the last word of a launch
# may not be heard any more.
LATE = "goes on after its end"


def names():
    with open(os.path.join(HERE, "bad_worker.py")) as file:
        return re.findall(r'^    "([^"]+)": ', file.read(), re.MULTILINE)


def misbehave(context, behaviour):
    with Place(context.build) as place:
        worker = os.path.join(place.workers, "zcbench-worker-cp311")
        shutil.copy(os.path.join(HERE, "bad_worker.py"), worker)
        for name, text in (("behaviour", behaviour), ("fake_worker_dir", fake_share.HERE)):
            with open(os.path.join(place.workers, name), "w") as file:
                file.write(text)
        code, _, err = place.run(*QUICK, "out", *LIMIT)
        check_sentence(code, err, (0,))
        place.await_no_process()
        place.check_complete("out", expected(QUICK_PAIRS, 2), {"second"})
        if behaviour != LATE and b",second," in place.read("out", "samples.csv"):
            raise Failed("visits of a worker that misbehaved were recorded")
        for line in place.read("out", "cells.csv").decode().splitlines()[1:]:
            words = line.split(",", 8)
            if behaviour == LATE and words[7] == "ok":
                continue
            if words[1] == "second" and (words[7] != "failed" or len(words[8]) < 10):
                raise Failed("the spoilt cell is %s: %s" % (words[7], words[8]))


def plan(context):
    every = names()
    for name in every[:: context.size(6, 1)]:
        yield Trial("a worker that " + name, "1", lambda name=name: misbehave(context, name))
