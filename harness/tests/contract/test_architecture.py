"""Protects the arrows between the rooms: who may include whom, where C++ may be, and that the
list of C pairs is the list of the files.
"""

import os
import re

from places import TOP

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
CXX = (".cc", ".cpp", ".cxx", ".hh", ".hpp", ".hxx")

# What a file of each room may include, besides the room's own: rooms, or single files.
MAY_INCLUDE = {
    "base": set(),
    "stats": {"base/random.h"},
    "store": {"base"},
    "report": {"stats", "store", "base"},
    "driver": {"stats", "store", "report", "base"},
    "worker": {"base", "bench/pairs.h"},
    "bench": {"worker/pair.h", "worker/numpy_api.h"},
}


def sources():
    """(room, path from the top) of every C and C++ file outside the tests."""
    for area in ("bench", "harness"):
        for folder, _, names in os.walk(os.path.join(TOP, area)):
            inner = os.path.relpath(folder, TOP).split(os.sep)
            room = "bench" if area == "bench" else (inner + [""])[1]
            if room == "tests":
                continue
            for name in names:
                if name.endswith((".c", ".h") + CXX):
                    yield room, "/".join(inner + [name])


def target(path, included):
    """What `included` means in the file at `path`: a path from harness/, or bench/…."""
    beside = os.path.normpath(os.path.join(os.path.dirname(path), included))
    found = beside if os.path.exists(os.path.join(TOP, beside)) else "harness/" + included
    return found[len("harness/") :] if found.startswith("harness/") else found


def violation(room, path, included):
    """A sentence when this include goes against the arrows, else None."""
    aim = target(path, included)
    if aim.split("/")[0] == room or {aim, aim.split("/")[0]} & MAY_INCLUDE[room]:
        return None
    return "%s includes %s, which %s may not" % (path, aim, room)


def test_includes_follow_the_arrows():
    wrong = []
    count = 0
    for room, path in sources():
        with open(os.path.join(TOP, path), encoding="utf-8") as source:
            for included in INCLUDE.findall(source.read()):
                count += 1
                wrong.append(violation(room, path, included))
    assert count > 50
    assert [sentence for sentence in wrong if sentence] == []


def test_a_wrong_include_would_be_noticed():
    assert violation("stats", "harness/stats/x.c", "base/error.h")
    assert violation("report", "harness/report/x.c", "driver/plan.h")
    assert violation("worker", "harness/worker/x.c", "store/run.h")
    assert violation("bench", "bench/capi/x.c", "worker/embed.h")
    assert violation("driver", "harness/driver/x.c", "worker/pair.h")
    assert violation("worker", "harness/worker/x.c", "../driver/plan.h")
    assert not violation("stats", "harness/stats/x.c", "base/random.h")
    assert not violation("bench", "bench/capi/x.c", "worker/pair.h")


def test_no_room_is_forgotten():
    assert {room for room, _ in sources()} <= set(MAY_INCLUDE)


def test_cxx_is_in_one_file():
    assert [path for _, path in sources() if path.endswith(CXX)] == ["harness/worker/gbench.cc"]


def test_every_c_pair_is_listed_once():
    with open(os.path.join(TOP, "bench", "pairs.h"), encoding="utf-8") as source:
        listed = re.findall(r"^ZCB_PAIR\((\w+), (\w+)\)$", source.read(), re.MULTILINE)
    files = [
        (folder, name[: -len(".c")])
        for folder in ("capi", "numpy")
        for name in os.listdir(os.path.join(TOP, "bench", folder))
        if name.endswith(".c")
    ]
    assert sorted(listed) == sorted(files)
