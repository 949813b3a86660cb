"""An object of the user's own beside bytes: what it costs, and one clear line for each mistake in
its file."""

import os

import pytest

from places import BUILD, run

ZCBENCH = os.path.join(BUILD, "zcbench")
SHORT = ["--size", "256,64K", "--launches", "3", "--blocks", "3", "--visit", "50us"]

OBJECTS = {
    "array": "import array\ndef make(n):\n    return array.array('d', b'12345678' * (n // 8))\n",
    "mmap": (
        "import mmap\n"
        "def make(n):\n"
        "    m = mmap.mmap(-1, n)\n"
        "    m[:] = b'x' * n\n"
        "    return m\n"
    ),
    "structures": (
        "import ctypes\n"
        "class P(ctypes.Structure):\n"
        "    _fields_ = [('x', ctypes.c_double), ('y', ctypes.c_double)]\n"
        "def make(n):\n"
        "    a = (P * (n // 16))()\n"
        "    ctypes.memset(a, 7, n)\n"
        "    return a\n"
    ),
}

# text of the file, exit code, what the line holds
MISTAKES = [
    ("def make(n:\n", 2, "own.py, line 1: SyntaxError"),
    ("x = 1\ny = 1 / 0\n", 2, "own.py, line 2: ZeroDivisionError"),
    ("def mak(n): return b'x' * n\n", 2, "name 'make' is not defined"),
    ("def make(n): return object()\n", 2, "a bytes-like object is required"),
    ("def make(n): return bytearray(b'x' * (n - 1))\n", 2, "gives a buffer of 255 bytes"),
    ("def make(n): return b'x' * n\n", 5, "refused: "),
]


def exporter(cwd, text, *words):
    (cwd / "own.py").write_text(text)
    return run([ZCBENCH, "exporter", "own.py"] + SHORT + list(words), cwd=str(cwd))


@pytest.mark.parametrize("kind", sorted(OBJECTS))
def test_an_object_stands_beside_bytes(tmp_path, kind):
    done = exporter(tmp_path, OBJECTS[kind], "--out=out")
    assert done.returncode == 0, done.stderr
    table = done.stdout[done.stdout.index("EXPORTER own.py at 64 KiB") :].splitlines()
    whats = ["memoryview(obj)", "bytes(obj)", "view[i:j]", "bytes(view[i:j])"]
    assert [line.split()[1] for line in table[2:6]] == whats, done.stdout
    for line in table[2:6]:
        assert "×" in line and ("ns (" in line or "µs (" in line)
    assert (tmp_path / "out" / "object_export.py").exists()


@pytest.mark.parametrize("text,code,words", MISTAKES)
def test_a_mistake_is_one_line_about_the_users_file(tmp_path, text, code, words):
    done = exporter(tmp_path, text)
    assert done.returncode == code, done.stderr
    lines = [x for x in done.stderr.splitlines() if not x.startswith("building the worker")]
    assert len(lines) == 1 and words in lines[0], done.stderr
    assert done.stdout == "" and os.listdir(str(tmp_path)) == ["own.py"]


def test_a_file_that_is_not_there_is_named(tmp_path):
    done = run([ZCBENCH, "exporter", "none.py"], cwd=str(tmp_path))
    assert done.returncode == 2 and "'none.py' can't be read" in done.stderr
    assert run([ZCBENCH, "exporter"], cwd=str(tmp_path)).returncode == 2
    assert run([ZCBENCH, "exporter", "--help"], cwd=str(tmp_path)).returncode == 0
