"""The memory pass tells the known truth on every interpreter: known numbers of blocks, what is kept alive,
what holding a result means; and where it can't see, it says nothing instead of something wrong."""

import json
import os
import re
import subprocess

import pytest

from worker_client import TOKEN, TOP, Worker, fields, workers

PAIRS = TOP / "bench" / "python"
FILES = [PAIRS / (name + ".py") for name in ("bytes_slice", "bytearray_slice", "array_tobytes", "mmap_slice",
                                             "consume_front", "handover_chain")]
NUMPY_FILES = [PAIRS / (name + ".py") for name in ("ndarray_slice", "frombuffer", "record_field", "video_roi")]


def ask_about_lies(program, python, path):
    environment = dict(os.environ, ASAN_OPTIONS="detect_leaks=0")  # what numpy keeps at its end is its own
    return subprocess.run([program, "--lies", str(path), "--program", python], env=environment,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)


def look(worker, pair, size, lane="python"):
    """{arm: {field: text}} of one memory job."""
    lines, end = worker.job("memory token=%s pair=%s lane=%s size=%d seed=5 limit_ms=30000" % (TOKEN, pair, lane, size))
    assert end["status"] == "ok", (pair, lines, end)
    rows = [fields(line) for line in lines]
    return {row["arm"]: row for row in rows}


def has_numpy(python):
    return subprocess.run([python, "-c", "import numpy"], stderr=subprocess.DEVNULL).returncode == 0


def numpy_view_blocks(tag):
    """A view's dimensions come from numpy's cache; without a GIL it keeps none, and they are a block."""
    return "2" if re.match(r"cp\d+t", tag) else "1"


def numpy_workers():
    return [found for found in workers() if has_numpy(found[2])]


@pytest.fixture(params=workers(), ids=lambda found: found[0])
def counting(request):
    _, program, python = request.param
    with Worker(program, python, FILES, counting=True) as worker:
        assert worker.load_errors == {}
        yield worker


@pytest.fixture(params=numpy_workers(), ids=lambda found: found[0])
def numpy_counting(request):
    tag, program, python = request.param
    with Worker(program, python, NUMPY_FILES, modules="numpy", counting=True) as worker:
        assert worker.load_errors == {}
        worker.view_blocks = numpy_view_blocks(tag)
        yield worker


@pytest.mark.parametrize("size", [64, 65536, 1048576])
def test_known_operations_make_known_blocks(counting, size):
    bytes_slice = look(counting, "bytes_slice", size)
    assert bytes_slice["copy"]["blocks"] == "1"  # a bytes object
    assert bytes_slice["view"]["blocks"] == "1"  # a view of a view
    assert look(counting, "bytearray_slice", size)["copy"]["blocks"] == "2"  # object and data
    assert look(counting, "array_tobytes", size)["view"]["blocks"] == "2"  # managed buffer and view


@pytest.mark.parametrize("size", [65536, 1048576])
def test_both_lanes_count_the_same(counting, size):
    for pair in ("bytes_slice", "bytearray_slice"):
        python, capi = look(counting, pair, size), look(counting, pair, size, "capi")
        for arm in ("copy", "view"):
            for field in ("blocks", "bytes", "gc", "used"):
                assert python[arm][field] == capi[arm][field], (pair, arm, field)


@pytest.mark.parametrize("size", [64, 65536])
def test_copies_ask_for_their_bytes_and_views_do_not(counting, size):
    arms = look(counting, "bytes_slice", size)
    assert size < float(arms["copy"]["bytes"]) < size + 100
    assert arms["copy"]["peak"] == arms["copy"]["retained"] == arms["copy"]["bytes"]
    assert float(arms["view"]["bytes"]) < 400 and arms["view"]["peak"] == arms["view"]["bytes"]
    assert arms["copy"]["used"] == arms["view"]["used"] == str(size)
    assert (arms["copy"]["gc"], arms["view"]["gc"]) == ("0", "1")


@pytest.mark.parametrize("pair", ["bytes_slice", "bytearray_slice", "array_tobytes"])
def test_views_keep_the_whole_source_alive_and_copies_themselves(counting, pair):
    size = 65536
    arms = look(counting, pair, size)
    assert size <= float(arms["copy"]["retained"]) < size + 200
    assert float(arms["view"]["retained"]) > size
    assert (arms["copy"]["kept"], arms["view"]["kept"]) == ("0", "1")


def test_memory_without_an_owner_is_not_kept(counting):
    view = look(counting, "wrap_memory", 65536, "capi")["view"]
    assert (view["kept"], view["change"], view["used"]) == ("0", "1", "65536")
    assert view["retained"] == "" or float(view["retained"]) < 1000  # empty where malloc is not seen


