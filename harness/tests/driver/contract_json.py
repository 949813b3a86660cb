#!/usr/bin/env python3
"""What --json prints: for every command with a result one JSON document on stdout and nothing else, with the members and
types that are promised; the same document in the file of --json=FILE, with the text on stdout."""
import json
import os
import unittest

from contract_support import Driver

SHORT = ("--size", "256,4K", "--launches", "3", "--blocks", "5")
NUMBER = (int, float)
MAYBE = (int, float, type(None))  # a number, or null where there is none
CELL = {"python": str, "pair": str, "lane": str, "heap": str, "cache": str, "consumer": str}
SIZED = dict(CELL, size_bytes=int)
SPEEDUP = dict(SIZED, arm=str, verdict=str, half_width=MAYBE, limit_ratio=MAYBE)
SPEEDUP.update({key: MAYBE for key in ("gross", "gross_lo", "gross_hi", "net", "net_lo", "net_hi", "twin", "twin_lo", "twin_hi")})
OUTCOME = {
    "schema": 1, "run_id": str, "complete": bool, "folder": str, "timed_share": MAYBE,
    "cells": {key: int for key in ("ok", "noisy", "refused", "failed", "unavailable", "skipped")},
    "not_ok": [dict(SIZED, status=str, reason=str, flags=str)],
    "widths": {"speedups": int, "median": MAYBE, "p90": MAYBE, "widest": MAYBE},
    "speedups": [SPEEDUP],
    "breakevens": [dict(CELL, arm=str, status=str, bytes=MAYBE, ci_lo=MAYBE, ci_hi=MAYBE)],
}
PRECISION = {"asked": float, "cells": int, "reached": int, "not_reached": [dict(SIZED, half_width=MAYBE, launches_needed=MAYBE)]}
TIME = {"median_ns": MAYBE, "ci_lo_ns": MAYBE, "ci_hi_ns": MAYBE}
EXPORTER = [dict(SIZED, arm=str, what=str, object=TIME, bytes=TIME, ratio=MAYBE, ratio_lo=MAYBE, ratio_hi=MAYBE)]
CUTOFFS = {"schema": 1, "run_id": str, "folder": str, "cutoffs": [dict(
    CELL, arm=str, status=str, copy_below=MAYBE, copy_above=MAYBE, bytes=MAYBE, ci_lo=MAYBE, ci_hi=MAYBE, sentence=str)]}


def check(value, shape, where="document"):
    """Fails unless `value` has exactly the members and types of `shape`: a type, several, a constant, a list of one
    shape, or members by name."""
    if isinstance(shape, dict):
        assert isinstance(value, dict) and set(value) == set(shape), "%s: %r" % (where, sorted(value))
        for key in shape:
            check(value[key], shape[key], where + "." + key)
    elif isinstance(shape, list):
        assert isinstance(value, list), where
        for item in value:
            check(item, shape[0], where + "[]")
    elif isinstance(shape, (type, tuple)):
        assert isinstance(value, shape), "%s: %r" % (where, value)
        assert shape is bool or not isinstance(value, bool), "%s: %r" % (where, value)
    else:
        assert value == shape, "%s: %r" % (where, value)


