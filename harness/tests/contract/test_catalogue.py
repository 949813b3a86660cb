"""Every row of the catalogue is listed by its id and name on every interpreter, and where it can't run
the reason says what brings it; nothing is silently missing."""

import csv
import glob
import json
import re

import pytest

from places import BUILD, TOP, run
from worker_client import TOKEN, Worker, fields, workers

# The rows by id: names, lanes. What is new to the tree may stand beside them.
ROWS = {
    "C1": ("bytes_slice", "python capi"), "C2": ("bytearray_slice", "python capi"),
    "C3": ("bytearray_take", "python"), "C4": ("view_tobytes", "python capi"),
    "C5": ("slice_assign", "python capi"), "C6": ("consume_front", "python"),
    "C7": ("append_chunks", "python"), "C8": ("view_decode", "python capi"),
    "C9": ("view_hash", "python capi"), "C10": ("view_iterate", "python capi"),
    "B1": ("export_bytes export_bytearray export_array export_ndarray export_mmap export_ctypes", "capi"),
    "B2": ("wrap_memory", "capi"), "B3": ("get_contiguous", "capi"), "B4": ("bytes_writer", "capi"),
    "B5": ("argument_parse", "capi"), "B6": ("unicode_utf8", "capi"), "B7": ("buffer_dunder", "python"),
    "A1": ("array_tobytes", "python"), "A2": ("struct_unpack", "python"), "A3": ("struct_pack", "python"),
    "A4": ("ctypes_buffer", "python"), "F1": ("file_read", "python"), "F2": ("file_chunks", "python"),
    "F3": ("file_send", "python"), "F4": ("bytesio_read", "python"), "S1": ("socket_recv", "python"),
    "S2": ("socket_send_rest", "python"), "S3": ("socket_gather", "python"),
    "S4": ("asyncio_protocol", "python"), "S5": ("msg_zerocopy", "python"), "M1": ("mmap_slice", "python"),
    "M2": ("numpy_memmap", "python"), "M3": ("shared_memory", "python"), "P1": ("pickle_inband", "python"),
    "P2": ("pickle_oob", "python"), "N1": ("ndarray_slice", "python capi"), "N2": ("ndarray_flatten", "python"),
    "N3": ("ndarray_index", "python"), "N4": ("ndarray_convert", "python"), "N5": ("ndarray_astype", "python"),
    "N6": ("frombuffer", "python"), "N7": ("ndarray_tobytes", "python"), "N8": ("sliding_windows", "python"),
    "N9": ("ndarray_broadcast", "python"), "N10": ("ndarray_concatenate", "python"),
    "N11": ("record_field", "python"), "N12": ("ndarray_add_out", "python"), "NC1": ("numpy_wrap", "capi"),
    "NC2": ("numpy_view", "capi"), "NC3": ("numpy_fromany", "capi"), "NC4": ("numpy_ravel", "capi"),
    "NC5": ("numpy_export", "capi"), "NC6": ("numpy_transpose", "capi"), "I1": ("dlpack", "python"),
    "I2": ("arrow_buffer", "python"), "I3": ("arrow_to_numpy", "python"), "R1": ("video_roi", "python"),
    "R2": ("packet_parse", "python"), "R3": ("timeseries_windows", "python"), "R4": ("http_body", "python"),
    "R5": ("log_lines", "python"), "R6": ("handover_chain", "python"),
}
BROUGHT_BY = {"bytearray_take": (3, 15), "bytes_writer": (3, 15), "buffer_dunder": (3, 12)}
ALTERNATIVES_BROUGHT_BY = {"ctypes_memory": ("view:memoryview_at", (3, 14)), "file_chunks": ("view:os", (3, 14)),
                           "http_body": ("view:take_bytes", (3, 15))}


def version_of(tag):
    digits = re.match(r"cp3(\d+)", tag).group(1)
    return 3, int(digits)


def needs(version):
    return "needs Python %d.%d" % version


def listed(*pythons):
    """The pairs of `zcbench list --json` by name."""
    words = [word for python in pythons for word in ("--python", python)]
    done = run([BUILD + "/zcbench", "list", "--json"] + words)
    assert done.returncode == 0, done.stderr
    root = json.loads(done.stdout)
    assert root["schema"] == 1
    pairs = {pair["name"]: pair for pair in root["pairs"]}
    assert len(pairs) == len(root["pairs"])
    return pairs


