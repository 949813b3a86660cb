"""Protects .ci/run: its last line and exit status say what the tests said, and what they could
not.
"""

import os
import shutil

import pytest
from places import TOP, run, write_program

CTEST = "{percent}%% tests passed, {failed} tests failed out of {total}\\n"
FOLDER = (
    "run.json samples.csv launches.csv cells.csv memory.csv semantics.csv summary.csv speedup.csv "
    "breakeven.csv scaling.csv summary.md report.html"
)


def make_program(test, sanitize, bench, fuzz="exit 0"):
    """A `make` whose targets print and exit as told."""
    return "#!/bin/sh\ncase $1 in\ntest) %s ;;\ntest-sanitize) %s ;;\nbench) %s ;;\nfuzz) %s ;;\nesac\n" % (
        test,
        sanitize,
        bench,
        fuzz,
    )


def says(total, failed):
    line = CTEST.format(percent=100 - 100 * failed // total, failed=failed, total=total)
    return "printf '%s'; exit %d" % (line, 2 if failed else 0)


def leaves(names):
    files = " ".join("results/latest/" + name for name in names.split())
    return "mkdir -p results/latest/plots; for f in %s; do echo x > $f; done; exit 0" % files


COMPLETE = leaves(FOLDER + " plots/a.svg plots/a.png")


def hide(folder, path, name):
    """A PATH with all programs of `path` but one."""
    folder.mkdir()
    for place in reversed(path.split(os.pathsep)):
        for program in os.listdir(place) if os.path.isdir(place) else []:
            if program != name:
                link = folder / program
                if link.is_symlink():
                    link.unlink()
                link.symlink_to(os.path.join(place, program))
    return str(folder)


@pytest.fixture
def ci(tmp_path):
    """Runs .ci/run in a folder of its own with a `make` that is told what to say."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(os.path.join(TOP, ".ci", "run"), str(tmp_path / ".ci" / "run"))

    def go(*targets, without=None):
        write_program(tmp_path / "bin" / "make", make_program(*targets))
        path = str(tmp_path / "bin") + os.pathsep + os.environ["PATH"]
        for name in ("clang", "cppcheck"):
            if name != without:
                write_program(tmp_path / "bin" / name, "#!/bin/sh\n")
        if without:
            path = hide(tmp_path / "tools", path, without)
        done = run(["bash", tmp_path / ".ci" / "run"], env=dict(os.environ, PATH=path))
        return done.returncode, done.stdout.splitlines()

    return go


def test_all_well(ci):
    status, lines = ci(says(10, 0), says(9, 0), COMPLETE)
    assert status == 0
    assert lines[-1] == "24 passed, 0 failed"
    assert "100% tests passed, 0 tests failed out of 10" in lines[-8]


def test_a_newer_ctest_does_not_mention_failures(ci):
    status, lines = ci(says(10, 0).replace(", 0 tests failed", ""), says(9, 0), COMPLETE)
    assert (status, lines[-1]) == (0, "24 passed, 0 failed")


def test_a_failed_test_counts(ci):
    status, lines = ci(says(10, 3), says(9, 0), COMPLETE)
    assert (status, lines[-1]) == (1, "21 passed, 3 failed")


def test_a_skipped_test_did_not_pass(ci):
    skipped = "printf '100%% tests passed, 0 tests failed out of 5\\n\\t  3 - x (Skipped)\\n'"
    status, lines = ci(skipped, says(9, 0), COMPLETE)
    assert (status, lines[-1]) == (0, "18 passed, 0 failed")
    assert lines[-8].endswith(", 1 skipped: x")
    assert lines[-7].endswith(", 0 skipped")


@pytest.mark.parametrize("broken", ["echo no compiler; exit 2", "exit 0"])
def test_tests_that_never_ran_are_a_failure(ci, broken):
    status, lines = ci(broken, says(9, 0), COMPLETE)
    assert (status, lines[-1]) == (1, "14 passed, 1 failed")


def test_make_failing_after_good_tests_is_a_failure(ci):
    good_then_bad = says(10, 0).replace("exit 0", "exit 2")
    status, lines = ci(good_then_bad, says(9, 0), COMPLETE)
    assert (status, lines[-1]) == (1, "24 passed, 1 failed")


@pytest.mark.parametrize(
    "bench",
    [
        "exit 5",
        "exit 0",
        leaves(FOLDER),
        leaves(FOLDER.replace("speedup.csv", "") + " plots/a.svg plots/a.png"),
        COMPLETE.replace("exit 0", ": > results/latest/summary.md"),
        COMPLETE.replace("exit 0", ": > results/latest/plots/b.png"),
    ],
)
def test_an_incomplete_run_is_a_failure(ci, bench):
    status, lines = ci(says(10, 0), says(9, 0), bench)
    assert (status, lines[-1]) == (1, "23 passed, 1 failed")


def test_a_reader_that_hostile_bytes_break_is_a_failure(ci):
    status, lines = ci(says(10, 0), says(9, 0), COMPLETE, "echo ERROR: overflow; exit 2")
    assert "ERROR: overflow" in lines
    assert (status, lines[-1]) == (1, "23 passed, 1 failed")


def test_fuzzing_is_skipped_without_clang(ci):
    status, lines = ci(says(10, 0), says(9, 0), COMPLETE, "exit 77", without="clang")
    assert (status, lines[-1]) == (0, "23 passed, 0 failed")
    assert lines[-5] == "make fuzz: skipped, there is no clang"


def test_code_is_not_read_without_the_programs(ci):
    bad = "exit 0 ;;\nanalyse-short) exit 77"
    status, lines = ci(says(10, 0), says(9, 0), COMPLETE, bad, without="cppcheck")
    assert (status, lines[-1]) == (0, "23 passed, 0 failed")
    assert lines[-3] == "make analyse-short: skipped, there is no cppcheck"


@pytest.mark.parametrize("target", ["torture-short", "analyse-short", "coverage"])
def test_what_was_tried_and_went_wrong_is_a_failure(ci, target):
    bad = "exit 0 ;;\n%s) echo FAILED; exit 2" % target  # a case of its own behind fuzz
    status, lines = ci(says(10, 0), says(9, 0), COMPLETE, bad)
    assert "FAILED" in lines
    assert "make %s: failed" % target in lines
    assert (status, lines[-1]) == (1, "23 passed, 1 failed")