@pytest.mark.parametrize("pair", ["bytearray_slice", "array_tobytes", "mmap_slice"])
def test_views_of_what_can_grow_show_changes_and_lock_it(counting, pair):
    arms = look(counting, pair, 4096)
    assert [arms["view"][name] for name in ("change", "locked", "writable", "contiguous")] == ["1", "1", "1", "1"]
    assert [arms["copy"][name] for name in ("change", "locked")] == ["0", "0"]


def test_what_can_not_be_observed_is_left_empty(counting):
    for arm in look(counting, "bytes_slice", 4096).values():
        assert arm["change"] == arm["locked"] == "" and arm["writable"] == "0"
    for arm in look(counting, "consume_front", 4096).values():  # its result is a number
        assert arm["used"] == arm["retained"] == arm["writable"] == arm["contiguous"] == ""


def test_results_that_hold_several_buffers_are_summed_up(counting):
    arms = look(counting, "handover_chain", 65536)
    shown = str(sum(65536 - 16 * layer for layer in range(5)))
    assert arms["copy"]["used"] == arms["view"]["used"] == shown
    assert float(arms["copy"]["retained"]) > float(shown) > float(arms["view"]["retained"]) > 65536
    assert (arms["copy"]["gc"], arms["view"]["gc"]) == ("1", "6")


def test_a_numpy_view_is_a_block_or_two_and_pins_its_array(numpy_counting):
    arms = look(numpy_counting, "ndarray_slice", 65536)
    assert arms["view"]["blocks"] == numpy_counting.view_blocks and arms["view"]["gc"] == "0"
    assert [arms["view"][name] for name in ("change", "kept", "writable")] == ["1", "1", "1"]
    assert [arms["copy"][name] for name in ("change", "kept", "writable")] == ["0", "0", "1"]
    assert look(numpy_counting, "frombuffer", 65536)["view"]["writable"] == "0"
    assert look(numpy_counting, "record_field", 65536)["view"]["contiguous"] == "0"


def test_numpy_data_is_counted_or_said_to_be_unseen(numpy_counting):
    arms = look(numpy_counting, "ndarray_slice", 65536)
    assert arms["copy"]["bytes"] == "" or 65536 < float(arms["copy"]["bytes"]) < 65536 + 500
    roi = look(numpy_counting, "video_roi", 65536)["view"]
    assert roi["retained"] == "" or float(roi["retained"]) > 50 * float(roi["used"])


@pytest.mark.parametrize("tag,program,python", numpy_workers())
def test_without_the_preload_nothing_is_said_that_is_not_seen(tag, program, python):
    with Worker(program, python, NUMPY_FILES, modules="numpy", counting=False) as worker:
        copy = look(worker, "ndarray_slice", 65536)["copy"]
        # Numpy's data comes from Python's allocators since 2.5, before from malloc.
        for figure in ("bytes", "peak", "retained"):
            assert copy[figure] == "" or float(copy[figure]) > 65536, copy
        assert look(worker, "ndarray_slice", 65536)["view"]["blocks"] == numpy_view_blocks(tag)


@pytest.mark.parametrize("tag,program,python", workers())
def test_the_lies_are_lies_on_this_interpreter(tag, program, python):
    done = ask_about_lies(program, python, TOP / "bench" / "lies.py")
    assert done.returncode == 0 and done.stderr == "", done.stderr
    lies = json.loads(done.stdout)["lies"]
    assert len(lies) >= 20 and len({lie["lie"] for lie in lies}) == len(lies)
    for lie in lies:
        needs_numpy = lie["found"] == "" and lie["note"].startswith("needs numpy")
        assert lie["found"] == lie["claim"] or (needs_numpy and not has_numpy(python)), lie
    if has_numpy(python):
        assert {lie["claim"] for lie in lies} == {"same object", "hidden copy", "not free"}
    lengths = {key: max(len(lie[key].encode()) for lie in lies) for key in ("statement", "note")}
    assert lengths["statement"] < 160 and lengths["note"] < 256  # what a table's row can hold


@pytest.mark.parametrize("tag,program,python", workers())
def test_a_statement_that_is_no_lie_is_found_out(tag, program, python, tmp_path):
    text = (TOP / "bench" / "lies.py").read_text()
    module = {}
    exec(text, module)
    honest = {"copied": ("same object", "bytearray(b)", ""), "shown": ("hidden copy", "memoryview(b)", ""),
              "raised": ("same object", "b.nothing", "")}
    (tmp_path / "lies.py").write_text("SETUP = %r\nNUMPY = ''\nSOURCES = {}\nAGAIN = ()\nNEEDS = {}\nLIES = %r\n"
                                      % (module["SETUP"], honest))
    done = ask_about_lies(program, python, tmp_path / "lies.py")
    found = {lie["lie"]: lie["found"] for lie in json.loads(done.stdout)["lies"]}
    assert found == {"copied": "real copy", "shown": "view", "raised": "exception"}
