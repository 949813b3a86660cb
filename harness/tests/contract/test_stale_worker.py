"""A worker or a libzcbcount.so of other sources than the driver's is named before anything is
measured, with what builds it anew; it used to crash in the memory pass, or could count wrongly."""

import glob
import os
import re
import shutil

import pytest

from places import BUILD, run, write_program

ZCBENCH = os.path.join(BUILD, "zcbench")
SENTENCE = "%s was built from another version of zcbench: `"
# What a worker that is older than the question says, as any other program does to an unknown option.
OLDER = '#!/bin/sh\necho "worker: unrecognized option \'$1\'" >&2\nexit 2\n'


def identity():
    (path,) = glob.glob(os.path.join(BUILD, "harness", "base", "generated", "base", "*.h"))
    with open(path) as file:
        return re.search('"([0-9a-f]{16})"', file.read()).group(1).encode()


def make_stale(path):
    """The same program as other sources would have made it: with another identity inside."""
    with open(path, "rb") as file:
        data = file.read()
    assert identity() in data, path
    with open(path, "wb") as file:
        file.write(data.replace(identity(), b"0123456789abcdef"))


@pytest.fixture
def workers(tmp_path):
    """A folder with copies of the default worker and the library, and how programs use it."""
    folder = tmp_path / "workers"
    folder.mkdir()
    found = run([os.path.join(BUILD, "..", "scripts", "find-python"), "--build-dir", BUILD, "python3"])
    name = os.path.basename(re.search('"worker": "([^"]*)"', found.stdout).group(1))
    shutil.copy(os.path.join(BUILD, name), str(folder))
    if os.path.exists(os.path.join(BUILD, "libzcbcount.so")):
        shutil.copy(os.path.join(BUILD, "libzcbcount.so"), str(folder))
    return folder, str(folder / name), dict(os.environ, ZCB_WORKER_DIR=str(folder))


def refused(workers, tmp_path, part):
    """What `run`, `list --lies` and `doctor` do: no folder, no output, one sentence, exit code 2."""
    folder, _, environment = workers
    for words in (["run", "--out=out", "bytes_slice"], ["list", "--lies"]):
        done = run([ZCBENCH] + words, cwd=str(tmp_path), env=environment)
        assert done.returncode == 2, (words, done.stderr)
        assert SENTENCE % part in done.stderr and done.stdout == "", (words, done.stderr)
        assert "build-worker" in done.stderr and done.stderr.count("\n") == 1, done.stderr
    assert os.listdir(str(tmp_path)) == [folder.name]
    done = run([ZCBENCH, "doctor", "--python=python3", "--probe=50ms", "--json"], env=environment)
    assert done.returncode == 2 and SENTENCE % part in done.stdout, done.stdout


def test_one_of_the_same_sources_is_used(workers, tmp_path):
    words = ["run", "--out=out", "--size=4K", "--launches=1", "--blocks=3", "--visit=50us", "bytes_slice"]
    done = run([ZCBENCH] + words, cwd=str(tmp_path), env=workers[2])
    assert done.returncode == 0, done.stderr


def test_a_worker_of_other_sources_is_named(workers, tmp_path):
    make_stale(workers[1])
    refused(workers, tmp_path, workers[1])


def test_a_worker_older_than_the_question_is_named(workers, tmp_path):
    os.unlink(workers[1])
    write_program(workers[0] / os.path.basename(workers[1]), OLDER)
    refused(workers, tmp_path, workers[1])


def test_a_library_of_other_sources_is_named(workers, tmp_path):
    library = str(workers[0] / "libzcbcount.so")
    if not os.path.exists(library):
        pytest.skip("no library is put before a sanitized worker")
    make_stale(library)
    refused(workers, tmp_path, library)


def test_a_worker_refuses_a_library_that_was_exchanged_meanwhile(workers):
    """As happens when something is built while a run goes on."""
    library = str(workers[0] / "libzcbcount.so")
    if not os.path.exists(library):
        pytest.skip("no library is put before a sanitized worker")
    make_stale(library)
    done = run([workers[1], "--describe", "--program", "python3"], env=dict(workers[2], LD_PRELOAD=library))
    if "runtime does not come first" in done.stderr:
        pytest.skip("no library is put before a sanitized worker")
    assert done.returncode == 2 and "libzcbcount.so put before it was built from another" in done.stderr


def test_in_a_build_folder_make_is_advised(workers):
    """The driver beside a stale worker in the folder it was built in."""
    folder, worker, environment = workers
    shutil.copy(ZCBENCH, str(folder))
    make_stale(worker)
    del environment["ZCB_WORKER_DIR"]
    done = run([str(folder / "zcbench"), "list", "--python=python3"], env=environment)
    assert done.returncode == 2, done.stderr
    assert re.search("`make PYTHONS=/[^`]*` builds both anew", done.stderr), done.stderr
