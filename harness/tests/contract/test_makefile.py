"""Protects `make bench`: what users put into its variables reaches zcbench as words, and nowhere
else.
"""

import os

import pytest
from places import TOP, run, write_program


@pytest.fixture
def arguments_of(tmp_path):
    """What zcbench is called with by `make bench` or another target with these variables."""
    write_program(
        tmp_path / "zcbench", '#!/bin/sh\nfor word in "$@"; do printf "%s\\n" "$word"; done\n'
    )

    # Nothing of the make that may be running this test.
    outer = ("MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES", "PYTHONS", "PAIRS", "BUDGET", "PROFILE", "RUN")
    environment = {name: value for name, value in os.environ.items() if name not in outer}

    def ask(target="bench", **variables):
        words = ["%s=%s" % item for item in sorted(variables.items())]
        # -o worker: take set-up and building as done.
        command = ["make", "-s", "-C", TOP, "-o", "worker", "-o", "driver", target, "BUILD=%s" % tmp_path]
        done = run(command + words, env=environment)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return ask


def test_without_variables(arguments_of):
    assert arguments_of() == ["run"]


def test_each_variable_becomes_its_option(arguments_of):
    words = arguments_of(PYTHONS="3.11 3.13", PAIRS="bytes_slice C2", BUDGET="60s", PROFILE="quick")
    assert words == (
        "run --budget 60s --profile quick --python 3.11 --python 3.13 bytes_slice C2".split()
    )


def test_globs_and_shell_words_stay_words(arguments_of, tmp_path):
    bad = tmp_path / "made"
    words = arguments_of(PAIRS="* `touch<%s` ;touch<%s" % (bad, bad), BUDGET="1m;id", PROFILE="'\"")
    assert words == [
        "run",
        "--budget",
        "1m;id",
        "--profile",
        "'\"",
        "*",
        "`touch<%s`" % bad,
        ";touch<%s" % bad,
    ]
    assert not bad.exists()


def test_two_folders_are_compared_as_they_are(arguments_of):
    words = arguments_of("compare", BASE="a run/", HEAD="$(touch x);`y`")
    assert words[:2] == ["compare", "a run/"]
    assert len(words) == 3
