"""Protects the set-up: nothing to do is nothing said; without a package manager the list is
exact.
"""

import os
import shutil
import subprocess

import pytest
from places import BUILD, SCRIPTS, run, write_program

SETUP = os.path.join(SCRIPTS, "setup")
TOOLS = "bash env sed grep awk tr mkdir dirname readlink id touch cat rm basename"
INDISPENSABLE = "cc c++ make cmake pkg-config"


@pytest.fixture
def foreign(tmp_path):
    """A PATH of a system without apt and gnuplot, and a build folder, as an environment."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in (TOOLS + " " + INDISPENSABLE).split():
        (folder / name).symlink_to(shutil.which(name))
    python = subprocess.check_output(
        ["python3", "-c", "import sys; print(sys.executable)"], universal_newlines=True
    ).strip()
    write_program(folder / "python3", '#!/bin/sh\nexec "%s" "$@"\n' % python)
    # A folder where numpy was tried before keeps this test off the network.
    tag = subprocess.check_output(
        [python, os.path.join(SCRIPTS, "probe-python.py")], universal_newlines=True
    )
    build = tmp_path / "build"
    build.mkdir()
    (build / ("venv-%s.failed" % tag.split('"tag": "')[1].split('"')[0])).write_text("test\n")
    environment = {name: value for name, value in os.environ.items() if name not in ("CC", "CXX")}
    environment.update(PATH=str(folder), ZCB_BUILD_DIR=str(build), PYTHONS="")
    return folder, environment


def test_with_nothing_missing_it_is_silent():
    done = run([SETUP, "--tests"], env=dict(os.environ, ZCB_BUILD_DIR=BUILD, PYTHONS=""))
    assert done.returncode == 0
    assert done.stdout == ""
    assert "installing" not in done.stderr


def test_elsewhere_what_can_be_spared_is_only_named(foreign):
    done = run([SETUP], env=foreign[1])
    listed = [line for line in done.stderr.splitlines() if not line.startswith("setup: note")]
    assert done.returncode == 0
    assert len(listed) == 2
    assert listed[0].startswith("setup: missing")
    assert listed[1].startswith("  gnuplot")


def test_elsewhere_the_indispensable_stops_it(foreign):
    folder, environment = foreign
    (folder / "cmake").unlink()
    (folder / "pkg-config").unlink()
    done = run([SETUP], env=environment)
    starred = [line for line in done.stderr.splitlines() if line.startswith("*")]
    assert done.returncode == 1
    assert [line.split()[1] for line in starred] == ["CMake", "pkg-config"]


def test_a_wrong_option_is_an_error():
    done = run([SETUP, "--nonsense"])
    assert done.returncode == 2
    assert "Installs what zcbench needs" in done.stderr