def check_what_brings_it(pairs, here):
    for name, version in BROUGHT_BY.items():
        (available,) = pairs[name]["availability"].values()
        assert available == ({"ok": True} if here >= version else {"ok": False, "reason": needs(version)})
    for name, (arm, version) in ALTERNATIVES_BROUGHT_BY.items():
        (available,) = pairs[name]["availability"].values()
        assert available.get("ok") is True
        assert available.get("without", "") == ("" if here >= version else "%s %s" % (arm, needs(version)))


@pytest.mark.parametrize("tag,program,python", workers())
def test_every_row_is_listed_with_its_availability(tag, program, python):
    pairs = listed(python)
    for row, (names, lanes) in ROWS.items():
        for name in names.split():
            assert name in pairs, "%s %s is missing on %s" % (row, name, tag)
            pair = pairs[name]
            assert (pair["id"], " ".join(pair["lanes"])) == (row, lanes)
            assert pair["kind"] in "ZRKLQ" and len(pair["note"]) > 20 and pair["sizes"][0] < pair["sizes"][1]
            (available,) = pair["availability"].values()
            assert available["ok"] or available["reason"].startswith("needs "), (name, available)
    check_what_brings_it(pairs, version_of(tag))


def test_modules_and_alternatives_of_users_files_are_asked_for_by_version():
    fixtures = TOP + "/harness/tests/fixtures/"
    done = run([BUILD + "/zcbench", "list", "--json", "--pairs", fixtures + "needs_much.py",
                "--pairs", fixtures + "needs_newer_alternative.py"])
    assert done.returncode == 0, done.stderr
    pairs = {pair["name"]: pair for pair in json.loads(done.stdout)["pairs"]}
    (much,) = pairs["needs_much"]["availability"].values()
    assert much == {"ok": False, "reason": "needs the module pytest_of_the_future 9.1"}
    (newer,) = pairs["needs_newer_alternative"]["availability"].values()
    assert newer == {"ok": True, "without": "view:later needs Python 3.99"}


@pytest.mark.parametrize("pair,condition,reason", [("socket_recv", "--cache=hot,cold", "kernel"),
                                                  ("view_hash", "--consumer=drop,read", "hash")])
def test_a_condition_that_means_nothing_is_unavailable_with_the_reason(tmp_path, pair, condition, reason):
    done = run([BUILD + "/zcbench", "run", pair, condition, "--lane=python", "--size=4K", "--launches=1",
                "--blocks=1", "--no-memory", "--out", tmp_path / "run"])
    assert done.returncode == 0, done.stderr
    with open(str(tmp_path / "run" / "cells.csv"), newline="") as file:
        base, other = csv.DictReader(file)
    assert (base["status"], base["reason"]) == ("ok", "")
    assert other["status"] == "unavailable" and reason in other["reason"]


def test_only_results_without_bytes_rule_out_a_reader():
    (_, program, python), = workers()[:1]
    files = sorted(glob.glob(TOP + "/bench/python/*.py"))
    described = run([program, "--describe", "--program", python, "--pairs"] + files)
    pairs = [pair for pair in json.loads(described.stdout)["pairs"] if pair["ok"] and pair["id"]]
    by_modules = {}
    for pair in pairs:
        by_modules.setdefault(pair["requires"], []).append(pair)
    for modules, group in by_modules.items():
        ours = [pair["file"] for pair in group if pair["lane"] == "python"]
        with Worker(program, python, ours, modules=modules) as worker:
            for pair in group:
                lines, end = worker.job("memory token=%s pair=%s lane=%s size=%d seed=5 limit_ms=30000"
                                        % (TOKEN, pair["name"], pair["lane"], min(max(pair["size_min"], 4096), pair["size_max"])))
                assert end["status"] == "ok", (pair["name"], lines)
                has_bytes = {fields(line)["used"] != "" for line in lines}
                assert has_bytes == {pair["drop_only"] == ""}, (pair["name"], pair["lane"])


def test_a_numpy_on_the_import_path_is_the_one_described(tmp_path):
    """With metadata beside it or, as in a build tree, without; the interpreter's own has some further back."""
    tag, worker, python = workers()[0]
    package = tmp_path / "numpy"
    package.mkdir()
    (package / "__init__.py").write_text("__version__ = '0.9.1'\n")
    command = [worker, "--describe", "--program", python, "--path", str(tmp_path), "--pairs"]
    assert json.loads(run(command).stdout)["interpreter"]["numpy"] == "0.9.1", tag
    info = tmp_path / "numpy-0.9.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: numpy\nVersion: 0.9.2\n")
    assert json.loads(run(command).stdout)["interpreter"]["numpy"] == "0.9.2", tag