class Json(Driver):
    def measure(self, *words, folder="run"):
        self.expect(0, self.zcbench("run", "plain", *SHORT, "--out", folder, *words))

    def parsed(self, *words, code=0):
        """The one document on stdout."""
        done = self.expect(code, self.zcbench(*words, "--json"))
        return json.loads(done.stdout, parse_constant=self.fail)

    def test_run(self):
        root = self.parsed("run", "plain", "refused_one", *SHORT, "--out", "run", "--python", "3.11", "--python", "3.13")
        check(root, OUTCOME)
        self.assertEqual(root["cells"]["refused"], 4)
        refused = [row for row in root["not_ok"] if row["status"] == "refused"]
        self.assertEqual({row["pair"] for row in refused}, {"refused_one"})
        self.assertTrue(all(row["reason"] for row in refused))
        self.assertEqual(len(root["speedups"]), 4)
        widths = sorted(row["half_width"] for row in root["speedups"])
        self.assertAlmostEqual(root["widths"]["widest"], widths[-1])
        for row in root["speedups"]:
            self.assertAlmostEqual((1 + row["half_width"]) ** 2, row["gross_hi"] / row["gross_lo"])

    def test_run_says_which_precision_was_reached_and_what_the_rest_needs(self):
        root = self.parsed("run", "plain", *SHORT, "--out", "run", "--precision", "0.2%")
        precision = root.pop("precision")
        check(root, OUTCOME)
        check(precision, PRECISION)
        self.assertAlmostEqual(precision["asked"], 0.002)
        self.assertEqual(precision["cells"], 2)
        self.assertEqual(precision["reached"] + len(precision["not_reached"]), 2)
        self.assertTrue(precision["not_reached"])
        for row in precision["not_reached"]:
            self.assertGreater(row["half_width"], 0.002)
            self.assertGreater(row["launches_needed"], 0)
        root = self.parsed("run", "plain", *SHORT, "--out", "wide", "--precision", "50%")
        self.assertEqual(root["precision"]["not_reached"], [])

    def test_pair(self):
        root = self.parsed("pair", "--setup", "a = 1", "--copy", "a", "--view", "a", *SHORT, "--out", "run")
        check(root, OUTCOME)
        self.assertEqual({row["pair"] for row in root["speedups"]}, {"pair"})

    def test_exporter(self):
        with open(os.path.join(self.work, "own.py"), "w") as file:
            file.write("def make(n):\n    return bytearray(b'x' * n)\n")
        root = self.parsed("exporter", "own.py", *SHORT, "--out", "run")
        table = root.pop("exporter")
        check(root, OUTCOME)
        check(table, EXPORTER)
        self.assertEqual([row["what"] for row in table], ["memoryview(obj)", "bytes(obj)", "view[i:j]", "bytes(view[i:j])"])
        for row in table:
            self.assertLess(row["ratio_lo"], row["ratio_hi"])
            self.assertEqual(row["size_bytes"], 4096)

    def test_list(self):
        root = self.parsed("list", "--python", "all")
        answers = set()
        for pair in root["pairs"]:
            availability = pair.pop("availability")
            self.assertEqual(list(availability), ["cp311", "cp313"])
            for answer in availability.values():
                check(answer, {"ok": True} if answer["ok"] else {"ok": False, "reason": str})
                answers.add(answer["ok"])
        self.assertEqual(answers, {True, False})
        check(root, {"schema": 1, "pairs": [
            {"id": str, "name": str, "group": str, "kind": str, "lanes": [str], "sizes": [int], "note": str}]})
        check(self.parsed("list", "--lies"), {"schema": 1, "lies": [
            {"lie": str, "statement": str, "claim": str, "note": str, "found": {"cp311": str}}]})

    def test_show(self):
        with open(os.path.join(self.share, "bench", "capi", "plain.c"), "wb") as code:
            code.write(b"/* caf\xe9 */\n")
        check(self.parsed("show", "plain"), {"schema": 1, "pairs": [
            {"id": str, "name": "plain", "group": str, "kind": str, "sizes": [int], "requires": str, "lanes": [
                {"lane": "capi", "arms": [str], "note": str, "file": str, "availability": {"cp311": {"ok": True}},
                 "code": "/* caf\ufffd */\n"}]}]})

    def test_report_says_what_the_run_said(self):
        first = self.parsed("run", "plain", *SHORT, "--out", "run")
        second = self.parsed("report", "run")
        check(second, OUTCOME)
        self.assertEqual(first, second)

    def test_threshold_and_a_folder_of_any_bytes(self):
        self.measure()
        check(self.parsed("threshold", "plain", "run"), CUTOFFS)
        os.rename(os.path.join(self.work, "run"), os.path.join(os.fsencode(self.work), b"caf\xe9"))
        root = self.parsed("threshold", "plain", b"caf\xe9")
        check(root, CUTOFFS)
        self.assertEqual(root["folder"], "caf\ufffd")
        self.assertEqual(self.parsed("report", b"caf\xe9")["folder"], "caf\ufffd")

    def test_a_file_gets_the_same_document_and_stdout_the_text(self):
        self.measure()
        for words in (("report", "run"), ("threshold", "plain", "run"), ("list",), ("show", "plain"), ("doctor",),
                      ("compare", "run:cp311", "run:cp311")):
            with self.subTest(command=words[0]):
                document = self.parsed(*words)
                done = self.expect(0, self.zcbench(*words, "--json=result.json"))
                with open(os.path.join(self.work, "result.json")) as file:
                    written = json.load(file, parse_constant=self.fail)
                if words[0] != "doctor":  # it measures noise
                    self.assertEqual(written, document)
                self.assertEqual(set(written), set(document))
                self.assertRaises(ValueError, json.loads, done.stdout)
                self.assertEqual(document["schema"], 1)

    def test_an_error_is_no_document(self):
        for words in (("run", "nosuch"), ("report", "nowhere"), ("threshold", "plain", "nowhere"), ("show", "nosuch"),
                      ("compare", "nowhere", "nowhere"), ("export", "--format", "gha", "--out", "x", "nowhere")):
            with self.subTest(command=words[0]):
                done = self.expect(2, self.zcbench(*words, "--json"))
                self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    unittest.main()
