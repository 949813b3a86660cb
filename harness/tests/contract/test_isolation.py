"""A cell measured alone and a cell measured after everything else see the same page faults: the
worker's parent stays clean, and every job has a heap of its own."""

import pytest

from worker_client import TOP, Worker, workers

PAIRS = ["array_tobytes", "bytearray_slice", "bytes_slice", "file_read", "view_tobytes"]
FILES = [TOP / "bench" / "python" / (name + ".py") for name in PAIRS]
COUNTS = "copy:10,view:10,view:memoryview:10,null:10,twin:10,limit:10"


def faults_per_operation(worker, size, heap="default"):
    visits, end = worker.measure("bytes_slice", COUNTS, size=size, heap=heap)
    assert end["status"] == "ok"
    totals = {}
    for visit in visits:
        totals[visit["arm"]] = totals.get(visit["arm"], 0) + int(visit["faults"]) / (4 * int(visit["n"]))
    return totals


@pytest.mark.parametrize("tag,program,python", workers())
@pytest.mark.parametrize("size", [64 << 10, 1 << 20, 48 << 20])
def test_faults_do_not_depend_on_what_came_before(tag, program, python, size):
    if Worker.is_sanitized(program):
        pytest.skip("a sanitizer's allocator has a history of its own")
    with Worker(program, python, [FILES[2]]) as worker:
        alone = faults_per_operation(worker, size)
    with Worker(program, python, FILES) as worker:
        for name in PAIRS:
            for before in 64 << 10, 1 << 20:
                assert worker.proof(name, size=before)[0] == "ok"
            assert worker.measure(name, COUNTS, size=1 << 20)[1]["status"] == "ok"
        after = faults_per_operation(worker, size)
    for arm, faults in alone.items():
        assert after[arm] == pytest.approx(faults, abs=1), arm


@pytest.mark.parametrize("tag,program,python", workers())
def test_heap_conditions_are_what_they_say(tag, program, python):
    if Worker.is_sanitized(program):
        pytest.skip("a sanitizer's allocator knows no mallopt")
    size = 1 << 20
    with Worker(program, python, [FILES[2]]) as worker:
        pages = size // 4096
        assert faults_per_operation(worker, size, "warm")["copy"] < 1
        assert faults_per_operation(worker, size, "fresh")["copy"] >= pages
        assert faults_per_operation(worker, 48 << 20, "warm")["copy"] < 1
