"""Which programs zcbench starts, with which words and environment, as strace sees it: never a shell
with text of somebody's, a worker only with what is meant for it, and no call for privileges."""

import os
import re
import shutil
import subprocess

from place import check_sentence
from trials import Failed

ROW = "every program that is started, traced, with hostile names and variables"
HOSTILE = "$(touch made) `touch made`; touch made"
# Name, words; run first makes what the others read.
COMMANDS = (
    ("run", []),
    ("pair", []),
    ("report", ["report", HOSTILE]),
    ("compare", ["compare", HOSTILE + ":a", HOSTILE + ":b"]),
    ("gate", ["gate", "--base", "a", "--head", "b", HOSTILE]),
    ("export", ["export", "--format", "gbench", "--out", HOSTILE + "2", HOSTILE]),
    ("doctor", ["doctor"]),
)
OURS = {"zcbench", "find-python", "build-worker", "env", "gnuplot", "embed_probe"}
BUILDING = ("doctor",)  # tries whether a worker could be built: cmake, make and whatever they start
PYTHON = re.compile(r"(python3?(\.\d+)?[td]*|zcbench-worker-.*)$")
VARIABLES = set(
    "ZCB_PAD LANG LC_NUMERIC OMP_NUM_THREADS OPENBLAS_NUM_THREADS NUMPY_MADVISE_HUGEPAGE"
    " PATH HOME TMPDIR ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS LD_PRELOAD".split()
)
CALLS = "execve,execveat,perf_event_open,setuid,setgid,setgroups,capset,ptrace,connect"
STARTED = re.compile(
    r'execve\("((?:[^"\\]|\\.)*)", \[(.*)\], \[(.*)\]( <unfinished \.\.\.>|\) = 0)'
)
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def hostile_variables(place):
    """What a shell may carry about. The modules would be found by an interpreter that looks."""
    folder = os.path.join(place.work, "modules")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "start.py"), "w") as file:
        file.write("open(%r, 'w')\n" % os.path.join(place.work, "made"))
    return {
        "LD_PRELOAD": "/nowhere/hostile.so", "LD_AUDIT": "/nowhere/hostile.so",
        "PYTHONSTARTUP": folder + "/start.py", "PYTHONINSPECT": "", "PYTHONPATH": folder,
        "PYTHONMALLOC": "debug", "PYTHONHASHSEED": "7", "MALLOC_ARENA_MAX": "1",
        "GLIBC_TUNABLES": "glibc.malloc.check=3", "BENCHMARK_FILTER": "none",
        "BENCHMARK_FORMAT": "xml", "GNUPLOT_LIB": folder, "GNUTERM": "dumb", "GREP_OPTIONS": "-v",
        "BASH_ENV": folder + "/start.sh", "ENV": folder + "/start.sh", "IFS": "/", "SHELL": HOSTILE,
        "PAGER": HOSTILE, "EDITOR": HOSTILE, "LC_ALL": "C", "OMP_NUM_THREADS": "9",
    }  # fmt: skip


def started(lines):
    """(program, words, variables) of every execve that was one, or is not known not to be."""
    for line in lines:
        found = STARTED.search(line)
        if found:
            words = [text for text in STRING.findall(found.group(2))]
            variables = dict(text.split("=", 1) for text in STRING.findall(found.group(3)))
            yield found.group(1), words, variables


def check_one(program, words, variables, builds):
    name = os.path.basename(program)
    if not builds and name not in OURS and not PYTHON.match(name):
        raise Failed("started: %s" % " ".join(words)[:200])
    if builds and [word for word in words if HOSTILE in word]:
        raise Failed("somebody's words reach %s" % " ".join(words)[:200])
    if name.startswith("zcbench-worker-"):
        strange = sorted(set(variables) - VARIABLES)
        if strange:
            raise Failed("a worker sees %s" % " ".join(strange))
        if not variables.get("LD_PRELOAD", "libzcbcount.so").endswith("libzcbcount.so"):
            raise Failed("a worker is preloaded with %s" % variables["LD_PRELOAD"])
        if variables["OMP_NUM_THREADS"] != "1":
            raise Failed("a worker sees the caller's OMP_NUM_THREADS")
    if name == "gnuplot" and [word for word in words if HOSTILE in word]:
        raise Failed("gnuplot is given somebody's words: %s" % " ".join(words))


def trace(place, words):
    path = os.path.join(place.top, "trace")
    before = ["strace", "-f", "-qq", "-v", "-s", "9999", "-e", "trace=" + CALLS, "-o", path]
    # strace itself is not to be preloaded.
    before += [word for item in hostile_variables(place).items() for word in ("-E", "%s=%s" % item)]
    code, _, err = place.run(*words, before=before)
    check_sentence(code, err, (0, 3, 4))
    place.await_no_process()
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read().splitlines()


def run_words(place):
    words = "run bytes_slice view_hash --lane python --launches 3 --blocks 3 --visit 100us"
    words = words.split() + "--no-refine --size 4K,16K --seed 5".split() + ["--out", HOSTILE]
    for name in "ab":
        words += ["--python", "%s=%s" % (name, place.python)]
    return words


def pair_words(place):
    words = "pair --launches 2 --blocks 3 --size 4K,16K --no-refine".split()
    words += ["--setup", "b = payload(n); m = memoryview(b)", "--view", "m[1:]"]
    return words + ["--copy", "b[1:]  # " + HOSTILE, "--out", HOSTILE, "--python", place.python]


def check(place, command):
    from confine import Refused

    name, words = command
    if shutil.which("strace") is None:
        raise Refused("no strace here")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if subprocess.run(["strace", "-o", "/dev/null", "true"], **quiet).returncode != 0:
        raise Refused("tracing is not allowed here")
    if name not in ("run", "pair", "doctor"):
        code, _, err = place.run(*run_words(place))
        check_sentence(code, err, (0,))
    made = {"run": run_words, "pair": pair_words}
    lines = trace(place, made[name](place) if name in made else words)
    seen = list(started(lines))
    if not seen:
        raise Failed("nothing was seen to start")
    for one in seen:
        check_one(*one, builds=name in BUILDING)
    if name in made and not [one for one in seen if "zcbench-worker-" in one[0]]:
        raise Failed("no worker was seen to start")
    calls = [line for line in lines if "exec" not in line and re.search(r"\b\w+\(", line)]
    # gnuplot makes sure that it runs as who it is; names are asked for at a socket of the machine.
    harmless = re.compile(r"setuid\(%d\b|connect\(.*AF_(UNIX|LOCAL)" % os.getuid())
    bad = [call for call in calls if not harmless.search(call)]
    if bad:
        raise Failed("a call that needs more than it should: %s" % bad[0][:200])
    for folder, _, files in os.walk(place.top):
        if "made" in files:
            raise Failed("somebody's text was run: %s/made" % folder)
