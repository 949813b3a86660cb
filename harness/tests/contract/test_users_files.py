"""Files of a user's own, each with another mistake: one clear line and exit 2 where the file is no
pair, else a cell that is refused or failed with its reason, and the rest of the run intact."""

import csv
import os

import pytest

from places import BUILD, TOP, run

ZCBENCH = os.path.join(BUILD, "zcbench")
FIXTURES = os.path.join(TOP, "harness", "tests", "fixtures")
SHORT = ["--size=4K", "--launches=3", "--blocks=3", "--visit=50us", "--cell-limit=1s"]

# what is wrong with it, how its cell ends, what its reason holds
CELLS = [
    ("view_that_copies", "refused", "does not share memory"),
    ("copy_that_shares", "refused", "shares memory"),
    ("wrong_bytes", "refused", "different bytes"),
    ("raises", "refused", "raises.py, line "),
    ("raises_in_setup", "refused", "raises_in_setup.py, line "),
    ("crashes", "failed", "signal"),
    ("never_ends", "failed", "not finished within 1000 ms"),
    ("holds_itself", "refused", "recursion"),
    ("memory_bomb", None, ""),
]


def measure(cwd, names, *words):
    files = ["--pairs=" + os.path.join(FIXTURES, name + ".py") for name in names]
    return run([ZCBENCH, "run", "--out=out"] + SHORT + files + list(words), cwd=str(cwd))


def test_a_mistake_costs_its_own_cell_only(tmp_path):
    names = [name for name, _, _ in CELLS]
    done = measure(tmp_path, names, "bytes_slice", "--lane=python", *names)
    assert done.returncode == 0, done.stderr
    with open(str(tmp_path / "out" / "cells.csv")) as file:
        rows = {row["pair"]: row for row in csv.DictReader(file)}
    for name, status, reason in CELLS:
        assert rows[name]["status"] in ([status] if status else ["refused", "failed"]), rows[name]
        assert reason in rows[name]["reason"] and rows[name]["reason"] != ""
    assert rows["bytes_slice"]["status"] in ("ok", "noisy")


@pytest.mark.parametrize(
    "name,words",
    [
        ("syntax_error", "syntax_error.py, line 6"),
        ("missing_statement", "VIEW is missing"),
        ("broken_module", "broken_module.py"),
    ],
)
def test_a_file_that_is_no_pair_ends_the_run_before_it_begins(tmp_path, name, words):
    done = measure(tmp_path, [name], name)
    assert done.returncode == 2
    lines = [x for x in done.stderr.splitlines() if not x.startswith("building the worker")]
    assert len(lines) == 1 and words in lines[0], done.stderr
    assert os.listdir(str(tmp_path)) == []
