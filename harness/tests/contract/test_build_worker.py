"""Protects the building of workers: silent when nothing is to do, plain when it cannot be done."""

import json
import os

import pytest
from places import BUILD, SCRIPTS, run, write_program

BUILD_WORKER = os.path.join(SCRIPTS, "build-worker")


@pytest.fixture(scope="module")
def default():
    """What find-python says of the default interpreter, whose worker is built."""
    assert run([BUILD_WORKER, "python3", BUILD], timeout=600).returncode == 0
    return json.loads(run([os.path.join(SCRIPTS, "find-python"), "--build-dir", BUILD]).stdout)


def test_leaves_the_worker_and_the_counter(default):
    assert os.access(default["worker"], os.X_OK)
    assert os.path.isfile(os.path.join(BUILD, "libzcbcount.so"))


def test_says_and_does_nothing_when_up_to_date(default):
    before = os.stat(default["worker"]).st_mtime_ns
    done = run([BUILD_WORKER, default["executable"], BUILD])
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert os.stat(default["worker"]).st_mtime_ns == before


def test_no_such_interpreter(tmp_path):
    done = run([BUILD_WORKER, "3.999", tmp_path])
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("build-worker: no Python 3.999 found")
    assert done.stderr.count("\n") == 1


def test_an_unusable_interpreter_is_refused_with_the_reason(tmp_path):
    facts = {
        "executable": "/opt/p/python3",
        "version": "3.12.0",
        "prefix": "/opt/p",
        "tag": "cp312",
    }
    facts["reason"] = "no libpython"
    fake = write_program(tmp_path / "python3", "#!/bin/sh\necho '%s'\n" % json.dumps(facts))
    done = run([BUILD_WORKER, fake, tmp_path / "build"])
    assert done.returncode == 1
    assert "no libpython" in done.stderr


def test_the_embed_probe_notices_another_library(default):
    probe = os.path.join(BUILD, "worker-" + default["tag"], "embed_probe")
    assert run([probe, default["program"], default["version"]]).returncode == 0
    done = run([probe, default["program"], "3.0.0"])
    assert done.returncode == 1
    assert done.stdout.startswith("its libpython is " + default["version"])
