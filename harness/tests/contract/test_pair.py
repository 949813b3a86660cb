"""A pair from the command line: measured like any other, and each kind of mistake in it ends in one
line about the user's own words, with nothing left behind."""

import csv
import os

import pytest

from places import BUILD, run

ZCBENCH = os.path.join(BUILD, "zcbench")
SHORT = ["--size", "256,64K", "--launches", "3", "--blocks", "3", "--visit", "50us"]
GOOD = {
    "setup": "b = payload(n + 1); mv = memoryview(b)",
    "copy": "b[1:]",
    "view": "mv[1:]",
}


def pair(cwd, *words, **parts):
    code = dict(GOOD, **parts)
    options = ["--%s=%s" % (name, text) for name, text in code.items() if text is not None]
    return run([ZCBENCH, "pair"] + options + SHORT + list(words), cwd=str(cwd))


def the_line(done):
    """The one line that says what is wrong, behind the command's name; nothing else was said."""
    assert done.stdout == ""
    lines = [x for x in done.stderr.splitlines() if not x.startswith("building the worker")]
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("zcbench pair: ")
    return lines[0][len("zcbench pair: ") :]


# what is wrong with it, exit code, what the line begins with
MISTAKES = [
    ({"view": None}, 2, "--view is missing"),
    ({"copy": "  "}, 2, "--copy is missing"),
    ({"setup": None}, 2, "--setup is missing"),
    ({"setup": "b = payload(n"}, 2, "--setup, line 1: SyntaxError"),
    ({"copy": "x = 1\nb[1:"}, 2, "--copy, line 2: SyntaxError"),
    ({"setup": "b = payload(n)\nc = 1 / 0"}, 2, "--setup, line 2: ZeroDivisionError"),
    ({"view": "mv[1:]\nnowhere"}, 2, "--view, line 2: NameError: name 'nowhere' is not defined"),
    ({"setup": "n"}, 2, "SETUP binds no object with a buffer"),
    ({"name": "it's"}, 2, "'it's' can't name a pair"),
    ({"name": "bytes_slice"}, 2, "pair 'bytes_slice'"),
    ({"kind": "X"}, 2, "unknown kind 'X'"),
    ({"view": "bytes(bytearray(mv[1:]))"}, 5, "refused: view does not share memory"),
    ({"view": "mv[:-1]"}, 5, "refused: "),
    ({"view": "mv[2:]"}, 5, "refused: "),
]


@pytest.mark.parametrize("parts,code,words", MISTAKES)
def test_a_mistake_is_one_line_about_the_users_words(tmp_path, parts, code, words):
    done = pair(tmp_path, **parts)
    assert done.returncode == code, done.stderr
    assert the_line(done).startswith(words)
    assert os.listdir(str(tmp_path)) == []


def test_a_statement_that_never_ends_is_given_up(tmp_path):
    done = pair(tmp_path, "--cell-limit", "500ms", view="while True: pass\nmv[1:]")
    assert done.returncode == 5
    assert the_line(done) == "failed in its proof: not finished within 500 ms"
    assert os.listdir(str(tmp_path)) == []


def test_a_statement_that_takes_all_memory_is_given_up(tmp_path):
    hoard = "h = []\nfor i in range(1 << 14): h.append(bytes(1 << 32))\nmv[1:]"
    done = pair(tmp_path, "--cell-limit", "20s", view=hoard)
    assert done.returncode == 5, done.stderr
    line = the_line(done)
    assert line.startswith(("refused: --view, line 2: MemoryError", "failed in its proof"))
    assert os.listdir(str(tmp_path)) == []


@pytest.mark.parametrize(
    "words", [["--setpu=b"], ["--resume=x"], ["--pairs=" + __file__], ["surplus"], ["--size=0"]]
)
def test_words_that_fit_nowhere_are_refused(tmp_path, words):
    done = pair(tmp_path, *words)
    assert done.returncode == 2
    the_line(done)
    assert os.listdir(str(tmp_path)) == []


def test_the_folder_repeats_and_resumes_the_pair(tmp_path):
    odd = 'x = "it\'s 100 %s \\n"; y = \'\'\'é\n"""\'\'\'\nb = payload(n + 1); mv = memoryview(b)'
    done = pair(tmp_path, "--out=out", "--name=mine", setup=odd)
    assert done.returncode == 0, done.stderr
    assert "mine python" in done.stdout
    with open(str(tmp_path / "out" / "cells.csv")) as file:
        assert {(row["pair"], row["status"]) for row in csv.DictReader(file)} <= {
            ("mine", "ok"),
            ("mine", "noisy"),
        }
    file = str(tmp_path / "out" / "pair.py")
    again = run(
        [ZCBENCH, "run", "mine", "--pairs", file, "--out=again"] + SHORT, cwd=str(tmp_path)
    )
    assert again.returncode == 0, again.stderr
    resumed = run([ZCBENCH, "run", "--resume", "out"], cwd=str(tmp_path))
    assert resumed.returncode == 0 and "is complete" in resumed.stderr
