"""Protects the way through a whole comparison, with stand-ins for every program: what is recorded,
and that a broken or short call is gone on with."""

import collections
import math
import os
import subprocess
import sys

import fabricate
import job
import kernels
import plan as plans
import pytest
import raw
import tasks
import with_zcbench
import zcbench_run
import zcbench_self


@pytest.fixture
def build(tmp_path):
    return fabricate.build_folder(tmp_path / "build")


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A build folder, the folder of a whole comparison, and what the call said."""
    place = tmp_path_factory.mktemp("finished")
    build = fabricate.build_folder(place / "build")
    return build, place / "data", call(build, place / "data")


def call(build, folder, *words):
    command = [sys.executable, os.path.join(fabricate.SCRIPTS, "run")]
    command += [
        "--build",
        os.path.relpath(build),
        "--folder",
        str(folder),
        "--scale",
        "0.5",
        "--rounds",
        "1",
    ]
    command += list(words)
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        universal_newlines=True,
        timeout=120,
    )


def done(folder):
    return collections.Counter(
        (row.round, row.task) for row in raw.read(str(folder)) if row.kind == "done"
    )


def planned():
    plan = plans.Plan(1, 1, 1, 0.5)
    return {(str(r.number), task.name) for r in plans.rounds(plan) for task in r.tasks}


def test_a_comparison_from_end_to_end(finished):
    build, folder, result = finished
    assert result.returncode == 0, result.stderr
    assert set(done(folder)) == planned() and set(done(folder).values()) == {1}
    assert (folder / "raw.csv.gz").exists() and not (folder / "raw.csv").exists()
    assert "no figures to quote" in result.stdout
    again = call(build, folder)
    assert again.returncode == 0 and again.stdout == result.stdout
    assert os.listdir(build).count("venv-trust") == 1
    assert not [name for name in os.listdir(build) if name.startswith("trust-")]
    subprocess.run([os.path.join(fabricate.SCRIPTS, "analyse"), str(folder)], check=True)
    assert (folder / "table.txt").read_text(encoding="utf-8") == result.stdout


def test_what_the_front_ends_said_is_recorded(finished):
    folder = finished[1]
    rows = raw.read(str(folder))
    by_task = collections.defaultdict(list)
    for row in rows:
        by_task[row.task].append(row)
    identical = [r for r in by_task["zcbench_slice"] if r.kind == "verdict" and r.round == "1"]
    assert [r.index for r in identical] == ["0", "1"]  # 23 launches: two full sets of ten
    assert {r.high for r in identical} == {"11.5"}  # each was judged on its own ten launches
    assert {r.different for r in identical} == {"0"}
    ratios = [r for r in by_task["zcbench_slice"] if r.kind == "ratio" and r.round == "1"]
    assert [r.index for r in ratios if r.setting == "prefix"] == ["6", "8", "11", "16"]
    launches = [r for r in by_task["zcbench_slice"] if r.kind == "sample" and r.round == "1"]
    assert [r.value for r in launches if r.subject == "copy/view"][:2] == ["3.01", "3.02"]
    chain = [r for r in by_task["zcbench_chain"] if r.kind == "verdict"]
    slow = [r for r in chain if "slow" in r.subject]
    assert len(chain) - len(slow) == 6
    assert len(slow) == 12 and {r.value for r in slow} == {"1.02040816"}
    assert {r.different for r in slow} == {"1"}
    pyperf = [r for r in by_task["pyperf_slice"] if r.round == "1"]
    samples = collections.Counter(r.subject for r in pyperf if r.kind == "sample")
    again = [subject for subject in samples if subject.endswith("_again")]
    assert len(again) == 1 and set(samples.values()) == {60}
    assert set(samples) == {"copy", "view", "copy_more", "view_more"} | set(again)
    places = {r.subject: int(r.step) for r in pyperf if r.kind == "run"}
    assert abs(places["copy"] - places["view"]) == 1
    assert abs(places[again[0]] - places[again[0].split("_")[0]]) == 1
    assert {r.value for r in pyperf if r.kind == "sample"} == {"200", "300", "400"}
    assert [r.different for r in pyperf if r.kind == "verdict"] == ["0"]
    gbench = [r for r in by_task["gbench20_slice"] if r.round == "1"]
    assert [r.different for r in gbench if r.kind == "verdict"] == ["1", "1"]
    assert {r.note for r in gbench if r.kind == "verdict"} == {"within p=0.04"}
    assert float([r.value for r in gbench if r.kind == "sample"][0]) == 5e5 / 2500


def test_what_zcbench_shows_about_itself_is_recorded(finished):
    by_kind = collections.defaultdict(list)
    for row in raw.read(str(finished[1])):
        by_kind[row.kind].append(row)
    spins = [r for r in by_kind["known"] if r.task == "zcbench_chain" and r.round == "1"]
    assert len(spins) == 12
    # The spin alone takes a twentieth of the copy's time: the truth is the share asked for.
    truths = {r.subject.split("/")[0]: r.note for r in spins if r.subject.startswith("us")}
    assert truths == {
        "us_slow_0p5": "1.005",
        "us_slow_1": "1.01",
        "us_slow_2": "1.02",
        "us_slow_5": "1.05",
    }
    held = {r.subject: r.different for r in spins}
    assert held["us_slow_2/us_base"] == "0" and held["us_slow_5/us_base"] == "1"
    steps = [r for r in by_kind["known"] if r.task == "zcbench_ratio"]
    assert len(steps) == 2 * 4  # 23 launches: two full sets of ten
    assert {r.note for r in steps if r.subject == "1000/800"} == {"1.25"}
    parts = {(r.subject, r.setting): r for r in by_kind["breakeven"]}
    assert {pair for pair, _ in parts} == {"bytes_slice", "bytearray_slice"}
    highs = [parts["bytes_slice", setting].high for setting in ("odd", "even", "whole")]
    assert highs == ["512", "511", "523"]  # of 12, 11 and all 23 launches
    assert {(r.subject, r.value) for r in by_kind["loop"]} == {
        ("capi", "0.35"),
        ("python", "5"),
        ("timeit", "6.25"),
    }
    gate = {(r.subject, r.value, r.step) for r in by_kind["gate"]}
    assert gate == {("0", "0", "3000"), ("10", "2998", "3000")}


def test_a_whole_run_says_how_much_of_it_was_timed(build, tmp_path):
    tools = job.Tools("", "", "", os.path.join(build, "zcbench"), "", "python", str(tmp_path))
    task = plans.Task("zcbench_whole", "rigorous")
    rows = tasks.measure(tools, 0.5, 1, "quiet", task, 1)
    (share,) = [row for row in rows if row.kind == "share"]
    assert (share.setting, share.subject, share.value) == ("rigorous", "bytes_slice", "0.875")


def test_the_slope_is_that_between_the_sizes_that_enclose_the_break_even(tmp_path):
    (tmp_path / "speedup.csv").write_text(
        "arm,size_bytes,gross,gross_lo,gross_hi\n"
        "view,512,0.5,0.4,0.6\n"
        "view,1024,0.8,0.7,0.9\n"
        "view,2048,1.01,0.9,1.1\n"
        "view,4096,1.6,1.5,1.7\n"
    )
    slope = zcbench_self.slope_at(str(tmp_path), 2000.0)
    assert slope == pytest.approx(math.log(2) / math.log(4))
    assert zcbench_self.slope_at(str(tmp_path), 5000.0) == 0


def test_a_failing_front_end_costs_its_task_only(build, tmp_path):
    folder, fuse = tmp_path / "data", os.path.join(build, "fuse")
    broken = 0
    for _ in range(30):
        with open(fuse, "w") as file:
            file.write("9")
        result = call(build, folder)
        if result.returncode == 0:
            break
        assert result.returncode == 1 and "the fuse has blown" in result.stderr
        broken += 1
    assert broken >= 3
    assert set(done(folder)) == planned() and set(done(folder).values()) == {1}


def test_parts_add_up(build, tmp_path):
    folder = tmp_path / "data"
    before, calls = 0, 0
    while not (folder / "raw.csv.gz").exists():
        result = call(build, folder, "--part", "0.25")
        assert result.returncode == 0
        assert len(done(folder)) > before
        before, calls = len(done(folder)), calls + 1
        assert calls < 15
    assert calls >= 2
    assert set(done(folder)) == planned() and set(done(folder).values()) == {1}


def test_another_plan_is_not_mixed_in(finished):
    build, folder, _ = finished
    result = call(build, folder, "--seed", "2")
    assert result.returncode == 2 and "another plan" in result.stderr


def test_missing_programs_are_named(build, tmp_path):
    os.unlink(os.path.join(build, "zcbench"))
    result = call(build, tmp_path / "data")
    assert result.returncode == 1 and "zcbench is missing" in result.stderr


def test_walls_of_shorter_runs(build, tmp_path):
    folder = tmp_path / "run"
    subprocess.run([os.path.join(build, "zcbench"), "run", "x", "--out", str(folder)], check=True)
    run = zcbench_run.Run(str(folder), 0.0, 0.0)
    run.wall_s = run.starts[-1][0] + 0.75
    assert run.launches() == list(range(1, 24))
    assert run.wall_of(23) == pytest.approx(run.wall_s)
    assert run.wall_of(5) == pytest.approx(run.starts[4][0] + 0.75)
    assert run.count_within(run.starts[9][0] + 0.8) == 10


def test_kernels_are_those_zcbench_measures():
    worker = os.path.join(fabricate.TOP, "harness", "worker")
    with open(os.path.join(worker, "..", "base", "selftest.h"), encoding="utf-8") as source:
        text = source.read()
    for steps in zcbench_self.VIEW_STEPS:
        assert 'X("view:%d", %d)' % (steps, steps) in text
    assert "RATIO_STEPS %d\n" % zcbench_self.COPY_STEPS in text
    assert "SPIN_PER_MILLE %d\n" % (10 * with_zcbench.LONGEST_SPIN) in text
    for size, steps in kernels.STEPS.items():
        with open(os.path.join(worker, "selftest_%s.c" % size), encoding="utf-8") as source:
            assert "STEPS = %d " % steps in source.read()
    pair = os.path.join(fabricate.TOP, "bench", "python", "bytes_slice.py")
    assert kernels.SLICE_PAIR == pair
    for arm in ("copy", "view"):
        kernels.kernel(arm, "")(3)


def test_the_injected_slow_down_is_the_share_asked_for(tmp_path):
    """Counts the library's steps instead of timing them: zcb_chain is replaced by a counter."""
    source = tmp_path / "count.c"
    source.write_text(
        "#define ZCB_WORKER_KERNEL_H\n"
        '#include "base/compiler.h"\n#include <stdint.h>\n'
        "uint64_t counted;\n"
        "static unsigned long zcb_chain(unsigned long v, uint64_t steps)\n"
        "{ counted += steps; return v; }\n"
        '#include "tests/trust/peer_kernel.c"\n'
    )
    library = tmp_path / "libcount.so"
    compiler = os.environ.get("CC", "cc")
    harness = os.path.join(fabricate.TOP, "harness")
    command = [compiler, "-std=c11", "-shared", "-fPIC", "-I", harness, "-o", str(library)]
    subprocess.run(command + [str(source)], check=True)
    import ctypes

    counted = ctypes.c_uint64.in_dll(ctypes.CDLL(str(library)), "counted")
    for name, wanted in (("us.0", 500000), ("us.1", 505000), ("us.2", 510000)):
        counted.value = 0
        kernels.kernel(name, str(library))(100)
        assert counted.value == wanted
