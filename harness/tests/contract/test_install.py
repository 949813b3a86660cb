"""Protects `make install`: what it leaves is whole, works from anywhere with the tree out of reach and without writing
to its prefix, builds what is missing in the user's own cache, and goes again with `make uninstall`.
"""

import json
import os
import shutil
import subprocess

import pytest
from places import BUILD, TOP, run

QUICK = "--size 64,4096 --launches 2 --blocks 3 --no-memory".split()


def files(folder):
    return sorted(
        os.path.relpath(os.path.join(place, name), str(folder))
        for place, _, names in os.walk(str(folder))
        for name in names
    )


@pytest.fixture(scope="module")
def prefix(tmp_path_factory):
    """An installation that was staged with DESTDIR for one prefix and moved to another place."""
    place = tmp_path_factory.mktemp("install")
    staged = dict(os.environ, DESTDIR=str(place / "stage"))
    done = run(["cmake", "--install", BUILD, "--prefix", "/opt/z c"], env=staged)
    assert done.returncode == 0, done.stderr
    moved = place / "moved here"
    shutil.move(str(place / "stage" / "opt" / "z c"), str(moved))
    assert files(place / "stage") == []
    return moved


@pytest.fixture
def user(tmp_path, monkeypatch):
    """A folder to work in, a home of its own, nothing that tells where the tree is."""
    for name in ("ZCB_SHARE_DIR", "ZCB_WORKER_DIR", "ZCB_BUILD_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    # pyenv's shims look below the old home.
    monkeypatch.setenv("PYENV_ROOT", os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv")))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", python_folder() + os.pathsep + os.environ["PATH"])
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path


def python_folder():
    ask = ["python3", "-c", "import os, sys; print(os.path.dirname(sys.executable))"]
    return subprocess.check_output(ask, universal_newlines=True).strip()


def can_hide():
    """Whether a mount that only one process sees may be made here."""
    return run(["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"]).returncode == 0


def zcbench(prefix, *words):
    return [str(prefix / "bin" / "zcbench")] + list(words)


def test_everything_is_there(prefix):
    left = files(prefix)
    for path in (
        "bin/zcbench",
        "libexec/zcbench/libzcbcount.so",
        "share/man/man1/zcbench.1",
        "share/bash-completion/completions/zcbench",
        "share/zsh/site-functions/_zcbench",
        "share/fish/vendor_completions.d/zcbench.fish",
        "share/zcbench/scripts/find-python",
        "share/zcbench/bench/pairs.h",
        "share/zcbench/harness/worker/CMakeLists.txt",
        "share/doc/zcbench/LICENSE",
    ):
        assert path in left
    assert any(path.startswith("libexec/zcbench/zcbench-worker-cp") for path in left)
    assert [path for path in left if "__pycache__" in path or path.endswith(".pyc")] == []
    installed = {name for name in left if name.startswith("share/zcbench/bench/python/")}
    ours = os.listdir(os.path.join(TOP, "bench", "python"))
    assert installed == {"share/zcbench/bench/python/" + name for name in ours if name[0] != "_"}


def test_it_measures_from_anywhere_and_writes_nothing_to_its_prefix(prefix, user):
    before = files(prefix)
    command = zcbench(prefix, "run", "bytes_slice", *QUICK, "--out", "out")
    if can_hide():  # where nobody may hide the tree, that it is not asked is not shown
        hide = 'for place in "$1" "$2"; do [ ! -d "$place" ] || mount -t tmpfs none "$place"; done'
        hide += '; shift 2; exec "$@"'
        command = ["unshare", "-m", "sh", "-c", hide, "sh", TOP, BUILD] + command
    done = run(command)
    assert done.returncode == 0, done.stderr
    assert "bytes_slice python" in done.stdout
    with open("out/run.json") as record:
        variant = json.load(record)["interpreters"][0]
    assert variant["worker"].startswith(str(prefix))
    assert files(prefix) == before
    assert not (user / "home").exists()


def test_what_is_missing_is_built_in_the_users_cache(prefix, user):
    """The script that builds is taken for one that copies: that it builds is shown elsewhere."""
    mine = user / "mine"
    shutil.copytree(str(prefix), str(mine), symlinks=True)
    workers = mine / "libexec" / "zcbench"
    built = [path for path in workers.iterdir() if path.name.startswith("zcbench-worker-")]
    for path in built:
        path.rename(user / path.name)
    script = mine / "share" / "zcbench" / "scripts" / "build-worker"
    script.write_text('#!/bin/sh\nmkdir -p "$2" && cp "%s"/zcbench-worker-* "$2"\n' % user)
    before = files(mine)
    done = run(zcbench(mine, "list"))
    assert done.returncode == 0, done.stderr
    assert "building the worker" in done.stderr
    assert "bytes_slice" in done.stdout
    cached = files(user / "home" / ".cache" / "zcbench")
    assert any(os.path.basename(path).startswith("zcbench-worker-") for path in cached)
    assert files(mine) == before
    again = run(zcbench(mine, "list"))
    assert (again.returncode, again.stderr) == (0, "")


def test_without_a_folder_to_build_in_it_says_what_to_set(prefix, user, monkeypatch):
    mine = user / "mine"
    shutil.copytree(str(prefix), str(mine), symlinks=True)
    for path in (mine / "libexec" / "zcbench").glob("zcbench-worker-*"):
        path.unlink()
    monkeypatch.setenv("HOME", "/proc/nowhere")
    done = run(zcbench(mine, "list"))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 2  # that it tries, and why it can't
    assert "/proc/nowhere" in done.stderr and "ZCB_WORKER_DIR" in done.stderr


def test_make_uninstall_leaves_nothing(tmp_path):
    """With a build folder of its own: the record of what was installed is in there."""
    build = tmp_path / "build"
    build.mkdir()
    (tmp_path / "root" / "usr" / "bin").mkdir(parents=True)
    (tmp_path / "root" / "usr" / "bin" / "other").write_text("")
    for name in ("bin/zcbench", "share/zcbench/scripts/a b"):
        path = tmp_path / "root" / "usr" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    (build / "install_manifest.txt").write_text("/usr/bin/zcbench\n/usr/share/zcbench/scripts/a b")
    command = ["make", "-s", "-C", TOP, "uninstall", "BUILD=%s" % build]
    done = run(command + ["DESTDIR=%s" % (tmp_path / "root")])
    assert done.returncode == 0, done.stderr
    assert files(tmp_path / "root") == ["usr/bin/other"]
    assert not (tmp_path / "root" / "usr" / "share").exists()
    assert run(command).returncode != 0
