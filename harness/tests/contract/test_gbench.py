"""The C pairs as an ordinary Google Benchmark program: its flags, filter, formats, repetitions and variables
work, every registered pair is there, numpy's included, and what is wrong ends with one exit code."""

import csv
import json
import os
import re
import subprocess

import pytest

from places import BUILD, TOP, run
from worker_client import workers

ZCBENCH = os.path.join(BUILD, "zcbench")
FAST = "--benchmark_min_time=0.001"


def gbench(*words, variables=None):
    environment = dict(os.environ, **(variables or {}))
    return run([ZCBENCH, "gbench"] + list(words), env=environment)


def listed(*words):
    done = gbench(*words, "--", "--benchmark_list_tests")
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def registered():
    """[(folder, name)] of bench/pairs.h."""
    with open(os.path.join(TOP, "bench", "pairs.h")) as file:
        return re.findall(r"^ZCB_PAIR\((\w+), (\w+)\)", file.read(), re.M)


def measured(*flags, size="4K"):
    """The parsed JSON of a run."""
    done = gbench("--size", size, "--", FAST, "--benchmark_format=json", *flags)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["benchmarks"]


def test_every_pair_is_there_with_its_arms():
    done = gbench("--size", "4K,64K", "--", "--benchmark_list_tests")
    names = done.stdout.split()
    assert len(names) == len(set(names))
    for _, pair in registered():
        if ("left out: %s:" % pair) in done.stderr:
            continue
        arms = {name.split("/")[1] for name in names if name.split("/")[0] == pair}
        sizes = {name.split("/")[2] for name in names if name.split("/")[0] == pair}
        assert {"copy", "null", "limit"} < arms and any(a.startswith("view") for a in arms), pair
        assert sizes <= {"4096", "65536"} and sizes, pair
    assert not [name for name in names if "selftest" in name]


def test_numpy_pairs_run_where_there_is_numpy_and_are_named_where_not():
    notes = ""
    for _, program, python in workers():
        words = [program, "--gbench", "4096", "--program", python]
        without = run(words + ["--", "--benchmark_list_tests"])
        assert without.returncode == 0 and "numpy_view" not in without.stdout
        notes += without.stderr
    if "numpy_view/copy/4096" in listed("--size", "4K"):
        assert "left out: numpy_view: it needs numpy" in notes
        rows = measured("--benchmark_filter=^numpy_view/")
        assert [row["name"] for row in rows] == [
            "numpy_view/%s/4096" % arm for arm in ("copy", "view", "null", "limit")
        ]


def test_every_copy_and_view_runs():
    names = listed("--size", "4K")
    rows = measured("--benchmark_filter=/(copy|view)")
    assert {row["name"] for row in rows} == {n for n in names if re.search("/(copy|view)", n)}
    assert [row for row in rows if row.get("error_occurred")] == []
    assert all(row["real_time"] > 0 and row["iterations"] > 0 for row in rows)


def test_repetitions_give_googles_aggregates():
    rows = measured("--benchmark_filter=bytes_slice/view", "--benchmark_repetitions=3")
    assert [row["repetition_index"] for row in rows if row["run_type"] == "iteration"] == [0, 1, 2]
    aggregates = {row["aggregate_name"] for row in rows if row["run_type"] == "aggregate"}
    assert {"mean", "median", "stddev"} <= aggregates
    only = measured("--benchmark_filter=bytes_slice/view", "--benchmark_repetitions=3",
                    "--benchmark_report_aggregates_only=true")  # fmt: skip
    assert {row["run_type"] for row in only} == {"aggregate"}


def test_formats_and_out_files(tmp_path):
    out = tmp_path / "out.json"
    done = gbench("--size", "4K", "--", FAST, "--benchmark_filter=bytes_slice/copy",
                  "--benchmark_format=csv", "--benchmark_out=%s" % out)  # fmt: skip
    assert done.returncode == 0, done.stderr
    (row,) = csv.DictReader(done.stdout.splitlines())
    assert row["name"] == "bytes_slice/copy/4096" and float(row["bytes_per_second"]) > 0
    saved = json.loads(out.read_text())
    assert saved["benchmarks"][0]["name"] == "bytes_slice/copy/4096"
    assert saved["context"]["executable"] == "zcbench gbench"
    assert saved["context"]["python_version"]


def test_variables_of_google_benchmark_act_as_its_flags():
    variables = {"BENCHMARK_FILTER": "wrap_memory/null", "BENCHMARK_FORMAT": "json"}
    done = gbench("--size", "64", "--", FAST, variables=variables)
    assert [row["name"] for row in json.loads(done.stdout)["benchmarks"]] == ["wrap_memory/null/64"]


def test_the_same_variables_do_not_reach_a_measurement(tmp_path):
    variables = {"BENCHMARK_FILTER": "nothing", "BENCHMARK_FORMAT": "json"}
    done = run([ZCBENCH, "run", "bytes_slice", "--lane", "capi", "--size", "4K", "--launches", "1", "--blocks", "3",
                "--out", "out"], cwd=str(tmp_path), env=dict(os.environ, **variables))  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "words, code, sentence",
    [
        (["--", "--benchmark_filter=nosuch"], 5, "Failed to match"),
        (["--", "--nosuch"], 2, "--nosuch"),
        (["--", "--benchmark_format=xml"], 2, "unknown format 'xml'"),
        (["--benchmark_filter=x"], 2, "stand after --"),
        (["bytes_slice"], 2, "--benchmark_filter=REGEX"),
        (["--size", "0"], 2, "size"),
        (["--python", "3.8", "--python", "3.9"], 2, "one interpreter"),
        (["--python", "2.7"], 2, "2.7"),
    ],
)
def test_what_is_wrong_is_one_line(words, code, sentence):
    done = gbench(*words)
    assert done.returncode == code, done.stderr
    lines = [line for line in done.stderr.splitlines() if not line.startswith("left out: ")]
    assert len(lines) == 1 and sentence in lines[0], done.stderr
    assert done.stdout == ""


def test_compare_py_reads_its_output(tmp_path):
    peers = [os.path.join(place, "venv-trust") for place in (BUILD, os.path.join(TOP, "build"))]
    peers = [place for place in peers if os.path.exists(os.path.join(place, "compare.py"))]
    if not peers:
        pytest.skip("no compare.py: scripts/setup --tests installs it")
    out = tmp_path / "out.json"
    gbench("--size", "4K", "--", FAST, "--benchmark_filter=bytes_slice", "--benchmark_repetitions=3",
           "--benchmark_out=%s" % out)  # fmt: skip
    compare = os.path.realpath(os.path.join(peers[0], "compare.py"))
    python = os.path.join(peers[0], "bin", "python")
    done = run([python, compare, "--no-color", "filters", out, "copy", "view"])
    assert done.returncode == 0, done.stderr
    assert "bytes_slice/[copy vs. view]/4096_pvalue" in done.stdout


def test_ctrl_c_ends_it():
    process = subprocess.Popen([ZCBENCH, "gbench", "--", "--benchmark_min_time=5"],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    process.stderr.readline()
    process.send_signal(2)
    process.communicate(timeout=30)
    assert process.returncode == -2
