"""Each kind of mistake in a pair ends in a refusal or an error that says what is wrong, costs that
job only, and leaves the worker able to take the next one."""

import subprocess

import pytest

from worker_client import TOP, Worker, workers

FIXTURES = TOP / "harness" / "tests" / "fixtures"
GOOD = TOP / "bench" / "python" / "bytes_slice.py"

# fixture, status of its proof, a part of the reason
PROOFS = [
    ("view_that_copies", "refused", "does not share memory with the source"),
    ("copy_that_shares", "refused", "copy shares memory"),
    ("wrong_bytes", "refused", "different bytes"),
    ("raises", "error", "ZeroDivisionError"),
    ("raises_in_setup", "error", "NameError"),
    ("leaks_reference", "refused", "leaks"),
    ("consumes_and_copies", "refused", "does not take over the memory"),
    ("passes_as_much", "refused", "passes 4096 bytes per operation between program and kernel, copy 4096"),
    ("exits", "exit:7", ""),
    ("crashes", "signal:6", ""),
]


@pytest.mark.parametrize("tag,program,python", workers())
def test_a_mistake_costs_its_own_proof_only(tag, program, python):
    files = [FIXTURES / (name + ".py") for name, _, _ in PROOFS] + [GOOD]
    with Worker(program, python, files, counting=True) as worker:
        assert worker.load_errors == {}
        for name, status, reason in PROOFS:
            got = worker.proof(name)
            if name == "passes_as_much" and Worker.is_sanitized(program):
                continue  # calls are counted by a preloaded object, before which a sanitizer must come
            assert got[0] == status and reason in got[1], (name, got)
            assert worker.proof("bytes_slice")[0] == "ok"
    assert worker.status == 0


@pytest.mark.parametrize("tag,program,python", workers())
def test_an_endless_pair_is_stopped_at_its_limit(tag, program, python):
    with Worker(program, python, [FIXTURES / "never_ends.py", GOOD]) as worker:
        assert worker.proof("never_ends", limit_ms=500)[0] == "timeout"
        assert worker.proof("bytes_slice")[0] == "ok"


@pytest.mark.parametrize("tag,program,python", workers())
def test_a_late_exception_is_an_error_of_that_cell(tag, program, python):
    with Worker(program, python, [FIXTURES / "raises_later.py", GOOD]) as worker:
        counts = "copy:9000,view:9000,null:9000,twin:9000,limit:9000"
        visits, end = worker.measure("raises_later", counts)
        assert end["status"] == "error" and visits == []
        assert worker.measure("bytes_slice", counts)[1]["status"] == "ok"


@pytest.mark.parametrize("tag,program,python", workers())
def test_a_file_that_is_no_pair_is_told_at_its_line(tag, program, python):
    names = ["syntax_error", "missing_statement"]
    with Worker(program, python, [FIXTURES / (name + ".py") for name in names] + [GOOD]) as worker:
        assert "syntax_error.py, line 6" in worker.load_errors["syntax_error"]
        assert "VIEW is missing" in worker.load_errors["missing_statement"]
        assert worker.proof("syntax_error")[0] == "error"
        assert worker.proof("bytes_slice")[0] == "ok"


@pytest.mark.parametrize("tag,program,python", workers())
def test_garbage_from_a_pair_does_not_reach_the_wire(tag, program, python):
    with Worker(program, python, [FIXTURES / "prints_garbage.py", GOOD]) as worker:
        status, reason = worker.proof("prints_garbage")
        assert status in ("refused", "error", "ok"), (status, reason)
        assert worker.proof("bytes_slice")[0] == "ok"


@pytest.mark.parametrize("tag,program,python", workers())
def test_operations_that_consume_their_source_each_have_one(tag, program, python):
    counts = "copy:5000,view:5000,null:5000,twin:5000,limit:5000"
    with Worker(program, python, [FIXTURES / "consumes_source.py"], counting=True) as worker:
        for size in (64, 1 << 20, 16 << 20):  # at 16 MiB a pool holds 4
            assert worker.proof("consumes_source", size=size) == ("ok", ""), size
        visits, end = worker.measure("consumes_source", counts, size=4096, blocks=2)
        assert end["status"] == "ok" and {visit["n"] for visit in visits} == {"5000"}


@pytest.mark.parametrize("tag,program,python", workers())
def test_results_found_in_other_mappings_of_the_source_are_proved_by_a_change(tag, program, python):
    if subprocess.run([python, "-c", "import numpy"], stderr=subprocess.DEVNULL).returncode != 0:
        pytest.skip("no numpy")
    memmap = TOP / "bench" / "python" / "numpy_memmap.py"
    with Worker(program, python, [memmap], modules="numpy", counting=True) as worker:
        assert worker.proof("numpy_memmap") == ("ok", "")
